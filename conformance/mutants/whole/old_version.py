"""Answers in the version of 2020, whatever is asked."""

from smallest import plugin, reply

reply(lambda data: {**plugin.answer(data), "_version": "0.1.0"})
