# Generated from schema/v0 by `cargo xtask codegen`; do not edit.
"""The registry of the protocol's own errors."""

from __future__ import annotations

from shellrt._error_code import ErrorCode

REGISTRY: dict[int, ErrorCode] = {
    1: ErrorCode(
        code=1,
        name="incompatible_version",
        class_="unsupported",
        retryable=False,
        http_status=400,
        meaning="The plugin serves none of the versions that match the request's.",
        recovery="Send the request again in one of the versions in `detail.supported`.",
    ),
    2: ErrorCode(
        code=2,
        name="invalid_request",
        class_="caller",
        retryable=False,
        http_status=400,
        meaning="The request is not one JSON object of the form that its command asks for, or a value in it cannot be used.",
        recovery="Mend what `detail.faults` points at.",
    ),
    3: ErrorCode(
        code=3,
        name="unsupported",
        class_="unsupported",
        retryable=False,
        http_status=405,
        meaning="The plugin does not know the command, or cannot do what an option asks for.",
        recovery="Ask `describe` what the plugin can do.",
    ),
    4: ErrorCode(
        code=4,
        name="permission_denied",
        class_="permission",
        retryable=False,
        http_status=403,
        meaning="The plugin's process may not do what the request needs.",
        recovery="Run the plugin with the rights that the hint names.",
    ),
    5: ErrorCode(
        code=5,
        name="busy",
        class_="busy",
        retryable=True,
        http_status=503,
        meaning="Another request holds the module, image or network.",
        recovery="Wait `retry_after_ms`, then send the request again.",
    ),
    6: ErrorCode(
        code=6,
        name="deadline_exceeded",
        class_="deadline",
        retryable=True,
        http_status=504,
        meaning="The deadline passed before the request was done.",
        recovery="Send the request again: it goes on where it stopped. Allow more time if it happens again.",
    ),
    7: ErrorCode(
        code=7,
        name="cancelled",
        class_="cancelled",
        retryable=False,
        http_status=499,
        meaning="The host told the plugin to stop.",
        recovery="Nothing; send the request again if it is still wanted.",
    ),
    8: ErrorCode(
        code=8,
        name="internal",
        class_="internal",
        retryable=True,
        http_status=500,
        meaning="The plugin failed in a way that is its own fault.",
        recovery="Try again later; report it with the text on stderr.",
    ),
    9: ErrorCode(
        code=9,
        name="io_failed",
        class_="internal",
        retryable=True,
        http_status=500,
        meaning="A file of the plugin could not be read or written.",
        recovery="Look at the disk that the message names, then send the request again.",
    ),
    10: ErrorCode(
        code=10,
        name="engine_unavailable",
        class_="unavailable",
        retryable=True,
        http_status=503,
        meaning="The engine cannot be reached or does not answer.",
        recovery="Start the engine or mend its address, then send the request again.",
    ),
    11: ErrorCode(
        code=11,
        name="engine_failed",
        class_="internal",
        retryable=True,
        http_status=500,
        meaning="The engine refused or failed; its words are in `detail` or `causes`.",
        recovery="Read them; try again later.",
    ),
    12: ErrorCode(
        code=12,
        name="disk_full",
        class_="resource",
        retryable=True,
        http_status=507,
        meaning="The disk is full, or would be.",
        recovery="Free disk space, then send the request again.",
    ),
    13: ErrorCode(
        code=13,
        name="resource_exhausted",
        class_="resource",
        retryable=True,
        http_status=507,
        meaning="Memory, processes, descriptors or the like have run out.",
        recovery="Free some, then send the request again.",
    ),
    20: ErrorCode(
        code=20,
        name="module_not_found",
        class_="not_found",
        retryable=False,
        http_status=404,
        meaning="There is no module of that name.",
        recovery="Create it, or ask `list` for the names.",
    ),
    21: ErrorCode(
        code=21,
        name="module_conflict",
        class_="conflict",
        retryable=False,
        http_status=409,
        meaning="There is a module of that name, made by another request.",
        recovery="Remove it first, or use another name.",
    ),
    22: ErrorCode(
        code=22,
        name="module_not_running",
        class_="conflict",
        retryable=False,
        http_status=409,
        meaning="The module does not run, and the request needs it to.",
        recovery="Start it first.",
    ),
    23: ErrorCode(
        code=23,
        name="module_start_failed",
        class_="caller",
        retryable=False,
        http_status=422,
        meaning="The module cannot be started as it was created: its program is missing, is not executable, or ended before it ran.",
        recovery="Mend what `create` was given, or the image.",
    ),
    24: ErrorCode(
        code=24,
        name="module_source_missing",
        class_="caller",
        retryable=False,
        http_status=422,
        meaning="Something on the machine that the module is to be given (a file, a socket, a device) is not there.",
        recovery="Make it, then start the module again.",
    ),
    25: ErrorCode(
        code=25,
        name="module_dead",
        class_="conflict",
        retryable=False,
        http_status=409,
        meaning="The module is in a state that only removing can leave.",
        recovery="Remove it, then create it again.",
    ),
    26: ErrorCode(
        code=26,
        name="port_in_use",
        class_="conflict",
        retryable=False,
        http_status=409,
        meaning="A port of the machine that the module asks for is taken.",
        recovery="Free the port, or choose another.",
    ),
    40: ErrorCode(
        code=40,
        name="image_not_found",
        class_="not_found",
        retryable=False,
        http_status=404,
        meaning="There is no such image, here or in the registry.",
        recovery="Mend the reference, or pull the image first.",
    ),
    41: ErrorCode(
        code=41,
        name="image_in_use",
        class_="conflict",
        retryable=False,
        http_status=409,
        meaning="Modules use the image.",
        recovery="Remove them first, or use `force`.",
    ),
    42: ErrorCode(
        code=42,
        name="registry_auth_failed",
        class_="auth",
        retryable=False,
        http_status=401,
        meaning="The registry wants other credentials.",
        recovery="Mend the credentials.",
    ),
    43: ErrorCode(
        code=43,
        name="registry_unavailable",
        class_="unavailable",
        retryable=True,
        http_status=503,
        meaning="The registry cannot be reached or fails.",
        recovery="Send the request again later; what was fetched is kept.",
    ),
    44: ErrorCode(
        code=44,
        name="digest_mismatch",
        class_="integrity",
        retryable=True,
        http_status=502,
        meaning="Content is not what its digest says. It has been discarded.",
        recovery="Send the request again; if it stays so, the registry or the way to it is at fault.",
    ),
    45: ErrorCode(
        code=45,
        name="image_unsupported",
        class_="unsupported",
        retryable=False,
        http_status=422,
        meaning="The image has no variant for the platform, or a format that the plugin does not know.",
        recovery="Use another image, or name a platform that it has.",
    ),
    46: ErrorCode(
        code=46,
        name="image_invalid",
        class_="caller",
        retryable=False,
        http_status=422,
        meaning="The archive or image cannot be read.",
        recovery="Make it again.",
    ),
    47: ErrorCode(
        code=47,
        name="registry_rate_limited",
        class_="busy",
        retryable=True,
        http_status=503,
        meaning="The registry wants fewer requests.",
        recovery="Wait `retry_after_ms`, then send the request again; log in where that raises the limit.",
    ),
    60: ErrorCode(
        code=60,
        name="network_not_found",
        class_="not_found",
        retryable=False,
        http_status=404,
        meaning="There is no network of that name.",
        recovery="Make it with `network_ensure`.",
    ),
    61: ErrorCode(
        code=61,
        name="network_failed",
        class_="internal",
        retryable=True,
        http_status=500,
        meaning="A network could not be set up or taken down.",
        recovery="Read the causes; try again later.",
    ),
    62: ErrorCode(
        code=62,
        name="addresses_exhausted",
        class_="resource",
        retryable=True,
        http_status=507,
        meaning="The network has no free address left.",
        recovery="Remove modules, or make a larger network.",
    ),
}

