//! `--trace`: what was said, without secrets, and how long it took. The types'
//! own `Debug` leaves out what is sensitive, so nothing here can leak it.

use std::time::Instant;

use shellrt_api::{Error, RequestMessage, Response, ResponseMessage};
use shellrt_kit::host::CallError;

use crate::failure::Failure;
use crate::output::{Style, note, paint, printable};

/// One exchange with the plugin, from the request on.
pub(crate) struct Trace {
    /// `None`: nobody wants to know.
    began: Option<Instant>,
}

impl Trace {
    pub(crate) fn begin(wanted: bool, message: &RequestMessage) -> Trace {
        let trace = Trace {
            began: wanted.then(Instant::now),
        };
        trace.tell("request ", || {
            format!("{:?} {:?}", message.head, message.body)
        });
        trace
    }

    /// A stream follows this response.
    pub(crate) fn opened(&self, message: &ResponseMessage) {
        self.tell("response", || {
            format!("{:?} {:?}", message.head, message.result)
        });
    }

    /// The stream is at its end.
    pub(crate) fn ended(&self, failure: Option<&Failure>) {
        match failure {
            None => self.tell("end     ", || {
                format!("of the stream, exit status 0, after {}", self.time())
            }),
            Some(failure) => self.tell("end     ", || {
                format!("of the stream, after {}: {failure}", self.time())
            }),
        }
    }

    /// The response is whole.
    pub(crate) fn end(&self, answer: Result<&Result<Response, Error>, &CallError>) {
        match answer {
            Ok(result) => self.tell("response", || {
                format!("exit status 0, after {}: {result:?}", self.time())
            }),
            Err(error) => self.tell("response", || {
                format!("none, after {}: {error}", self.time())
            }),
        }
    }

    fn tell(&self, what: &str, text: impl FnOnce() -> String) {
        if self.began.is_some() {
            note(&format!(
                "{} {what} {}",
                paint(Style::Trace, "trace:"),
                printable(&text())
            ));
        }
    }

    fn time(&self) -> String {
        format!(
            "{} ms",
            self.began.map_or(0, |began| began.elapsed().as_millis())
        )
    }
}
