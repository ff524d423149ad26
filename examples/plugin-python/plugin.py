#!/usr/bin/env python3
"""The smallest sound shellrt plugin: it says what it is, and refuses the rest.

To make it more, add a command to COMMANDS: a function that takes the request
and gives the members of the response. docs/writing-a-plugin.md goes on here.
"""

import json
import re
import sys

ABOUT = {"name": "smallest", "version": "1.0.0", "protocol_versions": ["0.2.0"]}
COMMANDS = {
    "version": lambda request: ABOUT,
    "describe": lambda request: {**ABOUT, "commands": list(COMMANDS)},
}

VERSION = r"(0|[1-9][0-9]{0,8})(\.(0|[1-9][0-9]{0,8})){2}"
# What the members that every request may have must be: a type, a test, words.
HEAD = {
    "_id": (str, lambda v: re.fullmatch(r"[!-~]{1,128}", v), "1 to 128 printable ASCII characters"),
    "_deadline_ms": ((int, float), lambda v: v % 1 == 0 and 1 <= v <= 86400000, "1 to 86400000"),
    "_meta": (dict, lambda v: True, "an object"),
}


class Refused(Exception):
    """Why a request is not carried out: the members of an error."""

    def __init__(self, code, kind, message, **more):
        self.error = {"code": code, "class": kind, "message": message, "retryable": False, **more}


def invalid(*faults):
    listed = [dict(zip(("pointer", "rule", "message"), fault)) for fault in sorted(faults)]
    return Refused(2, "caller", "the request has faults", detail={"faults": listed})


def answer(data):
    """The response to the bytes of a request."""
    head = {"_version": ABOUT["protocol_versions"][0]}
    try:
        return {**head, **carry_out(data, head), **head, "_status": "ok"}
    except Refused as refused:
        return {**head, **refused.error, "_status": "err"}


def carry_out(data, head):
    """Reads in the order of the specification: JSON, version, command, members."""
    try:
        request = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise invalid(("", "syntax", f"this is not JSON: {error}"))
    if not isinstance(request, dict):
        raise invalid(("", "type", "a request is an object"))
    # An optional member that is null is one that is absent.
    request = {k: v for k, v in request.items() if not (k in HEAD and v is None)}
    faults = [
        (f"/{name}", "type" if not fits(request[name], kind) else "form", f"expected {words}")
        for name, (kind, test, words) in HEAD.items()
        if name in request and not (fits(request[name], kind) and test(request[name]))
    ]
    if "_id" in request and "/_id" not in [fault[0] for fault in faults]:
        head["_id"] = request["_id"]
    if request.get("_type") in map(str, COMMANDS):
        head["_type"] = request["_type"]

    version = request.get("_version")
    if not isinstance(version, str) or not re.fullmatch(VERSION, version):
        rule = "required" if "_version" not in request else "form"
        raise invalid(("/_version", rule, "expected a version such as 0.2.0"))
    if version.startswith("0.2."):
        head["_version"] = version
    elif head.get("_type") not in ("version", "describe"):
        detail = {"requested": version, "supported": ABOUT["protocol_versions"]}
        raise Refused(1, "unsupported", f"version {version} is not served", detail=detail)

    if not isinstance(request.get("_type"), str):
        rule = "type" if "_type" in request else "required"
        raise invalid(("/_type", rule, "expected the name of a command"))
    if "_type" not in head:
        raise Refused(3, "unsupported", "this plugin has no such command")
    if faults:
        raise invalid(*faults)
    return COMMANDS[head["_type"]](request)


def fits(value, kind):
    return isinstance(value, kind) and not isinstance(value, bool)


if __name__ == "__main__":
    response = answer(sys.stdin.buffer.read())
    # Whatever went wrong is in the response: the status is 0 once it is written.
    print(json.dumps(response, sort_keys=True, separators=(",", ":"), ensure_ascii=False))
