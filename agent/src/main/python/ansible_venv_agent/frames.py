"""Frames on a byte stream: kind (1 byte), request id (4), length (4, big endian), payload."""

import collections
import json
import os
import select
import struct

from .errors import CancelRequested, ConnectionLost

HEADER = struct.Struct(">cII")
JSON = b"J"
BLOB = b"B"
OUTPUT = b"O"
EVENTS = b"E"
LIMIT = 16 * 1024 * 1024
PIECE = 64 * 1024

Frame = collections.namedtuple("Frame", "kind id payload")


class FrameError(Exception):
    """The stream is not what the protocol says; nothing behind this point can be trusted."""


class Channel:
    """Both directions of the connection. Reading never loses what arrives while something else is waited for."""

    def __init__(self, source, sink, ahead=b""):
        self._source = source
        self._sink = sink
        self._buffer = bytearray(ahead)
        self._frames = collections.deque()
        self.closed = False
        self.current = None
        self._parse()

    def close(self):
        """For a forked process, so that the connection ends with the agent and not with its children."""
        os.close(self._source)
        os.close(self._sink)

    def wait(self, timeout, others=()):
        """Waits for frames or for one of the other descriptors; returns those of them that are ready."""
        watched = list(others) if self.closed else [self._source, *others]
        if not watched and timeout is None:
            return []
        ready = select.select(watched, [], [], timeout)[0]
        if self._source in ready:
            ready.remove(self._source)
            self._fill()
        return ready

    def next(self):
        """The next frame, or None when the controller has closed its side."""
        while not self._frames:
            if self.closed:
                return None
            self._fill()
        return self._frames.popleft()

    def take(self, wanted):
        """Takes the frames that `wanted` accepts out of those that have arrived, whatever their place."""
        taken = [frame for frame in self._frames if wanted(frame)]
        if taken:
            self._frames = collections.deque(frame for frame in self._frames if not wanted(frame))
        return taken

    def check(self):
        """Raises when nobody waits any more for the request that is being worked on."""
        if self.closed:
            raise ConnectionLost()
        if self.take(self._cancels_current):
            raise CancelRequested()

    def _cancels_current(self, frame):
        if frame.kind != JSON or b'"cancel"' not in frame.payload:
            return False
        try:
            message = json.loads(frame.payload.decode("utf-8"))
        except ValueError:
            return False
        return message.get("type") == "cancel" and message.get("request") == self.current

    def send(self, request, message):
        self.send_bytes(JSON, request, json.dumps(message).encode("ascii"))

    def send_bytes(self, kind, request, payload):
        self._write(HEADER.pack(kind, request, len(payload)) + payload)

    def send_file(self, kind, request, handle, position, length):
        """Sends a part of a file that is there and stays, without taking it into this process where the system can do that."""
        self._write(HEADER.pack(kind, request, length))
        end = position + length
        while position < end:
            try:
                sent = os.sendfile(self._sink, handle, position, end - position)
            except BrokenPipeError:
                self.closed = True
                raise ConnectionLost() from None
            except (AttributeError, OSError):
                data = os.pread(handle, end - position, position)
                self._write(data)
                sent = len(data)
            if not sent:
                raise FrameError("a file became shorter while it was sent")
            position += sent

    def _write(self, data):
        data = memoryview(data)
        try:
            while data:
                data = data[os.write(self._sink, data) :]
        except BrokenPipeError:
            self.closed = True
            raise ConnectionLost() from None

    def _fill(self):
        data = os.read(self._source, PIECE * 4)
        if not data:
            self.closed = True
            if self._buffer:
                raise FrameError("the stream ends inside a frame")
            return
        self._buffer += data
        self._parse()

    def _parse(self):
        position = 0
        while len(self._buffer) - position >= HEADER.size:
            kind, request, length = HEADER.unpack_from(self._buffer, position)
            if kind not in (JSON, BLOB) or length > LIMIT:
                raise FrameError("not a frame: kind %r, length %d" % (kind, length))
            end = position + HEADER.size + length
            if len(self._buffer) < end:
                break
            self._frames.append(Frame(kind, request, bytes(self._buffer[position + HEADER.size : end])))
            position = end
        del self._buffer[:position]
