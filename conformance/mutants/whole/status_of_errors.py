"""Gives errors the exit status of a failed command."""

import sys

from smallest import plugin, write

response = plugin.answer(sys.stdin.buffer.read())
write(response)
sys.exit(response["_status"] == "err")
