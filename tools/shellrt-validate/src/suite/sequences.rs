//! Random lives of modules, held against the table of states. A difference is
//! shrunk to the shortest sequence that still shows one.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use serde_json::{Value, json};

use super::actor::{Actor, Halt};
use super::answer::Answer;
use super::case::Sequences;
use super::expect::{Miss, told};

/// What is done to one of two modules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    Create,
    CreateOther,
    Start,
    Stop,
    Restart,
    Remove,
    Status,
}

/// What the model knows of a module: the state, and which request made it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Model {
    #[default]
    Absent,
    Created(bool),
    Running(bool),
    Exited(bool),
}

/// What the table says.
#[derive(Debug, PartialEq, Eq)]
enum Reply {
    Changed(bool),
    Code(u64),
    State(&'static str),
}

/// Plays as many sequences as the case asks for.
pub(super) fn play(actor: &mut Actor<'_>, wanted: &Sequences) -> Result<(), Halt> {
    let action = prop_oneof![
        2 => Just(Action::Create),
        1 => Just(Action::CreateOther),
        3 => Just(Action::Start),
        2 => Just(Action::Stop),
        1 => Just(Action::Restart),
        1 => Just(Action::Remove),
        2 => Just(Action::Status),
    ];
    let strategy = prop::collection::vec((0..2_usize, action), 1..=wanted.length);
    let config = Config {
        cases: wanted.count,
        max_shrink_iters: 200,
        failure_persistence: None,
        ..Config::default()
    };
    let seed = actor.seed();
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let cell = std::cell::RefCell::new((actor, None));
    let result = TestRunner::new_with_rng(config, rng).run(&strategy, |actions| {
        let (actor, halted) = &mut *cell.borrow_mut();
        match sequence(actor, &actions) {
            Ok(None) => Ok(()),
            Ok(Some(difference)) => Err(TestCaseError::fail(difference)),
            Err(halt) => {
                *halted = Some(halt);
                Err(TestCaseError::fail("the suite could not go on"))
            }
        }
    });
    let (actor, halted) = cell.into_inner();
    if let Some(halt) = halted {
        return Err(halt);
    }
    let miss = match result {
        Ok(()) => None,
        Err(TestError::Fail(reason, actions)) => Some(Miss {
            found: format!("after {}: {reason}", told_actions(&actions)),
            expected: format!("what the table of states says (seed {seed})"),
        }),
        Err(TestError::Abort(reason)) => return Err(Halt::because(reason.message())),
    };
    actor.record(&wanted.expect, miss, None);
    Ok(())
}

/// The first difference between the plugin and the model.
fn sequence(actor: &mut Actor<'_>, actions: &[(usize, Action)]) -> Result<Option<String>, Halt> {
    let names = [actor.new_module("a"), actor.new_module("b")];
    let mut models = [Model::default(); 2];
    let mut difference = None;
    for &(which, action) in actions {
        let (next, wanted) = step(models[which], action);
        let answer = actor.prepare(&request(actor, action, &names[which]))?;
        if let Some(found) = differs(&answer, &wanted) {
            difference = Some(format!("{found}, and the table says {wanted:?}"));
            break;
        }
        models[which] = next;
    }
    for name in names {
        actor.prepare(&json!({"_type": "remove", "name": name}))?;
    }
    Ok(difference)
}

fn request(actor: &Actor<'_>, action: Action, name: &str) -> Value {
    let kind = match action {
        Action::Create | Action::CreateOther => "create",
        Action::Start => "start",
        Action::Stop => "stop",
        Action::Restart => "restart",
        Action::Remove => "remove",
        Action::Status => "status",
    };
    let mut request = json!({"_type": kind, "name": name});
    match action {
        Action::Create | Action::CreateOther => {
            let config = if action == Action::Create {
                "config"
            } else {
                "other_config"
            };
            request["config_type"] = actor.value("config_type");
            request["config"] = actor.value(config);
        }
        Action::Stop | Action::Restart => request["timeout"] = json!(0),
        _ => {}
    }
    request
}

/// The table of docs/protocol.md, without the states that only a fixture makes.
fn step(model: Model, action: Action) -> (Model, Reply) {
    use Model::{Absent, Created, Exited, Running};
    let by = |other: bool| match (model, action) {
        (Created(made) | Running(made) | Exited(made), _) if made == other => Reply::Changed(false),
        _ => Reply::Code(21),
    };
    match (action, model) {
        (Action::Create, Absent) => (Created(false), Reply::Changed(true)),
        (Action::CreateOther, Absent) => (Created(true), Reply::Changed(true)),
        (Action::Create, _) => (model, by(false)),
        (Action::CreateOther, _) => (model, by(true)),
        (Action::Remove, Absent) => (Absent, Reply::Changed(false)),
        (Action::Remove, _) => (Absent, Reply::Changed(true)),
        (_, Absent) => (Absent, Reply::Code(20)),
        (Action::Start, Running(_)) => (model, Reply::Changed(false)),
        (Action::Start | Action::Restart, Created(made) | Running(made) | Exited(made)) => {
            (Running(made), Reply::Changed(true))
        }
        (Action::Stop, Running(made)) => (Exited(made), Reply::Changed(true)),
        (Action::Stop, _) => (model, Reply::Changed(false)),
        (Action::Status, Created(_)) => (model, Reply::State("created")),
        (Action::Status, Running(_)) => (model, Reply::State("running")),
        (Action::Status, Exited(_)) => (model, Reply::State("exited")),
    }
}

fn differs(answer: &Answer, wanted: &Reply) -> Option<String> {
    let response = answer.response.as_ref();
    let holds = response.is_some_and(|response| match wanted {
        Reply::Changed(changed) => answer.is_ok() && response["changed"] == *changed,
        Reply::Code(code) => answer.is_err() && response["code"] == *code,
        Reply::State(state) => answer.is_ok() && response["state"] == **state,
    });
    (!holds).then(|| match response.filter(|_| answer.is_ok()) {
        Some(response) => format!("the answer is {response}"),
        None => format!("the answer is {}", told(answer)),
    })
}

fn told_actions(actions: &[(usize, Action)]) -> String {
    let told: Vec<String> = actions
        .iter()
        .map(|(which, action)| format!("{action:?} {}", ["a", "b"][*which]))
        .collect();
    told.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_model_is_the_table() {
        let exited = Model::Exited(false);
        assert_eq!(step(exited, Action::Stop), (exited, Reply::Changed(false)));
        assert_eq!(
            step(exited, Action::Create),
            (exited, Reply::Changed(false))
        );
        assert_eq!(step(exited, Action::CreateOther), (exited, Reply::Code(21)));
        let absent = Model::Absent;
        assert_eq!(step(absent, Action::Restart), (absent, Reply::Code(20)));
    }
}
