#!/usr/bin/env python3
"""What confining ansible-lint costs: the same lint at each level beside the same lint unconfined, pair by pair.

    bench/confinement.py TOOL [--runs N] [PROJECT PLAYBOOK]

TOOL is the environment of ansible-lint, as `ansible-venv doctor` shows it. The command lines are those of
`core.confinement`; only the system's directories are bound that are there on most machines.
"""

import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import pairs

ROOT = pathlib.Path(__file__).resolve().parent.parent
RESOURCES = ROOT / "core/src/main/resources/dev/ansiblevenv/core"
SCRIPTS = ("confinement/confine.py", "lint/lint.py", "lint/sitecustomize.py")
SYSTEM = [p for p in ("/usr", "/bin", "/lib", "/lib64", "/etc/passwd", "/etc/ld.so.cache", "/sys/fs/cgroup") if os.path.exists(p)]
PLAYBOOK = "- name: Play\n  hosts: localhost\n  tasks:\n    - name: Task\n      ansible.builtin.debug:\n        msg: hello\n"
LEVELS = {"bubblewrap": ("bubblewrap", False), "Landlock and namespaces": ("kernel", True), "Landlock": ("kernel", False)}


def environment(tool, start, scratch):
    return {
        "PATH": f"{tool}/bin:/usr/bin:/bin",
        "HOME": scratch,
        "TMPDIR": scratch,
        "LC_ALL": "C.UTF-8",
        "PYTHONPATH": str(start),
        "PYTHONDONTWRITEBYTECODE": "1",
        "ANSIBLE_CONFIG": str(start / "ansible.cfg"),
        "ANSIBLE_INVENTORY": str(start / "inventory"),
        "ANSIBLE_LINT_SKIP_SCHEMA_UPDATE": "1",
    }


def command(tool, start, scratch, project, playbook, level=None):
    """The lint of a playbook; confined where a level is named."""
    python = [f"{tool}/bin/python", "-I", "-B", "-X", "utf8"]
    lint = [str(start / "lint.py"), "{}", "--offline", "--nocolor", "--format=codeclimate", "--profile=min"]
    lint += [f"--project-dir={project}", "--", playbook]
    if level is None:
        variables = [f"{k}={v}" for k, v in environment(tool, start, scratch).items()]
        return ["/usr/bin/env", "-i", *variables, *python, *lint]
    kind, namespaces = LEVELS[level]
    base = subprocess.run([f"{tool}/bin/python", "-c", "import sys; print(sys.base_prefix)"], capture_output=True, text=True)
    readable = [*SYSTEM, base.stdout.strip(), str(tool), str(start), str(project)]
    if kind == "bubblewrap":
        scratch = "/run/scratch"
    policy = {
        "level": kind,
        "namespaces": namespaces,
        "readable": readable,
        "scratch": scratch,
        "environment": environment(tool, start, scratch),
        "memory": 3 << 30,
        "scratch_bytes": 256 << 20,
        "processes": 256,
        "parent": os.getpid(),
    }
    wrapped = [*python, str(start / "confine.py"), json.dumps(policy), *lint]
    if kind != "bubblewrap":
        return wrapped
    binds = [word for path in readable for word in ("--ro-bind", path, path)]
    return [
        *("bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--proc", "/proc"),
        *("--dev", "/dev", "--size", str(256 << 20), "--tmpfs", scratch, *binds, "--remount-ro", "/"),
        *("--chdir", str(project), "--", *wrapped),
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tool", type=pathlib.Path)
    parser.add_argument("project", type=pathlib.Path, nargs="?")
    parser.add_argument("playbook", nargs="?", default="site.yml")
    parser.add_argument("--runs", type=int, default=20)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        start = pathlib.Path(work, "start")
        start.mkdir()
        for script in SCRIPTS:
            shutil.copy(RESOURCES / script, start)
        (start / "ansible.cfg").touch()
        (start / "inventory").write_text("localhost\n")
        project = given.project and given.project.resolve()
        if project is None:
            project = pathlib.Path(work, "project")
            project.mkdir()
            (project / "site.yml").write_text(PLAYBOOK)
        scratch = pathlib.Path(work, "scratch")

        def empty():
            shutil.rmtree(scratch, ignore_errors=True)
            scratch.mkdir(mode=0o700)

        for level in LEVELS:
            if level == "bubblewrap" and not shutil.which("bwrap"):
                print("bubblewrap is not installed", file=sys.stderr)
                continue
            sides = [command(given.tool, start, str(scratch), project, given.playbook, at) for at in (level, None)]
            pairs.compare(
                f"lint at level `{level}` beside unconfined", level, sides[0], "unconfined", sides[1],
                cwd=project, runs=given.runs, before_a=empty, before_b=empty,
            )  # fmt: skip


if __name__ == "__main__":
    main()
