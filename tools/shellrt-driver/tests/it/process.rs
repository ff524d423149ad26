//! A whole life of a module, with the real plugin.

use std::path::Path;

use crate::support::{Driver, Run, process_plugin};

struct Host {
    state: tempfile::TempDir,
}

impl Host {
    fn run(&self, line: &str) -> Run {
        self.driver(line.split(' ')).run()
    }

    fn driver<'a>(&self, words: impl IntoIterator<Item = &'a str>) -> Driver {
        let state = self.state.path().to_string_lossy().into_owned();
        Driver::new(Path::new("/"), words)
            .env("SHELLRT_PLUGIN", &process_plugin().to_string_lossy())
            .env("SHELLRT_PROCESS_STATE_DIR", &state)
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        // A test that failed half-way must not leave processes behind.
        self.run("remove --all");
    }
}

#[test]
fn a_module_lives_and_dies_by_the_drivers_commands() {
    let host = Host {
        state: tempfile::tempdir().expect("a temporary directory"),
    };
    assert!(host.run("describe").data().contains("config type:"));
    let script = "echo ready; echo trouble >&2; exec sleep 600";
    let create = [
        "create", "process", "ticker", "--label", "owner=me", "--", "sh", "-c", script,
    ];
    assert_eq!(host.driver(create).run().data(), "ticker: created\n");
    assert!(host.driver(create).run().data().contains("nothing changed"));

    assert_eq!(host.run("start ticker").data(), "ticker: started\n");
    assert_eq!(
        host.run("start ticker").data(),
        "ticker: runs already, nothing changed\n"
    );
    assert_eq!(host.run("list").data(), "NAME\nticker\n");
    let details = host.run("list -l --label owner=me").data();
    assert!(
        details.contains("ticker") && details.contains("running"),
        "{details}"
    );
    assert!(host.run("status ticker").data().contains("running"));
    assert!(host.run("top -l ticker").data().contains("sleep 600"));
    assert!(host.run("stats").data().contains("ticker"));
    assert!(host.run("sys_info").data().contains("engine:"));

    assert_eq!(
        host.run("stop --stop-timeout 5 ticker").data(),
        "ticker: stopped\n"
    );
    let logs = host.run("logs --framing docker ticker");
    assert_eq!(
        (logs.data(), logs.stderr()),
        ("ready\n".to_owned(), "trouble\n".to_owned())
    );
    assert_eq!(
        host.run("logs --stream stdout --tail 1 ticker").data(),
        "ready\n"
    );

    assert_eq!(host.run("remove ticker").data(), "ticker: removed\n");
    assert_eq!(
        host.run("remove ticker").data(),
        "ticker: not there, nothing changed\n"
    );
    let gone = host.run("status ticker");
    assert_eq!(gone.status(), 1);
    assert!(
        gone.stderr().starts_with("error[module_not_found 20]: "),
        "{}",
        gone.stderr()
    );
}

#[test]
fn a_config_of_the_wrong_form_never_reaches_the_plugin() {
    let host = Host {
        state: tempfile::tempdir().expect("a temporary directory"),
    };
    let run = host
        .driver(["create", "process", "bad", "--config", "-"])
        .input(r#"{"command": "sh"}"#)
        .run();
    assert_eq!(run.status(), 2, "{}", run.screen());
    assert!(run.stderr().contains("/command"), "{}", run.screen());
    assert_eq!(host.run("list").data(), "NAME\n");
}
