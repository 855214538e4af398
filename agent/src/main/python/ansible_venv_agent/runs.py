"""Runs on this host: started once, followed from any connection, and true about themselves afterwards."""

import json
import os
import signal
import time

from . import blobs, environment, playbook, processes, runner, warm
from .errors import AgentError, CancelRequested, ConnectionLost
from .frames import EVENTS, OUTPUT, PIECE
from .handover import Handover
from .handover import record as recorded
from .store import RUN, directory, names, read_json, remove, write_file
from .watch import Watch

_STATISTICS = {
    "ok": "ok",
    "changed": "changed",
    "failed": "failures",
    "unreachable": "dark",
    "skipped": "skipped",
    "rescued": "rescued",
    "ignored": "ignored",
}


def start(store, agent, request):
    """Starts the run, or says which blobs it lacks. The run's name is the controller's: a second start is refused."""
    digest = environment.usable(store, request["venv"], request["lock"])
    playbook.safe_path(request["playbook"])
    files = request["files"] + request["inventory"]["files"]
    lacking = blobs.missing(store, [entry["sha256"] for entry in files])
    if lacking:
        return {"type": "need-blobs", "blobs": lacking}
    place = store.run(request["run"])
    directory(store.runs)
    try:
        os.mkdir(place, 0o700)
    except FileExistsError:
        raise AgentError("run-exists", "the run %s exists already" % request["run"], "attach to it") from None
    try:
        _start(store, agent, request, digest, place)
    except BaseException:
        remove(place)
        raise
    return {"type": "started", "run": request["run"]}


