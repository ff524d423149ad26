//! Modules of a case: brought into a state, and removed at its end.

use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};

use super::{Actor, Halt};
use crate::suite::answer::Answer;
use crate::suite::case::{Act, ModuleStep, State};
use crate::suite::expect::told;
use crate::suite::janitor::Kind;
use crate::suite::stage::{SLEEPER, WIRE};
use crate::suite::template;
use crate::suite::watch;

const AGAIN: Duration = Duration::from_millis(30);
/// How long a module may take to get into a state.
const LIMIT: Duration = Duration::from_secs(15);

impl Actor<'_> {
    pub(super) fn module(&mut self, step: &ModuleStep) -> Result<(), Halt> {
        if let Some(why) = &self.stage.image_missing {
            return Err(Halt(format!(
                "there is no image to make a module from: {why}"
            )));
        }
        let name = self.new_module(&step.name);
        let script = match (&step.script, step.state) {
            (Some(script), _) => template::text(script, &self.values)?,
            (None, State::Exited) => "exit 0".to_owned(),
            (None, _) => SLEEPER.to_owned(),
        };
        let config = self.config_of(step, &script)?;
        self.values.insert(
            format!("{}_config", step.name),
            Value::Object(config.clone()),
        );
        if step.state == State::Absent {
            return Ok(());
        }
        self.create(step, &name, config)?;
        if step.state == State::Created {
            return Ok(());
        }
        self.must(&json!({"_type": "start", "name": name}))?;
        if let Some(text) = &step.ready {
            let text = template::text(text, &self.values)?;
            self.wait_for_output(&name, &text)?;
        }
        match step.state {
            State::Paused => {
                self.act_on("pause", &step.name)?;
                self.wait_for_state(&name, "paused")
            }
            State::Exited => self.wait_for_state(&name, "exited"),
            State::Dead => {
                self.must(&json!({"_type": "stop", "name": name, "timeout": 0}))?;
                self.act_on("spoil", &step.name)?;
                self.wait_for_state(&name, "dead")
            }
            State::Absent | State::Created | State::Running => Ok(()),
        }
    }

    /// A real name that no other run and no other case uses.
    pub(in crate::suite) fn new_module(&mut self, name: &str) -> String {
        // A random word and not this process's number: names become those of
        // control groups, which all process namespaces of the machine share.
        let run = self.value("run");
        let run = run.as_str().unwrap_or_default();
        let real = format!("v{run}.{}.{}.{name}", self.number, self.modules.len());
        self.stage.janitor.expect(Kind::Module, &real);
        self.modules.push(real.clone());
        self.values.insert(name.to_owned(), json!(real));
        real
    }

    /// The config that the fixture has for it; empty where it has none, and only
    /// a name is wanted.
    fn config_of(&self, step: &ModuleStep, script: &str) -> Result<Map<String, Value>, Halt> {
        let kind = step.config.as_deref().unwrap_or("script");
        let fixture = &self.stage.fixture;
        if step.state == State::Absent && !fixture.offers(&format!("configs/{kind}")) {
            return Ok(Map::new());
        }
        let mut values = self.values.clone();
        if let Some(image) = &step.image {
            let image = template::text(image, &self.values)?;
            values.insert("image".to_owned(), json!(image));
        }
        Ok(fixture.config(kind, script, &values)?)
    }

    fn create(
        &mut self,
        step: &ModuleStep,
        name: &str,
        config: Map<String, Value>,
    ) -> Result<(), Halt> {
        let filled = |map: &std::collections::BTreeMap<String, String>| {
            let members: Map<String, Value> = map
                .iter()
                .map(|(key, value)| (key.clone(), json!(value)))
                .collect();
            template::object(&members, &self.values)
        };
        let mut request = json!({
            "_type": "create",
            "name": name,
            "config_type": self.stage.fixture.config_type,
            "config": config,
        });
        for (member, map) in [("env", &step.env), ("labels", &step.labels)] {
            if !map.is_empty() {
                request[member] = Value::Object(filled(map)?);
            }
        }
        self.must(&request).map(|_| ())
    }

    /// Sends a request that only prepares; it has to succeed.
    pub(in crate::suite) fn must(&mut self, request: &Value) -> Result<Value, Halt> {
        let answer = self.prepare(request)?;
        match answer.response.as_ref().filter(|_| answer.is_ok()) {
            Some(response) => Ok(response.clone()),
            None => {
                let kind = request["_type"].as_str().unwrap_or_default();
                Err(Halt(format!("`{kind}` was answered by {}", told(&answer))))
            }
        }
    }

    /// The same, whatever comes back; what holds for every exchange is judged.
    pub(in crate::suite) fn prepare(&mut self, request: &Value) -> Result<Answer, Halt> {
        let mut members = request.as_object().cloned().unwrap_or_default();
        members.insert("_version".into(), json!(WIRE));
        members.insert("_id".into(), json!(format!("{}-p", self.number)));
        let ask = crate::suite::case::Ask::default();
        let seen = self.exchange(&ask, Value::Object(members).to_string().into_bytes())?;
        self.judge_always(&seen, false);
        self.must_end(&seen.exchange)?;
        Ok(seen.answer)
    }

    fn act_on(&self, action: &str, module: &str) -> Result<(), Halt> {
        self.act(&Act {
            action: action.to_owned(),
            module: Some(module.to_owned()),
        })
    }

    pub(super) fn name_of(&self, module: &str) -> Result<String, Halt> {
        let name = self.values.get(module).and_then(Value::as_str);
        name.map(str::to_owned)
            .ok_or_else(|| Halt(format!("the case has no module `{module}`")))
    }

    /// The module's process, or nothing that `kill` would take: a plugin that
    /// names the suite itself, or all processes, must not end them.
    pub(super) fn pid_of(&self, name: &str) -> Value {
        let status = self.stage.send(&json!({"_type": "status", "name": name}));
        let pid = status
            .ok()
            .and_then(|(_, answer)| answer.response?.get("pid")?.as_u64())
            .and_then(|pid| u32::try_from(pid).ok())
            .filter(|&pid| pid > 1 && !watch::is_of_the_suite(pid));
        pid.map_or_else(|| json!("none"), |pid| json!(pid))
    }

    pub(in crate::suite) fn wait_for_state(&mut self, name: &str, state: &str) -> Result<(), Halt> {
        let deadline = Instant::now() + self.stage.stretched(LIMIT);
        loop {
            let answer = self.prepare(&json!({"_type": "status", "name": name}))?;
            if answer.text("state") == Some(state) {
                return Ok(());
            }
            if Instant::now() >= deadline {
                let now = answer
                    .text("state")
                    .map_or_else(|| told(&answer), str::to_owned);
                return Err(Halt(format!(
                    "the module did not get `{state}`: it is {now}"
                )));
            }
            thread::sleep(AGAIN);
        }
    }

    fn wait_for_output(&mut self, name: &str, text: &str) -> Result<(), Halt> {
        let deadline = Instant::now() + self.stage.stretched(LIMIT);
        loop {
            let answer = self.prepare(&json!({"_type": "logs", "name": name}))?;
            if String::from_utf8_lossy(&answer.output()).contains(text) {
                return Ok(());
            }
            if Instant::now() >= deadline {
                return Err(Halt(format!("the module's output never held `{text}`")));
            }
            thread::sleep(AGAIN);
        }
    }
}
