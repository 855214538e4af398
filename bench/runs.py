#!/usr/bin/env python3
"""Following a run that prints much, beside `ssh HOST cat` of the same bytes.

    bench/runs.py [--runs N] [--megabytes N] [--width N]

One `sshd` on loopback with a home of its own. The run is made once; then `attach` and `logs` of it are timed, each in pairs with `ssh HOST cat` of its
log, whole commands, the start of the JVM included. Ratios below 1.25 are what is asked for: at least 80 % of the speed.
1. Text that a callback plugin prints: the log is long, the events are few.
2. Text that tasks return: the events hold it, too. `--format json` has to bring both.
"""

import argparse
import pathlib
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
    for name, playbook in (("printed", PRINTING), ("returned", RETURNING % (size // 100_000))):
        (lab.project / f"{name}.yml").write_text(playbook)
        deploy = [OURS, "deploy", f"{name}.yml", "h1", "--skip-lint"]
        wall, _, done = pairs.once(deploy, lab.project, pairs.environment())
        pairs.check(name, done, (0,))
        log = max((lab.work / "h1/.local/share/ansible-venv/runs").iterdir()) / "stdout.log"
        if done.stdout != log.read_bytes():
            raise SystemExit("what was shown is not what the host has")
        print(f"\n{name}: deployed in {wall:.1f} s, log {log.stat().st_size / 1e6:.0f} MB, events {(log.parent / 'events.jsonl').stat().st_size / 1e6:.0f} MB")
        cat = ["ssh", "-F", str(lab.config), "h1", f"cat {log}"]
        both = ["ssh", "-F", str(lab.config), "h1", f"cat {log} {log.parent / 'events.jsonl'}"]
        for title, command, other in (
            ("attach", [OURS, "attach", "last"], cat),
            ("logs", [OURS, "logs", "last"], cat),
            ("attach --format json", [OURS, "attach", "last", "--format", "json"], both),
        ):
            compare(f"{name}: {title}", title, command, other, lab, given.runs)


def compare(title, name, command, other, lab, runs):
    """Into files, as a pipe's reader in Python would be slower than what is measured."""
    def into(what, file):
        return ["sh", "-c", f'exec "$@" >{lab.work}/{file}', "sh", *what]

    pairs.compare(title, name, into(command, "a"), "ssh HOST cat", into(other, "b"), cwd=lab.project, runs=runs)


main()
