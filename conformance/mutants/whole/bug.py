"""Has a bug in one command, and nothing that turns it into an answer."""

from smallest import plugin, reply

plugin.COMMANDS["version"] = lambda request: plugin.ABOUT["vendor"]
reply(plugin.answer)
