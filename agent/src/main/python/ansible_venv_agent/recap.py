"""What a run's events come to: counts by host, what failed first, plays that matched nothing, and how long each task took."""

import json
import os

_STATISTICS = {
    "ok": "ok",
    "changed": "changed",
    "failed": "failures",
    "unreachable": "dark",
    "skipped": "skipped",
    "rescued": "rescued",
    "ignored": "ignored",
}
_MOST_TASKS = 100
_LONGEST_NAME = 1000
_LONGEST_MESSAGE = 2000
_FAILED, _UNREACHABLE = b'{"event": "runner_on_failed"', b'{"event": "runner_on_unreachable"'


def of(path, project):
    """`project` is the directory of the playbook's project: files in it are named as seen from there."""
    summary = _Summary(project)
    with open(path, "rb") as file:
        offset = 0
        for line in file:
            if not line.endswith(b"}\n"):
                # The end of a run that was killed in the middle of a line.
                break
            summary.add(line, offset)
            offset += len(line)
        failure = summary.first_failure()
        answer = summary.answer()
        if failure:
            file.seek(failure.pop("offset"))
            answer["failed_task"] = {**failure, "message": _message(file.readline())}
    return answer


class _Summary:
    def __init__(self, project):
        self._project = os.path.join(project, "")
        self._statistics = {}
        self._plays = 0
        self._unmatched = []
        self._tasks = {}
        self._failures = {}

    def add(self, line, offset):
        if line.startswith(b'{"event": "runner_on_'):
            self._add_result(line, offset)
        elif line.startswith(b'{"event": "playbook_on_play_start"'):
            self._plays += 1
        elif line.startswith(b'{"event": "playbook_on_no_hosts_matched"'):
            data = json.loads(line)["event_data"]
            self._unmatched.append(data.get("play_pattern") or data.get("play") or "?")
        elif line.startswith(b'{"event": "playbook_on_stats"'):
            data = json.loads(line)["event_data"]
            self._statistics = {
                host: {name: data[field].get(host, 0) for name, field in _STATISTICS.items()}
                for host in data["processed"]
            }

    def _add_result(self, line, offset):
        """Results may be long and are not needed: they stand last in their event."""
        head, separator, _ = line.partition(b', "res": ')
        if not separator:
            return
        data = json.loads(head + b"}}")["event_data"]
        named = {"task": data["task"][:_LONGEST_NAME], "path": self._shown(data["task_path"])}
        task = self._tasks.setdefault(data["task_uuid"], {**named, "hosts": 0, "seconds": 0.0, "longest": 0.0})
        duration = data.get("duration", 0.0)
        task["hosts"] += 1
        task["seconds"] = round(task["seconds"] + duration, 6)
        task["longest"] = max(task["longest"], duration)
        unreachable = line.startswith(_UNREACHABLE)
        if unreachable or line.startswith(_FAILED) and not data.get("ignore_errors"):
            failure = {**named, "host": data["host"], "unreachable": unreachable, "offset": offset}
            self._failures.setdefault((data["host"], unreachable), []).append(failure)

    def _shown(self, path):
        return path[len(self._project) :] if path.startswith(self._project) else path

    def first_failure(self):
        """The first that nothing rescued and nothing ignored: on a host, what was rescued comes before what was not."""
        counting = []
        for (host, unreachable), failures in self._failures.items():
            counts = self._statistics.get(host)
            if counts is None:
                counting += failures
            elif counts["unreachable" if unreachable else "failed"]:
                counting += failures[0 if unreachable else min(counts["rescued"], len(failures) - 1) :]
        return min(counting, key=lambda failure: failure["offset"], default=None)

    def answer(self):
        return {
            "stats": self._statistics,
            "plays_without_hosts": self._unmatched,
            "matched": len(self._unmatched) < self._plays or not self._plays,
            "tasks_run": len(self._tasks),
            "tasks": sorted(self._tasks.values(), key=lambda task: -task["seconds"])[:_MOST_TASKS],
        }


def _message(line):
    """The first line of what Ansible says of it, or of what the program wrote to its standard error."""
    result = json.loads(line)["event_data"]["res"]
    said = result.get("msg") or ""
    if said == "non-zero return code":
        said = result.get("stderr") or said
    lines = str(said).strip().splitlines()
    return lines[0][:_LONGEST_MESSAGE] if lines else ""
