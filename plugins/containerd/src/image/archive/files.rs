//! The files of an archive, read where they are: a plain tar file in place, a
//! compressed one from a copy that has no name.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::Path;

use containrs::Descriptor;
use flate2::read::MultiGzDecoder;
use sha2::{Digest, Sha256};
use shellrt_common::failure::shown;
use tar::EntryType;

use super::{DOCUMENT_MAX, invalid};
use crate::failure::Failure;

/// How much is read or written at once.
const PIECE: usize = 512 * 1024;
/// What headers, long names and the like of an archive may come to, in bytes.
const HEADERS_MAX: u64 = 64 * 1024 * 1024;
/// How many links one file may be behind.
const LINKS_MAX: usize = 8;
/// What an archive that is unpacked leaves free on the disk, in bytes.
const KEPT_FREE: u64 = 64 * 1024 * 1024;

/// Says whether to go on.
pub(crate) type Wanted<'a> = dyn Fn() -> Result<(), Failure> + 'a;

/// The plain files of an archive, by their paths.
pub(crate) struct Files<'a> {
    file: File,
    entries: HashMap<String, Entry>,
    wanted: &'a Wanted<'a>,
}

enum Entry {
    File(Member),
    /// Another path of the archive.
    Link(String),
}

/// Where a file of an archive is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Member {
    offset: u64,
    size: u64,
}

impl<'a> Files<'a> {
    /// Opens the archive at `path`. A compressed one is unpacked into a file
    /// without a name in `scratch`, which goes when this is dropped.
    pub(crate) fn open(
        path: &Path,
        scratch: &Path,
        wanted: &'a Wanted<'a>,
    ) -> Result<Self, Failure> {
        let unreadable = |error: io::Error| {
            let path = path.display();
            invalid(&format!("the archive `{path}` cannot be read: {error}"))
        };
        // What waits for a writer, as a pipe does, is no archive.
        let nonblocking = i32::try_from(rustix::fs::OFlags::NONBLOCK.bits()).unwrap_or_default();
        let mut options = OpenOptions::new();
        let options = options.read(true).custom_flags(nonblocking);
        let mut file = options.open(path).map_err(unreadable)?;
        if !file.metadata().map_err(unreadable)?.is_file() {
            return Err(unreadable(io::Error::other("it is no plain file")));
        }
        let mut magic = [0; 4];
        let count = file.read_at(&mut magic, 0).map_err(unreadable)?;
        file = match &magic[..count] {
            [0x1f, 0x8b, ..] => unpacked(MultiGzDecoder::new(file), scratch, wanted)?,
            [0x28, 0xb5, 0x2f, 0xfd] => {
                let decoder = zstd::Decoder::new(file).map_err(unreadable)?;
                unpacked(decoder, scratch, wanted)?
            }
            _ => file,
        };
        let entries = entries(&file).map_err(unreadable)?;
        Ok(Self {
            file,
            entries,
            wanted,
        })
    }

    /// The file at `path`, behind links of the archive where it is one.
    pub(super) fn member(&self, path: &str) -> Option<Member> {
        let mut path = path.to_owned();
        for _ in 0..LINKS_MAX {
            match self.entries.get(&path)? {
                Entry::File(member) => return Some(*member),
                Entry::Link(target) => path.clone_from(target),
            }
        }
        None
    }

    /// The whole of a small file; `None` where it is not there.
    pub(super) fn document(&self, path: &str) -> Result<Option<Vec<u8>>, Failure> {
        let Some(member) = self.member(path) else {
            return Ok(None);
        };
        let size = usize::try_from(member.size).unwrap_or(usize::MAX);
        if size > DOCUMENT_MAX {
            let path = shown(path);
            return Err(invalid(&format!(
                "`{path}` of the archive is larger than {DOCUMENT_MAX} bytes"
            )));
        }
        let mut bytes = vec![0; size];
        let read = self.file.read_exact_at(&mut bytes, member.offset);
        read.map(|()| Some(bytes)).map_err(cut)
    }

