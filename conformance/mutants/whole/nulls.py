"""Writes null for what has no value, as a dataclass with defaults does."""

from smallest import plugin, reply

reply(lambda data: {**plugin.answer(data), "limits": None})
