"""The Pythons of this host that an environment can be built with."""

import json
import os
import re
import time

from . import environment, shared
from .errors import AgentError
from .store import read_json, write_file

NAMES = ["python3." + str(minor) for minor in range(14, 8, -1)] + ["python3"]
SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin"

# `_base_executable` is the real interpreter also when a virtual environment's is on the path.
_QUESTION = (
    "import sys, json; print(json.dumps([getattr(sys, '_base_executable', sys.executable),"
    " '%d.%d.%d' % sys.version_info[:3], sys.implementation.name, sys.version_info.releaselevel]))"
)


def candidates(store, remembered=False):
    """Working CPythons from 3.9 on: `{"path": …, "version": …}`. Those that tasks of other users can start come first, the newest before others.

    With `remembered` none is started again while the files are the same. What a version manager's shim leads to can change
    without that: it is asked again after an hour.
    """
    programs = _programs()
    memory = os.path.join(store.agents, "pythons.json")
    state = [[program, *environment.identity(program)] for program in programs]
    known = read_json(memory) if remembered else None
    if known and known["programs"] == state and _holds(known):
        return known["candidates"]
    found = {}
    direct = set()
    for program, path, version in _answers(programs):
        found.setdefault((os.path.realpath(path), version), path)
        direct.update([program] if os.path.realpath(path) == os.path.realpath(program) else [])
    ordered = sorted(found.items(), key=lambda item: (not shared.obstacle(item[0][0]), numbers(item[0][1])), reverse=True)
    answer = [{"path": path, "version": version} for (_, version), path in ordered]
    known = {
        "programs": state,
        "candidates": answer,
        "interpreters": [environment.identity(each["path"]) for each in answer],
        "until": None if len(direct) == len(programs) else time.time() + 3600,
    }
    write_file(memory, json.dumps(known).encode("ascii"), durable=False)
    return answer


def _holds(known):
    try:
        same = [environment.identity(each["path"]) for each in known["candidates"]] == known["interpreters"]
    except OSError:
        return False
    return same and (known["until"] is None or time.time() < known["until"] <= time.time() + 3600)


def configured(program):
    """The interpreter that the configuration names, under that name, as `candidates` has others; none if it is unusable."""
    return [{"path": program, "version": version} for _, _, version in _answers([program])]


def choose(store, configured, requires):
    """The interpreter to build with: the configured one, else the newest that the lock allows."""
    if configured:
        answers = list(_answers([configured]))
        if not answers:
            raise AgentError("no-python", "the configured Python %s does not work" % configured)
        _, path, version = answers[0]
        if not allows(requires, version):
            raise AgentError("no-python", "%s is Python %s, the lock requires %s" % (configured, version, requires))
        return {"path": path, "version": version}
    for remembered in (True, False):
        offered = candidates(store, remembered)
        for candidate in offered:
            if allows(requires, candidate["version"]):
                return candidate
    raise AgentError(
        "no-python",
        "no Python %s here; found: %s" % (requires, ", ".join(each["version"] for each in offered) or "none"),
        "install one and name it in `ansible_python_interpreter`, or lock again for this host's Python: one lock serves the Pythons"
        " that its ansible-core runs on",
    )


def _programs():
    path = os.environ.get("PATH", "").split(":") + SYSTEM_PATH.split(":")
    places = [place for place in dict.fromkeys(path) if os.path.isabs(place)]
    programs = (os.path.join(place, name) for name in NAMES for place in places)
    return [program for program in programs if os.access(program, os.X_OK) and os.path.isfile(program)]


def _answers(programs):
    """Asks all at once: a version manager's shim takes long, and may be there without its Python."""
    import subprocess

    variables = {"PATH": os.environ.get("PATH", SYSTEM_PATH), "HOME": os.environ.get("HOME", "/")}
    asked = []
    for program in programs:
        try:
            asked.append(
                (
                    program,
                    subprocess.Popen(
                        [program, "-I", "-S", "-c", _QUESTION],
                        env=variables,
                        stdin=subprocess.DEVNULL,
                        stdout=subprocess.PIPE,
                        stderr=subprocess.DEVNULL,
                    ),
                )
            )
        except OSError:
            continue
    for program, process in asked:
        try:
            answer = process.communicate(timeout=20)[0]
            path, version, implementation, level = json.loads(answer.decode("utf-8"))
        except (subprocess.TimeoutExpired, ValueError):
            process.kill()
            process.wait()
            continue
        if implementation == "cpython" and level == "final" and numbers(version) >= (3, 9):
            yield program, path, version


def numbers(version):
    return tuple(int(part) for part in re.findall(r"\d+", version))


def requires_python(pylock):
    """The lock's own `requires-python` (PEP 751), which stands before its first table."""
    head = pylock.split("\n[", 1)[0]
    match = re.search(r'^requires-python\s*=\s*["\']([^"\']*)["\']', head, re.MULTILINE)
    return match.group(1) if match else ""


def allows(requires, version):
    """Whether final release `version` satisfies the specifier (PEP 440, without `===` and local parts)."""
    return all(_allows_one(part.strip(), numbers(version)) for part in requires.split(",") if part.strip())


def _allows_one(part, version):
    match = re.fullmatch(r"(>=|<=|==|!=|~=|>|<)\s*(\d+(?:\.\d+)*)(\.\*)?", part)
    if not match:
        raise AgentError("lock-invalid", "cannot read the lock's requires-python: " + part)
    operator, text, wildcard = match.groups()
    bound = numbers(text)
    if operator == "~=":
        return version >= bound and version[: len(bound) - 1] == bound[:-1]
    if wildcard:
        same = version[: len(bound)] == bound
        return same if operator == "==" else not same
    width = max(len(bound), len(version))
    left, right = (each + (0,) * (width - len(each)) for each in (version, bound))
    return {
        ">=": left >= right,
        "<=": left <= right,
        "==": left == right,
        "!=": left != right,
        ">": left > right,
        "<": left < right,
    }[operator]
