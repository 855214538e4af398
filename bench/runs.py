#!/usr/bin/env python3
"""Following a run that prints much, beside `ssh HOST cat` of the same bytes.

    bench/runs.py [--runs N] [--megabytes N] [--width N]

One `sshd` on loopback with a home of its own. The runs are made once; then `attach` and `logs` are timed in turn with `ssh HOST cat` of the same files, each with
much and with little to bring: the difference of the two is the speed, without the start of a JVM and an agent. At least 0.80 of `cat`'s is asked for.
1. Text that a callback plugin prints: the log is long, the events are few.
2. Text that tasks return: the events hold it, too. `--format json` has to bring both.
"""

import argparse
import pathlib
import statistics
import tempfile

import pairs
from lab import OURS, Lab

PRINTING = """- name: Print
  hosts: all
  gather_facts: false
  tasks:
    - name: Print
      ansible.builtin.debug:
        msg: "{{ item }}"
      loop: "{{ range(100) | list }}"
"""
RETURNING = """- name: Return
  hosts: all
  gather_facts: false
  tasks:
    - name: Return
      ansible.builtin.debug:
        msg: "{{ 'x' * 100 * 1000 }}"
      loop: "{{ range(%d) | list }}"
"""
NOISE = """import os
from ansible.plugins.callback import CallbackBase

class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "notification"
    CALLBACK_NAME = "noise"
    CALLBACK_NEEDS_ENABLED = False

    def v2_runner_item_on_ok(self, result):
        if result._task.get_name() == "Print":
            data = (b"x" * %d + b"\\n") * (%d // 100 // %d)
            while data:
                data = data[os.write(1, data):]
"""


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--runs", type=int, default=7)
    options.add_argument("--megabytes", type=int, default=100)
    options.add_argument("--width", type=int, default=99, help="of the lines that are printed")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="ansible-venv-bench-") as work:
        lab = Lab(pathlib.Path(work))
        try:
            lab.start(1)
            measure(given, lab)
        finally:
            lab.end()


def measure(given, lab):
    size = given.megabytes * 10**6
    plugin = lab.project / "callback_plugins/noise.py"
    plugin.parent.mkdir()
    plugin.write_text(NOISE % (given.width, size, given.width + 1))
    small = run(lab, "small", RETURNING % 1)
    for name, playbook in (("printed", PRINTING), ("returned", RETURNING % (size // 100_000))):
        big = run(lab, name, playbook)
        for title, arguments, files in (
            ("attach", ["attach"], ["stdout.log"]),
            ("logs", ["logs"], ["stdout.log"]),
            ("attach --format json", ["attach", "--format", "json"], ["stdout.log", "events.jsonl"]),
        ):
            compare(f"{name}: {title}", arguments, files, big, small, lab, given.runs)


def run(lab, name, playbook):
    """The directory that the host has of a run."""
    (lab.project / f"{name}.yml").write_text(playbook)
    wall, _, done = pairs.once([OURS, "deploy", f"{name}.yml", "h1", "--skip-lint"], lab.project, pairs.environment())
    pairs.check(name, done, (0,))
    place = max((lab.work / "h1/.local/share/ansible-venv/runs").iterdir())
    if done.stdout != (place / "stdout.log").read_bytes():
        raise SystemExit("what was shown is not what the host has")
    sizes = [f"{file} {(place / file).stat().st_size / 1e6:.0f} MB" for file in ("stdout.log", "events.jsonl")]
    print(f"\n{name}: deployed in {wall:.1f} s, {', '.join(sizes)}", flush=True)
    return place


def compare(title, arguments, files, big, small, lab, runs):
    """Both sides with much and with little, in turn: what only much costs is the speed of following."""

    def ours(place):
        return into("a", [OURS, arguments[0], place.name, *arguments[1:]])

    def cat(place):
        return into("b", ["ssh", "-F", str(lab.config), "h1", "cat " + " ".join(str(place / file) for file in files)])

    def into(file, command):
        return ["sh", "-c", f'exec "$@" >{lab.work}/{file} 2>{lab.work}/{file}.err', "sh", *command]

    commands = [ours(big), ours(small), cat(big), cat(small)]
    walls = [[] for _ in commands]
    for turn in range(runs + 1):
        for command, wall in zip(commands, walls):
            took, _, done = pairs.once(command, lab.project, pairs.environment())
            pairs.check(title, done, (0,))
            if turn:
                wall.append(took)
    shares = [(d - e) / (b - c) for b, c, d, e in zip(*walls)]
    whole = [b / d for b, _, d, _ in zip(*walls)]
    print(f"\n{title} ({runs} rounds after a warm-up; medians)")
    for name, much, little in (("ansible-venv", walls[0], walls[1]), ("ssh HOST cat", walls[2], walls[3])):
        print(f"  {name:14} {statistics.median(much):.3f} s, with a small log {statistics.median(little):.3f} s")
    print(f"  speed beside ssh HOST cat, without the starts  {statistics.median(shares):.2f} [{min(shares):.2f} … {max(shares):.2f}]")
    print(f"  ratio of whole walls                           {statistics.median(whole):.2f} [{min(whole):.2f} … {max(whole):.2f}]", flush=True)

main()
