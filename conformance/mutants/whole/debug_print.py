"""Prints a line for whoever debugs it: print goes to standard output."""

from smallest import plugin, reply

print("request received")
reply(plugin.answer)
