import json
import sys

ABOUT = {"name": "mine", "version": "0.1.0", "protocol_versions": ["0.2.0"]}
COMMANDS = {
    "version": lambda request: ABOUT,
    "describe": lambda request: {**ABOUT, "commands": list(COMMANDS)},
}


def answer(request):
    head = {name: request[name] for name in ("_version", "_type", "_id") if name in request}
    command = COMMANDS.get(request["_type"])
    if command is None:
        del head["_type"]
        return {
            **head,
            "_status": "err",
            "code": 3,
            "class": "unsupported",
            "message": "this plugin has no such command",
            "retryable": False,
        }
    return {**head, "_status": "ok", **command(request)}


response = answer(json.load(sys.stdin))
print(json.dumps(response, sort_keys=True, separators=(",", ":")))
