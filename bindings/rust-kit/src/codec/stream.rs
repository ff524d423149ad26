//! Streams without I/O: bytes in, items out, and at the end a verdict.

use std::collections::VecDeque;

use shellrt_api::{ImgPullProgress, Payload, ResponseMessage, StreamKind};

use super::{Asked, Exit, FaultKind, Frame, FrameDecoder, FrameStream, RecordDecoder, Reply};

/// One piece of a stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// Bytes of a `raw` stream.
    Bytes(Vec<u8>),
    /// One frame of a `docker` stream.
    Frame(Frame),
    /// One line of progress.
    Progress(ImgPullProgress),
}

/// Reads a stream.
#[derive(Debug)]
pub struct StreamDecoder {
    asked: Asked,
    format: Format,
    items: VecDeque<Item>,
    fault: Option<FaultKind>,
}

#[derive(Debug)]
enum Format {
    Raw,
    Docker {
        decoder: FrameDecoder,
        error: Option<Vec<u8>>,
    },
    Ndjson {
        decoder: RecordDecoder,
        last: Option<ResponseMessage>,
    },
}

impl StreamDecoder {
    /// For the stream of a response to that request.
    #[must_use]
    pub fn new(asked: Asked, kind: StreamKind) -> StreamDecoder {
        let format = match kind {
            StreamKind::Raw => Format::Raw,
            StreamKind::Docker => Format::Docker {
                decoder: FrameDecoder::default(),
                error: None,
            },
            StreamKind::Ndjson => Format::Ndjson {
                decoder: RecordDecoder::default(),
                last: None,
            },
        };
        StreamDecoder {
            asked,
            format,
            items: VecDeque::new(),
            fault: None,
        }
    }

    /// Takes the next bytes. After a fault they are dropped.
    pub fn push(&mut self, bytes: &[u8]) {
        if bytes.is_empty() || self.fault.is_some() {
            return;
        }
        let read = match &mut self.format {
            Format::Raw => {
                self.items.push_back(Item::Bytes(bytes.to_vec()));
                Ok(())
            }
            Format::Docker { decoder, error } => {
                push_frames(decoder, error, bytes, &mut self.items)
            }
            Format::Ndjson { decoder, last } => {
                push_records(&self.asked, decoder, last, bytes, &mut self.items)
            }
        };
        self.fault = read.err();
    }

    /// The next whole item.
    pub fn item(&mut self) -> Option<Item> {
        self.items.pop_front()
    }

    /// The plugin's own words on why the stream is cut, where it had any.
    #[must_use]
    pub fn error_text(&self) -> Option<String> {
        match &self.format {
            Format::Docker {
                error: Some(text), ..
            } => Some(String::from_utf8_lossy(text).into_owned()),
            Format::Ndjson {
                last: Some(message),
                ..
            } => message
                .result
                .as_ref()
                .err()
                .map(|error| error.message.clone()),
            _ => None,
        }
    }

    /// The verdict once the process has ended and all of its output is here.
    /// `Ok(Some)` is the response that ends an `ndjson` stream.
    ///
    /// # Errors
    /// `Err(None)`: the stream is cut. `Err(Some)`: the plugin broke a rule.
    pub fn finish(self, exit: Exit) -> Result<Option<Reply>, Option<FaultKind>> {
        if !exit.is_clean() {
            return Err(None);
        }
        if let Some(fault) = self.fault {
            return Err(Some(fault));
        }
        match self.format {
            Format::Raw => Ok(None),
            Format::Docker { error: Some(_), .. } => Err(Some(FaultKind::ErrorFrame)),
            Format::Docker { decoder, .. } if !decoder.rest().is_empty() => {
                Err(Some(FaultKind::Partial))
            }
            Format::Docker { .. } => Ok(None),
            Format::Ndjson { decoder, .. } if !decoder.rest().is_empty() => {
                Err(Some(FaultKind::Partial))
            }
            Format::Ndjson { last, .. } => last
                .map(|message| Some(Reply::of(message)))
                .ok_or(Some(FaultKind::NoLastRecord)),
        }
    }
}

fn push_frames(
    decoder: &mut FrameDecoder,
    error: &mut Option<Vec<u8>>,
    bytes: &[u8],
    items: &mut VecDeque<Item>,
) -> Result<(), FaultKind> {
    decoder.push(bytes);
    while let Some(frame) = decoder.frame()? {
        if error.is_some() {
            return Err(FaultKind::Record(
                "a frame follows the error that ends the stream".into(),
            ));
        }
        if frame.stream == FrameStream::Error {
            *error = Some(frame.content.clone());
        }
        items.push_back(Item::Frame(frame));
    }
    Ok(())
}

fn push_records(
    asked: &Asked,
    decoder: &mut RecordDecoder,
    last: &mut Option<ResponseMessage>,
    bytes: &[u8],
    items: &mut VecDeque<Item>,
) -> Result<(), FaultKind> {
    decoder.push(bytes);
    while let Some(record) = decoder.record() {
        if last.is_some() {
            return Err(FaultKind::Record("a line follows the response".into()));
        }
        // Progress has no head; whatever has `_status` claims to be a response.
        let value = shellrt_api::parse_json(record)
            .map_err(|fault| FaultKind::Record(fault.to_string()))?;
        if value.get("_status").is_some() {
            *last = Some(asked.read_last(record)?);
        } else {
            let progress = ImgPullProgress::from_value(value);
            let progress = progress.map_err(|faults| {
                FaultKind::Record(
                    faults
                        .iter()
                        .map(ToString::to_string)
                        .collect::<Vec<_>>()
                        .join("; "),
                )
            })?;
            items.push_back(Item::Progress(progress));
        }
    }
    Ok(())
}
