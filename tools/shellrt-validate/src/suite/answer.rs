//! What a plugin wrote, taken apart: the response, what follows it, and its
//! stream by its kind. Nothing is judged here.

use serde_json::Value;

/// A plugin's standard output.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    /// What stands before the response that should not.
    pub(crate) before: Vec<u8>,
    /// The bytes of the response.
    pub(crate) head: Vec<u8>,
    /// The response, where it is one JSON object.
    pub(crate) response: Option<Value>,
    /// Why it is none.
    pub(crate) why_not: String,
    /// What stands between the response and the NUL byte, or the end.
    pub(crate) between: Vec<u8>,
    /// What follows the first NUL byte, where there is one.
    pub(crate) stream: Option<Vec<u8>>,
}

impl Answer {
    pub(crate) fn of(stdout: &[u8]) -> Answer {
        let (text, stream) = match stdout.iter().position(|&byte| byte == 0) {
            Some(end) => (&stdout[..end], Some(stdout[end + 1..].to_vec())),
            None => (stdout, None),
        };
        let start = text
            .iter()
            .position(|byte| !byte.is_ascii_whitespace())
            .unwrap_or(text.len());
        let (before, object) = parted(&text[start..]);
        let (head, between) = object.split_at(length_of_document(object));
        let (response, why_not) = match read_object(head) {
            Ok(response) => (Some(response), String::new()),
            Err(why) => (None, why),
        };
        Answer {
            before: before.to_vec(),
            head: head.to_vec(),
            response,
            why_not,
            between: between.to_vec(),
            stream,
        }
    }

    /// A member of the response as a text.
    pub(crate) fn text(&self, member: &str) -> Option<&str> {
        self.response.as_ref()?.get(member)?.as_str()
    }

    /// The code of an err response.
    pub(crate) fn code(&self) -> Option<u64> {
        let response = self.response.as_ref().filter(|_| self.is_err());
        response?.get("code")?.as_u64()
    }

    /// Whether it says that the request is no document, rather than what is wrong
    /// with one of its members.
    pub(crate) fn refuses_the_document(&self) -> bool {
        let faults = self.response.as_ref();
        let faults = faults.and_then(|response| response.pointer("/detail/faults")?.as_array());
        let is_below = |fault: &Value| fault["pointer"].as_str().is_some_and(|at| !at.is_empty());
        self.code() == Some(2) && !faults.into_iter().flatten().any(is_below)
    }

    pub(crate) fn is_ok(&self) -> bool {
        self.text("_status") == Some("ok")
    }

    pub(crate) fn is_err(&self) -> bool {
        self.text("_status") == Some("err")
    }

    /// The records of an `ndjson` stream, as far as they are JSON.
    pub(crate) fn records(&self) -> Vec<Value> {
        let stream = self.stream.as_deref().unwrap_or_default();
        stream
            .split(|&byte| byte == b'\n')
            .filter_map(|line| serde_json::from_slice(line).ok())
            .collect()
    }

    /// The stream as the text that the module wrote: frames are taken apart.
    pub(crate) fn output(&self) -> Vec<u8> {
        let stream = self.stream.as_deref().unwrap_or_default();
        if self.text("_stream") == Some("docker") {
            frames(stream)
                .0
                .into_iter()
                .flat_map(|frame| frame.content)
                .collect()
        } else {
            stream.to_vec()
        }
    }
}

/// Text that is no JSON, followed by lines that begin an object: what a library
/// printed beside the response.
fn parted(text: &[u8]) -> (&[u8], &[u8]) {
    if text.first() == Some(&b'{') {
        return (&[], text);
    }
    let begins = text.windows(2).position(|pair| pair == b"\n{");
    match begins {
        Some(line) if read_object(text[line + 1..].trim_ascii()).is_ok() => text.split_at(line + 1),
        _ => (&[], text),
    }
}

/// How far the first JSON document reaches; all of it where there is none.
fn length_of_document(text: &[u8]) -> usize {
    let mut documents =
        serde_json::Deserializer::from_slice(text).into_iter::<serde::de::IgnoredAny>();
    match documents.next() {
        Some(Ok(_)) => documents.byte_offset(),
        _ => text.len(),
    }
}

fn read_object(bytes: &[u8]) -> Result<Value, String> {
    if bytes.trim_ascii().is_empty() {
        return Err("nothing was written".to_owned());
    }
    match shellrt_api::parse_json(bytes) {
        Ok(value @ Value::Object(_)) => Ok(value),
        Ok(_) => Err("it is JSON, and no object".to_owned()),
        Err(fault) => Err(fault.message),
    }
}

/// A frame of a `docker` stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Frame {
    pub(crate) number: u8,
    pub(crate) content: Vec<u8>,
}

/// The whole frames, and the bytes behind them that are no frame.
pub(crate) fn frames(mut stream: &[u8]) -> (Vec<Frame>, &[u8]) {
    let mut found = Vec::new();
    while let Some((header, rest)) = stream.split_first_chunk::<8>() {
        let [number, 0, 0, 0, length @ ..] = header else {
            break;
        };
        let length = u32::from_be_bytes(*length) as usize;
        let Some(content) = rest.get(..length) else {
            break;
        };
        if !(1..=3).contains(number) {
            break;
        }
        found.push(Frame {
            number: *number,
            content: content.to_vec(),
        });
        stream = &rest[length..];
    }
    (found, stream)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn output_is_taken_apart_at_the_response_and_the_nul() {
        let answer = Answer::of(b"{\"a\":1} \n\0x\0y");
        assert_eq!(answer.head, b"{\"a\":1}");
        assert_eq!(answer.between, b" \n");
        assert_eq!(answer.stream.as_deref(), Some(&b"x\0y"[..]));
    }

    #[test]
    fn a_stray_line_is_told_from_a_response_that_is_none() {
        let answer = Answer::of(b"debug: here\n{\"a\":1}\n");
        assert_eq!(answer.before, b"debug: here\n");
        assert!(answer.response.is_some());
        let answer = Answer::of(b"Traceback\n  {oops}\n");
        assert!(answer.before.is_empty() && answer.response.is_none());
        let answer = Answer::of(b"{}{}");
        assert_eq!(answer.between, b"{}");
    }

    #[test]
    fn frames_end_where_bytes_are_none() {
        let stream = b"\x01\0\0\0\0\0\0\x02ab\x02\0\0\0\0\0\0\x05c";
        let (whole, rest) = frames(stream);
        assert_eq!(
            whole,
            [Frame {
                number: 1,
                content: b"ab".into()
            }]
        );
        assert_eq!(rest, b"\x02\0\0\0\0\0\0\x05c");
    }
}
