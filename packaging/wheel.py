#!/usr/bin/env python3
"""Packs one program into a wheel, so that `pip install` puts it on the PATH.

Usage: wheel.py PROGRAM NAME VERSION MACHINE FOLDER [LICENCE...]

A wheel is a zip file with a list of hashes. The program is linked statically,
so one file is fit for every Linux of its machine, whichever C library it has.
The same input gives the same bytes.
"""

import base64
import hashlib
import pathlib
import stat
import sys
import zipfile

# The earliest moment that a zip file can hold: no build time gets into it.
MOMENT = (1980, 1, 1, 0, 0, 0)


def main(program, name, version, machine, folder, *licences):
    package = name.replace("-", "_")
    systems = ("manylinux_2_17", "manylinux2014", "musllinux_1_1")
    platform = ".".join(f"{system}_{machine}" for system in systems)
    info = f"{package}-{version}.dist-info"
    metadata = (
        f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        "Summary: Checks shellrt messages, plugins and hosts.\n"
        "License: MIT OR Apache-2.0\nRequires-Python: >=3.8\n"
    )
    tags = "".join(f"Tag: py3-none-{system}_{machine}\n" for system in systems)
    wheel = f"Wheel-Version: 1.0\nGenerator: shellrt\nRoot-Is-Purelib: false\n{tags}"
    files = {f"{package}-{version}.data/scripts/{name}": pathlib.Path(program).read_bytes()}
    for licence in map(pathlib.Path, licences):
        files[f"{info}/licenses/{licence.name}"] = licence.read_bytes()
    files[f"{info}/METADATA"] = metadata.encode()
    files[f"{info}/WHEEL"] = wheel.encode()
    record = f"{info}/RECORD"
    files[record] = "".join(map(row, files.items())).encode() + f"{record},,\n".encode()

    path = pathlib.Path(folder) / f"{package}-{version}-py3-none-{platform}.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, content in files.items():
            entry = zipfile.ZipInfo(place, MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            # pip takes a file for a program only where the mode says that it is a file.
            mode = stat.S_IFREG | (0o755 if "/scripts/" in place else 0o644)
            entry.external_attr = mode << 16
            archive.writestr(entry, content)
    print(path)


def row(file):
    """A line of RECORD: where a file is, its hash, its size."""
    place, content = file
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest())
    return f"{place},sha256={digest.rstrip(b'=').decode()},{len(content)}\n"


if __name__ == "__main__":
    main(*sys.argv[1:])
