#!/bin/sh
# Ends with status 1 where it answers an error, as a shell function would.
response=$(sh ../../examples/plugin-shell/plugin.sh)
printf '%s\n' "$response"
case $response in *'"_status":"err"'*) exit 1 ;; esac
