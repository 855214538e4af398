"""The controller's side of the connection, for tests: the real start command, the real streams."""

import hashlib
import io
import json
import os
import struct
import subprocess
import sys
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.join(os.path.dirname(os.path.dirname(HERE)), "main", "python")
LIMIT = 16 * 1024 * 1024
HEADER = struct.Struct(">cII")
GREETING = b"\x1eansible-venv 1 "

if SOURCE not in sys.path:
    sys.path.insert(0, SOURCE)

from ansible_venv_agent.schema import Schema  # noqa: E402


def packed_agent():
    """The agent's code as the build packs it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for parent, _, files in sorted(os.walk(os.path.join(SOURCE, "ansible_venv_agent"))):
            for name in sorted(files):
                if name.endswith((".py", ".json")):
                    path = os.path.join(parent, name)
                    archive.write(path, os.path.relpath(path, SOURCE))
    return packed.getvalue()


def command_line():
    with open(os.path.join(SOURCE, "boot.sh"), encoding="ascii") as file:
        return " ".join(line.strip() for line in file if not line.startswith("#"))


def boot_line():
    with open(os.path.join(SOURCE, "boot.py"), encoding="ascii") as file:
        return "exec(%s)" % json.dumps(file.read())


class Controller:
    def __init__(self, home, store="", environment=None, code=None, guard="exit 1"):
        self.code = code or packed_agent()
        self.agent = hashlib.sha256(self.code).hexdigest()
        variables = {"HOME": home, "PATH": os.path.dirname(sys.executable) + ":/usr/bin:/bin"}
        self.process = subprocess.Popen(
            ["/bin/sh", "-c", command_line()],
            env={**variables, **(environment or {})},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self.schema = Schema.load()
        self.answers = []
        self._request = 0
        self._write("\n".join([guard, store, self.agent, boot_line(), ""]).encode("ascii"))

    def greet(self, ship=True):
        """Reads the greeting; ships the agent when it is asked for. Returns the answers up to the last."""
        while True:
            line = self.process.stdout.readline()
            if not line:
                return self.answers
            if line.startswith(GREETING):
                answer = line[len(GREETING) :].decode("utf-8").strip()
                if answer == "shell":
                    continue
                self.answers.append(answer)
                if answer == "need" and ship:
                    self._frame(b"A", 0, self.code)
                else:
                    return self.answers

    def send(self, message):
        self._request += 1
        self._frame(b"J", self._request, json.dumps(message).encode("utf-8"))
        return self._request

    def blob(self, request, content):
        for start in range(0, max(len(content), 1), LIMIT):
            self._frame(b"B", request, content[start : start + LIMIT])

    def receive(self):
        """One frame: its kind, its request, its message or bytes. None at the end of the stream."""
        header = self.process.stdout.read(HEADER.size)
        if not header:
            return None
        kind, request, length = HEADER.unpack(header)
        payload = self.process.stdout.read(length)
        if kind == b"J":
            payload = json.loads(payload.decode("utf-8"))
            self.schema.check("response", payload)
        return kind, request, payload

    def ask(self, message):
        """Sends a request and returns its last answer; what came before it is in `heard`."""
        self.heard = []
        request = self.send(message)
        while True:
            frame = self.receive()
            if frame is None:
                raise EOFError("the agent left")
            kind, answered, payload = frame
            assert answered == request, (answered, request)
            if kind == b"J" and payload["type"] not in ("progress", "started", "cancelling"):
                return payload
            self.heard.append((kind, payload))

    def put(self, *contents):
        blobs = [{"sha256": hashlib.sha256(each).hexdigest(), "size": len(each)} for each in contents]
        request = self.send({"type": "put-blobs", "blobs": blobs})
        for content in contents:
            self.blob(request, content)
        _, _, answer = self.receive()
        return answer, [each["sha256"] for each in blobs]

    def _frame(self, kind, request, payload):
        self._write(HEADER.pack(kind, request, len(payload)) + payload)

    def _write(self, data):
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def close(self):
        for stream in (self.process.stdin, self.process.stdout):
            try:
                stream.close()
            except BrokenPipeError:
                pass
        return self.process.wait(20)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
