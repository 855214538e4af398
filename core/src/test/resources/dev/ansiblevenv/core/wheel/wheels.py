"""What `packaging` says of platforms: standard input and output are JSON.

In: {"platforms": [{"machine", "libc", "minor", "python"}], "markers": [text], "packages": [[file name]]}
Out, for each platform: {"tags": [text], "markers": [bool], "chosen": [file name or null]}
"""

import json
import sys

from packaging import _manylinux, _musllinux, tags, utils
from packaging.markers import Marker


def platforms(machine, libc, minor):
    _manylinux._have_compatible_abi = lambda executable, archs: libc == "glibc"
    _manylinux._get_glibc_version = lambda: (2, minor)
    _musllinux._get_musl_version = lambda executable: (
        _musllinux._MuslVersion(1, minor) if libc == "musl" else None
    )
    tags.sysconfig.get_platform = lambda: "linux-" + machine
    return list(tags._linux_platforms(is_32bit=False))


def answer(platform, question):
    machine, python = platform["machine"], platform["python"]
    version = tuple(int(part) for part in python.split(".")[:2])
    interpreter = "cp%d%d" % version
    names = platforms(machine, platform["libc"], platform["minor"])
    order = list(tags.cpython_tags(version, [interpreter], names))
    order += tags.compatible_tags(version, interpreter, names)
    order = list(dict.fromkeys(order))
    ranks = {tag: rank for rank, tag in enumerate(order)}
    environment = {
        "python_version": "%d.%d" % version,
        "python_full_version": python,
        "implementation_version": python,
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "os_name": "posix",
        "sys_platform": "linux",
        "platform_system": "Linux",
        "platform_machine": machine,
        "extra": "",
    }
    return {
        "tags": [str(tag) for tag in order],
        "markers": [Marker(text).evaluate(environment) for text in question["markers"]],
        "chosen": [chosen(files, ranks) for files in question["packages"]],
    }


def chosen(files, ranks):
    best = None
    for file in files:
        _, _, build, wheel_tags = utils.parse_wheel_filename(file)
        fitting = [ranks[tag] for tag in wheel_tags if tag in ranks]
        if fitting:
            key = (min(fitting), tuple(-part for part in build[:1]) or (1,), file)
            best = min(best, key) if best else key
    return best[2] if best else None


question = json.load(sys.stdin)
json.dump([answer(platform, question) for platform in question["platforms"]], sys.stdout)
