"""Holds 10000.0 for no integer."""

from smallest import plugin, reply

plugin.HEAD["_deadline_ms"] = (int, *plugin.HEAD["_deadline_ms"][1:])
reply(plugin.answer)
