# Generated from schema/v0 by `cargo xtask codegen`; do not edit.
"""The enums of the protocol."""

from __future__ import annotations

from enum import StrEnum


class Feature(StrEnum):
    """Something that a plugin may be able to do. A host ignores those that it does not know.

    The values that this version knows; members hold plain texts, which compare equal to them.
    """

    IMAGES = "images"
    """Modules are made from images: the `img_` commands exist and replies carry `image_id`."""
    NETWORKS = "networks"
    """Modules live in networks: `network_ensure` exists."""
    LOGS_FOLLOW = "logs_follow"
    """`logs` takes `follow`."""
    LOGS_DOCKER = "logs_docker"
    """`logs` takes `framing: docker`."""
    LOGS_ROTATION = "logs_rotation"
    """What is kept of a module's output is bounded."""
    PULL_PROGRESS = "pull_progress"
    """`img_pull` takes `progress`."""
    PULL_RESUME = "pull_resume"
    """A pull that was cut off goes on where it stopped."""
    TOP_DETAILS = "top_details"
    """`top` takes `details`."""
    SURVIVES_HOST = "survives_host"
    """Modules go on when the host that started them ends."""
    SURVIVES_REBOOT = "survives_reboot"
    """Exit codes and times of modules survive a reboot of the machine."""


class Command(StrEnum):
    """The commands of the protocol.

    These are all the values.
    """

    VERSION = "version"
    """Says which plugin this is and which wire versions it serves."""
    DESCRIBE = "describe"
    """Says what the plugin can do."""
    IMG_PULL = "img_pull"
    """Fetches an image from a registry."""
    IMG_LOAD = "img_load"
    """Imports images from an archive on disk."""
    IMG_REMOVE = "img_remove"
    """Removes an image."""
    IMG_LIST = "img_list"
    """Lists the images."""
    NETWORK_ENSURE = "network_ensure"
    """Makes a network unless it exists."""
    CREATE = "create"
    """Makes a module without starting it."""
    REMOVE = "remove"
    """Removes a module, killing it if it runs."""
    START = "start"
    """Starts a module."""
    STOP = "stop"
    """Stops a module."""
    RESTART = "restart"
    """Stops a module if it runs and starts it."""
    LIST = "list"
    """Lists the modules."""
    STATUS = "status"
    """Says how one module is."""
    LOGS = "logs"
    """Streams what a module wrote."""
    TOP = "top"
    """Lists the processes of a module."""
    STATS = "stats"
    """Measures what modules use."""
    SYS_INFO = "sys_info"
    """Says what machine and engine this is."""


class ResponseStatus(StrEnum):
    """Whether a request was carried out.

    These are all the values.
    """

    OK = "ok"
    """It was; the command's own members follow."""
    ERR = "err"
    """It was not; the members of `Error` follow."""


class StreamKind(StrEnum):
    """How the bytes after the response are to be read.

    These are all the values.
    """

    RAW = "raw"
    """Bytes as they are. An error in the middle shows in the exit status only."""
    DOCKER = "docker"
    """Frames of an 8-byte head (stream number, three zero bytes, length as a big-endian 32-bit number) and at most 16415 bytes (a record of 16384 with its time): stream 1 is standard output, 2 standard error, 3 a final error text."""
    NDJSON = "ndjson"
    """One JSON object a line; the last is a complete response, ok or err."""


class ErrorClass(StrEnum):
    """The kind of an error, named by how one recovers from it. A class that the reader does not know is not retryable.

    The values that this version knows; members hold plain texts, which compare equal to them.
    """

    CALLER = "caller"
    """The request is wrong: mend it. The same request fails again."""
    UNSUPPORTED = "unsupported"
    """The plugin cannot do this: ask `describe` for what it can."""
    NOT_FOUND = "not_found"
    """What the request names does not exist."""
    CONFLICT = "conflict"
    """What the request names is in a state that forbids it."""
    BUSY = "busy"
    """Another request holds what this one needs: try again later."""
    AUTH = "auth"
    """Credentials are missing or were refused."""
    PERMISSION = "permission"
    """The plugin's process may not do this."""
    UNAVAILABLE = "unavailable"
    """Something the plugin depends on cannot be reached: try again later."""
    RESOURCE = "resource"
    """Disk, memory, addresses or the like have run out: free some, then try again."""
    INTEGRITY = "integrity"
    """Content is not what its digest or checksum says. It has been discarded."""
    DEADLINE = "deadline"
    """The request's deadline passed. What was done so far is in order; send it again to go on."""
    CANCELLED = "cancelled"
    """The host asked the plugin to stop."""
    INTERNAL = "internal"
    """The plugin or its engine failed in a way that it cannot name better."""