    /// What a file begins with.
    pub(super) fn beginning(&self, member: Member) -> Result<[u8; 4], Failure> {
        let mut bytes = [0; 4];
        let count = bytes
            .len()
            .min(usize::try_from(member.size).unwrap_or(usize::MAX));
        let read = self.file.read_exact_at(&mut bytes[..count], member.offset);
        read.map(|()| bytes).map_err(cut)
    }

    /// The pieces of a file, one after the other.
    pub(crate) fn pieces(&self, member: Member) -> impl Iterator<Item = Result<Vec<u8>, Failure>> {
        let mut done = 0;
        std::iter::from_fn(move || {
            let left = member.size - done;
            let length = usize::try_from(left).unwrap_or(usize::MAX).min(PIECE);
            if length == 0 {
                return None;
            }
            if let Err(failure) = (self.wanted)() {
                return Some(Err(failure));
            }
            let mut piece = vec![0; length];
            let read = self.file.read_exact_at(&mut piece, member.offset + done);
            done += length as u64;
            Some(read.map(|()| piece).map_err(cut))
        })
    }

    /// The digest of a file.
    pub(super) fn digest(&self, member: Member) -> Result<String, Failure> {
        let mut sum = Sha256::new();
        for piece in self.pieces(member) {
            sum.update(piece?);
        }
        Ok(text_of(&sum.finalize()))
    }

    /// Whether a file is what its descriptor says.
    pub(super) fn verify(&self, member: Member, descriptor: &Descriptor) -> Result<(), Failure> {
        let (size, digest) = (descriptor.size(), descriptor.digest().to_string());
        let found = self.digest(member)?;
        if (member.size, &found) == (size, &digest) {
            return Ok(());
        }
        let found_size = member.size;
        Err(Failure::Mismatch(format!(
            "what the archive calls `{digest}` of {size} bytes is `{found}` of {found_size} bytes"
        )))
    }
}

impl Member {
    pub(super) fn size(self) -> u64 {
        self.size
    }
}

/// Unpacks a compressed archive into a file without a name.
fn unpacked(mut packed: impl Read, scratch: &Path, wanted: &Wanted<'_>) -> Result<File, Failure> {
    let failed = |error| Failure::io("unpack the archive in", scratch, error);
    let mut file = tempfile::tempfile_in(scratch).map_err(failed)?;
    let mut piece = vec![0; PIECE];
    loop {
        wanted()?;
        let disk = rustix::fs::fstatvfs(&file).map_err(|error| failed(error.into()))?;
        if disk.f_bavail.saturating_mul(disk.f_frsize) < KEPT_FREE {
            return Err(failed(rustix::io::Errno::NOSPC.into()));
        }
        let count = packed
            .read(&mut piece)
            .map_err(|error| invalid(&format!("the compressed archive cannot be read: {error}")))?;
        if count == 0 {
            file.rewind().map_err(failed)?;
            return Ok(file);
        }
        file.write_all(&piece[..count]).map_err(failed)?;
    }
}

