"""Serves one connection: requests in their order, except that a cancel acts at once."""

import json
import os
import signal
import sys
import time

from . import environment, facts, leftovers, session, shared, temporary
from .errors import AgentError, CancelRequested, ConnectionLost
from .frames import JSON, Channel, FrameError
from .schema import Mismatch, Schema
from .store import Store

GREETING = b"\x1eansible-venv 1 ready\n"


def main(root, ahead=b"", umask=None):
    """Never returns. `ahead` is what the controller sent before the agent's code was here, `umask` the session's if it was changed."""
    own = session.begin(umask)
    _leave_the_terminal()
    agent = os.path.dirname(os.path.abspath(__file__))
    channel = _take_over_streams(ahead)
    store = Store(root, facts.home_directory(), shared.places(root))
    shared.keep(store)
    server = Server(store, own, agent, channel)
    try:
        leftovers.sweep(store)
        server.serve()
    except ConnectionLost:
        pass
    except FrameError as error:
        sys.stderr.write("ansible-venv agent: %s\n" % error)
        sys.exit(1)
    finally:
        server.let_go()
    sys.exit(0)


def _leave_the_terminal():
    """Ctrl-C reaches every process in the terminal's foreground; what it means is the controller's to say."""
    try:
        os.setsid()
    except OSError:
        # Leads a session already, as behind sshd.
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def _take_over_streams(ahead):
    """Frames get descriptors of their own: whatever prints to standard output cannot reach the stream."""
    os.write(1, GREETING)
    source, sink = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    os.close(nothing)
    return Channel(source, sink, ahead)


class Server:
    def __init__(self, store, own, agent, channel):
        self._store = store
        self._session = own
        self._agent = agent
        self._channel = channel
        self._schema = Schema.load()
        self._held = {}

    def serve(self):
        while True:
            frame = self._channel.next()
            if frame is None:
                return
            if frame.kind != JSON:
                # What is left of the blobs of a request that was refused.
                continue
            self._channel.current = frame.id
            try:
                response = self._answer(frame)
            except AgentError as error:
                response = _error(error.code, error.message, error.hint)
            except CancelRequested:
                response = _error("cancelled", "cancelled on request")
            except ConnectionLost:
                raise
            except Exception as error:  # the controller must hear of it, whatever it is
                import traceback

                traceback.print_exc()
                response = _error("internal", "%s: %s" % (type(error).__name__, error))
            self._channel.send(frame.id, response)

    def _answer(self, frame):
        try:
            request = json.loads(frame.payload.decode("utf-8"))
            self._schema.check("request", request)
        except (ValueError, RecursionError) as error:
            raise AgentError("invalid-message", "not JSON: %s" % error) from None
        except Mismatch as error:
            raise AgentError("invalid-message", str(error)) from None
        if temporary.is_temporary(request.get("venv", "")):
            self._hold(request["venv"])
        handler = getattr(self, "_" + request["type"].replace("-", "_"))
        return handler(request, frame.id)

    def _hold(self, venv):
        if venv not in self._held:
            self._held[venv] = temporary.hold(self._store, venv)

    def let_go(self):
        """Temporary venvs go with this connection, unless a run has taken them over."""
        if self._held:
            for lock in self._held.values():
                lock.close()
            temporary.sweep(self._store)

    def _progress(self, request):
        return lambda phase, detail: self._channel.send(
            request, {"type": "progress", "phase": phase, "detail": detail}
        )

    def _hello(self, request, _):
        answer = facts.facts(self._store)
        if request.get("pythons"):
            from . import pythons

            configured = request.get("python")
            answer["pythons"] = pythons.configured(configured) if configured else pythons.candidates(self._store)
        return answer

    def _ensure(self, request, _):
        return environment.ensure(self._store, request)

    def _build(self, request, identity):
        from . import build

        return build.build(self._store, self._channel, request, self._progress(identity))

    def _put_blobs(self, request, identity):
        from . import blobs

        blobs.receive(self._store, self._channel, identity, request["blobs"], request.get("into"))
        return {"type": "stored", "blobs": len(request["blobs"])}

    def _run(self, request, identity):
        from . import runs

        progress = self._progress(identity)
        said = []

        def wait(seconds, others):
            if others and not said:
                said.append(True)
                progress("waiting", "for `%s`, which has other files of this project" % "`, `".join(others[:3]))
            self._channel.wait(seconds)
            self._channel.check()

        started = runs.start(self._store, self._session, self._agent, request, wait)
        if started["type"] != "started":
            return started
        self._channel.send(identity, started)
        if "keep_runs" in request:
            from . import history

            history.trim(self._store, request["keep_runs"])
        wanted = {"events": request.get("events", True)}
        return runs.follow(self._store, self._channel, identity, request["run"], **wanted)

    def _attach(self, request, identity):
        from . import runs

        offsets = request["offset"], request.get("events_offset", 0)
        wanted = {name: request.get(name, True) for name in ("output", "events")}
        return runs.follow(self._store, self._channel, identity, request["run"], *offsets, **wanted)

    def _log(self, request, identity):
        from . import runs

        since = request.get("since")
        if "ago" in request:
            since = time.time() - request["ago"]
        events = request.get("events", False)
        return runs.log(self._store, self._channel, identity, request["run"], since, events)

    def _reply(self, request, _):
        from . import questions, runs

        place = runs.place_of(self._store, request["run"])
        taken = questions.reply(place, request["question"], request["content"])
        return {"type": "replied", "taken": taken}

    def _files(self, request, _):
        from . import runs

        return runs.files(self._store, request["run"])

    def _get_file(self, request, identity):
        from . import runs

        return runs.send_written(self._store, self._channel, identity, request["run"], request["path"])

    def _cancel(self, request, _):
        if "run" in request:
            from . import runs

            runs.cancel(self._store, request["run"])
        return {"type": "cancelling"}

    def _list(self, _request, _):
        from . import runs

        listing = {"type": "listing", "venvs": list(self._venvs()), "runs": list(runs.listing(self._store))}
        return {**listing, "now": time.time()}

    def _venvs(self):
        for name, digest in self._store.links():
            if temporary.is_temporary(name):
                continue
            record = environment.ready(self._store, digest) or {}
            problem = environment.problem(self._store, digest)
            yield {
                "name": name,
                "path": self._store.link(name),
                "digest": digest,
                "lock": record.get("lock", ""),
                "healthy": not problem,
                "problem": problem,
                "python": record.get("python", {}).get("version", ""),
                "ansible_core": record.get("ansible_core", ""),
                "created": os.lstat(self._store.link(name)).st_mtime,
                "bytes": record.get("bytes", 0),
                "built_in": record.get("seconds", 0),
            }

    def _verify(self, request, _):
        from . import verify

        return verify.verify(self._store, request["venv"])

    def _remove(self, request, _):
        from . import garbage

        return garbage.remove_venv(self._store, request["venv"])

    def _collect_garbage(self, request, _):
        from . import garbage

        return garbage.Collector(self._store, self._agent, request).collect()


def _error(code, message, hint=""):
    return {"type": "error", "code": code, "message": message[:60000], "hint": hint}
