"""Writes UTF-16, as some machines do by themselves."""

import sys

from smallest import plugin, reply

sys.stdout.reconfigure(encoding="utf-16")
reply(plugin.answer)
