//! A conformance run that ends before its time takes with it what it made, and
//! a plugin cannot take the machine with it.

use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process, test_kill_process};

const FIXTURE: &str = r#"{"config_type": "stub", "configs": {"script": {"script": "${script}"}}}"#;

struct Run {
    directory: tempfile::TempDir,
    child: Child,
}

impl Run {
    fn start(fault: &str) -> Run {
        let directory = tempfile::tempdir().expect("a directory can be made");
        let fixture = directory.path().join("fixture.json");
        fs::write(&fixture, FIXTURE).expect("it is writable");
        let temporary = directory.path().join("tmp");
        fs::create_dir(&temporary).expect("it can be made");
        let stub = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/stub.py");
        let child = Command::new(env!("CARGO_BIN_EXE_shellrt-validate"))
            .args([
                "plugin",
                "--filter",
                "lifecycle/signals_in_exit_codes",
                "--memory-limit",
                "64",
                "--config",
            ])
            .arg(&fixture)
            .args(["--", "python3"])
            .arg(stub)
            .arg(directory.path())
            .arg(fault)
            .env("TMPDIR", &temporary)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the suite can be started");
        Run { directory, child }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    fn entries(&self, name: &str) -> usize {
        fs::read_dir(self.at(name)).map_or(0, Iterator::count)
    }

    /// Waits until the plugin hangs in a `start`; its number.
    fn hanging(&self) -> Pid {
        let number = eventually(|| fs::read_to_string(self.at("hangs")).ok()?.parse().ok());
        assert_eq!(self.entries("modules"), 1);
        Pid::from_raw(number).expect("it is no 0")
    }
}

fn eventually<T>(mut probe: impl FnMut() -> Option<T>) -> T {
    for _ in 0..3000 {
        if let Some(found) = probe() {
            return found;
        }
        thread::sleep(Duration::from_millis(10));
    }
    panic!("it does not come");
}

#[test]
fn a_run_that_is_killed_leaves_no_module_no_process_and_no_file() {
    let mut run = Run::start("hang");
    let plugin = run.hanging();
    run.child.kill().expect("it runs");
    run.child.wait().expect("it was started here");
    eventually(|| (run.entries("modules") == 0).then_some(()));
    eventually(|| test_kill_process(plugin).is_err().then_some(()));
    eventually(|| (run.entries("tmp") == 0).then_some(()));
}

#[test]
fn a_run_that_is_told_to_end_clears_up_first() {
    for signal in [Signal::INT, Signal::TERM, Signal::HUP] {
        let mut run = Run::start("hang");
        let plugin = run.hanging();
        let suite = i32::try_from(run.child.id()).ok().and_then(Pid::from_raw);
        kill_process(suite.expect("it is no 0"), signal).expect("it runs");
        let status = run.child.wait().expect("it was started here");
        assert_eq!(status.signal(), Some(signal.as_raw()));
        assert_eq!((run.entries("modules"), run.entries("tmp")), (0, 0));
        // Whoever adopted it may have to be waited for.
        eventually(|| test_kill_process(plugin).is_err().then_some(()));
    }
}

#[test]
fn what_a_plugin_abandons_ends_with_the_run() {
    let mut run = Run::start("abandon");
    run.child.wait().expect("it was started here");
    let number = fs::read_to_string(run.at("abandoned")).expect("it made a module");
    let left = number.parse().ok().and_then(Pid::from_raw);
    let left = left.expect("it is no 0");
    eventually(|| test_kill_process(left).is_err().then_some(()));
}

#[test]
fn a_plugin_that_takes_too_much_memory_costs_its_case_and_no_more() {
    let run = Run::start("hog");
    let temporary = run.at("tmp");
    let output = run.child.wait_with_output().expect("it ends");
    let told = [output.stdout, output.stderr].concat();
    let told = String::from_utf8_lossy(&told);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(
        told.contains("more than 64 MiB of memory (--memory-limit)"),
        "{told}"
    );
    assert_eq!(fs::read_dir(temporary).map_or(0, Iterator::count), 0);
}
