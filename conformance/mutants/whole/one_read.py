"""Reads once: a request that comes in two pieces is half a request."""

import os

from smallest import plugin, write

write(plugin.answer(os.read(0, 1 << 20)))
