//! Closes what a careless host let its plugin inherit. Kept open, it would
//! stay open for as long as the module runs: a pipe whose reader waits for
//! its end, a port that cannot be bound again.

use std::fs;
use std::io;

/// Closes every descriptor but the first three. The first thing that a
/// supervisor does.
#[expect(
    unsafe_code,
    reason = "descriptors of another program have no owner that could close them"
)]
pub(super) fn close_inherited() -> io::Result<()> {
    let mut numbers: Vec<i32> = fs::read_dir("/proc/self/fd")?
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter(|&number| number > 2)
        .collect();
    // The listing had a descriptor too, which is closed by now.
    numbers.retain(|number| fs::symlink_metadata(format!("/proc/self/fd/{number}")).is_ok());
    for number in numbers {
        // SAFETY: the descriptor is open, and this runs before the supervisor
        // has opened anything itself: no value of this process owns it.
        unsafe { rustix::io::close(number) };
    }
    Ok(())
}
