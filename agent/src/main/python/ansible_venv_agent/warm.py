"""Starts runs from a warm starter, and starts starters. Nothing depends on them: without one that answers a run starts cold.

docs/agent-protocol.md, section "Warm starter".
"""

import hashlib
import json
import os
import re
import signal
import time

from . import environment, handing, processes, runner, settings
from .handover import passed_names
from .starter import GO, READY
from .store import directory, names, read_json, remove, write_file

AT_ONCE = 4
ANSWER_SECONDS = 1.0
# What differs from run to run and has no effect on what is imported.
_FREE = frozenset(
    (
        settings.RUN + " _ COLUMNS DBUS_SESSION_BUS_ADDRESS INVOCATION_ID JOURNAL_STREAM KRB5CCNAME LINES OLDPWD SHLVL"
        " SSH_AUTH_SOCK SSH_CLIENT SSH_CONNECTION SSH_TTY WINDOWID XDG_SESSION_ID"
    ).split()
)
# Beginnings of names that decide how Python and Ansible start, and how a program is loaded.
_DECIDING = ("ANSIBLE_", "PYTHON", "LC_", "LANG", "LD_", "TZ", "HOME", "PATH", "TMP", "TEMP")
# What a process has from the one that starts it, and keeps when it executes another program.
_INHERITED = ("Groups", "SigBlk", "SigIgn", "CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb", "NoNewPrivs", "Seccomp", "Cpus_allowed", "Mems_allowed")


class Warm:
    """The starter that fits a run in `place` with this program, whether it is there or not."""

    def __init__(self, store, digest, agent, place, program, configuration):
        self._store = store
        self._program = program
        self._project = program.project["directory"]
        self._digest = digest
        self._agent = agent
        self._run = place
        self._python = os.path.join(store.venv(digest), "bin", "python")
        self._record = os.path.join(store.environment(digest), "READY")
        self._configured = configuration
        self._configuration = _content(configuration)
        self._place = store.starter(self._key(program.environment))
        self._variables = {name: self._moved(value) for name, value in program.environment.items()}

    def _key(self, variables):
        """As long as the name of a run, so that a starter's directory has a name as long as a run's."""
        described = {
            "environment": [self._digest, environment.identity(self._record), environment.identity(self._python)],
            "agent": self._agent,
            "variables": {name: value.split(self._run) for name, value in variables.items() if name not in _FREE},
            "project": self._project,
            "configuration": hashlib.sha256(self._configuration).hexdigest(),
            "inherited": _inherited(),
        }
        return hashlib.sha256(json.dumps(described, sort_keys=True).encode("ascii")).hexdigest()[:24]

    def detach(self, locks, secrets, limits):
        """As `runner.detach`. False when no starter takes the run; nothing was started then."""
        request = {"directory": self._run, "secrets": secrets, "limits": limits, **self._program._asdict()}
        try:
            return self._ask(request, locks)
        except OSError as error:
            self._note("the warm starter does not answer: %s" % error)
            return False

    def _ask(self, request, locks):
        try:
            handle = os.open(self._place, os.O_RDONLY | os.O_DIRECTORY)
        except FileNotFoundError:
            return False
        try:
            # A socket's own path may have no more than 107 bytes.
            connection = handing.connect("/proc/self/fd/%d/socket" % handle, ANSWER_SECONDS)
        finally:
            os.close(handle)
        if not connection:
            return False
        try:
            return handing.same_user(connection) and self._hand_over(connection, request, locks)
        finally:
            connection.close()

    def _hand_over(self, connection, request, locks):
        reading, writing = os.pipe()
        try:
            handing.send(connection, request, [writing, *(lock.fileno() for lock in locks)])
            answer = connection.recv(1 << 16)
            if answer == READY:
                # From here on the run is the runner's, and only from here on.
                connection.sendall(GO)
            else:
                self._note("the warm starter refuses: %s" % (answer.decode("utf-8", "replace") or "it ended"))
                os.close(reading)
                return False
        except OSError:
            os.close(reading)
            raise
        finally:
            os.close(writing)
        runner.described_by(reading, self._run)
        return True

    def _note(self, text):
        with open(os.path.join(self._run, "runner.log"), "a", encoding="utf-8") as file:
            file.write(text + "\n")

    def start(self):
        """Starts the starter in the background, for the next run. Called by a runner at its end."""
        with self._store.lock("warm") as lock:
            if not lock.attempt():
                return
            description = read_json(os.path.join(self._place, "starter.json"))
            if processes.alive(description) or os.path.exists(os.path.join(self._place, "refused")):
                return
            _make_room(self._store)
            if _content(self._configured) != self._configuration:
                return
            remove(self._place)
            self._lay_out()
            description = {**processes.describe(self._spawn()), "digest": self._digest}
            write_file(os.path.join(self._place, "starter.json"), json.dumps(description).encode("ascii"), durable=False)

    def _lay_out(self):
        for each in (self._place, os.path.join(self._place, "tmp")):
            directory(each)
        configuration = self._moved(self._configured)
        if configuration != self._configured:
            directory(os.path.dirname(configuration))
            write_file(configuration, self._configuration, durable=False)

    def _moved(self, path):
        return path.replace(self._run, self._place)

    def _spawn(self):
        child = os.fork()
        if child:
            return child
        try:
            os.setsid()
            for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGPIPE):
                signal.signal(number, signal.SIG_DFL)
            os.chdir(self._place)
            nothing = os.open(os.devnull, os.O_RDWR)
            os.dup2(nothing, 0)
            for target, name in ((1, "output"), (2, "errors")):
                os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), target)
            runner.close_all_but({0, 1, 2})
            script = os.path.join(os.path.dirname(self._python), "ansible-playbook")
            code = os.path.join(self._agent, "starter.py")
            os.execve(self._python, [self._python, code, script, self._record, self._project], self._variables)
        finally:
            os._exit(127)


