//! Registries on loopback.

use std::fs;
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError};

use crate::Error;
use crate::program::{missing, until};

/// A registry that goes away with this.
#[derive(Debug)]
pub struct Registry {
    child: Mutex<Child>,
}

impl Registry {
    /// Starts one at `address` that keeps its content in `directory`, where
    /// several may share it, and waits until it answers. `more` are lines of
    /// its configuration that end the section `http` and may begin others.
    ///
    /// # Errors
    /// It is not installed, could not be started, or does not answer.
    pub fn start(directory: &Path, address: &str, more: &str) -> Result<Self, Error> {
        missing(&[("docker-registry", "docker-registry")])?;
        let config = format!(
            "version: 0.1\nlog:\n  level: error\nstorage:\n  filesystem:\n    rootdirectory: {}\n\
             http:\n  addr: {address}\n{more}",
            directory.join("data").display()
        );
        let path = directory.join(format!("{}.yml", address.replace(':', "-")));
        fs::create_dir_all(directory)
            .and_then(|()| fs::write(&path, config))
            .map_err(Error::system(format!("write {}", path.display())))?;
        let child = Command::new("docker-registry")
            .arg("serve")
            .arg(&path)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(Error::system("start docker-registry"))?;
        let registry = Self {
            child: Mutex::new(child),
        };
        until(
            &format!("an answer of docker-registry at {address}"),
            || TcpStream::connect(address).ok(),
        )?;
        Ok(registry)
    }
}

impl Drop for Registry {
    fn drop(&mut self) {
        let mut child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = child.kill();
        let _ = child.wait();
    }
}
