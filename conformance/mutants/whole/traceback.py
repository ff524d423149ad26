"""Does not catch what the parser raises: a traceback, and status 1."""

import json

from smallest import plugin, reply


def answer(data):
    json.loads(data)
    return plugin.answer(data)


reply(answer)
