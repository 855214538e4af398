"""A request and descriptors over a local socket, between the agent and a warm starter. Both are the same user's: either side looks."""

import array
import os
import pickle
import socket
import struct

_LENGTH = struct.Struct(">I")
_CREDENTIALS = struct.Struct("3i")


def same_user(connection):
    credentials = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    return _CREDENTIALS.unpack(credentials)[1] == os.getuid()


def send(connection, request, handles):
    payload = pickle.dumps(request, 4)
    rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", handles))]
    connection.sendmsg([_LENGTH.pack(len(payload))], rights)
    connection.sendall(payload)


def receive(connection):
    """The request and its descriptors. Raises EOFError when the other side ended before that."""
    handles = array.array("i")
    header, ancillary, _, _ = connection.recvmsg(_LENGTH.size, socket.CMSG_SPACE(2 * handles.itemsize), socket.MSG_WAITALL)
    for level, kind, data in ancillary:
        if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
            handles.frombytes(data[: len(data) - len(data) % handles.itemsize])
    try:
        payload = _exactly(connection, _LENGTH.unpack(header)[0]) if len(header) == _LENGTH.size else b""
        if not payload or len(handles) != 2:
            raise EOFError("the request is not whole")
        return pickle.loads(payload), list(handles)
    except BaseException:
        for handle in handles:
            os.close(handle)
        raise


def _exactly(connection, size):
    parts = []
    while size:
        part = connection.recv(min(size, 1 << 20))
        if not part:
            raise EOFError("the request ends early")
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
