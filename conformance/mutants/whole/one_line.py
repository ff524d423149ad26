"""Reads one line, as a server for line-wise messages would."""

import sys

from smallest import plugin, write

write(plugin.answer(sys.stdin.buffer.readline()))
