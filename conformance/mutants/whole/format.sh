#!/bin/sh
# Takes its reply for a format of printf: `%` and `\\` in it are eaten.
exec sh -c "$(sed 's/^printf .%s.n. "$response"/printf "$response\\n"/' ../../examples/plugin-shell/plugin.sh)"
