//! A containerd of one's own.

use std::fs::{self, File};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::Error;
use crate::program::{run, until};

/// A containerd that keeps everything below one directory.
#[derive(Debug)]
pub struct Daemon {
    directory: PathBuf,
    child: Mutex<Child>,
}

impl Daemon {
    /// Starts one, and waits until it answers.
    ///
    /// # Errors
    /// It could not be started, or it does not answer.
    pub fn start(directory: &Path) -> Result<Self, Error> {
        let at = |name: &str| directory.join(name).display().to_string();
        let config = format!(
            "version = 2\nroot = '{}'\nstate = '{}'\n\
             disabled_plugins = ['io.containerd.grpc.v1.cri']\n\
             [grpc]\naddress = '{}'\n",
            at("root"),
            at("state"),
            at("sock"),
        );
        fs::create_dir_all(directory)
            .and_then(|()| fs::write(directory.join("config.toml"), config))
            .map_err(Error::system(format!("write in {}", directory.display())))?;
        let daemon = Self {
            child: Mutex::new(spawn(directory)?),
            directory: directory.to_owned(),
        };
        daemon.wait()?;
        Ok(daemon)
    }

    /// Its socket.
    pub fn address(&self) -> PathBuf {
        self.directory.join("sock")
    }

    /// What it keeps for good.
    pub fn root(&self) -> PathBuf {
        self.directory.join("root")
    }

    /// Sends a signal, as in `-STOP`, to the daemon alone.
    ///
    /// # Errors
    /// It has ended before.
    pub fn signal(&self, signal: &str) -> Result<(), Error> {
        let pid = self.child().id().to_string();
        run("kill", &[signal, &pid]).map(drop)
    }

    /// Ends it in an orderly way.
    ///
    /// # Errors
    /// It has ended before.
    pub fn stop(&self) -> Result<(), Error> {
        self.signal("-TERM")?;
        let ended = self.child().wait();
        ended
            .map(drop)
            .map_err(Error::system("wait for containerd"))
    }

    /// Ends it as a crash does.
    ///
    /// # Errors
    /// It was waited for before.
    pub fn kill(&self) -> Result<(), Error> {
        let mut child = self.child();
        let ended = child.kill().and_then(|()| child.wait());
        ended.map(drop).map_err(Error::system("kill containerd"))
    }

    /// Starts it again on the same files.
    ///
    /// # Errors
    /// Those of [`Daemon::start`].
    pub fn start_again(&self) -> Result<(), Error> {
        *self.child() = spawn(&self.directory)?;
        self.wait()
    }

    /// Does to its state what a power cut does: every shim and container of
    /// `namespace`, and all that is only in memory, is gone.
    ///
    /// # Errors
    /// It has ended before, or a mount cannot be taken away.
    pub fn lose_power(&self, namespace: &str) -> Result<(), Error> {
        self.kill()?;
        for (pid, command) in processes() {
            if command.contains(namespace) {
                // Those that end by themselves meanwhile are gone too.
                let _ = run("kill", &["-9", &pid]);
            }
        }
        let mounts =
            fs::read_to_string("/proc/self/mounts").map_err(Error::system("read mounts"))?;
        let state = self.directory.join("state").display().to_string();
        for line in mounts.lines().rev() {
            let place = line.split(' ').nth(1).unwrap_or_default();
            if place.starts_with(&state) {
                run("umount", &["-l", place])?;
            }
        }
        for gone in [
            PathBuf::from(state),
            Path::new("/run/containerd/runc").join(namespace),
        ] {
            let _ = fs::remove_dir_all(gone);
        }
        Ok(())
    }

    /// Asks containerd's own client, which must succeed.
    ///
    /// # Errors
    /// It did not.
    pub fn ctr(&self, namespace: &str, arguments: &[&str]) -> Result<String, Error> {
        let address = self.address().display().to_string();
        let all = ["--address", &address, "--namespace", namespace];
        run("ctr", &[&all[..], arguments].concat())
    }

    /// What there is of containers in all namespaces, a line each: tasks, records,
    /// and snapshots that can be written to. Images and what a pull that was cut
    /// short keeps are no container's.
    pub(crate) fn containers(&self) -> Result<Vec<String>, Error> {
        let mut found = Vec::new();
        for namespace in self.ctr("default", &["namespaces", "list", "-q"])?.lines() {
            for (kind, group) in [("task", "tasks"), ("container", "containers")] {
                let listed = self.ctr(namespace, &[group, "list", "-q"])?;
                found.extend(listed.lines().map(|id| format!("{kind} {namespace}/{id}")));
            }
            let listed = self.ctr(namespace, &["snapshots", "list"])?;
            let active = listed.lines().filter(|line| line.ends_with("Active"));
            let keys = active.filter_map(|line| line.split_whitespace().next());
            found.extend(keys.map(|key| format!("snapshot {namespace}/{key}")));
        }
        Ok(found)
    }

    fn child(&self) -> MutexGuard<'_, Child> {
        self.child.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait(&self) -> Result<(), Error> {
        let address = self.address();
        let answers = until("an answer of containerd", || {
            if let Ok(Some(status)) = self.child().try_wait() {
                return Some(Err(format!("it ended with {status}")));
            }
            UnixStream::connect(&address).ok()?;
            self.ctr("default", &["version"]).ok().map(|_| Ok(()))
        });
        let why = match answers {
            Ok(Ok(())) => return Ok(()),
            Ok(Err(why)) => why,
            Err(late) => late.to_string(),
        };
        let log = fs::read_to_string(self.directory.join("containerd.log")).unwrap_or_default();
        let lines: Vec<&str> = log.lines().rev().take(10).collect();
        let log = lines.into_iter().rev().collect::<Vec<_>>().join("\n");
        Err(Error::Engine { why, log })
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let mut child = self.child();
        let _ = child.kill();
        let _ = child.wait();
    }
}

fn spawn(directory: &Path) -> Result<Child, Error> {
    let open = || {
        let log = File::options()
            .create(true)
            .append(true)
            .open(directory.join("containerd.log"))?;
        Ok((log.try_clone()?, log))
    };
    let (output, errors) = open().map_err(Error::system("open the log of containerd"))?;
    Command::new("containerd")
        .arg("--config")
        .arg(directory.join("config.toml"))
        .stdout(output)
        .stderr(errors)
        .spawn()
        .map_err(Error::system("start containerd"))
}

/// All processes with their arguments.
fn processes() -> Vec<(String, String)> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
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
