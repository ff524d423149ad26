//! What a start looks up on the machine: accounts in the image, devices,
//! sources of mounts, and what containerd itself is allowed.

use std::fs;
use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::thread;

use containerd_client::types::Mount as RootMount;
use rustix::fs::{Mode, OFlags, ResolveFlags, openat2};
use rustix::mount::{MountFlags, MountPropagationFlags, mount, mount_change};
use rustix::net::{AddressFamily, SendFlags, SocketType, send, socket_with};
use rustix::thread::{LinkNameSpaceType, UnshareFlags, move_into_link_name_space};

use crate::config::{Config, Device};
use crate::failure::Failure;
use crate::spec::DeviceNode;

/// The longest account file that is read.
const ACCOUNTS_MAX: u64 = 4 * 1024 * 1024;

/// `/etc/passwd` and `/etc/group` of a root file system; empty where they are
/// not there. It is mounted at `place` in a namespace of a thread's own, which
/// goes with the thread: nobody else sees it, and a plugin that is killed
/// leaves nothing mounted.
pub(super) fn accounts(rootfs: Vec<RootMount>, place: PathBuf) -> io::Result<(Vec<u8>, Vec<u8>)> {
    on_own_thread(move || {
        #[expect(unsafe_code)]
        // SAFETY: the descriptors of the process stay shared; only this
        // thread's view of mounts and its directory become its own.
        unsafe {
            rustix::thread::unshare_unsafe(UnshareFlags::FS | UnshareFlags::NEWNS)?;
        }
        mount_change(
            "/",
            MountPropagationFlags::PRIVATE | MountPropagationFlags::REC,
        )?;
        for layer in &rootfs {
            mount_layer(layer, &place)?;
        }
        let root = rustix::fs::open(&place, OFlags::PATH | OFlags::CLOEXEC, Mode::empty())?;
        Ok((
            read_inside(&root, "etc/passwd")?,
            read_inside(&root, "etc/group")?,
        ))
    })
}

fn on_own_thread<T: Send>(work: impl FnOnce() -> io::Result<T> + Send) -> io::Result<T> {
    thread::scope(|scope| match scope.spawn(work).join() {
        Ok(outcome) => outcome,
        Err(_) => Err(io::Error::other("a thread of the plugin failed")),
    })
}

/// Mounts for reading. The kernel takes one page of options: the places of many
/// layers only fit in as seen from the directory that they share.
fn mount_layer(layer: &RootMount, place: &Path) -> io::Result<()> {
    if layer.r#type != "overlay" {
        mount(layer.source.as_str(), place, "", MountFlags::BIND, None)?;
        return Ok(());
    }
    let lower = layer
        .options
        .iter()
        .find_map(|option| option.strip_prefix("lowerdir="));
    let upper = layer
        .options
        .iter()
        .find_map(|option| option.strip_prefix("upperdir="));
    let directories: Vec<&Path> = upper
        .into_iter()
        .chain(lower.into_iter().flat_map(|list| list.split(':')))
        .map(Path::new)
        .collect();
    let shared = shared_ancestor(&directories);
    rustix::process::chdir(&shared)?;
    let relative = directories
        .iter()
        .map(|path| path.strip_prefix(&shared).unwrap_or(path).to_string_lossy());
    // Without an upper directory it cannot be written to, and the layers stay
    // as they are; the module's own may be mounted elsewhere at this moment.
    let lowers = relative.collect::<Vec<_>>().join(":");
    if directories.len() == 1 {
        mount(directories[0], place, "", MountFlags::BIND, None)?;
        return Ok(());
    }
    let options = std::ffi::CString::new(format!("lowerdir={lowers}")).map_err(io::Error::other)?;
    mount(
        "overlay",
        place,
        "overlay",
        MountFlags::RDONLY,
        Some(options.as_c_str()),
    )?;
    Ok(())
}

fn shared_ancestor(paths: &[&Path]) -> PathBuf {
    let Some(first) = paths.first() else {
        return PathBuf::from("/");
    };
    let holds_all = |ancestor: &&Path| paths.iter().all(|path| path.starts_with(ancestor));
    first
        .ancestors()
        .skip(1)
        .find(holds_all)
        .unwrap_or(Path::new("/"))
        .to_owned()
}

/// Reads a file below `root`, which links cannot lead out of. What is no plain
/// file is as good as none.
fn read_inside(root: &OwnedFd, path: &str) -> io::Result<Vec<u8>> {
    let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK;
    let resolve = ResolveFlags::IN_ROOT | ResolveFlags::NO_MAGICLINKS;
    let file = match openat2(root.as_fd(), path, flags, Mode::empty(), resolve) {
        Ok(file) => fs::File::from(file),
        Err(rustix::io::Errno::NOENT | rustix::io::Errno::NOTDIR | rustix::io::Errno::LOOP) => {
            return Ok(Vec::new());
        }
        Err(error) => return Err(error.into()),
    };
    if !file.metadata()?.is_file() {
        return Ok(Vec::new());
    }
    let mut bytes = Vec::new();
    io::Read::read_to_end(&mut io::Read::take(file, ACCOUNTS_MAX), &mut bytes)?;
    Ok(bytes)
}