def _start(store, agent, request, digest, place):
    record = environment.ready(store, digest)
    venv = store.venv(digest)
    interpreter = os.path.join(venv, "bin", "python")
    playbook.materialise(store, request["files"], os.path.join(place, "project"))
    if not os.path.isfile(os.path.join(place, "project", request["playbook"])):
        raise AgentError("path-refused", "%s is not among the files that were sent" % request["playbook"])
    sources = playbook.inventory(store, request["inventory"], os.path.join(place, "inventory"), interpreter)
    os.mkdir(os.path.join(place, "tmp"), 0o700)
    runner.reserve(place)
    for log in ("stdout.log", "events.jsonl"):
        os.close(os.open(os.path.join(place, log), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    handover = Handover(place)
    command = [interpreter, os.path.join(venv, "bin", "ansible-playbook")]
    command += ["--inventory=" + source for source in sources]
    command += playbook.arguments(request["options"]) + handover.words(request) + ["--", request["playbook"]]
    variables = playbook.environment(store, place, venv, record["site_packages"], agent, request)
    variables.update(handover.variables(request))
    kept = {**recorded(request), "digest": digest, "requested": time.time()}
    write_file(os.path.join(place, "request.json"), json.dumps(kept).encode("ascii"), durable=False)
    limits = request.get("limits", {})
    with store.lock(digest + ".use") as use:
        if not use.attempt(shared=True):
            raise AgentError("not-ready", "the environment is being removed", "try again")
        starter = warm.of(store, digest, agent, place, variables, request)
        if not (starter and starter.detach(command, variables, use, handover.contents, limits)):
            runner.detach(place, command, variables, use, handover.contents, limits, starter and starter.start)


def follow(store, channel, request, run, offset=0, events_offset=0):
    """Sends output and events from the offsets on as they come, then returns the result."""
    place = _place(store, run)
    output = _Tail(os.path.join(place, "stdout.log"), offset)
    events = _Tail(os.path.join(place, "events.jsonl"), events_offset)
    with Watch(place) as watch:
        while True:
            watch.clear()
            over = state(place)
            while output.send(channel, request, OUTPUT) | events.send_lines(channel, request, over is not None):
                pass
            if over is not None:
                return result(place, run)
            watching = channel.wait(watch.timeout, watch.descriptors)
            if channel.closed and not watching:
                raise ConnectionLost()
            try:
                channel.check()
            except CancelRequested:
                cancel(store, run)
                channel.send(request, {"type": "cancelling"})


def cancel(store, run):
    """Tells the run to end. Its runner ends the whole tree; without a runner there is nothing left to tell."""
    place = _place(store, run)
    write_file(os.path.join(place, "cancel"), b"", durable=False)
    description = read_json(os.path.join(place, "pid"))
    if processes.alive(description):
        os.kill(description["pid"], signal.SIGTERM)


def state(place):
    """None while the run goes on, else what ended it: the runner's own word, or that it was cut off."""
    ended = read_json(os.path.join(place, "rc"))
    if ended is None:
        if processes.alive(read_json(os.path.join(place, "pid"))):
            return None
        # The runner may have written its last word between the two looks.
        ended = read_json(os.path.join(place, "rc"))
    return {"rc": -255, "interrupted": True} if ended is None else ended


def status(ended, plays_without_hosts):
    if ended.get("interrupted"):
        return "interrupted"
    if ended.get("cancelled"):
        return "cancelled"
    reason = ended.get("reason")
    if reason in ("timeout", "idle-timeout"):
        return "timed-out"
    return "failed" if ended["rc"] != 0 or reason or plays_without_hosts else "succeeded"


def result(place, run):
    ended = state(place)
    log = os.path.join(place, "stdout.log")
    statistics, unmatched = _summary(os.path.join(place, "events.jsonl"))
    answer = {
        "type": "finished",
        "run": run,
        "status": status(ended, unmatched),
        "rc": ended["rc"],
        "started": ended.get("started", os.stat(place).st_mtime),
        "ended": ended.get("ended", os.stat(log).st_mtime),
        "output_bytes": os.path.getsize(log),
        "stats": statistics,
        "plays_without_hosts": unmatched,
    }
    for name in ("survivors", "reason"):
        if ended.get(name):
            answer[name] = ended[name]
    return answer


def _summary(path):
    """Per-host counts, and the plays whose pattern matched nothing."""
    statistics = {}
    unmatched = []
    with open(path, "rb") as file:
        for line in file:
            if not line.endswith(b"}\n"):
                # The end of a run that was killed in the middle of a line.
                break
            if line.startswith(b'{"event": "playbook_on_no_hosts_matched"'):
                data = json.loads(line)["event_data"]
                unmatched.append(data.get("play_pattern") or data.get("play") or "?")
            elif line.startswith(b'{"event": "playbook_on_stats"'):
                data = json.loads(line)["event_data"]
                statistics = {
                    host: {name: data[field].get(host, 0) for name, field in _STATISTICS.items()}
                    for host in data["processed"]
                }
    return statistics, unmatched


def listing(store):
    """Every run that this host remembers, oldest first."""
    for run in names(store.runs):
        request = read_json(os.path.join(store.run(run), "request.json"))
        if not RUN.fullmatch(run) or request is None:
            continue
        ended = state(store.run(run))
        entry = {
            "run": run,
            "playbook": request["playbook"],
            "venv": request["venv"],
            "started": request["requested"],
            "status": "running",
        }
        if ended is not None:
            _, unmatched = _summary(os.path.join(store.run(run), "events.jsonl"))
            entry.update(rc=ended["rc"], status=status(ended, unmatched))
        yield entry


def _place(store, run):
    place = store.run(run)
    if not os.path.isdir(place):
        raise AgentError("run-unknown", "there is no run %s on this host" % run)
    return place


class _Tail:
    """A growing file from an offset on."""

    def __init__(self, path, offset):
        self._file = open(path, "rb", buffering=0)
        self._file.seek(offset)
        self._partial = b""

    def send(self, channel, request, kind):
        data = self._file.read(PIECE)
        if data:
            channel.send_bytes(kind, request, data)
        return bool(data)

    def send_lines(self, channel, request, last):
        """Whole lines only; a line that the run's end cut off is dropped."""
        data = self._file.read(PIECE)
        lines = self._partial + data
        end = lines.rfind(b"\n") + 1
        self._partial = b"" if last and not data else lines[end:]
        if end:
            channel.send_bytes(EVENTS, request, lines[:end])
        return bool(data)
