#!/bin/sh
# Starts a job in the background that keeps standard output open.
setsid sleep 5 &
exec sh ../../examples/plugin-shell/plugin.sh
