//! The plugin on a real containerd, with real registries, as root.
//!
//! `SHELLRT_TEST_REAL=1 cargo test -p shellrt-containerd --test real` runs them;
//! without the variable each one is reported as ignored. The suite runs in
//! namespaces of its own (network, mounts, processes): the machine's network
//! and mounts stay as they are, and nothing outlives it, however it ends.

mod archives;
mod crashes;
mod engine;
mod hygiene;
mod images;
mod lifecycle;
mod logs;
mod many;
mod states;
mod wire_2020;
mod world;

use std::env;
use std::process::ExitCode;

use libtest_mimic::{Arguments, Conclusion, Trial};
use shellrt_testbed::Sandbox;

use crate::world::World;

/// One test: its name, and what it does with what is there for all of them.
type Test = (&'static str, fn(&'static World));

const GROUPS: [(&str, &[Test]); 10] = [
    ("archives", archives::TESTS),
    ("images", images::TESTS),
    ("lifecycle", lifecycle::TESTS),
    ("logs", logs::TESTS),
    ("wire_2020", wire_2020::TESTS),
    ("many", many::TESTS),
    ("crashes", crashes::TESTS),
    ("engine", engine::TESTS),
    ("states", states::TESTS),
    ("hygiene", hygiene::TESTS),
];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let is_wanted = env::var_os("SHELLRT_TEST_REAL").is_some_and(|value| value == "1");
    if arguments.list || !is_wanted {
        let nothing: fn() = || {};
        return conclude(&arguments, trials(|_| nothing, true));
    }
    let Some(sandbox) = Sandbox::inside() else {
        let status = Sandbox::enter().expect("there are namespaces for the suite");
        return if status.success() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        };
    };
    let world: &'static World = Box::leak(Box::new(World::new(sandbox)));
    let trials = trials(|test| move || test(world), false);
    let conclusion = libtest_mimic::run(&arguments, trials);
    world.end();
    conclusion.exit_code()
}

fn trials<R: FnOnce() + Send + 'static>(
    runner: impl Fn(fn(&'static World)) -> R,
    ignored: bool,
) -> Vec<Trial> {
    let all = GROUPS
        .iter()
        .flat_map(|(group, tests)| tests.iter().map(move |test| (group, test)));
    all.map(|(group, (name, test))| {
        let run = runner(*test);
        let run = move || {
            run();
            Ok(())
        };
        Trial::test(format!("{group}::{name}"), run).with_ignored_flag(ignored)
    })
    .collect()
}

fn conclude(arguments: &Arguments, trials: Vec<Trial>) -> ExitCode {
    let conclusion: Conclusion = libtest_mimic::run(arguments, trials);
    conclusion.exit_code()
}
