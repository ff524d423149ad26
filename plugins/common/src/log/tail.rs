//! Finds where the last records of a log begin, reading backwards: the cost
//! is that of the records that are wanted, not of the log.

use std::io;
use std::os::unix::fs::FileExt;

use super::reader::{Segment, Selection};
use super::record::{Found, RECORD_MAX, Record, length_before};
use super::segment;

const BLOCK: u64 = 64 * 1024;
const _: () = assert!(
    BLOCK > RECORD_MAX as u64,
    "a block holds at least one record"
);

/// The place of a record.
#[derive(Debug)]
pub(super) struct Start {
    /// Which of the segments.
    pub(super) index: usize,
    pub(super) offset: u64,
}

/// Where the last `count` wanted records of `segments` begin: at the end for
/// 0; `None` where there are fewer, and all of them are wanted.
pub(super) fn start(
    segments: &[Segment],
    selection: &Selection,
    count: u64,
) -> io::Result<Option<Start>> {
    let Some(last) = segments.len().checked_sub(1) else {
        return Ok(None);
    };
    let mut start = Start {
        index: last,
        offset: segments[last].limit,
    };
    let mut missing = count;
    for (index, segment) in segments.iter().enumerate().rev() {
        if missing == 0 {
            break;
        }
        if !selection.may_be_in(segment.range) {
            continue;
        }
        let end = if index == last {
            segment.limit
        } else {
            segment::end_of_records(&segment.file)?
        };
        let mut backwards = Backwards {
            segment,
            end,
            block: Vec::new(),
        };
        while missing > 0 {
            let Some(wanted) = backwards.step(selection)? else {
                if backwards.end > segment::HEAD {
                    // Damaged: what comes before cannot be told.
                    return Ok(Some(Start {
                        index,
                        offset: backwards.end,
                    }));
                }
                break;
            };
            if wanted {
                missing -= 1;
                start = Start {
                    index,
                    offset: backwards.end,
                };
            }
        }
    }
    Ok((missing == 0).then_some(start))
}

/// A walk over the records of a segment, last one first.
struct Backwards<'a> {
    segment: &'a Segment,
    /// Where the part that was not walked over ends.
    end: u64,
    /// The bytes before `end`, as many as have been read.
    block: Vec<u8>,
}

impl Backwards<'_> {
    /// Goes over one record and says whether it is wanted; `None` at the
    /// beginning, or where the file is damaged.
    fn step(&mut self, selection: &Selection) -> io::Result<Option<bool>> {
        let left = self.end - segment::HEAD;
        if (self.block.len() as u64) < left.min(RECORD_MAX as u64) {
            let length = left.min(BLOCK);
            self.block.resize(length as usize, 0);
            self.segment
                .file
                .read_exact_at(&mut self.block, self.end - length)?;
        }
        let Some(begin) =
            length_before(&self.block).and_then(|length| self.block.len().checked_sub(length))
        else {
            return Ok(None);
        };
        let Found::Record(record, length) = Record::decode(&self.block[begin..]) else {
            return Ok(None);
        };
        let wanted = selection.takes(record.time, record.stream);
        self.block.truncate(begin);
        self.end -= length as u64;
        Ok(Some(wanted))
    }
}

#[cfg(test)]
mod tests {
    use super::super::reader::{Selection, collect, collect_selected};
    use super::super::record::Stream;
    use super::super::{Limits, Writer};
    use super::*;

    fn tail(count: u64) -> Selection {
        Selection {
            since: None,
            until: None,
            stdout: true,
            stderr: true,
            tail: Some(count),
        }
    }

    fn write(directory: &std::path::Path, lines: usize, segment_max_bytes: u64) {
        let limits = Limits {
            segment_max_bytes,
            segments_max: 1000,
        };
        let mut writer = Writer::open(directory, limits).expect("the directory is writable");
        for line in 0..lines {
            let stream = if line % 3 == 0 {
                Stream::Stderr
            } else {
                Stream::Stdout
            };
            writer.append(
                crate::time::now(),
                stream,
                format!("line {line} {}\n", "x".repeat(line % 500)).as_bytes(),
            );
        }
        writer.sync();
    }

    #[test]
    fn tail_is_the_end_of_the_whole_whatever_its_length() {
        let directory = tempfile::tempdir().expect("a directory can be made");
        write(directory.path(), 1500, 20_000);
        let all = collect(directory.path());
        assert_eq!(all.len(), 1500);
        for count in [0, 1, 2, 63, 64, 700, 1499, 1500, 1501, u64::MAX] {
            let expected = &all[all.len() - (count.min(1500) as usize)..];
            assert_eq!(
                collect_selected(directory.path(), tail(count)),
                expected,
                "tail {count}"
            );
        }
    }

    #[test]
    fn tail_counts_the_wanted_stream_only() {
        let directory = tempfile::tempdir().expect("a directory can be made");
        write(directory.path(), 300, 20_000);
        let stderr = collect_selected(
            directory.path(),
            Selection {
                stdout: false,
                ..tail(10)
            },
        );
        let numbers: Vec<&str> = stderr
            .iter()
            .filter_map(|line| line.split(' ').nth(1))
            .collect();
        assert_eq!(
            numbers,
            [
                "270", "273", "276", "279", "282", "285", "288", "291", "294", "297"
            ]
        );
    }

    #[test]
    fn tail_does_not_read_what_comes_before() {
        let directory = tempfile::tempdir().expect("a directory can be made");
        write(directory.path(), 20_000, u64::MAX);
        let all = collect(directory.path());
        // Nothing of the first nine tenths can be read any more: a tail that
        // looked at them would fail.
        let file = std::fs::File::options()
            .write(true)
            .open(segment::path(directory.path(), 1))
            .expect("the segment is writable");
        let length = file.metadata().expect("it is there").len();
        file.write_all_at(
            &vec![0xff; (length * 9 / 10 - segment::HEAD) as usize],
            segment::HEAD,
        )
        .expect("the segment is writable");
        assert_eq!(
            collect_selected(directory.path(), tail(100)),
            &all[all.len() - 100..]
        );
    }
}
