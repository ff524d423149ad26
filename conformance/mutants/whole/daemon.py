"""Starts a helper that lives on and inherits standard output."""

import subprocess

from smallest import plugin, reply

subprocess.Popen(["sleep", "5"], stdin=subprocess.DEVNULL, start_new_session=True)
reply(plugin.answer)
