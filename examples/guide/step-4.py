import json
import re
import sys

ABOUT = {"name": "mine", "version": "0.1.0", "protocol_versions": ["0.2.0"]}
COMMANDS = {
    "version": lambda request: ABOUT,
    "describe": lambda request: {**ABOUT, "commands": list(COMMANDS)},
}
VERSION = r"(0|[1-9][0-9]{0,8})(\.(0|[1-9][0-9]{0,8})){2}"


class Refused(Exception):
    def __init__(self, code, kind, message, **more):
        self.error = {"code": code, "class": kind, "message": message, "retryable": False, **more}


def invalid(pointer, rule, message):
    fault = {"pointer": pointer, "rule": rule, "message": message}
    return Refused(2, "caller", "the request has faults", detail={"faults": [fault]})


def answer(data):
    head = {"_version": "0.2.0"}
    try:
        return {**carry_out(data, head), **head, "_status": "ok"}
    except Refused as refused:
        return {**refused.error, **head, "_status": "err"}


def carry_out(data, head):
    try:
        request = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise invalid("", "syntax", f"this is not JSON: {error}")
    if not isinstance(request, dict):
        raise invalid("", "type", "a request is an object")
    if isinstance(request.get("_id"), str):
        head["_id"] = request["_id"]
    if request.get("_type") in list(COMMANDS):
        head["_type"] = request["_type"]

    version = request.get("_version")
    if not isinstance(version, str) or not re.fullmatch(VERSION, version):
        raise invalid("/_version", "form", "expected a version such as 0.2.0")
    if version.startswith("0.2."):
        head["_version"] = version
    elif head.get("_type") not in ("version", "describe"):
        detail = {"requested": version, "supported": ["0.2.0"]}
        raise Refused(1, "unsupported", f"version {version} is not served", detail=detail)
    if not isinstance(request.get("_type"), str):
        raise invalid("/_type", "type", "expected the name of a command")
    if "_type" not in head:
        raise Refused(3, "unsupported", "this plugin has no such command")
    return COMMANDS[head["_type"]](request)


response = answer(sys.stdin.buffer.read())
print(json.dumps(response, sort_keys=True, separators=(",", ":"), ensure_ascii=False))
