#!/bin/sh
# A connection to a jump host that lives as long as standard input is open, whoever closes it: also a caller who is killed.
# Arguments: the control socket, which lies in a directory for nothing else; then those of ssh.
trap '' INT QUIT
socket=$1
shift
exec 3<&0
ssh -M -N -S "$socket" "$@" </dev/null 3<&- &
master=$!
{ read -r _ <&3; kill "$master"; } >/dev/null 2>&1 &
exec 3<&-
wait "$master"
kill "$!" 2>/dev/null
rm -f -- "$socket"
rmdir -- "${socket%/*}" 2>/dev/null
:
