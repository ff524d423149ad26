"""Waits for the end of its input for ever: the smallest plugin is such a one."""

from smallest import plugin, reply

reply(plugin.answer)
