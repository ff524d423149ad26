//! Changes of a stream, record by record and as the records come.

use std::collections::VecDeque;

use crate::bytes::replaced;
use crate::format::StreamEdit;

/// How records are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Lines.
    Lines,
    /// Frames with a head of 8 bytes.
    Frames,
}

#[derive(Debug, Clone)]
struct Record {
    number: u8,
    bytes: Vec<u8>,
}

/// What stands between the sound plugin's stream and the host.
pub(crate) struct Pipeline {
    kind: Kind,
    /// What has come and is no whole record yet.
    rest: Vec<u8>,
    stages: Vec<Stage>,
    /// The bytes at the end that are never written.
    cut: usize,
    held: VecDeque<u8>,
}

struct Stage {
    edit: StreamEdit,
    seen: usize,
    kept: VecDeque<Record>,
}

impl Pipeline {
    pub(crate) fn new(kind: Kind, edits: &[StreamEdit]) -> Pipeline {
        let cut = edits.iter().map(|edit| match edit {
            StreamEdit::Cut(count) => *count,
            _ => 0,
        });
        let stages = edits.iter().map(|edit| Stage {
            edit: edit.clone(),
            seen: 0,
            kept: VecDeque::new(),
        });
        Pipeline {
            kind,
            rest: Vec::new(),
            stages: stages.collect(),
            cut: cut.sum(),
            held: VecDeque::new(),
        }
    }

    /// What is to be written now that these bytes have come.
    pub(crate) fn push(&mut self, bytes: &[u8]) -> Vec<u8> {
        self.rest.extend_from_slice(bytes);
        let records = self.whole_records();
        self.pass(records, false)
    }

    /// What is to be written at the end.
    pub(crate) fn end(&mut self) -> Vec<u8> {
        let mut last = Vec::new();
        if self.kind == Kind::Lines && !self.rest.is_empty() {
            last.push(Record {
                number: 1,
                bytes: std::mem::take(&mut self.rest),
            });
        }
        let mut bytes = self.pass(last, true);
        // A part of a frame is passed on as it is.
        bytes.append(&mut self.rest);
        bytes
    }

    fn whole_records(&mut self) -> Vec<Record> {
        let mut found = Vec::new();
        let mut begin = 0;
        while let Some((head, length)) = next(self.kind, &self.rest[begin..]) {
            let record = &self.rest[begin..begin + head + length];
            found.push(Record {
                number: if head == 0 { 1 } else { record[0] },
                bytes: record[head..].to_vec(),
            });
            begin += head + length;
        }
        self.rest.drain(..begin);
        found
    }

    fn pass(&mut self, mut records: Vec<Record>, is_end: bool) -> Vec<u8> {
        for stage in &mut self.stages {
            let mut passed = Vec::new();
            if stage.seen == 0
                && let StreamEdit::Prepend(extra) = &stage.edit
                && (is_end || !records.is_empty())
            {
                stage.seen = 1;
                passed.push(Record {
                    number: extra.number,
                    bytes: extra.bytes.get(),
                });
            }
            for record in records {
                stage.push(record, &mut passed);
            }
            if is_end {
                stage.end(&mut passed);
            }
            records = passed;
        }
        for record in records {
            if self.kind == Kind::Frames {
                let length = u32::try_from(record.bytes.len()).unwrap_or(u32::MAX);
                self.held.extend([record.number, 0, 0, 0]);
                self.held.extend(length.to_be_bytes());
            }
            self.held.extend(record.bytes);
        }
        let count = self.held.len().saturating_sub(self.cut);
        self.held.drain(..count).collect()
    }
}

impl Stage {
    fn push(&mut self, mut record: Record, passed: &mut Vec<Record>) {
        self.seen += 1;
        match &self.edit {
            StreamEdit::Drop(place) if *place > 0 => {
                if Ok(*place) != i64::try_from(self.seen) {
                    passed.push(record);
                }
            }
            StreamEdit::Repeat(place) if *place > 0 => {
                if Ok(*place) == i64::try_from(self.seen) {
                    passed.push(record.clone());
                }
                passed.push(record);
            }
            // So many records are kept back, because they may be among the last.
            StreamEdit::Drop(place) | StreamEdit::Repeat(place) => {
                self.kept.push_back(record);
                let most = usize::try_from(place.unsigned_abs()).unwrap_or(usize::MAX);
                if self.kept.len() > most {
                    passed.extend(self.kept.pop_front());
                }
            }
            StreamEdit::Keep(count) => {
                if self.seen <= *count {
                    passed.push(record);
                }
            }
            StreamEdit::Reverse(true) | StreamEdit::Hold(true) | StreamEdit::Merge(true) => {
                self.kept.push_back(record);
            }
            StreamEdit::Renumber(numbers) => {
                let new = numbers.iter().find(|(from, _)| *from == record.number);
                record.number = new.map_or(record.number, |(_, to)| *to);
                passed.push(record);
            }
            StreamEdit::Split(true) => {
                let rest = record.bytes.split_off(record.bytes.len() / 2);
                passed.push(record.clone());
                passed.push(Record {
                    bytes: rest,
                    ..record
                });
            }
            StreamEdit::Replace(pairs) => {
                record.bytes = replaced(record.bytes, pairs);
                passed.push(record);
            }
            StreamEdit::Behead(count) => {
                record.bytes.drain(..(*count).min(record.bytes.len()));
                passed.push(record);
            }
            StreamEdit::Begin(bytes) => {
                record.bytes.splice(..0, bytes.get());
                passed.push(record);
            }
            _ => passed.push(record),
        }
    }

