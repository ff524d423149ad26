//! Runs the driver, against plugins that are shell scripts or the real one.

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

/// A plugin that is a shell script: it keeps each request, and answers by it.
pub(crate) struct Scripted {
    directory: tempfile::TempDir,
}

impl Scripted {
    /// `answers` is the body of a `case $request in`.
    pub(crate) fn new(answers: &str) -> Scripted {
        let script = format!(
            "#!/bin/sh\nrequest=$(cat)\nprintf '%s\\n' \"$request\" >> \"$0.requests\"\ncase $request in\n{answers}\nesac\n"
        );
        let directory = tempfile::tempdir().expect("a temporary directory");
        write_program(&directory.path().join("plugin"), &script);
        Scripted { directory }
    }

    /// A plugin that gives one answer to whatever comes.
    pub(crate) fn answering(reply: &str) -> Scripted {
        Scripted::new(&format!("*) printf '%s\\n' '{reply}';;"))
    }

    pub(crate) fn directory(&self) -> &Path {
        self.directory.path()
    }

    /// A command line as one types it in the plugin's directory; words are
    /// separated by single spaces.
    pub(crate) fn driver(&self, line: &str) -> Driver {
        Driver::new(self.directory.path(), line.split(' '))
    }

    /// What the plugin was asked so far, one request a line.
    pub(crate) fn requests(&self) -> String {
        std::fs::read_to_string(self.directory.path().join("plugin.requests")).unwrap_or_default()
    }
}

/// Another process writes the file: were it open for writing here, a process that
/// another test starts at that moment would inherit it, and the kernel would
/// refuse to run the script as busy.
fn write_program(path: &Path, text: &str) {
    let mut install = Command::new("install")
        .args(["-m", "755", "/dev/stdin"])
        .arg(path)
        .stdin(Stdio::piped())
        .spawn()
        .expect("`install` of coreutils");
    install
        .stdin
        .take()
        .expect("a pipe")
        .write_all(text.as_bytes())
        .expect("a short text");
    assert!(install.wait().expect("its status").success());
}

/// One run of the driver.
pub(crate) struct Driver {
    command: Command,
    line: String,
    input: Vec<u8>,
}

impl Driver {
    pub(crate) fn new<S: AsRef<OsStr>>(
        directory: &Path,
        arguments: impl IntoIterator<Item = S>,
    ) -> Driver {
        let arguments: Vec<_> = arguments
            .into_iter()
            .map(|argument| argument.as_ref().to_owned())
            .collect();
        let words: Vec<_> = arguments
            .iter()
            .map(|argument| argument.to_string_lossy())
            .collect();
        let line = words.join(" ");
        let mut command = Command::new(env!("CARGO_BIN_EXE_shellrt-driver"));
        command.args(&arguments).current_dir(directory);
        command
            .env_remove("SHELLRT_PLUGIN")
            .env_remove("COLUMNS")
            .env_remove("NO_COLOR");
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        Driver {
            command,
            line,
            input: Vec::new(),
        }
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Driver {
        self.command.env(name, value);
        self
    }

    pub(crate) fn input(mut self, input: &str) -> Driver {
        self.input = input.as_bytes().to_vec();
        self
    }

    /// The command itself, for tests that run it in a way of their own.
    pub(crate) fn into_command(self) -> Command {
        self.command
    }

    pub(crate) fn run(mut self) -> Run {
        let mut child = self.command.spawn().expect("the driver starts");
        // A driver that leaves early closes the pipe, which is no concern here.
        let _ = child.stdin.take().expect("a pipe").write_all(&self.input);
        let output = child.wait_with_output().expect("the driver ends");
        Run {
            line: self.line,
            output,
        }
    }
}

/// What came of a run.
pub(crate) struct Run {
    line: String,
    output: Output,
}

impl Run {
    pub(crate) fn status(&self) -> i32 {
        self.output.status.code().expect("an exit status")
    }

    pub(crate) fn stdout(&self) -> String {
        String::from_utf8_lossy(&self.output.stdout).into_owned()
    }

    pub(crate) fn stderr(&self) -> String {
        String::from_utf8_lossy(&self.output.stderr).into_owned()
    }

    /// Standard output of a run that must succeed.
    pub(crate) fn data(&self) -> String {
        assert_eq!(self.status(), 0, "{}", self.screen());
        self.stdout()
    }

    /// The run as a person sees it, for a snapshot.
    pub(crate) fn screen(&self) -> String {
        let mut screen = format!("$ shellrt-driver {}\n{}", self.line, self.stdout());
        for line in self.stderr().lines() {
            screen += &format!("stderr: {line}\n");
        }
        screen += &format!("exit status {}\n", self.status());
        screen
    }
}

/// The process plugin, built once a test run: a tool meets a plugin as a process
/// only, so the manifest cannot name it.
pub(crate) fn process_plugin() -> &'static Path {
    static PLUGIN: OnceLock<PathBuf> = OnceLock::new();
    PLUGIN.get_or_init(|| {
        let driver = Path::new(env!("CARGO_BIN_EXE_shellrt-driver"));
        let profile_directory = driver.parent().expect("the driver lies in a directory");
        let target_directory = profile_directory.parent().expect("of the target directory");
        let mut build = Command::new(env!("CARGO"));
        build
            .args([
                "build",
                "--quiet",
                "--package",
                "shellrt-process",
                "--target-dir",
            ])
            .arg(target_directory);
        if profile_directory.ends_with("release") {
            build.arg("--release");
        }
        let status = build
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .status()
            .expect("cargo starts");
        assert!(status.success(), "shellrt-process must build");
        profile_directory.join("shellrt-process")
    })
}
