#!/bin/sh
# Takes the first of several documents for the request.
exec sh -c "$(sed 's/if length != 1/if length < 1/' ../../examples/plugin-shell/plugin.sh)"
