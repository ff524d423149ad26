"""The smallest plugin with one command more: networks, as files in a folder."""

import json
import os
import pathlib

from smallest import plugin, reply

FOLDER = pathlib.Path(os.environ["SHELLRT_NETWORKS"])


def ensure(request, keep):
    """Makes the network, or tells where the one that is there differs."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    file = FOLDER / request["name"]
    wanted = {"ipv6": request.get("ipv6", False)}
    if not file.exists():
        file.write_text(json.dumps(wanted))
        return {"changed": True}
    found = json.loads(file.read_text())
    drift = [
        {"pointer": f"/{name}", "wanted": str(value).lower(), "found": str(found[name]).lower()}
        for name, value in wanted.items()
        if found[name] != value
    ]
    keep(file, wanted)
    return {"changed": False, **({"drift": drift} if drift else {})}


def run(keep=lambda file, wanted: None, change=lambda response: response):
    plugin.COMMANDS["network_ensure"] = lambda request: change(ensure(request, keep))
    reply(plugin.answer)


if __name__ == "__main__":
    run()
