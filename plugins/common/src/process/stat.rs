//! One line of `/proc/<pid>/stat`.

use std::fs::File;
use std::io::{self, Read};

use super::Identity;

/// What the kernel says of one process. A process that has ended and was not
/// waited for yet (a zombie) is told apart by [`Stat::has_ended`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stat {
    /// The process id.
    pub pid: u32,
    state: u8,
    /// The process that waits for it.
    pub parent_pid: u32,
    /// Its session.
    pub session: u32,
    /// Processor time of this process, in clock ticks.
    pub own_ticks: u64,
    /// Processor time of the children that it has waited for, in clock ticks.
    pub waited_ticks: u64,
    /// When it began, in clock ticks since the machine was started.
    pub start_ticks: u64,
    /// Resident memory, in pages.
    resident_pages: u64,
}

impl Stat {
    /// Reads the line of `pid`; `None` where there is no such process.
    pub fn read(pid: u32) -> io::Result<Option<Self>> {
        // The line is short: 52 numbers and a name of at most 64 bytes. One
        // read gives all of it, and a second would only say that it ended.
        let mut bytes = [0_u8; 2048];
        let read =
            File::open(format!("/proc/{pid}/stat")).and_then(|mut file| file.read(&mut bytes));
        match read {
            Ok(length) => Self::parse(&bytes[..length]).map(Some).ok_or_else(|| {
                io::Error::new(
                    io::ErrorKind::InvalidData,
                    format!("`/proc/{pid}/stat` has an unknown form"),
                )
            }),
            // ESRCH: it ended between the two calls.
            Err(error) if error.kind() == io::ErrorKind::NotFound || is_esrch(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Which process this is, now and later.
    pub fn identity(&self) -> Identity {
        Identity {
            pid: self.pid,
            start_ticks: self.start_ticks,
        }
    }

    /// Whether it has ended and only waits for its parent to notice.
    pub fn has_ended(&self) -> bool {
        matches!(self.state, b'Z' | b'X' | b'x')
    }

    /// Whether a signal has stopped it (SIGSTOP and its kin).
    pub fn is_stopped(&self) -> bool {
        self.state == b'T'
    }

    /// Resident memory, in bytes.
    pub fn resident_bytes(&self) -> u64 {
        self.resident_pages
            .saturating_mul(rustix::param::page_size() as u64)
    }

    fn parse(line: &[u8]) -> Option<Self> {
        // The name stands in parentheses and may hold spaces and parentheses
        // of its own: the last closing one ends it.
        let open = line.iter().position(|&byte| byte == b'(')?;
        let close = line.iter().rposition(|&byte| byte == b')')?;
        let pid = std::str::from_utf8(&line[..open])
            .ok()?
            .trim()
            .parse()
            .ok()?;
        let rest = std::str::from_utf8(line.get(close + 1..)?).ok()?;
        let fields: Vec<&str> = rest.split_ascii_whitespace().collect();
        // Numbered as proc(5) numbers them, where the state is the third.
        let field = |number: usize| fields.get(number - 3).copied();
        let number = |index: usize| field(index)?.parse::<u64>().ok();
        // A process whose last parts are being taken down has session -1.
        let session: i32 = field(6)?.parse().ok()?;
        let state = *field(3)?.as_bytes().first()?;
        Some(Self {
            pid,
            state: if session < 0 { b'X' } else { state },
            parent_pid: field(4)?.parse().ok()?,
            session: u32::try_from(session).unwrap_or_default(),
            own_ticks: number(14)? + number(15)?,
            waited_ticks: number(16)? + number(17)?,
            start_ticks: number(22)?,
            resident_pages: number(24)?,
        })
    }
}

fn is_esrch(error: &io::Error) -> bool {
    rustix::io::Errno::from_io_error(error) == Some(rustix::io::Errno::SRCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_spaces_and_parentheses_does_not_shift_the_fields() {
        let line = b"42 (a) R 9 (b c) S 7 42 41 0 -1 4194560 1 2 3 4 10 20 30 40 20 0 1 0 123456 1000 77 0 0\n";
        let stat = Stat::parse(line).expect("the line is sound");
        assert_eq!(stat.pid, 42);
        assert_eq!(stat.parent_pid, 7);
        assert_eq!(stat.session, 41);
        assert_eq!((stat.own_ticks, stat.waited_ticks), (30, 70));
        assert_eq!((stat.start_ticks, stat.resident_pages), (123_456, 77));
        assert!(!stat.has_ended());
    }

    #[test]
    fn a_process_that_is_being_taken_down_has_ended() {
        let line = b"42 (sh) R 0 -1 -1 0 -1 4194564 1 2 3 4 10 20 30 40 20 0 1 0 123456 0 0 0 0\n";
        assert!(Stat::parse(line).expect("the line is sound").has_ended());
    }

    #[test]
    fn a_line_that_was_cut_is_refused() {
        assert_eq!(Stat::parse(b"42 (sh) S 7 42"), None);
        assert_eq!(Stat::parse(b""), None);
    }

    #[test]
    fn a_process_that_is_not_there_is_none() {
        assert_eq!(Stat::read(u32::MAX).expect("reading works"), None);
    }
}
