# Runs under the Python of an environment, as a script, in the background.
"""The warm starter: it has imported what ansible-playbook imports, and the processes of a run are forks of it.

    python starter.py SCRIPT READY PROJECT

SCRIPT is the environment's ansible-playbook, READY its record, PROJECT the directory in which runs take place. The working directory is
the starter's own, `warm/KEY`. It stands for a run's directory until a fork moves into one. What cannot be made equal to a process that
starts anew ends the starter, and `refused` says why. docs/agent-protocol.md, section "Warm starter".
"""

import os
import sys

IDLE_SECONDS = 15 * 60
LOOK_SECONDS = 20
REQUEST_SECONDS = 1.0
READY, GO = b"1", b"2"


class _Ended(Exception):
    """Nobody needs the starter any more."""


class Starter:
    def __init__(self, script, record):
        from ansible_venv_agent import imported

        self._record = record
        self._identify = imported.identity
        self._identity = self._identify(record)
        self._imported = imported.Imported(script)
        self._used = 0.0

    def serve(self):
        """Returns only in a process that is to be ansible-playbook: its arguments, environment and directory."""
        import select
        import socket
        import time

        self._used = time.monotonic()
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind("socket")
            listener.listen(64)
            while True:
                if select.select([listener], [], [], LOOK_SECONDS)[0]:
                    connection = listener.accept()[0]
                    self._used = time.monotonic()
                    try:
                        request = self._answer(connection, listener)
                    except OSError:
                        # Whoever asked has left.
                        request = None
                    if request:
                        return request
                    connection.close()
                self._look(time.monotonic())

    def enter(self, request):
        self._imported.enter(*request)

    def _look(self, now):
        """Ends the starter when it is of no use. A directory that was removed has no entries."""
        from ansible_venv_agent.store import read_json

        description = read_json("starter.json")
        if now - self._used > IDLE_SECONDS or not description or description["pid"] != os.getpid():
            raise _Ended()
        if self._has_changed() or not os.path.exists(__file__):
            raise _Ended()

    def _has_changed(self):
        return self._identify(self._record) != self._identity

    def _answer(self, connection, listener):
        from ansible_venv_agent import handing

        connection.settimeout(REQUEST_SECONDS)
        if not handing.same_user(connection):
            return None
        reason = self._imported.changed()
        if reason or self._has_changed():
            # Who is interrupted while speaking does not hear the answer.
            handing.receive(connection)
            connection.sendall((reason or "the environment has changed").encode("utf-8", "replace"))
            raise _Ended()
        return self._fork(connection, listener)

    def _fork(self, connection, listener):
        """The runner, and in it ansible-playbook, where this returns.

        It goes on only when the agent has said so. What is secret in the request is never in the starter itself.
        """
        child = os.fork()
        if child:
            os.waitpid(child, 0)
            return None
        returning = False
        try:
            os.setsid()
            if os.fork() == 0:
                os.close(listener.detach())
                from ansible_venv_agent import handing, runner

                request, (pipe, *locks) = handing.receive(connection)
                connection.sendall(READY)
                if connection.recv(1) == GO:
                    connection.detach()
                    entered = request["command"], request["environment"], request["directory"]
                    program = runner.Program(request["project"], None, None, request["umask"])
                    runner.become(entered[2], program, pipe, locks, request.pop("secrets"), request["limits"])
                    returning = True
                    return entered
        finally:
            if not returning:
                os._exit(0)


def _end(_number, _frame):
    raise _Ended()


def main():
    script, record = sys.argv[1:3]
    # The directory of this file has modules with names that others have, too.
    sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    from ansible_venv_agent import handing, imported, runner, store

    sys.path[0] = os.path.dirname(script)
    import signal

    request = None
    try:
        starter = Starter(script, record)
        signal.signal(signal.SIGTERM, _end)
        request = starter.serve()
    except _Ended:
        store.remove(os.getcwd())
    except BaseException as error:
        import traceback

        traceback.print_exc()
        sys.stderr.flush()
        store.write_file("refused", ("%s: %s\n" % (type(error).__name__, error)).encode("utf-8", "replace"), durable=False)
    finally:
        if request is None:
            os._exit(0)
    starter.enter(request)


if __name__ == "__main__":
    main()
