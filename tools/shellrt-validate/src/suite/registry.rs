//! A registry on the loopback address that serves images of the suite, or
//! treats a repository as badly as a case asks for. It is our own because it
//! has to misbehave, and to count what it was asked.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::case::Treatment;
use super::image::{Base, Blob, Image, spoil};

/// The account that a repository with a password knows.
pub(crate) const USER: &str = "suite";
/// How long a connection may be silent.
const PATIENCE: Duration = Duration::from_secs(60);
/// How a slow repository sends: so much at a time, and how long it rests.
const SLOW: (usize, Duration) = (2048, Duration::from_millis(100));
/// How long the spoilt layer waits for the others to go out before it.
const LAST: Duration = Duration::from_secs(3);
/// How long those may take to be written down.
const REST: Duration = Duration::from_secs(1);

/// What somebody hears who has not logged in: status, header, body.
const UNKNOWN: (&str, &str, &str) = (
    "401 Unauthorized",
    "Www-Authenticate: Basic realm=\"suite\"\r\n",
    r#"{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}"#,
);

/// How often each repository was asked, since its treatment was last set.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally {
    pub(crate) all: BTreeMap<String, usize>,
    pub(crate) blobs: BTreeMap<String, usize>,
    /// Blobs that went out whole.
    served: BTreeMap<String, BTreeSet<String>>,
}

#[derive(Debug)]
struct Shared {
    base: Base,
    password: String,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    repositories: BTreeMap<String, (Treatment, Arc<Image>)>,
    tally: Tally,
}

/// A registry that runs until the process ends.
#[derive(Debug, Clone)]
pub(crate) struct Registry {
    address: String,
    shared: Arc<Shared>,
}

impl Registry {
    /// Starts one on a free port.
    ///
    /// # Errors
    /// When no port can be had.
    pub(crate) fn start(base: Base, password: &str) -> io::Result<Registry> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?.to_string();
        let shared = Arc::new(Shared {
            base,
            password: password.to_owned(),
            state: Mutex::default(),
        });
        let serving = Arc::clone(&shared);
        thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let shared = Arc::clone(&serving);
                thread::spawn(move || serve(&connection, &shared));
            }
        });
        Ok(Registry { address, shared })
    }

    /// Host and port, as in a reference.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Sets how a repository is treated, and forgets what it was asked.
    ///
    /// # Errors
    /// None but those of memory.
    pub(crate) fn set(
        &self,
        repository: &str,
        edition: u64,
        treatment: Treatment,
    ) -> io::Result<Arc<Image>> {
        let other = treatment == Treatment::OtherPlatform;
        let name = format!("{repository} {edition}");
        let image = Arc::new(self.shared.base.image(&name, other)?);
        let mut state = self.state();
        state.tally.all.remove(repository);
        state.tally.blobs.remove(repository);
        state.tally.served.remove(repository);
        let entry = (treatment, Arc::clone(&image));
        state.repositories.insert(repository.to_owned(), entry);
        Ok(image)
    }

    pub(crate) fn tally(&self) -> Tally {
        self.state().tally.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.shared.state()
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Asked {
    method: String,
    path: String,
    authorization: Option<String>,
    range_start: usize,
}

fn serve(connection: &TcpStream, shared: &Shared) {
    let _ = connection.set_read_timeout(Some(PATIENCE));
    let Ok(reading) = connection.try_clone() else {
        return;
    };
    let mut reader = BufReader::new(reading);
    while let Ok(Some(asked)) = read(&mut reader) {
        match answer(&asked, connection, shared) {
            Ok(true) => {}
            Ok(false) | Err(_) => return,
        }
    }
}

fn read(reader: &mut impl BufRead) -> io::Result<Option<Asked>> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let mut words = line.split_whitespace().map(str::to_owned);
    let mut asked = Asked {
        method: words.next().unwrap_or_default(),
        path: words.next().unwrap_or_default(),
        authorization: None,
        range_start: 0,
    };
    loop {
        let mut header = String::new();
        if reader.read_line(&mut header)? == 0 || header.trim().is_empty() {
            return Ok(Some(asked));
        }
        let Some((name, value)) = header.split_once(':') else {
            continue;
        };
        match name.to_ascii_lowercase().as_str() {
            "authorization" => asked.authorization = Some(value.trim().to_owned()),
            "range" => {
                let start = value.trim().strip_prefix("bytes=").unwrap_or_default();
                let start = start.split('-').next().unwrap_or_default();
                asked.range_start = start.parse().unwrap_or(0);
            }
            _ => {}
        }
    }
}

