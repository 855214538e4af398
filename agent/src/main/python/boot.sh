# The one command line that starts the agent, run by the host's POSIX shell. The controller drops
# these comments and joins the lines, so every line ends where `;` or a keyword may stand, and no
# single quote, exclamation mark or line break is in it: it survives quoting for any login shell.
# The shell reads four lines of the stream, a byte at a time, so that nothing behind them is lost:
# `exit 1`, the store (empty: the default), the agent's SHA-256, and boot.py as one expression.
# Its variables have a prefix: one that the session has exported under the same name would reach the runs changed.
printf "\036ansible-venv 1 shell\n";
read -r av_guard && [ "$av_guard" = "exit 1" ] || { printf "\036ansible-venv 1 input-taken\n"; exit 1; };
IFS= read -r av_store && IFS= read -r av_agent && IFS= read -r av_boot || exit 1;
case "$HOME" in
/*) ;;
*) eval "HOME=~$(id -un)"; export HOME ;;
esac;
case "$av_store" in
"") av_store="$HOME/.local/share/ansible-venv" ;;
"~/"*) av_store="$HOME/${av_store#??}" ;;
esac;
av_python="";
if [ -d "$av_store/agent/$av_agent" ] && [ -r "$av_store/agent/python" ]; then
IFS= read -r av_python < "$av_store/agent/python";
fi;
if [ -n "$av_python" ] && [ -x "$av_python" ]; then
exec "$av_python" -I -S -X utf8 -c "import sys; sys.path.insert(0, sys.argv[2]); from ansible_venv_agent.server import main; main(sys.argv[1])" "$av_store" "$av_store/agent/$av_agent";
fi;
av_old="";
for av_python in python3 python3.14 python3.13 python3.12 python3.11 python3.10 python3.9 python3.8 /usr/libexec/platform-python; do
if "$av_python" -I -S -c "import sys; sys.exit(sys.version_info < (3, 8))" < /dev/null > /dev/null 2>&1; then
exec "$av_python" -I -S -X utf8 -c "$av_boot" "$av_store" "$av_agent";
elif command -v "$av_python" > /dev/null 2>&1; then
av_version=$("$av_python" -V 2> /dev/null < /dev/null);
av_version="${av_version#Python }";
av_old="$av_old $av_python${av_version:+($av_version)}";
fi;
done;
printf "\036ansible-venv 1 no-python%s\n" "$av_old"
