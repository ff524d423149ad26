//! One request to a mutant: read, spoilt or not, carried out by the sound plugin,
//! its answer spoilt or not, passed on.

use std::io;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::answer::canned;
use crate::bytes::misread;
use crate::edit;
use crate::format::{Exit, Fault, Ignored, Moment, Mutant, Run, Standard};
use crate::input;
use crate::relay::{self, Relay, Spoilt};
use crate::signals::Signals;
use crate::sound::Sound;
use crate::template::Values;

/// How the mutant is to end.
pub(crate) type End = Exit;

pub(crate) fn run(mutant: &Mutant, sound: &Sound) -> io::Result<End> {
    let signals = Signals::listen()?;
    let has_patience = !ignores(mutant, Ignored::Patience);
    let bytes = input::read(has_patience)?;
    let mut exchange = Exchange {
        mutant,
        sound,
        values: Values {
            request: serde_json::from_slice(&bytes).unwrap_or_default(),
            response: Value::Null,
        },
    };
    let applies = mutant
        .when
        .holds_for_request(&bytes, &exchange.values, sound);
    if applies {
        exchange.spoilt(bytes, &signals)
    } else {
        let mut child = sound.start(bytes, Stdio::inherit())?;
        signals.pass_to(&child);
        let mut relay = Relay::new(child.stdout.take(), false);
        relay.pass_all(&child)?;
        ended(&mut child)
    }
}

fn ignores(mutant: &Mutant, what: Ignored) -> bool {
    mutant.faults.iter().any(|fault| match fault {
        Fault::Ignore(ignored) => ignored.contains(&what),
        _ => false,
    })
}

/// An exchange in which something goes wrong.
struct Exchange<'a> {
    mutant: &'a Mutant,
    sound: &'a Sound,
    values: Values,
}

impl Exchange<'_> {
    fn spoilt(&mut self, bytes: Vec<u8>, signals: &Signals) -> io::Result<End> {
        if ignores(self.mutant, Ignored::Signals) {
            signals.ignore();
        }
        let bytes = self.request(bytes);
        self.at(Moment::Start)?;
        let deaf = ignores(self.mutant, Ignored::HangUp);
        // Where the response decides, it has to come first.
        let instead = self
            .answer()
            .filter(|_| !self.mutant.when.looks_at_response());
        let mut child = match instead {
            Some(_) => None,
            None => Some(self.sound.start(bytes, Stdio::inherit())?),
        };
        let stdout = child.as_mut().and_then(|child| child.stdout.take());
        if let Some(child) = &child {
            signals.pass_to(child);
        }
        let mut relay = Relay::new(stdout, deaf);
        let head = match (&child, instead) {
            (Some(child), _) => relay.head(child)?,
            (None, answer) => spelt(&answer.unwrap_or_default()),
        };
        self.values.response = serde_json::from_slice(&head).unwrap_or_default();
        let is_spoilt = self.mutant.when.holds_for_response(&self.values);
        if is_spoilt {
            self.at(Moment::Response)?;
        }
        let spoilt = self.response(head, is_spoilt);
        relay.pass(child.as_ref(), spoilt)?;
        let end = match &mut child {
            Some(child) => ended(child)?,
            None => Exit::Status(0),
        };
        if !is_spoilt {
            return Ok(end);
        }
        self.at(Moment::End)?;
        let wanted = self.mutant.faults.iter().find_map(|fault| match fault {
            Fault::Exit(exit) => Some(*exit),
            _ => None,
        });
        Ok(wanted.unwrap_or(end))
    }

    fn answer(&self) -> Option<Value> {
        self.mutant.faults.iter().find_map(|fault| match fault {
            Fault::Answer(answer) => Some(canned(answer, &self.values)),
            _ => None,
        })
    }

    /// The request that the sound plugin gets.
    fn request(&mut self, mut bytes: Vec<u8>) -> Vec<u8> {
        for fault in &self.mutant.faults {
            match fault {
                Fault::Input(input) => bytes = misread(bytes, input),
                Fault::Request(edits) => {
                    if let Ok(mut request @ Value::Object(_)) = serde_json::from_slice(&bytes) {
                        edit::apply(&mut request, edits, &self.values);
                        bytes = request.to_string().into_bytes();
                    }
                }
                _ => {}
            }
        }
        bytes
    }

    /// Everything that happens at a moment, in the order of the file.
    fn at(&self, moment: Moment) -> io::Result<()> {
        for fault in &self.mutant.faults {
            match fault {
                Fault::Before(requests) if moment == Moment::Start => {
                    self.sound.ask_all(requests, &self.values);
                }
                Fault::After(requests) if moment == Moment::Response => {
                    self.sound.ask_all(requests, &self.values);
                }
                Fault::Stderr(line) if moment == Moment::Response => {
                    if let Some(line) = self.values.text(line) {
                        eprint!("{line}");
                    }
                }
                Fault::Pause(pause) if pause.at == moment => match pause.ms {
                    Some(time) => thread::sleep(Duration::from_millis(time)),
                    None => loop {
                        thread::sleep(Duration::from_secs(3600));
                    },
                },
                Fault::Run(run) if run.at == moment => self.run(run)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn run(&self, run: &Run) -> io::Result<()> {
        let words = run.command.iter();
        let words: Vec<String> = words.filter_map(|word| self.values.text(word)).collect();
        let Some((program, arguments)) = words.split_first() else {
            return Err(io::ErrorKind::InvalidInput.into());
        };
        let stream = |which| {
            if run.inherits.contains(&which) {
                Stdio::inherit()
            } else {
                Stdio::null()
            }
        };
        let environment = run.environment.iter();
        let mut command = Command::new(program);
        command
            .args(arguments)
            .envs(environment.filter_map(|(name, value)| Some((name, self.values.text(value)?))))
            .stdin(stream(Standard::Stdin))
            .stdout(stream(Standard::Stdout))
            .stderr(stream(Standard::Stderr));
        if run.background {
            command.process_group(0).spawn()?;
        } else {
            command.status()?;
        }
        Ok(())
    }

    fn response(&self, head: Vec<u8>, is_spoilt: bool) -> Spoilt {
        if !is_spoilt {
            return Spoilt::new(head);
        }
        let head = self.answer().map_or(head, |answer| spelt(&answer));
        let mut spoilt = Spoilt::new(head);
        let mut response = self.values.response.clone();
        let mut is_changed = false;
        let mut outputs = Vec::new();
        let mut edits = Vec::new();
        for fault in &self.mutant.faults {
            match fault {
                Fault::Response(changes) if response.is_object() => {
                    edit::apply(&mut response, changes, &self.values);
                    is_changed = true;
                }
                Fault::Output(output) => outputs.push(output),
                Fault::Stream(changes) => edits.extend_from_slice(changes),
                _ => {}
            }
        }
        let kind = relay::kind_of(&self.values.response);
        spoilt.change(is_changed.then_some(&response), &outputs, &edits, kind);
        spoilt
    }
}

fn spelt(answer: &Value) -> Vec<u8> {
    format!("{answer}\n").into_bytes()
}

fn ended(child: &mut Child) -> io::Result<End> {
    let status: ExitStatus = child.wait()?;
    Ok(match (status.code(), status.signal()) {
        (Some(code), _) => Exit::Status(u8::try_from(code).unwrap_or(u8::MAX)),
        (None, signal) => Exit::Signal(signal.unwrap_or(9)),
    })
}