/// Answers one question; whether the connection stays.
fn answer(asked: &Asked, connection: &TcpStream, shared: &Shared) -> io::Result<bool> {
    let mut connection = connection;
    if asked.path == "/v2/" || asked.path == "/v2" {
        // Clients find out here how one logs in; those that cannot go on without.
        let (status, header, body) = match is_known(asked, shared) {
            true => ("200 OK", "", "{}"),
            false => UNKNOWN,
        };
        return plain(&mut connection, status, header, body).map(|()| true);
    }
    let parted = ["/manifests/", "/blobs/"].iter().find_map(|kind| {
        let (repository, name) = asked.path.strip_prefix("/v2/")?.split_once(kind)?;
        Some((repository.to_owned(), *kind == "/blobs/", name.to_owned()))
    });
    let Some((repository, is_blob, name)) = parted else {
        return plain(&mut connection, "404 Not Found", "", "{}").map(|()| true);
    };
    let found = {
        let mut state = shared.state();
        let found = state.repositories.get(&repository).cloned();
        *state.tally.all.entry(repository.clone()).or_default() += 1;
        if is_blob && asked.method == "GET" {
            *state.tally.blobs.entry(repository.clone()).or_default() += 1;
        }
        found
    };
    let (treatment, image) = match found {
        None | Some((Treatment::Missing, _)) => {
            let body = r#"{"errors":[{"code":"MANIFEST_UNKNOWN","message":"unknown"}]}"#;
            return plain(&mut connection, "404 Not Found", "", body).map(|()| true);
        }
        Some(found) => found,
    };
    if let Some((status, header, body)) = refusal(treatment, asked, shared) {
        return plain(&mut connection, status, header, body).map(|()| true);
    }
    let blob = if is_blob || name.starts_with("sha256:") {
        image.blobs().get(name.as_str()).map(|blob| (*blob).clone())
    } else {
        Some(image.index.clone())
    };
    let Some(mut blob) = blob else {
        return plain(&mut connection, "404 Not Found", "", "{}").map(|()| true);
    };
    if treatment == Treatment::Nonsense && !is_blob {
        blob = Blob::new(
            b"{\"schemaVersion\":\"nonsense\"".to_vec(),
            blob.media_type(),
        );
    }
    let is_last = image
        .layers
        .last()
        .is_some_and(|layer| layer.digest == blob.digest);
    if is_last && matches!(treatment, Treatment::Cut | Treatment::Stall) {
        wait_for_others(&image, &repository, shared);
    }
    let treatment = if is_last { treatment } else { Treatment::Serve };
    let stays = send(&mut connection, asked, &blob, treatment)?;
    let mut state = shared.state();
    let served = state.tally.served.entry(repository).or_default();
    served.insert(blob.digest);
    Ok(stays)
}

/// What a plugin may keep of an image must be there before the line breaks: it
/// may ask for everything at once, and takes its time to write it down.
fn wait_for_others(image: &Image, repository: &str, shared: &Shared) {
    let Some((_, others)) = image.own().split_last() else {
        return;
    };
    let until = Instant::now() + LAST;
    while Instant::now() < until {
        let state = shared.state();
        let is_out = state.tally.served.get(repository).is_some_and(|served| {
            let mut others = others.iter().chain([&image.config]);
            others.all(|blob| served.contains(&blob.digest))
        });
        drop(state);
        if is_out {
            break;
        }
        thread::sleep(LAST / 100);
    }
    thread::sleep(REST);
}

/// What a repository says instead of serving.
fn refusal(
    treatment: Treatment,
    asked: &Asked,
    shared: &Shared,
) -> Option<(&'static str, &'static str, &'static str)> {
    match treatment {
        Treatment::Password if !is_known(asked, shared) => Some(UNKNOWN),
        Treatment::Limited => Some((
            "429 Too Many Requests",
            "Retry-After: 1\r\n",
            r#"{"errors":[{"code":"TOOMANYREQUESTS","message":"slow down"}]}"#,
        )),
        Treatment::Broken => Some(("503 Service Unavailable", "", "{}")),
        _ => None,
    }
}

fn is_known(asked: &Asked, shared: &Shared) -> bool {
    let wanted = base64(format!("{USER}:{}", shared.password).as_bytes());
    let given = asked.authorization.as_deref().unwrap_or_default();
    given.strip_prefix("Basic ") == Some(wanted.as_str())
}

fn plain(connection: &mut impl Write, status: &str, headers: &str, body: &str) -> io::Result<()> {
    let text = format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\n{headers}Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    connection.write_all(text.as_bytes())
}

fn send(
    connection: &mut impl Write,
    asked: &Asked,
    blob: &Blob,
    treatment: Treatment,
) -> io::Result<bool> {
    let mut bytes = blob.bytes.clone();
    if treatment == Treatment::Lie {
        spoil(&mut bytes);
    }
    let start = asked.range_start.min(bytes.len());
    let status = if start > 0 {
        format!(
            "206 Partial Content\r\nContent-Range: bytes {start}-{}/{}",
            bytes.len().saturating_sub(1),
            bytes.len()
        )
    } else {
        "200 OK".to_owned()
    };
    let body = &bytes[start..];
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {}\r\nDocker-Content-Digest: {}\r\nContent-Length: {}\r\n\r\n",
        blob.media_type(),
        blob.digest,
        body.len()
    );
    connection.write_all(head.as_bytes())?;
    if asked.method == "HEAD" {
        return Ok(true);
    }
    match treatment {
        Treatment::Stall | Treatment::Cut => {
            connection.write_all(&body[..body.len() / 2])?;
            if treatment == Treatment::Stall {
                thread::sleep(PATIENCE);
            }
            Ok(false)
        }
        Treatment::Slow => {
            for piece in body.chunks(SLOW.0) {
                connection.write_all(piece)?;
                thread::sleep(SLOW.1);
            }
            Ok(true)
        }
        _ => connection.write_all(body).map(|()| true),
    }
}

/// RFC 4648, for the one header that needs it.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let number = (u32::from(chunk[0]) << 16)
            | (u32::from(chunk.get(1).copied().unwrap_or(0)) << 8)
            | u32::from(chunk.get(2).copied().unwrap_or(0));
        for position in 0..4 {
            if position > chunk.len() {
                text.push('=');
            } else {
                let index = (number >> (18 - 6 * position)) & 63;
                text.push(char::from(LETTERS[index as usize]));
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn base64_has_the_padding_of_rfc_4648() {
        for (text, wanted) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v")] {
            assert_eq!(base64(text.as_bytes()), wanted);
        }
    }
}
