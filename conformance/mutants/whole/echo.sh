#!/bin/sh
# Echoes what it does, and not to standard error.
echo "reading the request"
exec sh ../../examples/plugin-shell/plugin.sh
