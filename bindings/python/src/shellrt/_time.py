"""Times: RFC 3339 texts on the wire, nanoseconds since 1970 in between."""

from __future__ import annotations


def unix_nanos(time: str) -> int:
    """Nanoseconds from 1970-01-01T00:00:00Z to a time in the protocol's form."""
    # `datetime` knows no year 0 and no nanoseconds.
    year, month, day = int(time[0:4]), int(time[5:7]), int(time[8:10])
    seconds = int(time[11:13]) * 3600 + int(time[14:16]) * 60 + int(time[17:19])
    fraction = time[20:].rstrip("Z").ljust(9, "0")
    return (_days(year, month, day) * 86_400 + seconds) * 1_000_000_000 + int(fraction)


def _days(year: int, month: int, day: int) -> int:
    """Days since 1970-01-01, counted in years that begin in March."""
    if month <= 2:
        year -= 1
    era, of_era = divmod(year, 400)
    of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    return era * 146_097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719_468
