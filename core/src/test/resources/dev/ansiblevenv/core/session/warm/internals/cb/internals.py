"""Prints what a process of Python has from its start, from its imports and from Ansible's configuration."""

import gc
import json
import locale
import os
import signal
import socket
import sys
import tempfile
import threading
import time
import warnings

import ansible.constants as constants
from ansible.plugins.callback import CallbackBase


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "notification"
    CALLBACK_NAME = "internals"
    CALLBACK_NEEDS_ENABLED = False

    def v2_playbook_on_stats(self, stats):
        self._display.display(json.dumps(internals(self._display), indent=1, sort_keys=True, default=str))


def internals(display):
    main = sys.modules["__main__"]
    streams = (sys.stdin, sys.stdout, sys.stderr)
    return {
        "arguments": [sys.argv, getattr(sys, "orig_argv", None), sys.executable, sys.prefix],
        "path": [sys.path, [str(type(each)) for each in sys.meta_path], len(sys.path_hooks)],
        "interpreter": [str(sys.flags), sys.dont_write_bytecode, sys.getrecursionlimit(), sys.getswitchinterval()],
        "main": {name: str(value) for name, value in vars(main).items() if name != "__builtins__"},
        "streams": [[each.name, each.encoding, each.errors, each.line_buffering, each.mode, each.isatty()] for each in streams],
        "handlers": {str(each): str(signal.getsignal(each)) for each in signal.valid_signals()},
        "blocked": [str(each) for each in signal.pthread_sigmask(signal.SIG_BLOCK, [])],
        "directory": [os.getcwd(), tempfile.gettempdir()],
        "descriptors": sorted(os.listdir("/proc/self/fd")),
        "configuration": {name: value for name, value in vars(constants).items() if name.isupper() and not isinstance(value, frozenset)},
        "display": [display.columns, display.verbosity],
        "warnings": [str(each) for each in warnings.filters],
        "locale": [locale.getlocale(), locale.setlocale(locale.LC_ALL)],
        "time zone": [time.timezone, time.tzname],
        "collector": [gc.isenabled(), gc.get_threshold(), gc.get_debug()],
        "threads": [threading.active_count(), socket.getdefaulttimeout()],
        "environment": dict(os.environ),
        "process": [os.getresuid(), os.nice(0), os.getpgid(0) == os.getpid()],
        "hooks": [str(sys.excepthook), str(sys.gettrace()), str(sys.getprofile())],
        "of the starter": of_the_starter(),
    }


def of_the_starter():
    """Whatever still holds the name of the directory that the starter was made in."""
    mark = "/wa" + "rm/"
    parts = (part for each in gc.get_objects() for part in gc.get_referents(each))
    return [repr(part) for part in parts if isinstance(part, (str, bytes)) and mark in str(part) and "starter.py" not in str(part)]
