"""A plugin that is as much of one as the tests of the suite need.

Modules are files in the directory that is its first argument. Its second
argument says what goes wrong: `hang` hangs in `start`, `hog` takes memory in
`start` until it is ended, `abandon` starts a process in `create` that no
`remove` ends.
"""

import json
import os
import pathlib
import subprocess
import sys
import time

directory, fault = pathlib.Path(sys.argv[1]), sys.argv[2]
modules = directory / "modules"
modules.mkdir(exist_ok=True)
request = json.load(sys.stdin)
reply = {member: request[member] for member in ("_version", "_type", "_id") if member in request}
reply["_status"] = "ok"
kind = request["_type"]
identity = {"name": "stub", "version": "1.0.0", "protocol_versions": ["0.2.0"]}
if kind == "version":
    reply.update(identity)
elif kind == "describe":
    commands = ["version", "describe", "create", "remove", "start", "stop", "status", "logs"]
    reply.update(identity, commands=commands, config_types={"stub": {"schema": {}}})
elif kind == "create":
    (modules / request["name"]).touch()
    reply["changed"] = True
    if fault == "abandon":
        streams = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
        left = subprocess.Popen(["sleep", "1000"], start_new_session=True, **streams)
        (directory / "abandoned").write_text(str(left.pid))
elif kind == "remove":
    (modules / request["name"]).unlink(missing_ok=True)
    reply["changed"] = True
elif fault == "hang" and kind == "start":
    (directory / "hangs").write_text(str(os.getpid()))
    time.sleep(1000)
elif fault == "hog" and kind == "start":
    hoard = []
    while True:
        hoard.append(b"x" * (1 << 20))
        time.sleep(0.001)
print(json.dumps(reply))
