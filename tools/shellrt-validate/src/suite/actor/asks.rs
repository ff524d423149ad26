//! Requests: one at a time, repeated, side by side, or in the background.

use std::collections::BTreeMap;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};

use super::{Actor, Halt, settled, snapshot};
use crate::suite::always::{self, Request, Scene};
use crate::suite::answer::Answer;
use crate::suite::case::{Ask, Disturb, End, Expect, Milliseconds, Piece, Stdin, Together, Until};
use crate::suite::evidence::{evidence, milliseconds};
use crate::suite::expect::{self, Ground, Miss};
use crate::suite::janitor::Kind;
use crate::suite::plugin::{
    Call, Disturbance, Ended, Exchange, Running, signal_named, stream_bytes,
};
use crate::suite::stage::{LIMIT, WIRE};
use crate::suite::template;

/// How often a request is repeated while one waits for something.
const AGAIN: Duration = Duration::from_millis(40);

/// After how many bytes nothing is sent, and how long.
type Pauses = Vec<(usize, Duration)>;

/// A request in the background.
pub(super) struct Begun {
    running: Running,
    disturbed: bool,
}

impl Begun {
    /// Ends it without a word.
    pub(super) fn abandon(self) {
        self.running.finish(None, Duration::ZERO);
    }
}

/// What was sent and came back, with what was looked at around it.
pub(super) struct Seen {
    pub(super) exchange: Exchange,
    pub(super) answer: Answer,
    changed: Option<Vec<String>>,
}

