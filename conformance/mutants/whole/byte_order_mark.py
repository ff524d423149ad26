"""Writes its reply with a byte order mark, as some editors write files."""

import sys

from smallest import plugin, reply

sys.stdout.reconfigure(encoding="utf-8-sig")
reply(plugin.answer)
