//! A reply with a stream, handed out piece by piece.

use shellrt_api::{Request, RequestMessage, Response, ResponseMessage};

use super::CallError;
use super::plugin::{protocol, stopped};
use super::process::{Event, Process};
use crate::codec::{Asked, Exit, FaultKind, Item, Reply, Splitter, StreamDecoder, judge};

/// A stream that is being read. Dropping it ends the plugin.
#[derive(Debug)]
pub struct ReplyStream {
    process: Process,
    message: ResponseMessage,
    /// `None` once the stream has ended.
    decoder: Option<StreamDecoder>,
    last: Option<Response>,
}

impl ReplyStream {
    pub(super) fn open(
        mut process: Process,
        asked: Asked,
        request: &RequestMessage,
        head_max: usize,
    ) -> Result<ReplyStream, CallError> {
        let mut splitter = Splitter::new(head_max);
        loop {
            match process.next()? {
                Event::Output(bytes) => {
                    let rest = match splitter.push(&bytes) {
                        Ok(rest) => rest,
                        Err(error) => return Err(stopped(process, error.into())),
                    };
                    if splitter.has_stream() {
                        let message = match asked.read(splitter.head()) {
                            Ok(message) if message.result.is_ok() => message,
                            Ok(_) => return Err(stopped(process, FaultKind::Trailing)),
                            Err(kind) => return Err(stopped(process, kind)),
                        };
                        let Some(kind) = message.head.stream else {
                            return Err(stopped(process, FaultKind::Trailing));
                        };
                        if matches!(&request.body, Request::Logs(logs) if logs.follow) {
                            process.forget_deadline();
                        }
                        let mut decoder = StreamDecoder::new(asked, kind);
                        decoder.push(rest);
                        let decoder = Some(decoder);
                        return Ok(ReplyStream {
                            process,
                            message,
                            decoder,
                            last: None,
                        });
                    }
                }
                Event::Exit(_) if process.was_stopped() => {
                    return Err(CallError::Deadline {
                        waited_ms: process.age().as_millis(),
                    });
                }
                Event::Exit(exit) => {
                    let kind = match judge(&asked, &splitter, exit) {
                        Ok(Reply::Error(_, error)) => {
                            return Err(CallError::Plugin(Box::new(error)));
                        }
                        Ok(Reply::Ok(..)) => FaultKind::NoStream,
                        Err(kind) => kind,
                    };
                    return Err(protocol(kind, &process, exit));
                }
            }
        }
    }

    /// The response that the stream follows.
    #[must_use]
    pub fn response(&self) -> &ResponseMessage {
        &self.message
    }

    /// The next piece; `None` at the end of a stream that is complete, or that
    /// was closed. What came before an error is good.
    ///
    /// # Errors
    /// `Cut` when the plugin failed in between, `Protocol` when it broke the
    /// rules, `Plugin` when an `ndjson` stream ends with an error.
    pub fn next_item(&mut self) -> Result<Option<Item>, CallError> {
        loop {
            let Some(decoder) = &mut self.decoder else {
                return Ok(None);
            };
            if let Some(item) = decoder.item() {
                return Ok(Some(item));
            }
            match self.process.next()? {
                Event::Output(bytes) => decoder.push(&bytes),
                Event::Exit(exit) => return self.finish(exit).map(|()| None),
            }
        }
    }

    /// The response that ended an `ndjson` stream, once `next_item` has given
    /// `None`.
    #[must_use]
    pub fn last_response(&self) -> Option<&Response> {
        self.last.as_ref()
    }

    /// Ends the stream early: closes the host's end and asks the plugin to stop
    /// [H-12]. `next_item` gives `None` afterwards.
    ///
    /// # Errors
    /// When the plugin cannot be waited for.
    pub fn close(&mut self) -> Result<(), CallError> {
        self.decoder = None;
        self.process.stop()?;
        Ok(())
    }

    fn finish(&mut self, exit: Exit) -> Result<(), CallError> {
        let Some(decoder) = self.decoder.take() else {
            return Ok(());
        };
        if self.process.was_stopped() {
            return Err(CallError::Deadline {
                waited_ms: self.process.age().as_millis(),
            });
        }
        let reason = decoder.error_text();
        match decoder.finish(exit) {
            Ok(None) => Ok(()),
            Ok(Some(reply)) => match reply.into_result() {
                Ok(response) => {
                    self.last = Some(response);
                    Ok(())
                }
                Err(error) => Err(CallError::Plugin(Box::new(error))),
            },
            Err(None) => Err(CallError::Cut {
                exit,
                reason,
                stderr: self.process.stderr(),
            }),
            Err(Some(kind)) => Err(protocol(kind, &self.process, exit)),
        }
    }
}
