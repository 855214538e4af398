"""Runs on this host: started once, followed from any connection, and true about themselves afterwards."""

import datetime
import json
import os
import signal
import time

from . import blobs, environment, history, inventory, playbook, processes, project, recap, runner, settings, temporary, warm, written
from .errors import AgentError, CancelRequested
from .frames import EVENTS, OUTPUT
from .handover import Handover
from .handover import record as recorded
from .store import RUN, directory, names, read_json, remove, write_file
from .watch import Watch


# A follower that falls behind has so many of them waiting: core.agent.Exchange.
_PIECE = 256 * 1024


def start(store, session, agent, request, wait):
    """Starts the run, or says which blobs it lacks. The run's name is the controller's: a second start is refused.

    `wait` is called while runs with other files of the project go on: project.enter.
    """
    digest = environment.usable(store, request["venv"], request["lock"])
    project.safe_path(request["playbook"])
    files = request["project"].get("roles", []) + request["inventory"]["files"]
    lacking = blobs.missing(store, [entry["sha256"] for entry in files])
    if lacking:
        return {"type": "need-blobs", "blobs": lacking}
    try:
        seen, held = project.enter(store, request, wait)
    except project.Lacking as lack:
        return {"type": "need-blobs", "blobs": lack.digests, "into": lack.into}
    except OSError as error:
        raise blobs.storing_failed(error) from error
    try:
        return _begin(store, session, agent, request, digest, seen, held)
    finally:
        if held:
            held.close()


def _begin(store, session, agent, request, digest, seen, held):
    place = store.run(request["run"])
    directory(store.runs)
    try:
        os.mkdir(place, 0o700)
    except FileExistsError:
        project.give_up(place, seen)
        raise AgentError("run-exists", "the run %s exists already" % request["run"], "attach to it") from None
    try:
        _start(store, session, agent, request, digest, place, seen, held)
    except BaseException as error:
        project.give_up(place, seen)
        remove(place)
        if isinstance(error, OSError) and error.errno:
            raise blobs.storing_failed(error) from error
        raise
    return {"type": "started", "run": request["run"]}


