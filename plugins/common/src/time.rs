//! Moments in the forms that the kernel, the records and the protocol have.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use shellrt_api::Timestamp;

/// A moment as nanoseconds since 1970.
pub type UnixNanos = i64;

/// The moment of asking.
pub fn now() -> UnixNanos {
    unix_nanos(SystemTime::now())
}

/// A moment as the protocol writes it.
pub fn timestamp(moment: UnixNanos) -> Timestamp {
    Timestamp::from_unix_nanos(moment.into())
}

/// A moment of the system's clock; before 1970 as 1970.
pub fn unix_nanos(moment: SystemTime) -> UnixNanos {
    let since = moment.duration_since(UNIX_EPOCH).unwrap_or_default();
    since.as_nanos().try_into().unwrap_or(UnixNanos::MAX)
}

/// A number of the kernel's clock ticks, in which it counts processor time
/// and the beginning of processes.
pub fn ticks(count: u64) -> Duration {
    let per_second = rustix::param::clock_ticks_per_second().max(1);
    let seconds = count / per_second;
    let nanoseconds = (count % per_second) * 1_000_000_000 / per_second;
    Duration::from_secs(seconds) + Duration::from_nanos(nanoseconds)
}
