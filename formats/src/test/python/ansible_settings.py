"""What Ansible's own configuration manager reads: a line with an ansible.cfg in base64 gives a line
with every setting that was asked for in the arguments, by every type. Texts are in base64."""

import base64
import os
import sys

from ansible.config.manager import ConfigManager, ensure_type

TYPES = ("string", "list", "bool", "path", "pathspec", "pathlist")


def encoded(text):
    return base64.b64encode(text.encode("utf-8", "surrogateescape")).decode("ascii")


def answer(value, kind):
    """POSIX lets two slashes at a path's start mean what they like; on Linux they are one."""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, list):
        return "[%s]" % ",".join(encoded(path(each) if kind.startswith("path") else each) for each in value)
    return encoded(path(value) if kind == "path" else value)


def path(value):
    return value[1:] if value.startswith("//") else value


def settings(manager, file, names):
    try:
        manager._parse_config_file(file)
    except Exception:
        return "error"
    answers = []
    for name in names:
        section, key = name.split("/")
        value = manager._parsers[file].get(section, key, raw=True, fallback=None)
        if value is None:
            answers.append("none")
            continue
        answers.append(encoded(value))
        for kind in TYPES:
            try:
                typed = ensure_type(value, kind, origin=file, origin_ftype="ini")
            except UnicodeError:
                return "crash"
            answers.append(answer(typed, kind))
    return " ".join(answers)


def main():
    file, names = sys.argv[1], sys.argv[2:]
    os.chdir(os.path.dirname(os.path.dirname(file)))
    open(file, "w").close()
    manager = ConfigManager(file)
    for line in sys.stdin:
        with open(file, "wb") as target:
            target.write(base64.b64decode(line))
        print(settings(manager, file, names), flush=True)


main()
