# Runs inside ansible-playbook, under the Python and the ansible-core of the environment.
"""Writes what happens as JSON lines, with the names and fields of ansible-runner's job events."""

import atexit
import ctypes
import datetime
import errno
import json
import os
import sys
import time
import uuid

from ansible_venv_agent import settings

from ansible.plugins.callback import CallbackBase
from ansible.utils.display import Display

DOCUMENTATION = """
    name: ansible_venv_events
    type: notification
    short_description: JSON lines for ansible-venv
    description: Its directory is searched only in runs of ansible-venv.
"""

_LARGEST_RESULT = 1 << 20


def _end_workers_with_us():
    """Has the kernel kill a worker when ansible-playbook is killed: it would go on, with all that it knows."""
    try:
        control = ctypes.CDLL(None).prctl
    except (OSError, AttributeError):
        return
    death_signal, kill = 1, 9
    os.register_at_fork(after_in_child=lambda: control(death_signal, kill, 0, 0, 0))


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "notification"
    CALLBACK_NAME = "ansible_venv_events"
    # A list of enabled callbacks is the user's.
    CALLBACK_NEEDS_ENABLED = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._counter = 0
        self._playbook = {}
        self._play = {}
        self._started = {}
        path = settings.run["events"]
        _end_workers_with_us()
        self._log = os.path.join(os.path.dirname(path), "stdout.log")
        self._whole = os.path.join(os.path.dirname(path), "whole")
        self._size = 0
        # Before ansible gives back what it has in temporary files.
        atexit.register(self._look_at_the_output)
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        self._print_at_once()
        settings.tell = self._write
        # Without a terminal ansible takes 79 columns, whatever the reader has.
        self._terminal = Display()
        self._terminal.columns = max(79, settings.run["columns"] - 1)

    def _write(self, event, data, identity=None):
        self._look_at_the_output()
        self._counter += 1
        record = {
            "event": event,
            "uuid": str(identity or uuid.uuid4()),
            "counter": self._counter,
            "created": datetime.datetime.now(datetime.timezone.utc).isoformat(),
            "pid": os.getpid(),
            "output_bytes": self._output_bytes(),
            "event_data": {**self._playbook, **data},
        }
        line = json.dumps(record, default=str, skipkeys=True).encode("ascii") + b"\n"
        size = self._size + len(line)
        try:
            while line:
                line = line[os.write(self._file, line) :]
            self._size = size
        except OSError:
            # The disk is full, and half a line would spoil the next.
            os.ftruncate(self._file, self._size)
            self._is_not_whole()

    def _look_at_the_output(self):
        """Ansible goes on, and may succeed, where it cannot print: what it has not printed is still on its way."""
        try:
            sys.stdout.flush()
            sys.stderr.flush()
            if os.fstatvfs(self._file).f_bavail == 0:
                self._is_not_whole()
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                self._is_not_whole()
        except ValueError:
            # The playbook closed it.
            pass

    def _is_not_whole(self):
        if os.path.exists(self._whole):
            os.unlink(self._whole)

    @staticmethod
    def _print_at_once():
        """As on a terminal: Python keeps back what goes to a file, and whoever follows it would see it late."""
        try:
            sys.stdout.reconfigure(line_buffering=True)
        except (AttributeError, ValueError, OSError):
            # Something else stands in its place, or it is closed.
            pass

    def _output_bytes(self):
        """How much had been printed by now: what stands between an event's and the one's before belongs to it."""
        try:
            return os.stat(self._log).st_size
        except OSError:
            return 0

    def v2_playbook_on_start(self, playbook):
        self._playbook = {"playbook": os.path.basename(playbook._file_name), "playbook_uuid": str(uuid.uuid4())}
        self._write("playbook_on_start", {}, self._playbook["playbook_uuid"])

    def v2_playbook_on_play_start(self, play):
        pattern = play.hosts if isinstance(play.hosts, str) else ",".join(map(str, play.hosts))
        self._play = {"play": play.get_name().strip(), "play_uuid": str(play._uuid), "play_pattern": pattern}
        self._write("playbook_on_play_start", {**self._play, "name": self._play["play"]}, play._uuid)

    def v2_playbook_on_no_hosts_matched(self):
        self._write("playbook_on_no_hosts_matched", self._play)

    def v2_playbook_on_no_hosts_remaining(self):
        self._write("playbook_on_no_hosts_remaining", self._play)

    def v2_playbook_on_task_start(self, task, is_conditional):
        self._write("playbook_on_task_start", {**self._task(task), "is_conditional": is_conditional}, task._uuid)

    def v2_playbook_on_handler_task_start(self, task):
        self._write("playbook_on_handler_task_start", self._task(task), task._uuid)

    def v2_runner_on_start(self, host, task):
        name = host.get_name()
        self._started[name, str(task._uuid)] = datetime.datetime.now(datetime.timezone.utc), time.monotonic()
        self._write("runner_on_start", {**self._task(task), "host": name})

    def v2_runner_on_ok(self, result):
        self._ended("runner_on_ok", result)

    def v2_runner_on_failed(self, result, ignore_errors=False):
        self._ended("runner_on_failed", result, ignore_errors=ignore_errors)

    def v2_runner_on_unreachable(self, result):
        self._ended("runner_on_unreachable", result)

    def v2_runner_on_skipped(self, result):
        self._ended("runner_on_skipped", result)

    def v2_runner_item_on_ok(self, result):
        self._ended("runner_item_on_ok", result, last=False)

    def v2_runner_item_on_failed(self, result):
        self._ended("runner_item_on_failed", result, last=False)

    def v2_runner_item_on_skipped(self, result):
        self._ended("runner_item_on_skipped", result, last=False)

    def v2_runner_retry(self, result):
        self._ended("runner_retry", result, last=False)

    def v2_playbook_on_stats(self, stats):
        names = ("changed", "dark", "failures", "ignored", "ok", "processed", "rescued", "skipped")
        self._write("playbook_on_stats", {name: dict(getattr(stats, name, {})) for name in names})

    def _task(self, task):
        data = {
            **self._play,
            "task": task.get_name().strip(),
            "task_uuid": str(task._uuid),
            "task_action": task.action,
            "task_path": task.get_path() or "",
        }
        if task._role:
            data["role"] = task._role.get_name()
        return data

    def _ended(self, event, result, last=True, **more):
        host = result._host.get_name()
        data = {**self._task(result._task), "host": host, **more}
        key = (host, str(result._task._uuid))
        started = self._started.pop(key, None) if last else self._started.get(key)
        if started:
            began, clock = started
            # Whatever was done to the host's clock meanwhile.
            duration = time.monotonic() - clock
            end = began + datetime.timedelta(seconds=duration)
            data.update(start=began.isoformat(), end=end.isoformat(), duration=duration)
        # The last, so that whoever wants only the rest can stop reading there.
        data["res"] = self._result(result)
        self._write(event, data)

    def _result(self, result):
        """As ansible itself would show it: censored by `no_log`, arguments only from -vvv on."""
        shown = dict(result._result)
        if self._terminal.verbosity < 3:
            shown.pop("invocation", None)
        if len(json.dumps(shown, default=str, skipkeys=True)) > _LARGEST_RESULT:
            shown = {key: shown[key] for key in ("changed", "failed", "skipped", "unreachable", "rc") if key in shown}
            shown["truncated"] = True
        return shown
