"""Leaves a thread running: the process does not end with the response."""

import sys
import threading
import time

from smallest import plugin, write

response = plugin.answer(sys.stdin.buffer.read())
if "_id" in response:
    threading.Thread(target=time.sleep, args=(3600,)).start()
write(response)
sys.stdout.flush()
