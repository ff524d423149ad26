//! `img_pull`: fetches an image, with a progress bar where somebody watches.
//! Secrets come from standard input: a command line is there for all to read.

use std::io::Read;

use clap::{Args, ValueEnum};
use shellrt_api::{
    Credentials, DescribeRequest, Digest, Feature, ImageReference, ImgPullRequest, ImgPullResponse,
    Payload, Platform, PullPolicy,
};

use crate::cli::value;
use crate::failure::Failure;
use crate::output::{self, PullProgress};
use crate::session::Session;

#[derive(Debug, Args)]
#[command(after_help = "\
Credentials are a JSON object with `username` and `password`, or `identity_token`,
or `registry_token`.

Examples:
  shellrt-driver ./shellrt-containerd img_pull ubuntu
  shellrt-driver ./shellrt-containerd img_pull --policy missing k8s.gcr.io/pause@sha256:...
  shellrt-driver ./x img_pull --username me --password-stdin registry.example/app < password
  shellrt-driver ./x img_pull --credentials-stdin registry.example/app < credentials.json")]
pub(crate) struct ImgPull {
    /// The image's reference, which is sent as it is
    image: ImageReference,
    /// Read the credentials, a JSON object, from standard input
    #[arg(long, conflicts_with_all = ["username", "password_stdin"])]
    credentials_stdin: bool,
    /// Log in as this user
    #[arg(long, requires = "password_stdin")]
    username: Option<String>,
    /// Read the password from standard input
    #[arg(long, requires = "username")]
    password_stdin: bool,
    /// When the registry is asked
    #[arg(long, default_value = "always", value_parser = value::one_of(PullPolicy::ALL))]
    policy: PullPolicy,
    /// The digest that the image must have
    #[arg(long)]
    digest: Option<Digest>,
    /// Which of several platforms to fetch, such as `linux/arm64` [default: the machine's own]
    #[arg(long)]
    platform: Option<Platform>,
    /// How long no byte may arrive before the attempt is given up, 1s to 1h [default: 60s]
    #[arg(long, value_name = "DURATION", value_parser = value::stall_timeout)]
    stall_timeout: Option<u32>,
    /// Whether to show progress on standard error
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = Progress::Auto)]
    progress: Progress,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Progress {
    /// On a terminal, if the plugin reports it.
    Auto,
    Always,
    Never,
}

impl ImgPull {
    pub(crate) fn run(self, session: &Session) -> Result<(), Failure> {
        let mut request = ImgPullRequest::new(self.image.clone());
        request.credentials = self.credentials()?;
        request.policy = self.policy;
        request.digest = self.digest;
        request.platform = self.platform;
        if let Some(milliseconds) = self.stall_timeout {
            request.stall_timeout_ms = milliseconds;
        }
        request.progress = match self.progress {
            Progress::Always => true,
            Progress::Never => false,
            Progress::Auto => PullProgress::is_watched() && reports_progress(session)?,
        };
        let response = if request.progress {
            watch(session, request)?
        } else {
            session.call(request)?
        };
        session.show(&response, |response| text(&self.image, response))
    }

    fn credentials(&self) -> Result<Credentials, Failure> {
        if !self.credentials_stdin && !self.password_stdin {
            return Ok(Credentials::new());
        }
        let mut bytes = Vec::new();
        std::io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .map_err(|source| Failure::File {
                what: "cannot read the credentials from standard input".to_owned(),
                path: "-".into(),
                source,
            })?;
        let unusable = |message: String| Failure::Usage {
            message: format!("the credentials on standard input cannot be used: {message}"),
            hint: "`--help` shows their form",
        };
        if self.credentials_stdin {
            return Credentials::decode(&bytes).map_err(|faults| {
                let faults = faults
                    .iter()
                    .map(|fault| format!("{} {}", fault.pointer, fault.message));
                unusable(faults.collect::<Vec<_>>().join("; "))
            });
        }
        let password =
            String::from_utf8(bytes).map_err(|_| unusable("they are not UTF-8".to_owned()))?;
        let mut credentials = Credentials::new();
        credentials.username.clone_from(&self.username);
        // The line end is `echo`'s, not the password's.
        credentials.password = Some(password.trim_end_matches(['\r', '\n']).to_owned());
        Ok(credentials)
    }
}

/// A plugin that cannot describe itself cannot report progress either.
fn reports_progress(session: &Session) -> Result<bool, Failure> {
    match session.call(DescribeRequest::new()) {
        Ok(description) => Ok(description.features.contains(&Feature::PullProgress)),
        Err(Failure::Plugin { .. }) => Ok(false),
        Err(failure) => Err(failure),
    }
}

fn watch(session: &Session, request: ImgPullRequest) -> Result<ImgPullResponse, Failure> {
    let mut progress = PullProgress::new();
    let response = session.pull(request, |record| progress.show(record));
    progress.finish();
    response
}

fn text(image: &ImageReference, response: &ImgPullResponse) -> String {
    let digest = response
        .digest
        .as_ref()
        .map(|digest| format!(" at {digest}"))
        .unwrap_or_default();
    let done = if response.already_present {
        "was there already"
    } else {
        "pulled"
    };
    let bytes = match (response.bytes_fetched, response.bytes_reused) {
        (0, 0) => String::new(),
        (fetched, 0) => format!(" ({} fetched)", output::size(fetched)),
        (fetched, reused) => format!(
            " ({} fetched, {} reused)",
            output::size(fetched),
            output::size(reused)
        ),
    };
    format!(
        "{image}: {done}{digest}{bytes}\nimage id: {}\n",
        response.image_id
    )
}
