"""Tries what a hostile script would try, and says on standard output what it could do: a JSON list of names.

Usage: attack.py OUTSIDE SECRET READ_ONLY PORT CALLER TOKEN

OUTSIDE is a directory that may not be written, SECRET a file that may not be read, READ_ONLY a file that may be read
but not changed, PORT one on which somebody listens on this machine, CALLER the process that called, TOKEN the argument
by which a daemon that stays is recognised.
"""

import json
import os
import socket
import sys

outside, secret, read_only, port, caller, token = sys.argv[1:]


def write_outside():
    with open(os.path.join(outside, "marker"), "w", encoding="ascii") as marker:
        marker.write("x")


def change_what_is_read_only():
    with open(read_only, "a", encoding="ascii") as file:
        file.write("x")


def read_a_secret():
    with open(secret, encoding="ascii") as file:
        file.read()


def connect():
    with socket.create_connection(("127.0.0.1", int(port)), 2):
        pass


def see_the_callers_environment():
    with open(f"/proc/{caller}/environ", "rb") as environment:
        environment.read()


def signal_the_caller():
    os.kill(int(caller), 0)


def leave_a_daemon():
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            for stream in range(3):
                os.dup2(os.open(os.devnull, os.O_RDWR), stream)
            code = "import time; time.sleep(30)"
            os.execv(sys.executable, [sys.executable, "-I", "-S", "-c", code, token])
        os._exit(0)


done = []
for attack in (
    write_outside,
    change_what_is_read_only,
    read_a_secret,
    connect,
    see_the_callers_environment,
    signal_the_caller,
):
    try:
        attack()
        done.append(attack.__name__)
    except OSError:
        pass
leave_a_daemon()
print(json.dumps(done))
