//! What a logger keeps in memory. It lives for as long as its module, and needs
//! a small part of this executable and of the C library: what beginning touched
//! of them is let go of, and comes back from the file where it is needed.

use std::ffi::c_void;
use std::fs;

use rustix::mm::{Advice, madvise};

/// Lets go of pages of programs and libraries that nothing can have changed.
pub(super) fn let_go_of_programs() {
    let maps = fs::read_to_string("/proc/self/maps").unwrap_or_default();
    for (begin, length) in maps.lines().filter_map(unchanged) {
        #[expect(unsafe_code)]
        // SAFETY: the range is a private mapping of a file that cannot be written
        // to, and never could be: its pages are those of the file, and are read
        // from there again when they are used.
        let _ = unsafe {
            madvise(
                std::ptr::without_provenance_mut::<c_void>(begin),
                length,
                Advice::LinuxDontNeed,
            )
        };
    }
}

/// Address and length of a mapping of code, or of a file's beginning, where its
/// constants are. Others that are read-only now were written to by the loader.
fn unchanged(line: &str) -> Option<(usize, usize)> {
    let mut fields = line.split_ascii_whitespace();
    let (range, access, offset) = (fields.next()?, fields.next()?, fields.next()?);
    let is_file = fields.nth(2)?.starts_with('/');
    let is_first = usize::from_str_radix(offset, 16).ok()? == 0;
    if !is_file || !(access == "r-xp" || access == "r--p" && is_first) {
        return None;
    }
    let (begin, end) = range.split_once('-')?;
    let begin = usize::from_str_radix(begin, 16).ok()?;
    let end = usize::from_str_radix(end, 16).ok()?;
    Some((begin, end.checked_sub(begin)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_loader_wrote_stays() {
        for (line, taken) in [
            ("1000-3000 r--p 00000000 08:01 7 /usr/lib/x", true),
            ("3000-4000 r-xp 00002000 08:01 7 /usr/lib/x", true),
            ("4000-5000 r--p 00003000 08:01 7 /usr/lib/x", false),
            ("5000-6000 rw-p 00004000 08:01 7 /usr/lib/x", false),
            ("6000-7000 rw-p 00000000 00:00 0 [heap]", false),
            ("7000-8000 r-xp 00000000 00:00 0 [vdso]", false),
            ("8000-9000 r--p 00000000 00:00 0", false),
        ] {
            assert_eq!(unchanged(line).is_some(), taken, "{line}");
        }
        // What was let go of is there again.
        let_go_of_programs();
        assert_eq!(
            unchanged("1000-3000 r-xp 0 08:01 7 /x"),
            Some((0x1000, 0x2000))
        );
    }
}
