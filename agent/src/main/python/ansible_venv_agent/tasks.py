"""What a build does beside itself: programs, and pieces of its own work in forked processes."""

import json
import os
import re
import signal
import time

from .blobs import ANOTHER_PLACE, lacking_of
from .errors import AgentError

_ENDING = 5.0
_SHOWN = 6
_WIDEST = 300
_BUILD_ERROR = re.compile(r"(?i)fatal error:|: error:|\b\w*(Error|Exception): |command not found|No such file or directory")
_ADVICE = [
    (
        re.compile(r"missing `distutils`"),
        "install `python3-distutils` there, or name a newer Python in `ansible_python_interpreter`",
    ),
    (
        re.compile(r"Failed to build|fatal error: [\w./-]+\.h: No such file|unable to execute '?(cc|gcc|\S*-gcc)|error: command '\S*(cc|gcc)'"),
        "there is no wheel for this host, and building it from source takes a C compiler and headers: install `gcc python3-dev`"
        " and the library's own development package there, or choose another version",
    ),
]
_FULL = re.compile(r"No space left on device|os error 28\b|Errno 28\b")


class Task:
    def __init__(self, title, pid, handle, phase, forked):
        self.title = title
        self.pid = pid
        self.handle = handle
        self.phase = phase
        self.forked = forked
        self.output = bytearray()
        self.shown = 0
        self.status = None

    @property
    def ended(self):
        return self.status is not None


class Tasks:
    """All of them inherit the locks, so that nobody builds beside those that outlive a killed agent."""

    def __init__(self, channel, locks, environment, redact, progress):
        self._channel = channel
        self._locks = [lock.fileno() for lock in locks]
        self._environment = environment
        self._redact = redact
        self._progress = progress
        self._running = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        """Ends what still runs: after a failure, or when the controller leaves."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            for task in self._running:
                _signal(task.pid, number)
            self._running = [task for task in self._running if not _gone(task)]

    def command(self, title, words, additional=None, phase=""):
        """Starts a program; its lines become progress of `phase`.

        Not in the agent's directory, which on the controller is the caller's: uv obeys an `uv.toml` or
        `pyproject.toml` there and in all directories above.
        """
        import subprocess

        process = subprocess.Popen(
            words,
            cwd="/",
            env={**self._environment, **(additional or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=self._locks,
        )
        handle = os.dup(process.stdout.fileno())
        process.stdout.close()
        # Its end is waited for here.
        process.returncode = 0
        return self._started(Task(title, process.pid, handle, phase, False))

    def fork(self, title, function):
        """Starts `function` in a process of its own. What it returns has to be JSON."""
        source, sink = os.pipe()
        pid = os.fork()
        if pid == 0:
            try:
                os.setsid()
                self._channel.close()
                os.close(source)
                nothing = os.open(os.devnull, os.O_RDWR)
                os.dup2(nothing, 1)
                os.dup2(nothing, 2)
                with os.fdopen(sink, "wb") as file:
                    file.write(json.dumps(_outcome(function)).encode("ascii"))
            finally:
                os._exit(0)
        os.close(sink)
        return self._started(Task(title, pid, source, "", True))

    def _started(self, task):
        self._running.append(task)
        return task

    def run(self, *arguments, **more):
        return self.result(self.command(*arguments, **more))

    def result(self, task):
        """Waits for a task. Returns what it printed or returned; raises what it ended with."""
        while task.status is None:
            self.work()
        return _returned(task) if task.forked else self._printed(task)

    def work(self, patience=None):
        """Takes what tasks print until something happens, at most for `patience` seconds."""
        handles = {task.handle: task for task in self._running}
        for handle in self._channel.wait(patience, list(handles)):
            task = handles[handle]
            data = os.read(handle, 65536)
            if data:
                task.output += data
                self._show(task)
            else:
                self._running.remove(task)
                os.close(handle)
                task.status = _reap(task.pid)
        self._channel.check()

    def _show(self, task):
        end = task.output.rfind(b"\n") + 1
        for line in self._redact(task.output[task.shown : end]).splitlines() if task.phase else ():
            if line.startswith("error:"):
                # From here on it is what the failure says.
                task.phase = ""
                break
            self._progress(task.phase, line.strip()[:500])
        task.shown = max(task.shown, end)

    def _printed(self, task):
        output = self._redact(task.output)
        if task.status == 0:
            return output
        if _FULL.search(output):
            lacking = lacking_of(self._environment.get("UV_CACHE_DIR", "/"))
            advice = "make room there, or " + ANOTHER_PLACE
            raise AgentError("no-space", "no %s left for `%s`: %s" % (lacking, task.title, cause(output)), advice)
        raise AgentError("build-failed", "`%s` failed (%d): %s" % (task.title, task.status, cause(output)), hint(output))


def cause(output):
    """What a program says last is why it failed; uv repeats below it everything that a build printed."""
    written = [line for line in output.splitlines() if line.strip()]
    # What a build printed is indented.
    errors = [number for number, line in enumerate(written) if line.startswith("error:")]
    lines = [line.strip() for line in written[errors[-1] if errors else -_SHOWN :]]
    if not errors:
        return "\n".join(line[:_WIDEST] for line in lines)
    shown = lines[:1] + [line for line in lines if line.startswith("cause: ")][-1:]
    shown += [line for line in lines if _BUILD_ERROR.search(line) and line not in shown][:3]
    return "\n".join(line[:_WIDEST] for line in shown)


def hint(output):
    """What to do about failures of builds that people meet."""
    for words, advice in _ADVICE:
        if words.search(output):
            return advice
    return ""


def _outcome(function):
    try:
        return {"value": function()}
    except AgentError as error:
        return {"agent": [error.code, error.message, error.hint]}
    except OSError as error:
        return {"os": [error.errno, error.strerror, error.filename]}
    except BaseException:
        import traceback

        return {"defect": traceback.format_exc()}


def _returned(task):
    if not task.output:
        raise AgentError("build-failed", "%s was ended from outside (%d)" % (task.title, task.status), "try again")
    outcome = json.loads(task.output.decode("ascii"))
    if "agent" in outcome:
        raise AgentError(*outcome["agent"])
    if "os" in outcome:
        raise OSError(*outcome["os"])
    if "defect" in outcome:
        raise RuntimeError("%s: %s" % (task.title, outcome["defect"]))
    return outcome["value"]


def _signal(pid, number):
    for send in (os.killpg, os.kill):
        try:
            send(pid, number)
            return
        except ProcessLookupError:
            # A fork that has not reached its own session yet has no group of its own.
            continue


def _gone(task):
    deadline = time.monotonic() + _ENDING
    while os.waitpid(task.pid, os.WNOHANG)[0] == 0:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    os.close(task.handle)
    return True


def _reap(pid):
    """The exit code; a signal's number below zero."""
    status = os.waitpid(pid, 0)[1]
    return os.WEXITSTATUS(status) if os.WIFEXITED(status) else -os.WTERMSIG(status)
