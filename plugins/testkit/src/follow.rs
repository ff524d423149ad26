//! A stream of logs that goes on.

use std::io::Read;
use std::process::{Child, ChildStdout};

use crate::eventually;

/// A `logs` with `follow` that goes on.
#[derive(Debug)]
pub struct Follow {
    child: Child,
    output: Option<ChildStdout>,
}

impl Follow {
    pub(crate) fn new(mut child: Child) -> Self {
        let output = child.stdout.take().expect("stdout is piped");
        let mut follow = Self {
            child,
            output: Some(output),
        };
        follow.read_to(0);
        follow
    }

    /// The next line, with its end.
    pub fn line(&mut self) -> String {
        String::from_utf8(self.read_to(b'\n')).expect("modules of tests write UTF-8")
    }

    /// The rest, once the plugin has ended as it should.
    pub fn rest(mut self) -> String {
        let mut rest = String::new();
        let mut output = self.output.take().expect("it was not closed");
        output
            .read_to_string(&mut rest)
            .expect("modules of tests write UTF-8");
        let status = self.child.wait().expect("the plugin can be waited for");
        assert!(status.success(), "{status}");
        rest
    }

    /// Goes away as a host that was killed does, and waits for the plugin.
    pub fn hang_up(mut self) {
        drop(self.output.take());
        eventually(|| self.child.try_wait().expect("the plugin can be waited for"));
    }

    fn read_to(&mut self, end: u8) -> Vec<u8> {
        let output = self.output.as_mut().expect("it was not closed");
        let mut bytes = Vec::new();
        let mut byte = [0];
        while output.read(&mut byte).expect("stdout is readable") == 1 {
            bytes.push(byte[0]);
            if byte[0] == end {
                return bytes;
            }
        }
        panic!(
            "the stream ended early: {:?}",
            String::from_utf8_lossy(&bytes)
        );
    }
}

impl Drop for Follow {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
