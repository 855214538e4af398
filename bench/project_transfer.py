#!/usr/bin/env python3
"""What it costs that the whole project travels, beside `rsync -a` and `tar | ssh` over the same connection.

    bench/project_transfer.py [--runs N] [--files N] [--megabytes N]

One `sshd` on loopback with a home of its own, a project of many files, and one of the playbook alone. All is repeated in turns; medians.
1. First transfer: `deploy` to a host that has the environment and a warm starter, but not the project, less the same deploy of the small project; beside `rsync -a` and
   `tar | ssh` of the same files. At most 1.5 times the faster of the two is asked for.
2. Unchanged: `deploy` of the large project less `deploy` of the small one. At most 30 ms is asked for.
3. One changed file: the same, with a file changed before each.
"""

import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import tempfile
import time

from lab import OURS, Lab

PLAYBOOK = """- name: Look
  hosts: all
  gather_facts: false
  tasks:
    - name: Say it
      ansible.builtin.debug:
        msg: "there"
"""


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--runs", type=int, default=7)
    options.add_argument("--files", type=int, default=10000)
    options.add_argument("--megabytes", type=int, default=200)
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="ansible-venv-bench-") as work:
        lab = Lab(pathlib.Path(work))
        try:
            lab.start(1)
            measure(given, lab)
        finally:
            lab.end()


def measure(given, lab):
    small = lab.project
    (small / "site.yml").write_text(PLAYBOOK)
    (small / "ansible-venv.yml").touch()
    large = lab.work / "large"
    shutil.copytree(small, large)
    size = given.megabytes * 10**6 // given.files
    for number in range(given.files):
        file = large / f"roles/r{number // 200}/files/d{number // 20 % 10}/f{number % 20}"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(os.urandom(size))
    subprocess.run(["git", "init", "-q", large], check=True)
    for _ in range(3):
        deploy(small)
    times = {name: [] for name in ("small", "first", "rsync", "tar", "unchanged", "one file")}
    ssh = ["ssh", "-F", str(lab.config), "h1"]
    # An account's own directory is the real one; HOME alone is the lab's.
    copied = lab.work / "copied"
    for _ in range(given.runs):
        subprocess.run([*ssh, "rm -rf ~/.local/share/ansible-venv/projects/large-*"], check=True)
        shutil.rmtree(copied, ignore_errors=True)
        copied.mkdir()
        os.sync()
        times["rsync"].append(timed(["rsync", "-a", "--exclude=.git", "-e", f"ssh -F {lab.config}", f"{large}/", f"h1:{copied}/rsync/"]))
        times["tar"].append(timed(f"tar -C {large} --exclude=.git -cf - . | {' '.join(ssh)} 'mkdir {copied}/tar && tar -C {copied}/tar -xf -'"))
        os.sync()
        times["first"].append(deploy(large))
        # The first run in a directory leaves a starter that knows the directory.
        for _ in range(2):
            deploy(large)
            time.sleep(1)
        deploy(small)
        for _ in range(3):
            times["small"].append(deploy(small))
            times["unchanged"].append(deploy(large))
            (large / "roles/r0/files/d0/f0").write_bytes(os.urandom(size))
            time.sleep(0.1)
            times["one file"].append(deploy(large))
    middle = {name: statistics.median(each) for name, each in times.items()}
    for name, each in middle.items():
        print(f"{name:10} {each:7.3f} s   {min(times[name]):7.3f} to {max(times[name]):7.3f}")
    base = min(middle["rsync"], middle["tar"])
    print(f"first transfer: {(middle['first'] - middle['small']) / base:.2f} times the faster of rsync and tar")
    print(f"unchanged: {1000 * (middle['unchanged'] - middle['small']):+.0f} ms; one changed file: {1000 * (middle['one file'] - middle['small']):+.0f} ms")


def deploy(project):
    return timed([OURS, "deploy", "site.yml", "h1", "--skip-lint"], cwd=project)


def timed(command, cwd=None):
    began = time.monotonic()
    subprocess.run(command, cwd=cwd, check=True, shell=isinstance(command, str), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.monotonic() - began


if __name__ == "__main__":
    main()
