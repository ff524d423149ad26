//! `raw`: sends bytes as they are and shows the reply as it is. What the driver's
//! own requests can never be, such as malformed, can be tried here.

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::failure::Failure;
use crate::session::Session;

#[derive(Debug, Args)]
#[command(after_help = "\
Everything that the plugin writes goes to standard output, a stream and its NUL
included. The exit status judges the reply as for any other command.

Examples:
  echo '{\"_version\":\"0.2.0\",\"_type\":\"list\"}' | shellrt-driver ./shellrt-process raw
  shellrt-driver ./shellrt-process raw request.json")]
pub(crate) struct Raw {
    /// The request [default: standard input]
    file: Option<PathBuf>,
}

impl Raw {
    pub(crate) fn run(self, session: &Session) -> Result<(), Failure> {
        let path = self.file.unwrap_or_else(|| PathBuf::from("-"));
        let mut request = Vec::new();
        let read = if path == Path::new("-") {
            std::io::stdin().lock().read_to_end(&mut request).map(drop)
        } else {
            std::fs::read(&path).map(|bytes| request = bytes)
        };
        read.map_err(|source| Failure::File {
            what: "cannot read the request".to_owned(),
            path,
            source,
        })?;
        session.raw(request)
    }
}
