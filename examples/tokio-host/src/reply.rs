//! What a plugin writes, read and judged by the codec of shellrt-kit.

use shellrt_api::{Request, RequestMessage, ResponseMessage};
use shellrt_kit::codec::{
    self, Asked, Exit, FaultKind, FrameStream, Item, Splitter, StreamDecoder, judge,
};
use shellrt_kit::host::Excerpt;

use crate::Failure;
use crate::process::Process;

/// So much of a fault is shown.
const SHOWN: usize = 4096;

pub(crate) struct Reply {
    asked: Asked,
    follows: bool,
    splitter: Splitter,
    /// The head and the rest, once the NUL has come.
    stream: Option<(ResponseMessage, StreamDecoder)>,
    /// The beginning, for whoever must see why it is a fault.
    beginning: Vec<u8>,
}

impl Reply {
    pub(crate) fn to(message: &RequestMessage) -> Reply {
        Reply {
            asked: Asked::by(message),
            follows: matches!(&message.body, Request::Logs(logs) if logs.follow),
            splitter: Splitter::default(),
            stream: None,
            beginning: Vec::new(),
        }
    }

    /// Takes what came next; a fault that no further byte can mend is known now.
    pub(crate) fn push(&mut self, bytes: &[u8]) -> Result<(), FaultKind> {
        let room = bytes.len().min(SHOWN - self.beginning.len());
        self.beginning.extend_from_slice(&bytes[..room]);
        let rest = self.splitter.push(bytes)?;
        if self.stream.is_none() && self.splitter.has_stream() {
            let head = self.asked.read(self.splitter.head())?;
            let kind = head.head.stream.ok_or(FaultKind::Trailing)?;
            let decoder = StreamDecoder::new(self.asked.clone(), kind);
            self.stream = Some((head, decoder));
        }
        if let Some((_, decoder)) = &mut self.stream {
            decoder.push(rest);
        }
        Ok(())
    }

    /// The next item of the stream. The text of an error is kept for the verdict.
    pub(crate) fn item(&mut self) -> Option<Item> {
        let (_, decoder) = self.stream.as_mut()?;
        std::iter::from_fn(|| decoder.item())
            .find(|item| !matches!(item, Item::Frame(frame) if frame.stream == FrameStream::Error))
    }

    /// Whether a stream has begun that may go on for ever.
    pub(crate) fn is_followed(&self) -> bool {
        self.follows && self.stream.is_some()
    }

    /// The verdict, once the process has ended: the exit status is the trailer,
    /// without which no stream is complete [S-7].
    pub(crate) fn judge(self, exit: Exit, process: &Process) -> Result<ResponseMessage, Failure> {
        let beginning = self.beginning;
        let fault = |kind| Err(protocol(kind, exit, &beginning, process));
        let Some((head, decoder)) = self.stream else {
            return match judge(&self.asked, &self.splitter, exit) {
                // One that was told to end may still have answered as it should.
                Ok(reply) => answered(reply),
                Err(_) if process.was_stopped() => Err(Failure::Late),
                Err(kind) => fault(kind),
            };
        };
        if process.was_stopped() {
            return Err(Failure::Late);
        }
        let reason = decoder.error_text();
        match decoder.finish(exit) {
            Ok(Some(last)) => answered(last),
            Ok(None) => Ok(head),
            Err(Some(kind)) => fault(kind),
            Err(None) => Err(Failure::Cut {
                exit,
                reason,
                evidence: shown("standard error", &process.last_words),
            }),
        }
    }

    /// The failure that is a fault of the plugin [H-13].
    pub(crate) fn fault(&self, kind: FaultKind, exit: Exit, process: &Process) -> Failure {
        protocol(kind, exit, &self.beginning, process)
    }
}

fn answered(reply: codec::Reply) -> Result<ResponseMessage, Failure> {
    match reply {
        codec::Reply::Ok(message, _) => Ok(*message),
        codec::Reply::Error(_, error) => Err(Failure::Plugin(Box::new(error))),
    }
}

fn protocol(kind: FaultKind, exit: Exit, beginning: &[u8], process: &Process) -> Failure {
    let evidence =
        shown("standard output", beginning) + &shown("standard error", &process.last_words);
    Failure::Protocol {
        kind,
        exit,
        evidence,
    }
}

fn shown(name: &str, bytes: &[u8]) -> String {
    match bytes {
        [] => String::new(),
        bytes => format!("\n  {name}, {}", Excerpt::from(bytes)),
    }
}