/// Makes sure that what is bound into the module is there. What is missing is
/// made as a directory, as Docker does and deployments rely on; but never a
/// socket: the directory would stand in the socket's way for ever.
pub(super) fn check_sources(config: &Config) -> Result<(), Failure> {
    for source in config
        .mounts
        .iter()
        .filter_map(|mount| mount.source.as_ref())
    {
        match fs::metadata(source) {
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                if source.ends_with(".sock") {
                    return Err(Failure::SourceMissing(format!(
                        "there is no socket `{source}`"
                    )));
                }
                fs::create_dir_all(source).map_err(|error| {
                    Failure::SourceMissing(format!(
                        "`{source}` is not there and cannot be made: {error}"
                    ))
                })?;
            }
            Err(error) => {
                return Err(Failure::SourceMissing(format!(
                    "`{source}` cannot be used: {error}"
                )));
            }
        }
    }
    Ok(())
}

/// The nodes of the devices that the module is to have.
pub(super) fn devices(config: &Config) -> Result<Vec<DeviceNode>, Failure> {
    config.devices.iter().map(device).collect()
}

fn device(wanted: &Device) -> Result<DeviceNode, Failure> {
    let path = &wanted.path;
    let data = fs::metadata(path).map_err(|error| {
        Failure::SourceMissing(format!("the device `{path}` cannot be used: {error}"))
    })?;
    let kind = data.file_type();
    if !kind.is_char_device() && !kind.is_block_device() {
        return Err(Failure::SourceMissing(format!("`{path}` is no device")));
    }
    Ok(DeviceNode {
        path: wanted.container_path.as_ref().unwrap_or(path).clone(),
        block: kind.is_block_device(),
        major: rustix::fs::major(data.rdev()),
        minor: rustix::fs::minor(data.rdev()),
        mode: data.mode() & 0o7777,
        uid: data.uid(),
        gid: data.gid(),
        permissions: wanted.permissions.clone(),
    })
}

/// The capabilities that containerd can give to a container, as bits: those
/// that it has itself, or, where that is not to be seen, this process.
pub(super) fn bounding(address: &Path) -> u64 {
    let daemon = UnixStream::connect(address)
        .ok()
        .and_then(|socket| rustix::net::sockopt::socket_peercred(&socket).ok())
        .and_then(|peer| bounding_of(&peer.pid.as_raw_nonzero().to_string()));
    daemon.or_else(|| bounding_of("self")).unwrap_or(u64::MAX)
}

fn bounding_of(process: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let bits = status
        .lines()
        .find_map(|line| line.strip_prefix("CapBnd:"))?;
    u64::from_str_radix(bits.trim(), 16).ok()
}

/// Brings the loopback up in the network of process `pid`: a new network has
/// it down, and nothing else does it without a plugin of CNI.
pub(super) fn raise_loopback(pid: u32) -> io::Result<()> {
    /// RTM_NEWLINK, asked for with an acknowledgement.
    const NEW_LINK: u16 = 16;
    const REQUEST_AND_ACKNOWLEDGE: u16 = 5;
    const LOOPBACK: i32 = 1;
    const UP: u32 = 1;
    let network = fs::File::open(format!("/proc/{pid}/ns/net"))?;
    on_own_thread(move || {
        move_into_link_name_space(network.as_fd(), Some(LinkNameSpaceType::Network))?;
        let socket = socket_with(
            AddressFamily::NETLINK,
            SocketType::RAW,
            rustix::net::SocketFlags::CLOEXEC,
            None,
        )?;
        let mut message = Vec::with_capacity(32);
        message.extend(32_u32.to_ne_bytes());
        message.extend(NEW_LINK.to_ne_bytes());
        message.extend(REQUEST_AND_ACKNOWLEDGE.to_ne_bytes());
        // Sequence, port; family with padding, type.
        message.extend([0; 8]);
        message.extend([0; 4]);
        message.extend(LOOPBACK.to_ne_bytes());
        message.extend(UP.to_ne_bytes());
        message.extend(UP.to_ne_bytes());
        send(&socket, &message, SendFlags::empty())?;
        let mut answer = [0; 256];
        let (length, _) = rustix::net::recv(&socket, &mut answer, rustix::net::RecvFlags::empty())?;
        let code = answer[..length]
            .get(16..20)
            .and_then(|bytes| bytes.try_into().ok());
        match code.map(i32::from_ne_bytes) {
            Some(0) => Ok(()),
            Some(code) => Err(io::Error::from_raw_os_error(-code)),
            None => Err(io::Error::other("the kernel's answer has an unknown form")),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_inside_of_an_image_do_not_lead_out_of_it() {
        let directory = tempfile::tempdir().expect("a directory can be made");
        let etc = directory.path().join("etc");
        fs::create_dir(&etc).expect("it is writable");
        std::os::unix::fs::symlink("/etc/real", etc.join("passwd")).expect("it is writable");
        let root =
            rustix::fs::open(directory.path(), OFlags::PATH, Mode::empty()).expect("it is there");
        assert_eq!(
            read_inside(&root, "etc/passwd").expect("it is readable"),
            b""
        );
        fs::write(etc.join("real"), "inside").expect("it is writable");
        assert_eq!(
            read_inside(&root, "etc/passwd").expect("it is readable"),
            b"inside"
        );
        assert_eq!(read_inside(&root, "etc").expect("it is readable"), b"");
    }

    #[test]
    fn layers_are_named_from_the_directory_that_they_share() {
        let paths = ["/a/b/1/fs", "/a/b/22/fs"].map(Path::new);
        assert_eq!(shared_ancestor(&paths), Path::new("/a/b"));
        assert_eq!(shared_ancestor(&paths[..1]), Path::new("/a/b/1"));
    }
}
