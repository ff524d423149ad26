"""Writes a dictionary as Python shows it: with single quotes, no JSON."""

import sys

from smallest import plugin

print(plugin.answer(sys.stdin.buffer.read()))
