#!/usr/bin/env python3
"""A host as one writes it at first, and its adapter: host-1.py PLUGIN REQUEST"""

import json
import subprocess
import sys

plugin, request = sys.argv[1:]
with open(request, "rb") as file:
    done = subprocess.run([plugin], stdin=file, capture_output=True)
try:
    answer = json.loads(done.stdout)
except ValueError:
    sys.exit(3)
print(json.dumps(answer))
sys.exit(0 if answer["_status"] == "ok" else 1)
