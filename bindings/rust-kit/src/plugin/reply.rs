//! What a handler gives back.

use std::fmt;

use shellrt_api::{Response, StreamKind};

use super::{ProgressWriter, StreamError, StreamWriter};

type Send = Box<dyn FnOnce(&mut StreamWriter<'_>) -> Result<(), StreamError>>;
type Pull = Box<dyn FnOnce(&mut ProgressWriter<'_>) -> Result<Response, StreamError>>;

/// A response, and for some commands the stream after it.
pub struct Reply {
    pub(super) kind: Kind,
}

pub(super) enum Kind {
    Whole(Response),
    Stream(Response, StreamKind, Send),
    Progress(Pull),
}

impl Reply {
    /// A response with a `raw` or `docker` stream after it. `send` is called
    /// once the response has been written.
    pub fn stream<F>(response: impl Into<Response>, kind: StreamKind, send: F) -> Reply
    where
        F: FnOnce(&mut StreamWriter<'_>) -> Result<(), StreamError> + 'static,
    {
        Reply {
            kind: Kind::Stream(response.into(), kind, Box::new(send)),
        }
    }

    /// An `ndjson` stream of progress that ends with the response which `work`
    /// gives back.
    pub fn progress<F>(work: F) -> Reply
    where
        F: FnOnce(&mut ProgressWriter<'_>) -> Result<Response, StreamError> + 'static,
    {
        Reply {
            kind: Kind::Progress(Box::new(work)),
        }
    }
}

impl<R: Into<Response>> From<R> for Reply {
    fn from(response: R) -> Reply {
        Reply {
            kind: Kind::Whole(response.into()),
        }
    }
}

impl fmt::Debug for Reply {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Whole(response) => formatter.debug_tuple("Reply").field(response).finish(),
            Kind::Stream(response, kind, _) => formatter
                .debug_tuple("Reply")
                .field(response)
                .field(kind)
                .finish(),
            Kind::Progress(_) => formatter
                .debug_tuple("Reply")
                .field(&StreamKind::Ndjson)
                .finish(),
        }
    }
}
