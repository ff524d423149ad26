//! From the sound plugin's standard output to ours, as it comes, until one of
//! the two ends.

use std::io::{self, Read};
use std::os::fd::AsFd;
use std::process::{Child, ChildStdout};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::process::{Pid, PidfdFlags, pidfd_open};
use serde_json::Value;

use crate::bytes::respelt;
use crate::format::{Bytes, Output, StreamEdit};
use crate::stream::{Kind, Pipeline};

/// What is written instead of what the sound plugin wrote.
pub(crate) struct Spoilt {
    head: Vec<u8>,
    nuls: usize,
    pipeline: Option<Pipeline>,
    at_end: Vec<u8>,
}

impl Spoilt {
    /// Nothing is.
    pub(crate) fn new(head: Vec<u8>) -> Spoilt {
        Spoilt {
            head,
            nuls: 1,
            pipeline: None,
            at_end: Vec::new(),
        }
    }

    pub(crate) fn change(
        &mut self,
        response: Option<&Value>,
        outputs: &[&Output],
        edits: &[StreamEdit],
        kind: Kind,
    ) {
        if response.is_some() || !outputs.is_empty() {
            self.head = respelt(&self.head, response, outputs);
        }
        self.nuls = outputs.iter().find_map(|output| output.nuls).unwrap_or(1);
        if !edits.is_empty() {
            self.pipeline = Some(Pipeline::new(kind, edits));
        }
        let ends = outputs.iter().filter_map(|output| output.at_end.as_ref());
        self.at_end = ends.flat_map(Bytes::get).collect();
    }
}

/// How a response's stream is told apart.
pub(crate) fn kind_of(response: &Value) -> Kind {
    if response["_stream"] == "docker" {
        Kind::Frames
    } else {
        Kind::Lines
    }
}

/// The way from the sound plugin to the host.
pub(crate) struct Relay {
    from: Option<ChildStdout>,
    /// What was read behind the head's end; `None`: there was no NUL byte.
    behind: Option<Vec<u8>>,
    /// Whether it goes unnoticed that nobody reads.
    deaf: bool,
    hung_up: bool,
}

/// What there is to read.
enum Came {
    Bytes(usize),
    End,
}

impl Relay {
    pub(crate) fn new(from: Option<ChildStdout>, deaf: bool) -> Relay {
        Relay {
            from,
            behind: None,
            deaf,
            hung_up: false,
        }
    }

    /// Everything as it is.
    pub(crate) fn pass_all(&mut self, child: &Child) -> io::Result<()> {
        let mut buffer = vec![0; 64 * 1024];
        while let Came::Bytes(count) = self.read(child, &mut buffer)? {
            self.write(&buffer[..count])?;
        }
        Ok(())
    }

    /// Everything up to the first NUL byte, or to the end.
    pub(crate) fn head(&mut self, child: &Child) -> io::Result<Vec<u8>> {
        let mut head = Vec::new();
        let mut buffer = vec![0; 64 * 1024];
        while let Came::Bytes(count) = self.read(child, &mut buffer)? {
            head.extend_from_slice(&buffer[..count]);
            if let Some(end) = head.iter().position(|&byte| byte == 0) {
                self.behind = Some(head.split_off(end + 1));
                head.pop();
                break;
            }
        }
        Ok(head)
    }

    /// The head and all that follows, as it is to be spoilt.
    pub(crate) fn pass(&mut self, child: Option<&Child>, spoilt: Spoilt) -> io::Result<()> {
        let Spoilt {
            mut head,
            nuls,
            mut pipeline,
            at_end,
        } = spoilt;
        let mut change = |bytes: &[u8]| match &mut pipeline {
            Some(pipeline) => pipeline.push(bytes),
            None => bytes.to_vec(),
        };
        let streams = self.behind.take();
        if let Some(behind) = &streams {
            head.resize(head.len() + nuls, 0);
            head.extend(change(behind));
        }
        self.write(&head)?;
        if let Some(child) = child {
            let mut buffer = vec![0; 64 * 1024];
            while let Came::Bytes(count) = self.read(child, &mut buffer)? {
                let bytes = change(&buffer[..count]);
                self.write(&bytes)?;
            }
        }
        let mut last = match (&mut pipeline, streams) {
            (Some(pipeline), Some(_)) => pipeline.end(),
            _ => Vec::new(),
        };
        last.extend(at_end);
        self.write(&last)
    }

    /// Waits for bytes, for the end of the sound plugin, or for a host that has
    /// gone; then the sound plugin's output is closed, so that it notices, too.
    fn read(&mut self, child: &Child, buffer: &mut [u8]) -> io::Result<Came> {
        let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
        let pidfd = pid.and_then(|pid| pidfd_open(pid, PidfdFlags::empty()).ok());
        let out = rustix::stdio::stdout();
        loop {
            let Some(from) = &mut self.from else {
                return Ok(Came::End);
            };
            let from_fd = from.as_fd();
            let mut watched = vec![PollFd::new(&from_fd, PollFlags::IN)];
            if let Some(pidfd) = &pidfd {
                watched.push(PollFd::new(pidfd, PollFlags::IN));
            }
            if !self.hung_up {
                watched.push(PollFd::from_borrowed_fd(out, PollFlags::empty()));
            }
            match poll(&mut watched, None) {
                Ok(_) => {}
                Err(Errno::INTR) => continue,
                Err(error) => return Err(error.into()),
            }
            let gone = PollFlags::ERR | PollFlags::HUP | PollFlags::NVAL;
            let nobody_reads = !self.hung_up
                && watched
                    .last()
                    .is_some_and(|out| out.revents().intersects(gone));
            let has_bytes = !watched[0].revents().is_empty();
            drop(watched);
            if nobody_reads {
                self.hang_up();
            } else if has_bytes {
                let count = from.read(buffer)?;
                return Ok(if count == 0 {
                    Came::End
                } else {
                    Came::Bytes(count)
                });
            } else if !has_more(&from.as_fd()) {
                // It has ended, and somebody holds its output open.
                return Ok(Came::End);
            }
        }
    }

    fn hang_up(&mut self) {
        self.hung_up = true;
        if !self.deaf {
            self.from = None;
        }
    }

    fn write(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() && !self.hung_up {
            match rustix::io::write(rustix::stdio::stdout(), bytes) {
                Ok(count) => bytes = &bytes[count..],
                Err(Errno::INTR) => {}
                Err(Errno::PIPE) => self.hang_up(),
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }
}

fn has_more(from: &impl AsFd) -> bool {
    let at_once = Timespec::default();
    poll(&mut [PollFd::new(from, PollFlags::IN)], Some(&at_once)).is_ok_and(|count| count > 0)
}
