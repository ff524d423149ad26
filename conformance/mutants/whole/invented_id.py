"""Gives each reply an id of its own."""

import uuid

from smallest import plugin, reply

reply(lambda data: {**plugin.answer(data), "_id": str(uuid.uuid4())})
