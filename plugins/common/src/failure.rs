//! Parts of the errors that runtimes answer with.

use std::io;

use rustix::io::Errno;
use shellrt_api::ErrorCode;

/// What a failed system call means to a caller.
pub fn code_of_io(error: &io::Error) -> ErrorCode {
    match Errno::from_io_error(error) {
        Some(Errno::NOSPC | Errno::DQUOT) => ErrorCode::DiskFull,
        Some(Errno::ACCESS | Errno::PERM | Errno::ROFS) => ErrorCode::PermissionDenied,
        Some(Errno::NOMEM | Errno::MFILE | Errno::NFILE | Errno::AGAIN) => {
            ErrorCode::ResourceExhausted
        }
        _ => ErrorCode::IoFailed,
    }
}

/// A text of the request in a message: its beginning, where it is long.
pub fn shown(text: &str) -> String {
    const SHOWN: usize = 200;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.to_owned(),
    }
}