/// The paths of a tar file. Only headers are read, and only so many of them.
fn entries(file: &File) -> io::Result<HashMap<String, Entry>> {
    let length = file.metadata()?.len();
    let reader = Headers {
        file: BufReader::with_capacity(512, file),
        left: HEADERS_MAX,
    };
    let mut archive = tar::Archive::new(reader);
    let mut entries = HashMap::new();
    for entry in archive.entries_with_seek()? {
        let entry = entry?;
        let Some(path) = inside("", &entry.path_bytes()) else {
            continue;
        };
        let link = entry.link_name_bytes().unwrap_or_default();
        let (folder, _) = path.rsplit_once('/').unwrap_or_default();
        let found = match entry.header().entry_type() {
            EntryType::Regular | EntryType::Continuous => {
                let member = Member {
                    offset: entry.raw_file_position(),
                    size: entry.size(),
                };
                if member.offset.saturating_add(member.size) > length {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
                Some(Entry::File(member))
            }
            EntryType::Symlink => inside(folder, &link).map(Entry::Link),
            EntryType::Link => inside("", &link).map(Entry::Link),
            _ => None,
        };
        // As with every tar file, what comes later takes the place.
        match found {
            Some(found) => entries.insert(path, found),
            None => entries.remove(&path),
        };
    }
    Ok(entries)
}

/// A path from the archive's root, as it is seen from `folder`; `None` for one
/// that leads out of it.
fn inside(folder: &str, path: &[u8]) -> Option<String> {
    let path = std::str::from_utf8(path).ok()?;
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    if path.starts_with('/') {
        return None;
    }
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Reads so much and no more; what is gone over does not count.
struct Headers<'a> {
    file: BufReader<&'a File>,
    left: u64,
}

impl Read for Headers<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.left = self
            .left
            .checked_sub(count as u64)
            .ok_or_else(|| io::Error::other("it has too many entries, or too long names"))?;
        Ok(count)
    }
}

impl Seek for Headers<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

/// The digest of bytes that are at hand.
pub(crate) fn digest_of(bytes: &[u8]) -> String {
    text_of(&Sha256::digest(bytes))
}

fn text_of(sum: &[u8]) -> String {
    let mut text = "sha256:".to_owned();
    for byte in sum {
        text.push_str(&format!("{byte:02x}"));
    }
    text
}

fn cut(error: io::Error) -> Failure {
    invalid(&format!("the archive cannot be read: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn archive(build: impl FnOnce(&mut tar::Builder<File>)) -> Result<Vec<String>, Failure> {
        let directory = tempfile::tempdir().expect("a directory can be made");
        let path = directory.path().join("archive.tar");
        let mut builder = tar::Builder::new(File::create(&path).expect("it is writable"));
        build(&mut builder);
        builder.into_inner().expect("it is writable");
        let files = Files::open(&path, directory.path(), &|| Ok(()))?;
        let mut found: Vec<String> = files
            .entries
            .keys()
            .filter(|path| files.member(path).is_some())
            .cloned()
            .collect();
        found.sort();
        Ok(found)
    }

    fn header(kind: EntryType, size: u64) -> tar::Header {
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(kind);
        header.set_size(size);
        header
    }

    #[test]
    fn links_lead_to_files_of_the_archive_and_nowhere_else() {
        let found = archive(|builder| {
            let mut file = header(EntryType::Regular, 1);
            builder
                .append_data(&mut file, "a/layer.tar", &b"x"[..])
                .expect("it is writable");
            for (path, target) in [
                ("b/layer.tar", "../a/layer.tar"),
                ("c/layer.tar", "../../../etc/passwd"),
                ("d/layer.tar", "/etc/passwd"),
                ("loop", "loop"),
            ] {
                let mut link = header(EntryType::Symlink, 0);
                builder
                    .append_link(&mut link, path, target)
                    .expect("it is writable");
            }
            let mut hard = header(EntryType::Link, 0);
            builder
                .append_link(&mut hard, "hard", "a/layer.tar")
                .expect("it is writable");
        });
        assert_eq!(
            found.expect("it is readable"),
            ["a/layer.tar", "b/layer.tar", "hard"]
        );
    }

    #[test]
    fn a_name_that_fills_the_memory_is_refused() {
        let found = archive(|builder| {
            let mut name = header(EntryType::GNULongName, HEADERS_MAX + 1);
            name.set_path("././@LongLink").expect("it fits");
            name.set_cksum();
            builder
                .append(&name, io::repeat(b'x').take(HEADERS_MAX + 1))
                .expect("it is writable");
        });
        let error = found.expect_err("it is refused").to_string();
        assert!(error.contains("too long names"), "{error}");
    }
}
