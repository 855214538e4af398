"""ansible-playbook's modules, imported ahead, and what makes a fork of this process equal to one that starts anew."""

import atexit
import gc
import importlib
import os
import re
import signal
import sys
import tempfile
import time

from . import session, settings
from .documents import Documents
from .relocation import Relocation
from .runner import close_all_but

# What a run of a few tasks imports by and by. What a version of ansible-core does not have is left out.
_LATER = (
    "ansible.executor.process.worker ansible.executor.task_executor ansible.module_utils.connection"
    " ansible.playbook.handler_task_include ansible.playbook.included_file ansible.playbook.role_include ansible.playbook.task_include"
    " ansible.plugins.action ansible.plugins.become ansible.plugins.cache ansible.plugins.callback ansible.plugins.connection"
    " ansible.plugins.inventory ansible.plugins.lookup ansible.plugins.shell ansible.plugins.strategy ansible.plugins.vars"
    " ansible.utils._junit_xml ansible.utils.hashing ansible.utils.shlex"
    " ansible._internal._errors._task_timeout ansible._internal._json._profiles._inventory_legacy"
    " cmd multiprocessing.popen_fork multiprocessing.queues multiprocessing.resource_tracker multiprocessing.shared_memory"
    " multiprocessing.synchronize pprint pty tomllib xml.dom.minidom xml.etree.ElementTree"
).split()
_REHEARSED = "/runs/00000000T000000-00000000"


class Refused(Exception):
    """A fork could differ from a process that starts anew."""


class Imported:
    """Made in `warm/KEY`, which stands for a run's directory until a fork enters one."""

    # What an import raised may keep these frames: no local variable names a directory, since it could not be moved.
    def __init__(self, script):
        self._script = script
        # What the interpreter adds to a session without a locale.
        self._added = set(os.environ) - set(session.inherited())
        with open(script, "rb") as file:
            text = file.read()
        if b"ansible.cli.playbook" not in text:
            raise Refused("%s does not start ansible.cli.playbook" % script)
        self._code = compile(text, script, "exec", dont_inherit=True)
        self._at_exit = []
        key = os.path.basename(os.getcwd())
        settings.take()
        configuration = _identities(filter(None, [settings.configured["ANSIBLE_CONFIG"]]))
        before = _surroundings()
        here = os.open(".", os.O_RDONLY)
        self._import()
        os.fchdir(here)
        os.close(here)
        self._handlers = {number: signal.getsignal(number) for number in signal.valid_signals()}
        _drop_locks()
        temporary = _check(before)
        self._temporary = len(temporary)
        self._documents = Documents()
        self._files = {**_identities(self._sources()), **configuration}
        gc.collect()
        # No closure may hold the key: it would be found, too.
        self._relocation = Relocation(key, [*map(("/warm/%s/" % key).__add__, temporary), "/warm/" + key])
        self._rehearse()
        gc.collect()
        gc.freeze()

    def _import(self):
        words, sys.argv = sys.argv, [self._script]
        register, atexit.register = atexit.register, self._note
        os.chdir(words[-1])
        began = os.stat(".").st_ino
        try:
            settings.import_ansible()
            for name in _LATER:
                try:
                    importlib.import_module(name)
                except ImportError:
                    pass
        finally:
            sys.argv = words
            atexit.register = register
        if os.stat(".").st_ino != began:
            raise Refused("an import changed the working directory")

    def _note(self, function, *words, **named):
        """What is registered is kept for the forks: the interpreter's own list is out of reach of a relocation."""
        self._at_exit.append([function, words, named])
        return function

    def _sources(self):
        for module in list(sys.modules.values()):
            path = getattr(module, "__file__", None)
            if path:
                yield path
        yield self._script
        yield from self._documents.sources

    def changed(self):
        """Why a process that starts anew would import something else, or an empty text."""
        for path, before in self._files.items():
            if identity(path) != before:
                return "%s has changed" % path
        return ""

    def _rehearse(self):
        """In a process of its own, with all the time in the world: a move that leaves something behind is none."""
        child = os.fork()
        if child == 0:
            status = 1
            try:
                os.nice(19)
                self._relocation.apply([*[_REHEARSED + "/tmp/moved"] * self._temporary, _REHEARSED])
                left = self._relocation.left()
                sys.stderr.write("".join("cannot be moved: %s\n" % each for each in left))
                sys.stderr.flush()
                status = 1 if left else 0
            finally:
                os._exit(status)
        if os.waitpid(child, 0)[1] != 0:
            raise Refused("something keeps the directory's name")

    def enter(self, command, environment, directory):
        """Makes this process the one that `command` would have started in `directory`, and ends with it."""
        for number, handler in self._handlers.items():
            if handler is not None and signal.getsignal(number) is not handler:
                signal.signal(number, handler)
        close_all_but({0, 1, 2})
        for name in set(os.environ) - set(environment) - self._added:
            del os.environ[name]
        os.environ.update(environment)
        time.tzset()
        self._move(directory)
        _renew()
        _show(command, environment)
        for function, words, named in self._at_exit:
            atexit.register(function, *words, **named)
        self._documents.offer()
        sys.argv = command[2:]
        if hasattr(sys, "orig_argv"):
            sys.orig_argv = [command[0], *sys.argv]
        settings.take()
        settings.receive()
        settings.show()
        settings.execute(self._script, self._code)

    def _move(self, directory):
        """Into `runs/ID`, which lies beside `warm/KEY`, so that the ends of their names are all that differs."""
        prefix = "ansible-local-%d" % os.getpid()
        made = [tempfile.mkdtemp(prefix=prefix, dir=os.path.join(directory, "tmp")) for _ in range(self._temporary)]
        self._relocation.apply(["/" + "/".join(each.split("/")[-depth:]) for each, depth in [*((new, 4) for new in made), (directory, 2)]])
        self._relocation = None


