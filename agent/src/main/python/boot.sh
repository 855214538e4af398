# The one command line that starts the agent, run by the host's POSIX shell. The controller drops
# these comments and joins the lines, so every line ends where `;` or a keyword may stand, and no
# single quote, exclamation mark or line break is in it: it survives quoting for any login shell.
# The shell reads four lines of the stream, a byte at a time, so that nothing behind them is lost:
# `exit 1`, the store (empty: the default), the agent's SHA-256, and boot.py as one expression.
umask 077;
read -r guard && IFS= read -r store && IFS= read -r agent && IFS= read -r boot || exit 1;
case "$store" in
"") store="$HOME/.local/share/ansible-venv" ;;
"~/"*) store="$HOME/${store#??}" ;;
esac;
python="";
if [ -d "$store/agent/$agent" ] && [ -r "$store/agent/python" ]; then
IFS= read -r python < "$store/agent/python";
fi;
if [ -n "$python" ] && [ -x "$python" ]; then
exec "$python" -I -S -X utf8 -c "import sys; sys.path.insert(0, sys.argv[2]); from ansible_venv_agent.server import main; main(sys.argv[1])" "$store" "$store/agent/$agent";
fi;
old="";
for python in python3 python3.14 python3.13 python3.12 python3.11 python3.10 python3.9 python3.8 /usr/libexec/platform-python; do
if "$python" -I -S -c "import sys; sys.exit(sys.version_info < (3, 8))" < /dev/null > /dev/null 2>&1; then
exec "$python" -I -S -X utf8 -c "$boot" "$store" "$agent";
elif command -v "$python" > /dev/null 2>&1; then
old="$old $python";
fi;
done;
printf "\036ansible-venv 1 no-python%s\n" "$old"
