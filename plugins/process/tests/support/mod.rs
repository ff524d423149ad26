//! The process plugin with a state directory of its own.
//!
//! Whatever a test leaves running is removed when the value goes away, also
//! when the test fails.
#![allow(dead_code, reason = "no test uses all of it")]
#![allow(missing_docs, reason = "tests are not documented by rustdoc")]

use std::ops::Deref;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
#[allow(unused_imports, reason = "no test uses all of it")]
pub(crate) use shellrt_testkit::{Follow, eventually, is_alive, kill, parse, request};
use tempfile::TempDir;

pub(crate) struct Plugin {
    plugin: shellrt_testkit::Plugin,
    state: TempDir,
}

impl Deref for Plugin {
    type Target = shellrt_testkit::Plugin;

    fn deref(&self) -> &Self::Target {
        &self.plugin
    }
}

impl Plugin {
    pub(crate) fn new() -> Self {
        let state = tempfile::tempdir().expect("a directory can be made");
        let program = env!("CARGO_BIN_EXE_shellrt-process");
        let arguments = ["--state-dir".into(), state.path().as_os_str().to_owned()];
        Self {
            plugin: shellrt_testkit::Plugin::new(program, arguments),
            state,
        }
    }

    pub(crate) fn state(&self) -> &Path {
        self.state.path()
    }

    pub(crate) fn module_directory(&self, name: &str) -> PathBuf {
        self.state.path().join("modules").join(name)
    }

    pub(crate) fn create(&self, name: &str, config: Value) {
        self.plugin.create(name, "process", config);
    }

    /// Makes a module that runs `script` in a shell.
    pub(crate) fn create_shell(&self, name: &str, script: &str) {
        self.create(name, json!({"command": ["sh", "-c", script]}));
    }

    /// The record of the module's last run.
    pub(crate) fn run_record(&self, name: &str) -> Value {
        let bytes =
            std::fs::read(self.module_directory(name).join("run.json")).expect("it was started");
        parse(&bytes)
    }

    pub(crate) fn supervisor(&self, name: &str) -> u64 {
        self.run_record(name)["last"]["supervisor"]["pid"]
            .as_u64()
            .expect("a pid is a number")
    }

    /// Changes the record of the last run, as only a test may.
    pub(crate) fn edit_run_record(&self, name: &str, edit: impl FnOnce(&mut Value)) {
        let mut record = self.run_record(name);
        edit(&mut record);
        std::fs::write(
            self.module_directory(name).join("run.json"),
            record.to_string(),
        )
        .expect("it is writable");
    }
}

impl Drop for Plugin {
    fn drop(&mut self) {
        let Ok(modules) = std::fs::read_dir(self.state.path().join("modules")) else {
            return;
        };
        for module in modules.flatten() {
            let name = module.file_name().to_string_lossy().into_owned();
            let _ = self
                .spawn(&request("remove", json!({"name": name})))
                .wait_with_output();
        }
    }
}
