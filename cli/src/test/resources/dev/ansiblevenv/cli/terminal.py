"""Runs a program on a terminal of its own, as a person would: waits for a text, types another, and so on.

    terminal.py EXPECTED TYPED [EXPECTED TYPED ...] -- PROGRAM ARGUMENT...

`^C` types that key, `HANGUP` closes the terminal. Prints all that was shown, and last the exit code.
"""

import os
import pty
import select
import signal
import sys
import time

PATIENCE = 120


def main():
    split = sys.argv.index("--")
    steps = sys.argv[1:split]
    pid, terminal = pty.fork()
    if pid == 0:
        os.execv(sys.argv[split + 1], sys.argv[split + 1 :])
    shown = b""
    for expected, typed in zip(steps[::2], steps[1::2]):
        shown += until(terminal, expected.encode())
        if typed == "HANGUP":
            os.close(terminal)
            finish(pid, shown)
        os.write(terminal, {"^C": b"\x03"}.get(typed, typed.encode() + b"\n"))
    finish(pid, shown + until(terminal, None))


def until(terminal, expected):
    shown = b""
    deadline = time.monotonic() + PATIENCE
    while expected is None or expected not in shown:
        if time.monotonic() > deadline or not select.select([terminal], [], [], 1)[0]:
            if time.monotonic() > deadline:
                sys.exit("still waiting for %r behind %r" % (expected, shown[-2000:]))
            continue
        try:
            data = os.read(terminal, 65536)
        except OSError:
            data = b""
        if not data:
            if expected is None:
                return shown
            sys.exit("it ended before %r: %r" % (expected, shown[-2000:]))
        shown += data
    return shown


def finish(pid, shown):
    deadline = time.monotonic() + PATIENCE
    done, status = os.waitpid(pid, os.WNOHANG)
    while not done:
        if time.monotonic() > deadline:
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.05)
        done, status = os.waitpid(pid, os.WNOHANG)
    sys.stdout.buffer.write(shown)
    print("\nexit code %d" % os.waitstatus_to_exitcode(status))
    sys.exit(0)


main()
