#!/bin/sh
# Lets jq lay its reply out, as it does unless it is told otherwise.
exec sh -c "$(sed 's/jq -cS -s/jq -S -s/' ../../examples/plugin-shell/plugin.sh)"