def _start(store, session, agent, request, digest, place, seen, held):
    record = environment.ready(store, digest)
    venv = store.venv(digest)
    interpreter = os.path.join(venv, "bin", "python")
    if request["project"].get("roles"):
        project.materialise(store, request["project"]["roles"], os.path.join(place, "roles"))
    sources, target = inventory.lay_out(store, request["inventory"], os.path.join(place, "inventory"), interpreter)
    os.mkdir(os.path.join(place, "tmp"), 0o700)
    runner.reserve(place)
    for log in ("stdout.log", "events.jsonl", "whole"):
        os.close(os.open(os.path.join(place, log), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    handover = Handover(place, seen["directory"])
    command = [interpreter, os.path.join(agent, "entry.py"), os.path.join(venv, "bin", "ansible-playbook")]
    command += ["--inventory=" + source for source in sources]
    command += playbook.arguments(request["options"]) + handover.words(request) + ["--", request["playbook"]]
    variables, told, of_run = playbook.environment(session, place, seen, venv, record["site_packages"], request)
    told.update(project.settings(request, seen, place))
    told.update(handover.settings(request))
    of_run.update(handover.of_run(request), inventory=target)
    variables.update(settings.variables(told, of_run))
    program = runner.Program(seen, command, variables, session.umask)
    kept = {
        **recorded(request),
        "directory": seen["directory"],
        "seen": seen,
        "digest": digest,
        "requested": time.time(),
        "starter": processes.describe(os.getpid()),
    }
    write_file(os.path.join(place, "request.json"), json.dumps(kept).encode("ascii"), durable=False)
    limits = request.get("limits", {})
    with store.lock(digest + ".use") as use:
        if not use.attempt(shared=True):
            raise AgentError("not-ready", "the environment is being removed", "try again")
        locks = [use] + ([held] if held else [])
        if temporary.is_temporary(request["venv"]):
            with temporary.hold(store, request["venv"]) as mine:
                ending = temporary.Ending(store, request["venv"], use)
                runner.detach(place, program, [*locks, mine], handover.contents, limits, ending, None)
            return
        starter = warm.of(store, digest, agent, place, program, told["ANSIBLE_CONFIG"], request)
        if not (starter and starter.detach(locks, handover.contents, limits)):
            runner.detach(place, program, locks, handover.contents, limits, None, starter and starter.start)


def follow(store, channel, request, run, offset=0, events_offset=0, output=True, events=True):
    """Sends what is wanted of output and events from the offsets on as it comes, then returns the result."""
    place = place_of(store, run)
    tails = []
    if output:
        tails.append(_Tail(os.path.join(place, "stdout.log"), OUTPUT, offset))
    if events:
        tails.append(_Lines(os.path.join(place, "events.jsonl"), EVENTS, events_offset))
    over = False
    with history.in_use(place), Watch(place) as watch:
        while True:
            watch.clear()
            # Each of them, whatever the others do.
            if any([tail.send(channel, request) for tail in tails]):
                channel.wait(0)
            elif over:
                return result(place, run)
            elif state(place) is not None:
                # What was written between the last look at the logs and the end is still to come.
                over = True
                continue
            else:
                channel.wait(watch.timeout, watch.descriptors)
            try:
                channel.check()
            except CancelRequested:
                cancel(store, run)
                channel.send(request, {"type": "cancelling"})


def log(store, channel, request, run, since=None, events=False):
    """Sends what the run has printed, or its events, up to now; then returns what there is to say of it.

    `since`: seconds since the epoch. Output has no times of its own: it begins behind the last event before.
    """
    place = place_of(store, run)
    offset = events_offset = 0
    if since is not None:
        offset, events_offset = _offsets(os.path.join(place, "events.jsonl"), since)
    with history.in_use(place):
        if events:
            tail = _Lines(os.path.join(place, "events.jsonl"), EVENTS, events_offset)
        else:
            tail = _Tail(os.path.join(place, "stdout.log"), OUTPUT, offset)
        end = tail.size()
        while tail.position < end and tail.send(channel, request):
            channel.wait(0)
            channel.check()
        return {"type": "logged", "run": entry(store, run)}


def _offsets(path, since):
    """Where the output and the events of that time begin in their files."""
    offset = position = 0
    with open(path, "rb") as file:
        for line in file:
            head = line.split(b', "event_data": ', 1)
            if len(head) < 2:
                break
            record = json.loads(head[0] + b"}")
            if datetime.datetime.fromisoformat(record["created"]).timestamp() >= since:
                break
            offset = record.get("output_bytes", offset)
            position += len(line)
    return offset, position


def files(store, run):
    """Files that a run wrote beside its playbook; none while it is still running."""
    place = place_of(store, run)
    with history.in_use(place):
        return written.listing(place, run, project.of_run(place))


def send_written(store, channel, request, run, name):
    place = place_of(store, run)
    with history.in_use(place):
        return written.send(channel, request, place, project.of_run(place), name)


def cancel(store, run):
    """Tells the run to end. Its runner ends the whole tree; without a runner there is nothing left to tell."""
    place = place_of(store, run)
    write_file(os.path.join(place, "cancel"), b"", durable=False)
    description = read_json(os.path.join(place, "pid"))
    if processes.alive(description):
        os.kill(description["pid"], signal.SIGTERM)


def state(place):
    """None while the run goes on, else what ended it: the runner's own word, or that it was cut off."""
    ended = read_json(os.path.join(place, "rc"))
    if ended is None:
        if processes.alive(read_json(os.path.join(place, "pid"))) or _is_starting(place):
            return None
        # The runner may have written its last word between the two looks.
        ended = read_json(os.path.join(place, "rc"))
    return {"rc": -255, "interrupted": True} if ended is None else ended


def _is_starting(place):
    """Whether the agent that starts the run is still at it: there is no runner yet."""
    if os.path.exists(os.path.join(place, "pid")):
        return False
    return processes.alive((read_json(os.path.join(place, "request.json")) or {}).get("starter"))


def status(ended, matched):
    if ended.get("interrupted"):
        return "interrupted"
    if ended.get("cancelled"):
        return "cancelled"
    reason = ended.get("reason")
    if reason in ("timeout", "idle-timeout"):
        return "timed-out"
    return "failed" if ended["rc"] != 0 or reason or not matched else "succeeded"


def result(place, run):
    """What became of a run that is over. Worked out once: its events may be many."""
    kept = read_json(os.path.join(place, "result.json"))
    if kept is not None:
        return kept
    ended = state(place)
    request = read_json(os.path.join(place, "request.json"))
    log = os.path.join(place, "stdout.log")
    summary = recap.of(os.path.join(place, "events.jsonl"), request.get("directory", ""))
    matched = summary.pop("matched")
    answer = {
        "type": "finished",
        "run": run,
        "playbook": request["playbook"],
        "venv": request["venv"],
        "status": status(ended, matched),
        "rc": ended["rc"],
        "started": ended.get("started", request["requested"]),
        "ended": ended.get("ended", os.stat(log).st_mtime),
        "output_bytes": os.path.getsize(log),
        "files_written": written.read(place)["total"],
        **summary,
    }
    for name in ("survivors", "reason"):
        if ended.get(name):
            answer[name] = ended[name]
    try:
        write_file(os.path.join(place, "result.json"), json.dumps(answer).encode("ascii"), durable=False)
    except OSError:
        # The disk is full: whoever asks next works it out again.
        pass
    return answer


def listing(store):
    """Every run that this host remembers, oldest first."""
    for run in names(store.runs):
        if RUN.fullmatch(run):
            found = entry(store, run)
            if found is not None:
                yield found


def entry(store, run):
    """A run in a few words; None for one that was never started."""
    place = store.run(run)
    ended = read_json(os.path.join(place, "result.json"))
    if ended is None:
        request = read_json(os.path.join(place, "request.json"))
        if request is None:
            return None
        if state(place) is None:
            return {
                "run": run,
                "playbook": request["playbook"],
                "venv": request["venv"],
                "started": request["requested"],
                "status": "running",
            }
        ended = result(place, run)
    told = ("run", "playbook", "venv", "started", "ended", "status", "rc", "files_written")
    return {name: ended[name] for name in told if name in ended}


def place_of(store, run):
    place = store.run(run)
    # Without a request it is only about to be started.
    if not os.path.isfile(os.path.join(place, "request.json")):
        raise AgentError(
            "run-unknown", "there is no run %s on this host" % run, "`ansible-venv runs` shows those that there are"
        )
    return place


class _Tail:
    """A growing file from an offset on."""

    def __init__(self, path, kind, offset):
        self._file = open(path, "rb", buffering=0)
        self._kind = kind
        self.position = offset

    def size(self):
        return os.fstat(self._file.fileno()).st_size

    def send(self, channel, request):
        """Sends a piece; says whether there was one."""
        length = min(self.size() - self.position, _PIECE)
        if length <= 0:
            return False
        self._sent(channel, request, length)
        self.position += length
        return True

    def _sent(self, channel, request, length):
        channel.send_file(self._kind, request, self._file.fileno(), self.position, length)


class _Lines(_Tail):
    """The same by whole lines: one that the run's end cut off is not sent."""

    _partial = b""

    def _sent(self, channel, request, length):
        lines = self._partial + os.pread(self._file.fileno(), length, self.position)
        end = lines.rfind(b"\n") + 1
        self._partial = lines[end:]
        if end:
            channel.send_bytes(self._kind, request, lines[:end])
