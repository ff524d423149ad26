"""Prints a line when it is done."""

from smallest import plugin, reply

reply(plugin.answer)
print("done")