def of(store, digest, agent, place, program, configuration, request):
    """The starter for a run, whose ansible.cfg is `configuration`, or empty; None where there is to be none."""
    # From -vvvv on ansible-playbook tells what it imports when.
    wanted = request.get("warm") and request["options"].get("verbosity", 0) < 4
    if any(name.startswith(_DECIDING) for name in passed_names(request)):
        return None
    if not wanted or not handing.possible():
        return None
    if os.path.islink(store.runs) or os.path.islink(store.starters):
        return None
    return Warm(store, digest, agent, place, program, configuration)


def end(store, digest):
    """Ends the starters of an environment, and waits until they are gone."""
    for place, description in starters(store):
        if description.get("digest") == digest:
            _end(place, description)


def starters(store):
    """Directory and description of every starter that is there, or was; the one that was used last comes last."""
    found = []
    for name in names(store.starters):
        place = store.starter(name)
        description = read_json(os.path.join(place, "starter.json"))
        if description:
            found.append((os.stat(place).st_mtime_ns, place, description))
    return [each[1:] for each in sorted(found, key=lambda each: each[0])]


def _make_room(store):
    living = [each for each in starters(store) if processes.alive(each[1])]
    for place, description in living[: max(0, len(living) - AT_ONCE + 1)]:
        _end(place, description)


def _end(place, description):
    for number in (signal.SIGTERM, signal.SIGKILL):
        deadline = time.monotonic() + 1
        if processes.alive(description):
            os.kill(description["pid"], number)
        while processes.alive(description) and time.monotonic() < deadline:
            time.sleep(0.005)
    remove(place)


def _inherited():
    status = dict(line.split(":", 1) for line in _proc("status").splitlines() if ":" in line)
    kept = {name: status.get(name, "").strip() for name in _INHERITED}
    # These are set anew for every run, or by the interpreter.
    own = sum(1 << (number - 1) for number in (signal.SIGHUP, signal.SIGINT, signal.SIGPIPE, signal.SIGTERM, signal.SIGXFSZ))
    kept["SigIgn"] = int(kept["SigIgn"] or "0", 16) & ~own
    kept["limits"] = _proc("limits")
    kept["nice"] = os.nice(0)
    kept["label"] = _proc("attr/current")
    kept["oom_score_adj"] = _proc("oom_score_adj")
    kept["namespaces"] = {name: os.readlink("/proc/self/ns/" + name) for name in names("/proc/self/ns")}
    # A login has a scope of its own with systemd; all of a user's are alike.
    kept["cgroup"] = re.sub(r"session-[^/]*\.scope", "session", _proc("cgroup"))
    return kept


def _content(path):
    """Of a file that may go at any time."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""


def _proc(name):
    try:
        with open("/proc/self/" + name, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""