INCOMPATIBLE_VERSION = REGISTRY[1]
INVALID_REQUEST = REGISTRY[2]
UNSUPPORTED = REGISTRY[3]
PERMISSION_DENIED = REGISTRY[4]
BUSY = REGISTRY[5]
DEADLINE_EXCEEDED = REGISTRY[6]
CANCELLED = REGISTRY[7]
INTERNAL = REGISTRY[8]
IO_FAILED = REGISTRY[9]
ENGINE_UNAVAILABLE = REGISTRY[10]
ENGINE_FAILED = REGISTRY[11]
DISK_FULL = REGISTRY[12]
RESOURCE_EXHAUSTED = REGISTRY[13]
MODULE_NOT_FOUND = REGISTRY[20]
MODULE_CONFLICT = REGISTRY[21]
MODULE_NOT_RUNNING = REGISTRY[22]
MODULE_START_FAILED = REGISTRY[23]
MODULE_SOURCE_MISSING = REGISTRY[24]
MODULE_DEAD = REGISTRY[25]
PORT_IN_USE = REGISTRY[26]
IMAGE_NOT_FOUND = REGISTRY[40]
IMAGE_IN_USE = REGISTRY[41]
REGISTRY_AUTH_FAILED = REGISTRY[42]
REGISTRY_UNAVAILABLE = REGISTRY[43]
DIGEST_MISMATCH = REGISTRY[44]
IMAGE_UNSUPPORTED = REGISTRY[45]
IMAGE_INVALID = REGISTRY[46]
REGISTRY_RATE_LIMITED = REGISTRY[47]
NETWORK_NOT_FOUND = REGISTRY[60]
NETWORK_FAILED = REGISTRY[61]
ADDRESSES_EXHAUSTED = REGISTRY[62]
