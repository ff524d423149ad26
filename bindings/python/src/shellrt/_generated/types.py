# Generated from schema/v0 by `cargo xtask codegen`; do not edit.
"""The objects of the protocol."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from shellrt._generated.enums import (
    PullPolicy,
    LogStream,
    LogFraming,
)
from shellrt._payload import Payload, payload


@payload
@dataclass(slots=True, kw_only=True)
class Warning(Payload):
    """Something in a request that the plugin did not carry out, or carried out differently, without failing.

    Members:
        message: What was left out or changed, and why.
        pointer: Which part of the request it is about. Absent where it is about the whole.
    """

    TABLE: ClassVar[str] = "Warning"

    message: str
    pointer: str | None = None


@payload
@dataclass(slots=True, kw_only=True)
class CreateRequest(Payload):
    """Asks for a module.

    Members:
        name: The module's name. A module of that name made by the same request is a success that changes nothing; one made by another is code 21 (`module_conflict`).
        env: Environment variables. Where `config` names one too, `config` wins. Absent: none.
        labels: Labels. Absent: none.
        config_type: Which kind of `config` this is, one of those that `describe` lists.
        config: What to run and how, in the form that `describe` publishes for the config type.
    """

    TABLE: ClassVar[str] = "CreateRequest"

    name: str
    env: dict[str, str] = field(repr=False, default_factory=dict)
    labels: dict[str, str] = field(repr=False, default_factory=dict)
    config_type: str
    config: dict[str, Any] = field(repr=False)


@payload
@dataclass(slots=True, kw_only=True)
class CreateResponse(Payload):
    """The module is there.

    Members:
        image_id: The image that it was made from. Absent: the plugin has no images.
        warnings: What of the request was not carried out as asked, at most 1024. Absent: nothing.
        changed: Whether it was made by this request.
    """

    TABLE: ClassVar[str] = "CreateResponse"

    image_id: str | None = None
    warnings: list[Warning] = field(default_factory=list)
    changed: bool


@payload
@dataclass(slots=True, kw_only=True)
class DescribeRequest(Payload):
    """Asks what the plugin can do. It has no members of its own."""

    TABLE: ClassVar[str] = "DescribeRequest"


@payload
@dataclass(slots=True, kw_only=True)
class DescribeResponse(Payload):
    """What the plugin can do. What is not listed is not there.

    Members:
        name: The plugin's name.
        version: The plugin's own version.
        protocol_versions: The wire versions that the plugin serves, highest first, 1 to 64.
        commands: The commands that the plugin carries out, at most 256. Every other one is answered with code 3 (`unsupported`). Commands that the reader does not know are kept.
        features: What the plugin can do beyond what every plugin must, at most 256. Absent: nothing.
        limits: The plugin's limits. Absent: the protocol's own.
        config_types: What `create` takes, by `config_type`, at most 256. Absent: the plugin makes no modules.
    """

    TABLE: ClassVar[str] = "DescribeResponse"

    name: str
    version: str
    protocol_versions: list[str]
    commands: list[str]
    features: list[str] = field(default_factory=list)
    limits: Limits | None = None
    config_types: dict[str, ConfigType] = field(default_factory=dict)


@payload
@dataclass(slots=True, kw_only=True)
class Limits(Payload):
    """Limits that a host can know beforehand.

    Members:
        request_max_bytes: The largest request that is read, in bytes, 65536 to 2^53 - 1.
        module_name_max_length: The longest module name, in characters, 1 to 128.
        modules_max: The largest number of modules, 1 to 2^53 - 1. Absent: no limit of the plugin's own.
    """

    TABLE: ClassVar[str] = "Limits"

    request_max_bytes: int = 16777216
    module_name_max_length: int = 128
    modules_max: int | None = None


@payload
@dataclass(slots=True, kw_only=True)
class ConfigType(Payload):
    """One kind of `config` that `create` takes.

    Members:
        description: What it is for.
        schema: The JSON Schema (draft 2020-12) of `config`. Advisory: it lets hosts check and explain before anything runs; the plugin's own check decides.
    """

    TABLE: ClassVar[str] = "ConfigType"

    description: str | None = None
    schema: dict[str, Any]


@payload
@dataclass(slots=True, kw_only=True)
class Error(Payload):
    """Why a request failed. A caller decides by `code`, and by `class` and `retryable` where it does not know the code; an error of a class that it does not know is not retryable. It never decides by the text.

    Members:
        code: Which error it is. 0 to 99 are the protocol's and listed in errors.json, 100 and above are a plugin's own.
        class_: The kind of error, named by how one recovers from it.
        message: What failed and why, for people. Holds no secret.
        retryable: Whether the same request, sent again unchanged, may succeed. For the protocol's own codes it is what errors.json says.
        retry_after_ms: How long to wait before trying again, in milliseconds, 0 to 86400000. Absent: the caller's own backoff.
        hint: What a person can do about it.
        detail: Facts for programs. With code 1 it has the members of `IncompatibleVersionDetail`, with code 2 those of `InvalidRequestDetail`; with others what the plugin documents.
        causes: What lay behind the error, the nearest cause first, at most 64. Absent: none known.
    """

    TABLE: ClassVar[str] = "Error"

    code: int
    class_: str
    message: str
    retryable: bool
    retry_after_ms: int | None = None
    hint: str | None = None
    detail: dict[str, Any] | None = None
    causes: list[str] = field(default_factory=list)


@payload
@dataclass(slots=True, kw_only=True)
class IncompatibleVersionDetail(Payload):
    """What `detail` holds for code 1.

    Members:
        requested: The version that the request asked for.
        supported: The versions that the plugin serves, highest first, 1 to 64.
    """

    TABLE: ClassVar[str] = "IncompatibleVersionDetail"

    requested: str
    supported: list[str]


@payload
@dataclass(slots=True, kw_only=True)
class InvalidRequestDetail(Payload):
    """What `detail` holds for code 2.

    Members:
        faults: Each thing that is wrong, in the order of their pointers, 1 to 1024. A plugin that reads with a stock JSON parser may report the first one only.
    """

    TABLE: ClassVar[str] = "InvalidRequestDetail"

    faults: list[Fault]


@payload
@dataclass(slots=True, kw_only=True)
class Fault(Payload):
    """One thing that is wrong with a document.

    Members:
        pointer: Where it is.
        rule: The rule that is broken.
        message: What is wrong, for people. Sensitive values are not repeated in it.
        expected: What would have been right, for people.
    """

    TABLE: ClassVar[str] = "Fault"

    pointer: str
    rule: str
    message: str
    expected: str | None = None


@payload
@dataclass(slots=True, kw_only=True)
class ImgListRequest(Payload):
    """Asks for the images. It has no members of its own."""

    TABLE: ClassVar[str] = "ImgListRequest"


@payload
@dataclass(slots=True, kw_only=True)
class ImgListResponse(Payload):
    """The images.

    Members:
        images: Every image, at most 65536.
    """

    TABLE: ClassVar[str] = "ImgListResponse"

    images: list[ImageDetails]


@payload
@dataclass(slots=True, kw_only=True)
class ImageDetails(Payload):
    """One image.

    Members:
        image_id: The image's id, the same that `status` reports for its modules.
        references: The references exactly as they were pulled or loaded, at most 65536. Absent: none.
        canonical_references: The same in full, with registry and tag, at most 65536. Absent: none.
        digest: The digest of what the reference named. Absent: not kept.
        size_bytes: What its content takes on disk, shared layers included. Absent: not known.
        created_at: When the image was built. Absent: it does not say.
        in_use_by: The modules that were made from it, at most 65536. Absent: none.
    """

    TABLE: ClassVar[str] = "ImageDetails"

    image_id: str
    references: list[str] = field(default_factory=list)
    canonical_references: list[str] = field(default_factory=list)
    digest: str | None = None
    size_bytes: int | None = None
    created_at: str | None = None
    in_use_by: list[str] = field(default_factory=list)


@payload
@dataclass(slots=True, kw_only=True)
class ImgLoadRequest(Payload):
    """Asks to import an archive.

    Members:
        path: The archive: an OCI image layout or the output of `docker save`, as a tar file, plain or compressed, on the plugin's machine.
        platform: Which of several platforms to import. Absent: the plugin's machine's own.
    """

    TABLE: ClassVar[str] = "ImgLoadRequest"

    path: str
    platform: str | None = None


@payload
@dataclass(slots=True, kw_only=True)
class ImgLoadResponse(Payload):
    """The images are there and verified.

    Members:
        images: What the archive held, at most 65536.
    """

    TABLE: ClassVar[str] = "ImgLoadResponse"

    images: list[LoadedImage]


@payload
@dataclass(slots=True, kw_only=True)
class LoadedImage(Payload):
    """One image out of an archive.

    Members:
        image_id: The image's id.
        references: The names that the archive gives it, at most 65536. Absent: none.
        digest: The digest of its manifest. Absent: the archive has none.
    """

    TABLE: ClassVar[str] = "LoadedImage"

    image_id: str
    references: list[str] = field(default_factory=list)
    digest: str | None = None


@payload
@dataclass(slots=True, kw_only=True)
class ImgPullRequest(Payload):
    """Asks for an image.

    Members:
        image: Which image.
        credentials: How to log in. Absent or empty: anonymously.
        policy: When the registry is asked.
        digest: The digest that the image's manifest or index must have. Absent: any.
        platform: Which of several platforms to fetch. Absent: the plugin's machine's own.
        progress: Whether to report progress: the response is then empty with `_stream: ndjson`, each line of the stream is an `ImgPullProgress`, and the last is the response.
        stall_timeout_ms: How long no byte may arrive before the attempt is given up, in milliseconds, 1000 to 3600000.
    """

    TABLE: ClassVar[str] = "ImgPullRequest"

    image: str
    credentials: Credentials = field(repr=False, default_factory=lambda: Credentials())
    policy: PullPolicy = PullPolicy.ALWAYS
    digest: str | None = None
    platform: str | None = None
    progress: bool = False
    stall_timeout_ms: int = 60000


@payload
@dataclass(slots=True, kw_only=True)
class Credentials(Payload):
    """How to log in to a registry: a user with a password, or a token. Never printed.

    Members:
        username: The user. Absent: none.
        password: The user's password. Absent: none.
        identity_token: A token to get access tokens with, in place of the password. Absent: none.
        registry_token: An access token that is sent to the registry as it is. Absent: none.
    """

    TABLE: ClassVar[str] = "Credentials"

    username: str | None = field(repr=False, default=None)
    password: str | None = field(repr=False, default=None)
    identity_token: str | None = field(repr=False, default=None)
    registry_token: str | None = field(repr=False, default=None)


@payload
@dataclass(slots=True, kw_only=True)
class ImgPullResponse(Payload):
    """The image is there and verified.

    Members:
        image_id: The image's id.
        digest: The digest of what the reference named: an index, or the manifest itself. Absent: the plugin's engine keeps none.
        bytes_fetched: Bytes that came over the network for this request.
        bytes_reused: Bytes of the image that were there already.
        already_present: Whether nothing had to be fetched but, with policy `always`, the manifest.
    """

    TABLE: ClassVar[str] = "ImgPullResponse"

    image_id: str
    digest: str | None = None
    bytes_fetched: int = 0
    bytes_reused: int = 0
    already_present: bool = False


@payload
@dataclass(slots=True, kw_only=True)
class ImgPullProgress(Payload):
    """One line of progress. Several lines about one layer carry growing numbers.

    Members:
        event: What is going on.
        layer: Which layer. Absent: the whole image.
        bytes_done: Bytes done, of the layer or the whole.
        bytes_total: Bytes to do. Absent: not known yet.
        bytes_per_second: The rate over the last few seconds. Absent: not measured.
        layers_done: Layers done, 0 to 65536.
        layers_total: Layers to do, 0 to 65536. Absent: not known yet.
        message: More, for people. Absent: nothing to add.
    """

    TABLE: ClassVar[str] = "ImgPullProgress"

    event: str
    layer: str | None = None
    bytes_done: int = 0
    bytes_total: int | None = None
    bytes_per_second: int | None = None
    layers_done: int = 0
    layers_total: int | None = None
    message: str | None = None


@payload
@dataclass(slots=True, kw_only=True)
class ImgRemoveRequest(Payload):
    """Asks to remove an image.

    Members:
        image: Which image, by reference or by id. By id, all its references go.
        force: Whether to remove it although modules use it. Those that run go on.
    """

    TABLE: ClassVar[str] = "ImgRemoveRequest"

    image: str
    force: bool = False


@payload
@dataclass(slots=True, kw_only=True)
class ImgRemoveResponse(Payload):
    """The image is not there.

    Members:
        changed: Whether it was there.
        references: The references that were removed, at most 65536. Absent: none.
    """

    TABLE: ClassVar[str] = "ImgRemoveResponse"

    changed: bool
    references: list[str] = field(default_factory=list)


@payload
@dataclass(slots=True, kw_only=True)
class ListRequest(Payload):
    """Asks for the modules.

    Members:
        details: Whether to report each module as `status` does.
        labels: Only modules that have all of these labels with these values. Absent: all modules.
    """

    TABLE: ClassVar[str] = "ListRequest"

    details: bool = False
    labels: dict[str, str] = field(repr=False, default_factory=dict)


@payload
@dataclass(slots=True, kw_only=True)
class ListResponse(Payload):
    """The modules.

    Members:
        modules: Their names, at most 65536.
        details: One item a module, in the same order, at most 65536. Absent: `details` was not asked for, or there are none.
    """

    TABLE: ClassVar[str] = "ListResponse"

    modules: list[str]
    details: list[ListItem] = field(default_factory=list)


@payload
@dataclass(slots=True, kw_only=True)
class ListItem(Payload):
    """One module of a list: its state, or why that could not be read.

    Members:
        name: Which module.
        status: How it is. Absent: it could not be read, and `error` says why.
        error: Why it could not be read. Absent: it could.
    """

    TABLE: ClassVar[str] = "ListItem"

    name: str
    status: StatusResponse | None = None
    error: Error | None = None


@payload
@dataclass(slots=True, kw_only=True)
class LogsRequest(Payload):
    """Asks for a module's output.

    Members:
        name: Which module.
        follow: Whether to go on with what the module writes from now on, until it ends.
        tail: Only the last so many records (lines, or pieces of 16384 bytes of longer lines). 0: none but what follows. Absent: all.
        since: Only records written at or after this moment, in unix seconds. With `since_time`, the later one counts. Absent: from the beginning.
        until: Only records written before this moment, in unix seconds. With `until_time`, the earlier one counts. Absent: to the end.
        since_time: As `since`, in RFC 3339 form. Absent: from the beginning.
        until_time: As `until`, in RFC 3339 form. Absent: to the end.
        timestamps: Whether each record begins with the time at which it was written, with exactly 9 digits of a second and `Z`, and a space.
        streams: Which streams, at most 2. Absent: both.
        framing: How the stream is framed.
    """

    TABLE: ClassVar[str] = "LogsRequest"

    name: str
    follow: bool = False
    tail: int | None = None
    since: int | None = None
    until: int | None = None
    since_time: str | None = None
    until_time: str | None = None
    timestamps: bool = False
    streams: list[LogStream] = field(default_factory=list)
    framing: LogFraming = LogFraming.RAW


@payload
@dataclass(slots=True, kw_only=True)
class LogsResponse(Payload):
    """The stream follows. It has no members of its own; `_stream` is what `framing` asked for."""

    TABLE: ClassVar[str] = "LogsResponse"


@payload
@dataclass(slots=True, kw_only=True)
class NetworkEnsureRequest(Payload):
    """Asks for a network.

    Members:
        name: Which network.
        ipv6: Whether it has IPv6 addresses.
        ipam: The address ranges, at most 64. Absent: the plugin chooses.
    """

    TABLE: ClassVar[str] = "NetworkEnsureRequest"

    name: str
    ipv6: bool = False
    ipam: list[IpamConfig] = field(default_factory=list)


@payload
@dataclass(slots=True, kw_only=True)
class IpamConfig(Payload):
    """One address range of a network.

    Members:
        subnet: The range. Absent: the plugin chooses.
        gateway: The address of the gateway. Absent: the plugin chooses.
        ip_range: The part of the range that modules get addresses from. Absent: all of it.
    """

    TABLE: ClassVar[str] = "IpamConfig"

    subnet: str | None = None
    gateway: str | None = None
    ip_range: str | None = None


@payload
@dataclass(slots=True, kw_only=True)
class NetworkEnsureResponse(Payload):
    """The network is there.

    Members:
        changed: Whether it was made by this request.
        drift: Where the existing network differs from the request, at most 1024. Absent: nowhere.
        subnets: The network's address ranges, at most 64. Absent: not known.
    """

    TABLE: ClassVar[str] = "NetworkEnsureResponse"

    changed: bool
    drift: list[NetworkDrift] = field(default_factory=list)
    subnets: list[str] = field(default_factory=list)


@payload
@dataclass(slots=True, kw_only=True)
class NetworkDrift(Payload):
    """One difference between an existing network and the request.

    Members:
        pointer: Which member of the request.
        wanted: What the request asks for. Absent: nothing.
        actual: What the network has. Absent: nothing.
    """

    TABLE: ClassVar[str] = "NetworkDrift"

    pointer: str
    wanted: str | None = None
    actual: str | None = None


@payload
@dataclass(slots=True, kw_only=True)
class RemoveRequest(Payload):
    """Asks to remove a module.

    Members:
        name: Which module.
    """

    TABLE: ClassVar[str] = "RemoveRequest"

    name: str


@payload
@dataclass(slots=True, kw_only=True)
class RemoveResponse(Payload):
    """The module is not there.

    Members:
        changed: Whether it was there.
    """

    TABLE: ClassVar[str] = "RemoveResponse"

    changed: bool


@payload
@dataclass(slots=True, kw_only=True)
class RestartRequest(Payload):
    """Asks to restart a module.

    Members:
        name: Which module.
        timeout: How long it may take to end by itself, in seconds, 0 to 86400. Absent: the module's own stop timeout, else 10. It is cut to what the deadline leaves.
    """

    TABLE: ClassVar[str] = "RestartRequest"

    name: str
    timeout: int | None = None


@payload
@dataclass(slots=True, kw_only=True)
class RestartResponse(Payload):
    """The module was started again.

    Members:
        changed: Whether this request started it; true in every success.
        warnings: What was not carried out as `create` asked, at most 1024. Absent: nothing.
    """

    TABLE: ClassVar[str] = "RestartResponse"

    changed: bool
    warnings: list[Warning] = field(default_factory=list)


@payload
@dataclass(slots=True, kw_only=True)
class StartRequest(Payload):
    """Asks to start a module.

    Members:
        name: Which module.
    """

    TABLE: ClassVar[str] = "StartRequest"

    name: str


@payload
@dataclass(slots=True, kw_only=True)
class StartResponse(Payload):
    """The module runs, or ran and has ended since.

    Members:
        changed: Whether this request started it.
        warnings: What was not carried out as `create` asked, at most 1024. Absent: nothing.
    """

    TABLE: ClassVar[str] = "StartResponse"

    changed: bool
    warnings: list[Warning] = field(default_factory=list)


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


@payload
@dataclass(slots=True, kw_only=True)
class StatusRequest(Payload):
    """Asks how a module is.

    Members:
        name: Which module.
    """

    TABLE: ClassVar[str] = "StatusRequest"

    name: str


@payload
@dataclass(slots=True, kw_only=True)
class StatusResponse(Payload):
    """How a module is.

    Members:
        name: Which module.
        state: Its state.
        status: The state as a host's watchdog sees it, derived by the table in docs/protocol.md.
        description: More about the state, for people. Absent: nothing to add.
        reason: Why it is in that state, for programs. Absent: nothing unusual.
        image: The image's reference as `create` gave it. Absent: the plugin has no images.
        image_id: The image's id. Absent: the plugin has no images.
        pid: The process id of its first process. Absent: it does not run.
        created_at: When it was made.
        started_at: When it was last started. Absent: never.
        finished_at: When it last ended. Absent: never, or it runs.
        exit_code: How it last ended. Absent: never, or it runs.
        oom_killed: Whether it last ended because its memory ran out.
        labels: Its labels. Absent: none.
    """

    TABLE: ClassVar[str] = "StatusResponse"

    name: str
    state: str
    status: str
    description: str | None = None
    reason: str | None = None
    image: str | None = None
    image_id: str | None = None
    pid: int | None = None
    created_at: str
    started_at: str | None = None
    finished_at: str | None = None
    exit_code: int | None = None
    oom_killed: bool = False
    labels: dict[str, str] = field(repr=False, default_factory=dict)


@payload
@dataclass(slots=True, kw_only=True)
class StopRequest(Payload):
    """Asks to stop a module.

    Members:
        name: Which module.
        timeout: How long it may take to end by itself, in seconds, 0 to 86400. Absent: the module's own stop timeout, else 10. It is cut to what the deadline leaves.
    """

    TABLE: ClassVar[str] = "StopRequest"

    name: str
    timeout: int | None = None


@payload
@dataclass(slots=True, kw_only=True)
class StopResponse(Payload):
    """The module does not run.

    Members:
        changed: Whether this request stopped it.
    """

    TABLE: ClassVar[str] = "StopResponse"

    changed: bool


@payload
@dataclass(slots=True, kw_only=True)
class SysInfoRequest(Payload):
    """Asks for facts about machine and engine. It has no members of its own."""

    TABLE: ClassVar[str] = "SysInfoRequest"


@payload
@dataclass(slots=True, kw_only=True)
class SysInfoResponse(Payload):
    """Facts about machine and engine.

    Members:
        os_type: The kind of operating system, as in `linux`.
        os_name: Its distribution and version, for people. Absent: not known.
        kernel_version: The version of its kernel. Absent: not known.
        architecture: The architecture as OCI spells it: `amd64`, `arm64`, `arm`.
        hostname: The machine's name. Absent: not known.
        cpus: Processors that modules can use, 1 to 65536.
        memory_total_bytes: Memory of the machine. Absent: not known.
        memory_available_bytes: Memory that is free to use without swapping. Absent: not known.
        booted_at: When the machine started. Absent: not known.
        boot_id: What tells one start of the machine from another. Absent: not known.
        disk: The disk on which the plugin keeps its state. Absent: not known.
        engine: What runs the modules.
    """

    TABLE: ClassVar[str] = "SysInfoResponse"

    os_type: str
    os_name: str | None = None
    kernel_version: str | None = None
    architecture: str
    hostname: str | None = None
    cpus: int
    memory_total_bytes: int | None = None
    memory_available_bytes: int | None = None
    booted_at: str | None = None
    boot_id: str | None = None
    disk: DiskInfo | None = None
    engine: EngineInfo


@payload
@dataclass(slots=True, kw_only=True)
class DiskInfo(Payload):
    """A file system.

    Members:
        path: Where the plugin keeps its state.
        total_bytes: Its size.
        available_bytes: What is free to use.
    """

    TABLE: ClassVar[str] = "DiskInfo"

    path: str
    total_bytes: int
    available_bytes: int


@payload
@dataclass(slots=True, kw_only=True)
class EngineInfo(Payload):
    """What runs the modules.

    Members:
        name: Its name, as in `containerd`.
        version: Its version.
    """

    TABLE: ClassVar[str] = "EngineInfo"

    name: str
    version: str


@payload
@dataclass(slots=True, kw_only=True)
class TopRequest(Payload):
    """Asks for a module's processes.

    Members:
        name: Which module.
        details: Whether to say more of each process than its id.
    """

    TABLE: ClassVar[str] = "TopRequest"

    name: str
    details: bool = False


@payload
@dataclass(slots=True, kw_only=True)
class TopResponse(Payload):
    """The module's processes.

    Members:
        processes: All of them, in the order of their ids, at most 65536.
    """

    TABLE: ClassVar[str] = "TopResponse"

    processes: list[Process]


@payload
@dataclass(slots=True, kw_only=True)
class Process(Payload):
    """One process of a module. All but `pid` only with `details`, and where it could be read.

    Members:
        pid: Its id.
        parent_pid: The id of its parent, 0 to 2^31 - 1; 0 where the parent is outside of what the plugin sees. Absent: not asked for.
        command: Its command line, the arguments joined by spaces. Absent: not asked for.
        user: Its user: the name, or the number where that has none. Absent: not asked for.
        started_at: When it started. Absent: not asked for.
        cpu_time_ms: Processor time that it has used, in milliseconds. Absent: not asked for.
        memory_bytes: Memory that it has in use (resident). Absent: not asked for.
    """

    TABLE: ClassVar[str] = "Process"

    pid: int
    parent_pid: int | None = None
    command: str | None = field(repr=False, default=None)
    user: str | None = None
    started_at: str | None = None
    cpu_time_ms: int | None = None
    memory_bytes: int | None = None


@payload
@dataclass(slots=True, kw_only=True)
class VersionRequest(Payload):
    """Asks which plugin this is. It has no members of its own."""

    TABLE: ClassVar[str] = "VersionRequest"


@payload
@dataclass(slots=True, kw_only=True)
class VersionResponse(Payload):
    """Which plugin this is.

    Members:
        name: The plugin's name, as in `containerd`.
        version: The plugin's own version, in its own form. It says nothing about the wire.
        protocol_versions: The wire versions that the plugin serves, highest first, 1 to 64.
        build: How this executable was built: commit, target, compiler. Absent: not recorded.
    """

    TABLE: ClassVar[str] = "VersionResponse"

    name: str
    version: str
    protocol_versions: list[str]
    build: str | None = None


@payload
@dataclass(slots=True, kw_only=True)
class VersionResponse01(Payload):
    """Which plugin this is, for 0.1.x.

    Members:
        info: Plugin and engine with their versions, for people.
    """

    TABLE: ClassVar[str] = "VersionResponse01"

    info: str


@payload
@dataclass(slots=True, kw_only=True)
class StatusResponse01(Payload):
    """How a module is, for 0.1.x. Times are nanoseconds since 1970 as integers, above 2^53: the one place where a number may be, and the reason why 0.2 has texts.

    Members:
        status: The state as a host's watchdog sees it.
        status_description: More about the state, for people. Absent: nothing to add.
        exit_code: How it last ended. Absent: never, or it runs.
        image_id: The image's id. Empty where the plugin has no images.
        pid: The process id of its first process. Absent: it does not run.
        started_at: When it was last started, in nanoseconds since 1970-01-01T00:00:00Z, 0 to 2^63 - 1. Absent: never.
        finished_at: When it last ended, in nanoseconds since 1970-01-01T00:00:00Z, 0 to 2^63 - 1. Absent: never, or it runs.
    """

    TABLE: ClassVar[str] = "StatusResponse01"

    status: str
    status_description: str | None = None
    exit_code: int | None = None
    image_id: str
    pid: int | None = None
    started_at: int | None = None
    finished_at: int | None = None