    fn end(&mut self, passed: &mut Vec<Record>) {
        let mut kept: Vec<Record> = std::mem::take(&mut self.kept).into();
        match &self.edit {
            StreamEdit::Drop(place) | StreamEdit::Repeat(place) if *place < 0 => {
                let wanted = usize::try_from(place.unsigned_abs()).unwrap_or(usize::MAX);
                if kept.len() == wanted {
                    match self.edit {
                        StreamEdit::Drop(_) => {
                            kept.remove(0);
                        }
                        _ => kept.insert(0, kept[0].clone()),
                    }
                }
            }
            StreamEdit::Reverse(true) => kept.reverse(),
            StreamEdit::Merge(true) if !kept.is_empty() => {
                let bytes = kept.iter().flat_map(|record| record.bytes.clone());
                kept = vec![Record {
                    number: kept[0].number,
                    bytes: bytes.collect(),
                }];
            }
            StreamEdit::Append(extra) => kept.push(Record {
                number: extra.number,
                bytes: extra.bytes.get(),
            }),
            _ => {}
        }
        passed.append(&mut kept);
    }
}

/// The lengths of the head and the content of the first whole record.
fn next(kind: Kind, bytes: &[u8]) -> Option<(usize, usize)> {
    match kind {
        Kind::Lines => {
            let end = bytes.iter().position(|&byte| byte == b'\n')?;
            Some((0, end + 1))
        }
        Kind::Frames => {
            let (head, rest) = bytes.split_first_chunk::<8>()?;
            let length = u32::from_be_bytes([head[4], head[5], head[6], head[7]]) as usize;
            (rest.len() >= length).then_some((8, length))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAMES: &[u8] = b"\x01\0\0\0\0\0\0\x02a\n\x02\0\0\0\0\0\0\x03bc\n";

    fn changed(kind: Kind, edits: &str, stream: &[u8]) -> Vec<u8> {
        let edits: Vec<StreamEdit> = serde_json::from_str(edits).unwrap();
        // Byte by byte, as a slow pipe would bring it.
        let mut pipeline = Pipeline::new(kind, &edits);
        let mut found = Vec::new();
        for byte in stream {
            found.extend(pipeline.push(&[*byte]));
        }
        found.extend(pipeline.end());
        found
    }

    #[test]
    fn without_changes_every_byte_passes() {
        for stream in [FRAMES, &FRAMES[..FRAMES.len() - 1], b"no frame"] {
            assert_eq!(changed(Kind::Frames, "[]", stream), stream);
            assert_eq!(changed(Kind::Lines, "[]", stream), stream);
        }
    }

    #[test]
    fn records_are_dropped_repeated_and_turned_round() {
        let lines = |edits| String::from_utf8(changed(Kind::Lines, edits, b"a\nb\nc\n")).unwrap();
        assert_eq!(lines(r#"[{"drop": 1}]"#), "b\nc\n");
        assert_eq!(lines(r#"[{"drop": -1}]"#), "a\nb\n");
        assert_eq!(lines(r#"[{"repeat": -2}]"#), "a\nb\nb\nc\n");
        assert_eq!(lines(r#"[{"repeat": 1}]"#), "a\na\nb\nc\n");
        assert_eq!(lines(r#"[{"reverse": true}]"#), "c\nb\na\n");
        assert_eq!(lines(r#"[{"keep": 1}]"#), "a\n");
        assert_eq!(lines(r#"[{"cut": 1}]"#), "a\nb\nc");
        assert_eq!(lines(r#"[{"behead": 1}, {"begin": "x"}]"#), "x\nx\nx\n");
        assert_eq!(
            lines(r#"[{"prepend": {"bytes": "0\n"}}, {"append": {"bytes": "9\n"}}]"#),
            "0\na\nb\nc\n9\n"
        );
    }

    #[test]
    fn frames_are_renumbered_merged_and_split() {
        let frames = |edits| changed(Kind::Frames, edits, FRAMES);
        assert_eq!(frames(r#"[{"renumber": [[1, 2], [2, 1]]}]"#)[0], 2);
        assert_eq!(
            frames(r#"[{"merge": true}]"#),
            b"\x01\0\0\0\0\0\0\x05a\nbc\n"
        );
        assert_eq!(
            frames(r#"[{"keep": 1}, {"split": true}]"#),
            b"\x01\0\0\0\0\0\0\x01a\x01\0\0\0\0\0\0\x01\n"
        );
    }
}
