//! What one test has for itself: a plugin with a namespace of containerd and a
//! state directory. At its end nothing of either may be left.

use std::fs;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use shellrt_testbed::Daemon;
use shellrt_testkit::{Plugin, eventually};

use super::{OPEN, World};

pub(crate) struct Yard<'a> {
    plugin: Plugin,
    pub(crate) daemon: &'a Daemon,
    pub(crate) namespace: String,
    pub(crate) state: PathBuf,
}

impl Deref for Yard<'_> {
    type Target = Plugin;

    fn deref(&self) -> &Self::Target {
        &self.plugin
    }
}

impl<'a> Yard<'a> {
    pub(crate) fn new(world: &'a World, name: &str) -> Self {
        Self::on(world, &world.daemon, name)
    }

    /// On another containerd than that of all.
    pub(crate) fn on(world: &World, daemon: &'a Daemon, name: &str) -> Self {
        let namespace = world.sandbox.namespace(name);
        let state = world.directory().join("state").join(name);
        let config = world.directory().join(format!("{name}.toml"));
        let text = format!(
            "address = '{}'\nnamespace = '{namespace}'\nstate_dir = '{}'\nregistries_dir = '{}'\n",
            daemon.address().display(),
            state.display(),
            world.directory().join("registries/hosts").display(),
        );
        fs::write(&config, text).expect("it is writable");
        let arguments = ["--config".into(), config.into_os_string()];
        Self {
            plugin: Plugin::new(env!("CARGO_BIN_EXE_shellrt-containerd"), arguments),
            daemon,
            namespace,
            state,
        }
    }

    /// Pulls an image of the open registry; its reference.
    pub(crate) fn pull(&self, name: &str) -> String {
        let reference = format!("{OPEN}/{name}:latest");
        self.ok("img_pull", json!({"image": reference}));
        reference
    }

    pub(crate) fn create_config(&self, name: &str, config: Value) {
        self.create(name, "containerd", config);
    }

    /// Makes a module that runs `script` in a shell.
    pub(crate) fn create_shell(&self, name: &str, script: &str) {
        self.create_config(name, shell(script));
    }

    /// Runs a script to its end; what it wrote.
    pub(crate) fn output_of(&self, name: &str, config: Value) -> String {
        self.create_config(name, config);
        self.start(name);
        self.ended(name);
        self.log(json!({"name": name}))
    }

    pub(crate) fn ctr(&self, arguments: &[&str]) -> String {
        let answer = self.daemon.ctr(&self.namespace, arguments);
        answer.unwrap_or_else(|error| panic!("{error}"))
    }

    /// Runs containerd's garbage collector, and waits for it.
    pub(crate) fn collect_garbage(&self) {
        self.ctr(&["leases", "create", "--id", "for-the-collector"]);
        self.ctr(&["leases", "delete", "--sync", "for-the-collector"]);
    }

    /// The numbers of the processes that keep a module's output.
    pub(crate) fn loggers(&self) -> Vec<u64> {
        let namespace = self.namespace.as_str();
        let entries = fs::read_dir("/proc").expect("it is readable").flatten();
        entries
            .filter_map(|entry| {
                let command = fs::read(entry.path().join("cmdline")).ok()?;
                let command = String::from_utf8_lossy(&command).into_owned();
                let ours = command.contains("shellrt-logger") && command.contains(namespace);
                ours.then(|| entry.file_name().to_str()?.parse().ok())?
            })
            .collect()
    }

    /// Removes all modules and images.
    fn clear(&self) {
        for name in self.names() {
            self.remove(&name);
        }
        let images = self.ok("img_list", json!({}));
        for image in images["images"].as_array().expect("images are a list") {
            self.ok(
                "img_remove",
                json!({"image": image["image_id"], "force": true}),
            );
        }
    }

    /// Nothing of the namespace and of the state directory may be there.
    fn check_that_nothing_is_left(&self) {
        for kind in ["tasks", "containers", "images"] {
            assert_eq!(self.ctr(&[kind, "list", "-q"]), "", "{kind} are left");
        }
        assert_eq!(self.ctr(&["leases", "list", "-q"]), "", "leases are left");
        self.collect_garbage();
        assert_eq!(self.ctr(&["content", "list", "-q"]), "", "content is left");
        let snapshots = self.ctr(&["snapshots", "list"]);
        assert_eq!(snapshots.lines().count(), 1, "left are {snapshots}");
        let files = files_below(&self.state);
        let left: Vec<_> = files.iter().filter(|path| !is_empty_lock(path)).collect();
        assert!(left.is_empty(), "files are left: {left:#?}");
        eventually(|| self.loggers().is_empty().then_some(()));
        let mounts = fs::read_to_string("/proc/self/mounts").expect("it is readable");
        assert!(!mounts.contains(&self.namespace), "{mounts}");
    }
}

impl Drop for Yard<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            // What is left ends with the suite's namespaces.
            return;
        }
        self.clear();
        self.check_that_nothing_is_left();
    }
}

/// The config of a shell that runs a script.
pub(crate) fn shell(script: &str) -> Value {
    json!({"image": format!("{OPEN}/box:latest"), "entrypoint": ["sh", "-c"], "args": [script]})
}

fn is_empty_lock(path: &Path) -> bool {
    let in_locks = path
        .parent()
        .is_some_and(|parent| parent.ends_with("locks"));
    in_locks && fs::metadata(path).is_ok_and(|metadata| metadata.len() == 0)
}

fn files_below(path: &Path) -> Vec<PathBuf> {
    let output = Command::new("find")
        .arg(path)
        .args(["-not", "-type", "d"])
        .output()
        .expect("`find` is there");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().map(PathBuf::from).collect()
}