class FaultRule(StrEnum):
    """The rules that a document can break.

    The values that this version knows; members hold plain texts, which compare equal to them.
    """

    SYNTAX = "syntax"
    """The bytes are not one JSON document."""
    TYPE = "type"
    """A value has the wrong type."""
    REQUIRED = "required"
    """A member is missing. The pointer names the missing member."""
    RANGE = "range"
    """A number is too small or too large."""
    LENGTH = "length"
    """A text, a list or a map is too short or too long."""
    FORM = "form"
    """A text does not have the form that its type asks for."""
    VALUE = "value"
    """A text is none of the values that are allowed."""
    KEY = "key"
    """The key of a map does not have the form that its type asks for."""
    UNKNOWN = "unknown"
    """A member is not known here. Only strict checks ask for it."""
    SEMANTIC = "semantic"
    """A value has the right form and still cannot be used; the message says why."""


class PullPolicy(StrEnum):
    """When a registry is asked for an image.

    These are all the values.
    """

    ALWAYS = "always"
    """Always: the registry must confirm or replace what is there."""
    MISSING = "missing"
    """Only if the image is not there."""
    NEVER = "never"
    """Never: an image that is not there is `image_not_found`."""


class PullEvent(StrEnum):
    """A step of a pull.

    The values that this version knows; members hold plain texts, which compare equal to them.
    """

    RESOLVE = "resolve"
    """The reference is being resolved."""
    DOWNLOAD = "download"
    """Content is being fetched."""
    VERIFY = "verify"
    """Content is being checked against its digest."""
    UNPACK = "unpack"
    """A layer is being unpacked."""
    RETRY = "retry"
    """An attempt failed and is repeated; `message` says why."""
    DONE = "done"
    """A layer, or all of it, is done."""


class LogStream(StrEnum):
    """An output stream of a module.

    These are all the values.
    """

    STDOUT = "stdout"
    """Standard output."""
    STDERR = "stderr"
    """Standard error."""


class LogFraming(StrEnum):
    """How the records of a log are put into the stream.

    These are all the values.
    """

    RAW = "raw"
    """Their bytes one after the other; the two streams cannot be told apart."""
    DOCKER = "docker"
    """One frame a record, as `_stream: docker` says."""


class ModuleState(StrEnum):
    """The state of a module. A reader treats one that it does not know as `unknown`.

    The values that this version knows; members hold plain texts, which compare equal to them.
    """

    CREATED = "created"
    """Made and never started."""
    RUNNING = "running"
    """Its first process runs."""
    PAUSED = "paused"
    """Its processes are frozen."""
    EXITED = "exited"
    """Its first process has ended."""
    DEAD = "dead"
    """It cannot be started: removing it is all that may help, and where that fails a person must look."""
    UNKNOWN = "unknown"
    """The plugin cannot tell."""


class ModuleStatus(StrEnum):
    """The state of a module as a host's watchdog sees it. A reader treats one that it does not know as `unknown`.

    The values that this version knows; members hold plain texts, which compare equal to them.
    """

    RUNNING = "running"
    """It runs."""
    STOPPED = "stopped"
    """It does not run, and nothing is wrong: created, paused, or ended with exit code 0."""
    FAILED = "failed"
    """It ended with another exit code."""
    DEAD = "dead"
    """It cannot be started: removing it is all that may help."""
    UNKNOWN = "unknown"
    """The plugin cannot tell. Some hosts remove such a module, so trouble with the engine is never reported like this but as an error."""


class StateReason(StrEnum):
    """Why a module is in its state.

    The values that this version knows; members hold plain texts, which compare equal to them.
    """

    OOM_KILLED = "oom_killed"
    """Its memory ran out."""
    KILLED = "killed"
    """A signal ended it."""
    HOST_RESTARTED = "host_restarted"
    """The machine went down while it ran and nobody saw it end; the exit code is 255."""
    SUPERVISOR_LOST = "supervisor_lost"
    """Its supervisor was killed and nobody saw it end; the exit code is 255."""
    START_FAILED = "start_failed"
    """It could not be started; `description` says why."""
