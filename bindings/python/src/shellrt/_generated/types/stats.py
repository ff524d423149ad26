# Generated from schema/v0 by `cargo xtask codegen`; do not edit.
"""The objects of `stats`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from shellrt._payload import Payload, payload

if TYPE_CHECKING:
    from shellrt._generated.types.error import Error


@payload
@dataclass(slots=True, kw_only=True)
class StatsRequest(Payload):
    """Asks for samples.

    Members:
        names: Which modules, at most 65536. Absent or empty: all that run.
    """

    TABLE: ClassVar[str] = "StatsRequest"

    names: list[str] = field(default_factory=list)


@payload
@dataclass(slots=True, kw_only=True)
class StatsResponse(Payload):
    """The samples.

    Members:
        modules: One item a module, in the order asked for or of their names, at most 65536.
    """

    TABLE: ClassVar[str] = "StatsResponse"

    modules: list[StatsItem]


@payload
@dataclass(slots=True, kw_only=True)
class StatsItem(Payload):
    """One module's sample, or why there is none.

    Members:
        name: Which module.
        sample: What it uses. Absent: it could not be measured, and `error` says why.
        error: Why it could not be measured. Absent: it could.
    """

    TABLE: ClassVar[str] = "StatsItem"

    name: str
    sample: StatsSample | None = None
    error: Error | None = None


@payload
@dataclass(slots=True, kw_only=True)
class StatsSample(Payload):
    """What a module has used since it started, and uses now. A number that the plugin cannot measure is absent, never 0.

    Members:
        read_at: When it was measured.
        cpu_time_us: Processor time used, in microseconds.
        memory_bytes: Memory in use.
        memory_limit_bytes: The most memory it may use. Absent: no limit, or not known.
        process_count: Number of processes, 0 to 2^31 - 1.
        network_received_bytes: Bytes received from networks.
        network_sent_bytes: Bytes sent to networks.
        block_read_bytes: Bytes read from disks.
        block_written_bytes: Bytes written to disks.
    """

    TABLE: ClassVar[str] = "StatsSample"

    read_at: str
    cpu_time_us: int | None = None
    memory_bytes: int | None = None
    memory_limit_bytes: int | None = None
    process_count: int | None = None
    network_received_bytes: int | None = None
    network_sent_bytes: int | None = None
    block_read_bytes: int | None = None
    block_written_bytes: int | None = None
