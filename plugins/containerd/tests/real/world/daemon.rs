//! A containerd of the suite's own.

use std::fs::{self, File};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::{Mutex, MutexGuard, PoisonError};

use shellrt_testkit::eventually;

use super::run;

pub(crate) struct Daemon {
    directory: PathBuf,
    child: Mutex<Child>,
}

impl Daemon {
    /// Starts a containerd that keeps everything below `directory`.
    pub(crate) fn start(directory: &Path) -> Self {
        fs::create_dir_all(directory).expect("it can be made");
        let at = |name: &str| directory.join(name).display().to_string();
        let config = format!(
            "version = 2\nroot = '{}'\nstate = '{}'\n\
             disabled_plugins = ['io.containerd.grpc.v1.cri']\n\
             [grpc]\naddress = '{}'\n",
            at("root"),
            at("state"),
            at("sock"),
        );
        fs::write(directory.join("config.toml"), config).expect("it is writable");
        let daemon = Self {
            child: Mutex::new(spawn(directory)),
            directory: directory.to_owned(),
        };
        daemon.wait();
        daemon
    }

    pub(crate) fn address(&self) -> PathBuf {
        self.directory.join("sock")
    }

    /// What containerd keeps for good.
    pub(crate) fn root(&self) -> PathBuf {
        self.directory.join("root")
    }

    /// Sends a signal to the daemon alone.
    pub(crate) fn signal(&self, signal: &str) {
        let pid = self.child().id().to_string();
        run("kill", &[signal, &pid]);
    }

    /// Ends it in an orderly way.
    pub(crate) fn stop(&self) {
        self.signal("-TERM");
        self.child().wait().expect("a child can be waited for");
    }

    /// Ends it as a crash does.
    pub(crate) fn kill(&self) {
        let mut child = self.child();
        child.kill().expect("it was not waited for");
        child.wait().expect("a child can be waited for");
    }

    /// Starts it again on the same files.
    pub(crate) fn start_again(&self) {
        *self.child() = spawn(&self.directory);
        self.wait();
    }

    /// Does to the daemon's state what a power cut does: every shim, every
    /// container and all that is only in memory is gone.
    pub(crate) fn lose_power(&self, namespace: &str) {
        self.kill();
        for (pid, command) in processes() {
            if command.contains(namespace) {
                let _ = Command::new("kill").args(["-9", &pid]).status();
            }
        }
        let mounts = fs::read_to_string("/proc/self/mounts").expect("it is readable");
        let state = self.directory.join("state").display().to_string();
        for line in mounts.lines().rev() {
            let place = line.split(' ').nth(1).unwrap_or_default();
            if place.starts_with(&state) {
                run("umount", &["-l", place]);
            }
        }
        for gone in [
            PathBuf::from(state),
            Path::new("/run/containerd/runc").join(namespace),
        ] {
            let _ = fs::remove_dir_all(gone);
        }
    }

    /// Asks containerd's own client, which must succeed.
    pub(crate) fn ctr(&self, namespace: &str, arguments: &[&str]) -> String {
        let address = self.address().display().to_string();
        let all = ["--address", &address, "--namespace", namespace];
        run("ctr", &[&all[..], arguments].concat())
    }

    fn child(&self) -> MutexGuard<'_, Child> {
        self.child.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait(&self) {
        let address = self.address();
        eventually(|| UnixStream::connect(&address).ok());
        let address = address.display().to_string();
        let version = ["--address", &address, "version"];
        eventually(|| {
            let output = Command::new("ctr").args(version).output().ok()?;
            output.status.success().then_some(())
        });
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let mut child = self.child();
        let _ = child.kill();
        let _ = child.wait();
    }
}

fn spawn(directory: &Path) -> Child {
    let log = File::options()
        .create(true)
        .append(true)
        .open(directory.join("containerd.log"))
        .expect("it is writable");
    Command::new("containerd")
        .arg("--config")
        .arg(directory.join("config.toml"))
        .stdout(log.try_clone().expect("a file can be shared"))
        .stderr(log)
        .spawn()
        .expect("containerd can be started")
}

/// All processes with their arguments.
fn processes() -> Vec<(String, String)> {
    let entries = fs::read_dir("/proc").expect("it is readable").flatten();
    entries
        .filter_map(|entry| {
            let arguments = fs::read(entry.path().join("cmdline")).ok()?;
            // What a container runs does not name it; where it lives does.
            let cgroup = fs::read_to_string(entry.path().join("cgroup")).unwrap_or_default();
            let all = format!("{} {cgroup}", String::from_utf8_lossy(&arguments));
            Some((entry.file_name().into_string().ok()?, all))
        })
        .collect()
}
