//! The plugin on a real containerd, with real registries, as root.
//!
//! `SHELLRT_TEST_REAL=1 cargo test -p shellrt-containerd --test real` runs them;
//! without the variable each one is reported as ignored. The suite runs in
//! namespaces of its own (network, mounts, processes): the machine's network
//! and mounts stay as they are, and nothing outlives it, however it ends.

mod crashes;
mod engine;
mod images;
mod lifecycle;
mod logs;
mod many;
mod sandbox;
mod wire_2020;
mod world;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Conclusion, Trial};

use crate::world::World;

/// One test: its name, and what it does with what is there for all of them.
type Test = (&'static str, fn(&'static World));

const GROUPS: [(&str, &[Test]); 7] = [
    ("images", images::TESTS),
    ("lifecycle", lifecycle::TESTS),
    ("logs", logs::TESTS),
    ("wire_2020", wire_2020::TESTS),
    ("many", many::TESTS),
    ("crashes", crashes::TESTS),
    ("engine", engine::TESTS),
];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    if arguments.list || !sandbox::is_wanted() {
        let nothing: fn() = || {};
        return conclude(&arguments, trials(|_| nothing, true));
    }
    if !sandbox::is_inside() {
        return sandbox::enter();
    }
    let world: &'static World = Box::leak(Box::new(World::new()));
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