def _locks():
    """Locks between processes that ansible-core before 2.16 makes at import: in forks they would be those of other runs, too."""
    module = sys.modules.get("ansible.executor.action_write_locks")
    return module.action_write_locks if module else {}


def _drop_locks():
    for name in _locks():
        _locks()[name] = None


def _surroundings():
    return {"descriptors": _descriptors(), "files": _files()}


def _check(before):
    """Raises Refused for whatever an import left behind that forks would share. Returns its temporary directories."""
    sys.stdout.flush()
    sys.stderr.flush()
    if os.fstat(1).st_size or os.fstat(2).st_size:
        raise Refused("an import printed something")
    if _descriptors() != before["descriptors"]:
        raise Refused("an import left a file open")
    if len(os.listdir("/proc/self/task")) != 1:
        raise Refused("an import started a thread")
    try:
        os.waitpid(-1, os.WNOHANG)
        raise Refused("an import started a process")
    except ChildProcessError:
        pass
    with open("/proc/self/maps", encoding="utf-8", errors="replace") as file:
        if any(re.match(r"\S+ .w.s ", line) for line in file):
            raise Refused("an import shares memory")
    from ansible import constants

    if constants.config.get_configuration_definitions().get("DISPLAY_TRACEBACK"):
        if [str(each) for each in constants.DISPLAY_TRACEBACK] != ["never"]:
            raise Refused("tracebacks would show the starter")
    if constants.DEFAULT_VERBOSITY:
        raise Refused("what is shown at a high verbosity tells what has been imported")
    made = _files() - before["files"]
    temporary = [each for each in made if re.fullmatch(r"tmp/ansible-local-%d[^/]*" % os.getpid(), each)]
    if len(temporary) != len(made):
        raise Refused("an import wrote %s" % sorted(made - set(temporary))[0])
    return temporary


def _descriptors():
    return {name: os.readlink("/proc/self/fd/" + name) for name in os.listdir("/proc/self/fd") if os.path.lexists("/proc/self/fd/" + name)}


def _files():
    found = set()
    for top in ("project", "tmp", "ansible"):
        for parent, directories, files in os.walk(top):
            found.update(os.path.join(parent, name) for name in directories + files)
    return found


def _identities(paths):
    return {path: identity(path) for path in paths}


def identity(path):
    """What changes when a file is written or replaced; None when it is gone."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def _renew():
    """What is drawn by lot, or read off a clock, once in a process. `random` does so itself in a fork."""
    import logging
    import multiprocessing
    import secrets

    import ansible.utils.vars

    logging._startTime = time.time_ns() if isinstance(logging._startTime, int) else time.time()
    process = multiprocessing.process.current_process()
    process.authkey = os.urandom(32)
    for name in _locks():
        _locks()[name] = multiprocessing.Lock()
    if hasattr(ansible.utils.vars, "random_int"):
        ansible.utils.vars.random_int = ("%08x" % secrets.randbelow(2**32))[:8]


def _show(command, environment):
    """Lets `ps` show the run and not the starter, where the kernel allows it. Nothing depends on that."""
    try:
        import ctypes

        library = ctypes.CDLL(None)
        library.malloc.restype = library.sbrk.restype = ctypes.c_void_p
        with open("/proc/self/stat", "rb") as file:
            fields = file.read().rsplit(b")", 1)[1].split()
        bounds = []
        for words in (command, ["%s=%s" % each for each in environment.items()]):
            text = b"".join(os.fsencode(word) + b"\0" for word in words)
            start = library.malloc(ctypes.c_size_t(len(text)))
            ctypes.memmove(start, text, len(text))
            bounds += [start, start + len(text)]
        numbers = [int(fields[index]) for index in (23, 24, 42, 43, 44)]
        numbers += [library.sbrk(0), int(fields[25]), *bounds, 0]
        layout = (ctypes.c_uint64 * 12)(*numbers)
        described = bytes(layout) + bytes(ctypes.c_uint32(0)) + bytes(ctypes.c_uint32(0xFFFFFFFF))
        set_memory, whole_map = 35, 14
        library.prctl(set_memory, whole_map, described, ctypes.c_ulong(len(described)), 0)
    except (ImportError, OSError, AttributeError, ValueError):
        pass
