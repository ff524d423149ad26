"""The smallest sound plugin of the examples, for plugins that spoil it."""

import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "examples/plugin-python"))

import plugin  # noqa: E402

__all__ = ["plugin", "reply", "write"]


def write(response):
    print(json.dumps(response, sort_keys=True, separators=(",", ":"), ensure_ascii=False))


def reply(answer):
    """Answers the one request on standard input."""
    write(answer(sys.stdin.buffer.read()))
