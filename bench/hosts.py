#!/usr/bin/env python3
"""Many hosts over SSH, beside the plain `ssh` that they are reached with.

    bench/hosts.py [--hosts N] [--runs N] [--forks N]

Each host is an `sshd` of its own on loopback with a home of its own; all of them are ended again.
1. `list-host web --refresh` of N hosts beside `xargs -P N ssh HOST true`. The CPU is the controller's.
2. The peak of what the controller's processes take together (PSS) in 1 and in a warm `deploy` to all.
3. A warm `deploy` to one host beside `ssh HOST ansible-playbook` of the same file in the same environment; then the same
   over a connection of the user's that lives (`ControlMaster`).
The hosts share this machine's cores with the controller: an agent costs each of them a start of Python that `true` does not.
"""

import argparse
import os
import pathlib
import subprocess
import tempfile
import threading
import time

import pairs
from lab import OURS, Lab

PLAYBOOK = """- name: Say
  hosts: all
  gather_facts: false
  tasks:
    - name: Say so
      ansible.builtin.debug:
        msg: hello
"""


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--hosts", type=int, default=100)
    options.add_argument("--runs", type=int, default=7)
    options.add_argument("--forks", type=int, default=0, help="0 for the usual number")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="ansible-venv-bench-") as work:
        lab = Lab(pathlib.Path(work))
        try:
            lab.start(given.hosts)
            (lab.project / "site.yml").write_text(PLAYBOOK)
            measure(given, lab)
        finally:
            lab.end()


def measure(given, lab):
    forks = ["--forks", str(given.forks)] if given.forks else []
    refresh = [OURS, "list-host", "web", "--refresh", *forks]
    names = "\\n".join(f"h{index}" for index in range(1, given.hosts + 1))
    each = f"printf '{names}\\n' | xargs -P {given.hosts} -I@ ssh -F {lab.config} @ true"
    wall, _, done = pairs.once(refresh, lab.project, pairs.environment())
    pairs.check("the first look at the hosts", done, (0,))
    print(f"first look at {given.hosts} hosts, the agent to be sent to each: {wall:.1f} s")
    pairs.compare(
        f"{given.hosts} hosts", "list-host web --refresh", refresh, "xargs ssh true", ["sh", "-c", each],
        cwd=lab.project, runs=given.runs,
    )
    print(f"  peak of the controller's processes  {peak(refresh, lab.project) / 2**20:.0f} MiB")
    deploy_to_one(given, lab)
    deploy_to_all(lab, forks)


def deploy_to_one(given, lab):
    deploy = [OURS, "deploy", "site.yml", "h1"]
    wall, _, done = pairs.once(deploy, lab.project, pairs.environment())
    pairs.check("the first deploy", done, (0,))
    print(f"\nfirst deploy to one host, everything to be fetched and built: {wall:.1f} s")
    venv = next((lab.work / "h1/venvs").iterdir())
    (lab.work / "h1/site.yml").write_text(PLAYBOOK)
    plain = f"cd {lab.work}/h1 && {venv}/bin/ansible-playbook -i localhost, -c local -e ansible_python_interpreter={venv}/bin/python site.yml"
    by_hand = ["ssh", "-F", str(lab.config), "h1", plain]
    for connection in ("a new connection", "a living connection"):
        pairs.compare(
            f"second deploy to one host, {connection}", "ansible-venv deploy", deploy, "ssh HOST ansible-playbook", by_hand,
            cwd=lab.project, runs=given.runs,
        )
        with lab.config.open("a") as config:
            config.write(f"  ControlMaster auto\n  ControlPath {lab.work}/living\n  ControlPersist 30\n")
    subprocess.run(["ssh", "-F", str(lab.config), "-O", "exit", "h1"], capture_output=True)
    lab.config.write_text(lab.config.read_text().replace("  ControlMaster auto\n", ""))


def deploy_to_all(lab, forks):
    deploy = [OURS, "deploy", "site.yml", "web", *forks]
    for name in ("first", "second"):
        wall, _, done = pairs.once(deploy, lab.project, pairs.environment())
        pairs.check(f"the {name} deploy to all", done, (0,))
        print(f"{name} deploy to all: {wall:.1f} s")
    print(f"peak of the controller's processes in a warm deploy: {peak(deploy, lab.project) / 2**20:.0f} MiB")


def peak(command, cwd):
    """Bytes: the proportional set sizes of the command and all below it, looked at every 50 ms."""
    process = subprocess.Popen(command, cwd=cwd, env=pairs.environment(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    found = [0]

    def look():
        while process.poll() is None:
            found[0] = max(found[0], sum(map(proportional, below(process.pid))))
            time.sleep(0.05)

    watcher = threading.Thread(target=look)
    watcher.start()
    process.wait()
    watcher.join()
    return found[0]


def below(root):
    children = {}
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found = [root]
    for each in found:
        found += children.get(each, [])
    return found


def proportional(pid):
    try:
        lines = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
    except OSError:
        return 0


main()
