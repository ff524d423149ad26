#!/usr/bin/env python3
"""The driver as `shellrt-validate host` runs it.

    host_adapter.py DRIVER PLUGIN REQUEST

Types the command line that sends the request in the file REQUEST, and becomes
the driver. The members of a request are the arguments and options of its
command; this knows those that the scenarios use, and refuses any other.

    shellrt-validate host --statuses ok=0,error=1,fault=3,cut=5,late=6 \\
        -- python3 tools/shellrt-driver/tests/host_adapter.py \\
        target/debug/shellrt-driver {plugin} {request}
"""

import json
import os
import sys


def as_file(text):
    """The path of a file with that text, which is there for the driver alone."""
    file = os.memfd_create("input", 0)
    os.write(file, text.encode())
    os.lseek(file, 0, os.SEEK_SET)
    os.set_inheritable(file, True)
    return f"/proc/self/fd/{file}"


def as_input(text):
    """Puts a text where the driver finds it on standard input."""
    os.dup2(os.open(as_file(text), os.O_RDONLY), 0)


def as_lines(pairs):
    return "".join(f"{key}={value}\n" for key, value in pairs.items())


def hand_out_on_one():
    """What the driver hands out on standard error comes to standard output too."""
    os.dup2(1, 2)


def line(request):
    """The words behind the plugin."""
    version, kind = request.pop("_version"), request.pop("_type")
    assert version == "0.2.0", "the driver speaks its own version"
    options, words = ["--format", "json"], []
    if "_id" in request:
        options += ["--id", request.pop("_id")]
    if "_deadline_ms" in request:
        options += ["--timeout", f"{request.pop('_deadline_ms')}ms"]
    for key, value in request.pop("_meta", {}).items():
        options += ["--meta", f"{key}={value}"]
    if kind == "create":
        words += ["--no-check", "--config", as_file(json.dumps(request.pop("config")))]
        for member, option in (("env", "--env-file"), ("labels", "--label-file")):
            words += [option, as_file(as_lines(request.pop(member, {})))]
        words += [request.pop("config_type")]
    if request.get("framing") == "docker" or request.get("progress"):
        hand_out_on_one()
    if kind == "img_pull":
        words += ["--progress", "always" if request.pop("progress", False) else "never"]
        if "credentials" in request:
            words += ["--credentials-stdin"]
            as_input(json.dumps(request.pop("credentials")))
    for member, option in (("timeout", "--stop-timeout"), ("framing", "--framing")):
        if member in request:
            words += [option, str(request.pop(member))]
    for flag in ("follow", "details"):
        if request.pop(flag, False):
            words += [f"--{flag}"]
    for member in ("name", "image"):
        if member in request:
            words += [request.pop(member)]
    assert not request, f"the adapter knows no {sorted(request)}"
    return options + [kind] + words


driver, plugin, file = sys.argv[1:]
with open(file, "rb") as request:
    words = line(json.load(request))
os.execv(driver, [driver, "--plugin", plugin, *words])
