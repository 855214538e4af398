"""What a run's events come to: counts by host, plays that matched nothing, and how long each task took."""

import json

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


def of(path):
    statistics = {}
    unmatched = []
    tasks = {}
    with open(path, "rb") as file:
        for line in file:
            if not line.endswith(b"}\n"):
                # The end of a run that was killed in the middle of a line.
                break
            if line.startswith(b'{"event": "runner_on_'):
                _add(tasks, line)
            elif line.startswith(b'{"event": "playbook_on_no_hosts_matched"'):
                data = json.loads(line)["event_data"]
                unmatched.append(data.get("play_pattern") or data.get("play") or "?")
            elif line.startswith(b'{"event": "playbook_on_stats"'):
                data = json.loads(line)["event_data"]
                statistics = {
                    host: {name: data[field].get(host, 0) for name, field in _STATISTICS.items()}
                    for host in data["processed"]
                }
    slowest = sorted(tasks.values(), key=lambda task: -task["seconds"])
    return {
        "stats": statistics,
        "plays_without_hosts": unmatched,
        "tasks_run": len(tasks),
        "tasks": slowest[:_MOST_TASKS],
    }


def _add(tasks, line):
    """Results may be long and are not needed: they stand last in their event."""
    head, separator, _ = line.partition(b', "res": ')
    if not separator:
        return
    data = json.loads(head + b"}}")["event_data"]
    task = tasks.setdefault(
        data["task_uuid"],
        {"task": data["task"][:_LONGEST_NAME], "path": data["task_path"], "hosts": 0, "seconds": 0.0, "longest": 0.0},
    )
    duration = data.get("duration", 0.0)
    task["hosts"] += 1
    task["seconds"] = round(task["seconds"] + duration, 6)
    task["longest"] = max(task["longest"], duration)
