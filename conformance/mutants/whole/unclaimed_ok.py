"""Says ok to whatever it does not know: scripts go on so well."""

from smallest import plugin, reply


def answer(data):
    response = plugin.answer(data)
    if response.get("code") == 3:
        response = {"_status": "ok", "_version": response["_version"], "_type": "list", "modules": []}
    return response


reply(answer)
