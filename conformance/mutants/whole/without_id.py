"""Was written before there was an `_id`."""

from smallest import plugin, reply


def answer(data):
    response = plugin.answer(data)
    response.pop("_id", None)
    return response


reply(answer)