impl Actor<'_> {
    pub(super) fn ask(&mut self, ask: &Ask) -> Result<(), Halt> {
        let bytes = self.bytes(ask)?;
        if let Some(name) = &ask.begin {
            return self.begin(name, ask, bytes);
        }
        let seen = self.exchange(ask, bytes)?;
        self.judge(ask, &seen)
    }

    /// The request's bytes, and names of modules that it may make.
    fn bytes(&mut self, ask: &Ask) -> Result<Vec<u8>, Halt> {
        if let Some(pieces) = &ask.send {
            return Ok(self.pieces(pieces)?.0);
        }
        let template = ask.request.clone().unwrap_or_default();
        let mut request = template::object(&template, &self.values)?;
        add(&mut request, "_version", json!(WIRE));
        self.stretch_deadline(&mut request);
        let id = format!("{}-{}", self.number, self.exchanges);
        add(&mut request, "_id", json!(id));
        if request.get("_type") == Some(&json!("create"))
            && let Some(name) = request.get("name").and_then(Value::as_str)
        {
            self.stage.janitor.expect(Kind::Module, name);
            if !self.modules.iter().any(|known| known == name) {
                self.modules.push(name.to_owned());
            }
        }
        if request.get("_type") == Some(&json!("img_pull"))
            && let Some(image) = request.get("image").and_then(Value::as_str)
        {
            self.stage.janitor.expect(Kind::Image, image);
        }
        Ok(Value::Object(request).to_string().into_bytes())
    }

    /// A machine that needs longer for all else needs longer before a deadline too.
    fn stretch_deadline(&self, request: &mut Map<String, Value>) {
        let given = request.get("_deadline_ms").and_then(Value::as_u64);
        if let Some(given) = given.filter(|given| (1_000..=60_000).contains(given)) {
            let stretched = self.stage.stretched(Duration::from_millis(given));
            let most = milliseconds(stretched).max(given);
            request.insert("_deadline_ms".to_owned(), json!(most));
        }
    }

    /// The bytes, and where nothing is sent for a while.
    fn pieces(&self, pieces: &[Piece]) -> Result<(Vec<u8>, Pauses), Halt> {
        let mut bytes = Vec::new();
        let mut pauses = Vec::new();
        for piece in pieces {
            match piece {
                Piece::Text(text) => {
                    bytes.extend(template::text(text, &self.values)?.into_bytes());
                }
                Piece::Hex(digits) => bytes.extend(unhexed(digits)?),
                Piece::Repeat(repeat) => bytes.extend(repeat.text.repeat(repeat.times).bytes()),
                Piece::Overfill(overfill) => {
                    let most = usize::try_from(self.stage.request_max_bytes());
                    let wanted = most.unwrap_or(usize::MAX).saturating_add(overfill.by);
                    let missing = wanted.saturating_sub(bytes.len());
                    let times = missing.div_ceil(overfill.text.len().max(1));
                    bytes.extend(overfill.text.repeat(times).bytes());
                }
                Piece::Wait(time) => pauses.push((bytes.len(), Duration::from_millis(*time))),
            }
        }
        Ok((bytes, pauses))
    }

    fn call<'b>(&'b self, ask: &Ask, bytes: Vec<u8>) -> Result<Call<'b>, Halt> {
        let mut environment = ask.env.clone();
        if ask.without_engine {
            environment.extend(self.stage.fixture.without_engine.clone());
        }
        for value in environment.values_mut() {
            *value = template::text(value, &self.values)?;
        }
        let pauses = match &ask.send {
            Some(pieces) if pieces.iter().any(|piece| matches!(piece, Piece::Wait(_))) => {
                self.pieces(pieces)?.1
            }
            _ => Vec::new(),
        };
        Ok(Call {
            bytes,
            pauses,
            stdin_open: ask.stdin == Stdin::Open,
            nobody_reads: ask.nobody_reads,
            sigpipe_ignored: ask.sigpipe_ignored,
            journal: ask.journal,
            environment,
            scratch: Some(&self.scratch),
            watch: ask.watch,
            stall_after: ask.stall_after_bytes,
        })
    }

    fn disturbance(&self, disturb: Option<&Disturb>) -> Result<Option<Disturbance>, Halt> {
        let Some(disturb) = disturb else {
            return Ok(None);
        };
        let after = match &disturb.after_ms {
            Milliseconds::Number(number) => Some(*number),
            Milliseconds::Named(name) => {
                template::value(&Value::String(name.clone()), &self.values)?.as_u64()
            }
        };
        let after = after.ok_or_else(|| Halt::because("`after_ms` is no number"))?;
        let signal = match &disturb.signal {
            None => None,
            Some(name) => {
                let name = template::text(name, &self.values)?;
                let signal = signal_named(&name);
                Some(signal.ok_or_else(|| Halt(format!("`{name}` is no signal")))?)
            }
        };
        Ok(Some(Disturbance {
            after_bytes: disturb.after_bytes,
            after: Duration::from_millis(after),
            signal,
            hang_up: disturb.hang_up,
        }))
    }

    fn limit(&self, limit_ms: Option<u64>) -> Duration {
        self.stage
            .stretched(limit_ms.map_or(LIMIT, Duration::from_millis))
    }

    pub(super) fn exchange(&self, ask: &Ask, bytes: Vec<u8>) -> Result<Seen, Halt> {
        let places = if ask.watch {
            self.stage.state_dirs()?
        } else {
            Vec::new()
        };
        let disturbance = self.disturbance(ask.disturb.as_ref())?;
        let before = match ask.expect.iter().any(|expect| expect.unchanged.is_some()) {
            true => settled(&places),
            false => snapshot(&places),
        };
        let running = self.stage.plugin.start(self.call(ask, bytes)?)?;
        let exchange = running.finish(disturbance, self.limit(ask.limit_ms));
        let changed = ask.watch.then(|| {
            let after = snapshot(&places);
            let paths = before.keys().chain(after.keys());
            let mut changed: Vec<String> = paths
                .filter(|path| before.get(*path) != after.get(*path))
                .map(|path| path.display().to_string())
                .collect();
            changed.sort();
            changed.dedup();
            changed
        });
        Ok(Seen {
            answer: Answer::of(&exchange.stdout),
            exchange,
            changed,
        })
    }

    /// Everything that is to hold, for every exchange and for this one.
    fn judge(&mut self, ask: &Ask, seen: &Seen) -> Result<(), Halt> {
        self.keep(ask, seen);
        let misses = self.misses(ask, seen)?;
        self.note(ask, seen, misses)
    }

    /// What later steps use.
    fn keep(&mut self, ask: &Ask, seen: &Seen) {
        self.save(ask.save.iter(), &seen.answer);
        self.catch(&ask.catch, &seen.answer);
    }

    fn misses(&self, ask: &Ask, seen: &Seen) -> Result<Vec<Option<Miss>>, Halt> {
        let expected = ask.expect.iter();
        expected.map(|expect| self.miss(expect, seen)).collect()
    }

    fn note(&mut self, ask: &Ask, seen: &Seen, misses: Vec<Option<Miss>>) -> Result<(), Halt> {
        let disturbed = ask.disturbed || ask.disturb.is_some() || ask.nobody_reads;
        self.judge_always(seen, disturbed);
        for (expect, miss) in ask.expect.iter().zip(misses) {
            let evidence = evidence(&self.stage.plugin, &seen.exchange);
            self.record(expect, miss, Some(evidence));
        }
        self.must_end(&seen.exchange)
    }

    /// A plugin that had to be ended by force costs its case.
    pub(super) fn must_end(&self, exchange: &Exchange) -> Result<(), Halt> {
        match exchange.ended {
            Ended::TimeUp => Err(Halt("the plugin did not end in time".into())),
            Ended::TooLarge => Err(Halt(format!(
                "the plugin took more than {} MiB of memory (--memory-limit)",
                self.stage.plugin.memory_limit >> 20
            ))),
            Ended::Status(_) | Ended::Signal(_) => Ok(()),
        }
    }

    pub(super) fn judge_always(&mut self, seen: &Seen, disturbed: bool) {
        if disturbed {
            return;
        }
        self.exchanges += 1;
        let claims = self.stage.claims.as_ref().cloned().unwrap_or_default();
        let scene = Scene {
            exchange: &seen.exchange,
            answer: &seen.answer,
            request: Request::of(&seen.exchange.sent, &seen.answer, &claims),
            claims: &claims,
        };
        self.exercised.extend(always::exercised(&scene));
        let found = always::breaches(&scene);
        if found.is_empty() {
            return;
        }
        let evidence = evidence(&self.stage.plugin, &seen.exchange);
        for breach in found {
            self.record_breach(breach, &evidence);
        }
    }

    fn miss(&self, expect: &Expect, seen: &Seen) -> Result<Option<Miss>, Halt> {
        let places = self.places()?;
        let tally = self
            .stage
            .registry
            .as_ref()
            .map(|registry| registry.tally());
        let ground = Ground {
            exchange: Some((&seen.exchange, &seen.answer)),
            document: None,
            values: &self.values,
            places: &places,
            changed_files: seen.changed.as_deref(),
            registry: tally.as_ref(),
            scale: self.stage.scale,
        };
        Ok(expect::judge(expect, &ground)?)
    }

    fn save<'b>(
        &mut self,
        wanted: impl Iterator<Item = (&'b String, &'b String)>,
        answer: &Answer,
    ) {
        for (name, pointer) in wanted {
            let value = answer
                .response
                .as_ref()
                .and_then(|response| response.pointer(pointer));
            if let Some(value) = value {
                self.values.insert(name.clone(), value.clone());
            }
        }
    }

    fn catch(&mut self, wanted: &BTreeMap<String, String>, answer: &Answer) {
        if wanted.is_empty() {
            return;
        }
        let output = answer.output();
        let text = String::from_utf8_lossy(&output);
        for (name, pattern) in wanted {
            let pattern = regex::Regex::new(pattern).ok();
            let found = pattern.as_ref().and_then(|pattern| pattern.captures(&text));
            if let Some(group) = found.and_then(|groups| groups.get(1)) {
                self.values.insert(name.clone(), json!(group.as_str()));
            }
        }
    }

    /// Repeats until everything holds; the last answer is the one that counts.
    pub(super) fn until(&mut self, until: &Until) -> Result<(), Halt> {
        let deadline = Instant::now() + self.limit(Some(until.limit_ms));
        loop {
            let bytes = self.bytes(&until.ask)?;
            let seen = self.exchange(&until.ask, bytes)?;
            self.keep(&until.ask, &seen);
            // Some statements look at the machine, which goes on meanwhile: what
            // held once has held.
            let misses = self.misses(&until.ask, &seen)?;
            let holds = !seen.exchange.ended.by_force() && misses.iter().all(Option::is_none);
            if holds || Instant::now() >= deadline {
                return self.note(&until.ask, &seen, misses);
            }
            thread::sleep(AGAIN);
        }
    }

    fn begin(&mut self, name: &str, ask: &Ask, bytes: Vec<u8>) -> Result<(), Halt> {
        let running = self.stage.plugin.start(self.call(ask, bytes)?)?;
        let wanted = ask.until_stream_bytes;
        let come = |stdout: &[u8]| stream_bytes(stdout) >= Some(wanted);
        if wanted > 0 && !running.wait_for_bytes(come, self.limit(ask.limit_ms)) {
            for expect in &ask.expect {
                let miss = Miss {
                    found: "the stream did not come so far in time".into(),
                    expected: format!("{wanted} bytes of a stream"),
                };
                self.record(expect, Some(miss), None);
            }
            let seen = finished(running, None, Duration::ZERO);
            self.judge_always(&seen, true);
            return Err(Halt(format!(
                "the stream of `{name}` did not come so far in time"
            )));
        }
        for expect in &ask.expect {
            self.record(expect, None, None);
        }
        let begun = Begun {
            running,
            disturbed: ask.disturbed,
        };
        self.begun.insert(name.to_owned(), begun);
        Ok(())
    }

    pub(super) fn end(&mut self, end: &End) -> Result<(), Halt> {
        let begun = self.begun.remove(&end.name);
        let begun = begun.ok_or_else(|| Halt(format!("nothing named `{}` was begun", end.name)))?;
        let limit = begun.running.elapsed() + self.limit(Some(end.limit_ms));
        let disturbance = self.disturbance(end.disturb.as_ref())?;
        let seen = finished(begun.running, disturbance, limit);
        self.judge_always(&seen, begun.disturbed || end.disturb.is_some());
        self.save(end.save.iter(), &seen.answer);
        self.catch(&end.catch, &seen.answer);
        for expect in &end.expect {
            let miss = self.miss(expect, &seen)?;
            self.record(
                expect,
                miss,
                Some(evidence(&self.stage.plugin, &seen.exchange)),
            );
        }
        if seen.exchange.ended == Ended::TooLarge {
            return self.must_end(&seen.exchange);
        }
        Ok(())
    }

    pub(super) fn together(&mut self, together: &Together) -> Result<(), Halt> {
        let mut sent = Vec::new();
        for _ in 0..together.times {
            for ask in &together.asks {
                sent.push((ask, self.bytes(ask)?));
            }
        }
        let actor = &*self;
        let all: Vec<Result<(&Ask, Seen), Halt>> = thread::scope(|scope| {
            let threads: Vec<_> = sent
                .into_iter()
                .map(|(ask, bytes)| scope.spawn(move || Ok((ask, actor.exchange(ask, bytes)?))))
                .collect();
            threads
                .into_iter()
                .map(|thread| {
                    thread
                        .join()
                        .unwrap_or_else(|_| Err(Halt("a thread failed".into())))
                })
                .collect()
        });
        let mut responses = Vec::new();
        let mut last = None;
        for seen in all {
            let (ask, seen) = seen?;
            self.judge(ask, &seen)?;
            responses.push(seen.answer.response.clone().unwrap_or(Value::Null));
            last = Some(seen);
        }
        let responses = Value::Array(responses);
        for expect in &together.expect {
            let ground = Ground {
                exchange: None,
                document: Some(&responses),
                values: &self.values,
                places: &[],
                changed_files: None,
                registry: None,
                scale: self.stage.scale,
            };
            let miss = expect::judge(expect, &ground)?;
            let shown = last
                .as_ref()
                .map(|seen| evidence(&self.stage.plugin, &seen.exchange));
            self.record(expect, miss, shown);
        }
        Ok(())
    }
}

fn finished(running: Running, disturb: Option<Disturbance>, limit: Duration) -> Seen {
    let exchange = running.finish(disturb, limit);
    Seen {
        answer: Answer::of(&exchange.stdout),
        exchange,
        changed: None,
    }
}

/// A `null` leaves the member out.
fn add(request: &mut Map<String, Value>, name: &str, value: Value) {
    match request.get(name) {
        None => {
            request.insert(name.to_owned(), value);
        }
        Some(Value::Null) => {
            request.remove(name);
        }
        Some(_) => {}
    }
}

fn unhexed(digits: &str) -> Result<Vec<u8>, Halt> {
    let digits: Vec<u8> = digits.bytes().filter(u8::is_ascii_hexdigit).collect();
    digits
        .chunks(2)
        .map(|pair| {
            let text = String::from_utf8_lossy(pair);
            u8::from_str_radix(&text, 16).map_err(|error| Halt(format!("`{text}`: {error}")))
        })
        .collect()
}
