#!/usr/bin/env python3
"""Many hosts over SSH, beside the plain `ssh` that they are reached with.

    bench/hosts.py [--hosts N] [--runs N] [--forks N] [--only PART,PART …]

Each host is an `sshd` of its own on loopback with a home of its own; all of them are ended again. The parts:
cold      `list-host web --refresh` of N hosts beside `xargs -P N ssh HOST true`, and what the controller's processes take at
          their peak (PSS). The CPU is the controller's.
living    the same where the user's configuration keeps connections (`ControlPersist`), and keeps one to each.
bastion   the same behind a jump host with the usual `MaxStartups 10:30:100`, three times; how many hosts each of both loses.
one       a warm `deploy` to one host beside `ssh HOST ansible-playbook` of the same file in the same environment; then the
          same over a connection of the user's that is kept.
all       a first and a warm `deploy` to all, and its peak.
wrapper   a warm `deploy` over a cable with a round trip of 50 ms beside a playbook of ten tasks that does the same job from here,
          without and with pipelining, all with connections that are kept. Takes root: the host is a machine of namespaces.
The hosts share this machine's cores with the controller: an agent costs each of them a start of Python that `true` does not.
"""

import argparse
import pathlib
import shlex
import subprocess
import sys
import tempfile
import threading
import time

import pairs
from lab import OURS, ROOT, Lab

PARTS = ("cold", "living", "bastion", "one", "all", "wrapper")
PLAYBOOK = """- name: Say
  hosts: all
  gather_facts: false
  tasks:
    - name: Say so
      ansible.builtin.debug:
        msg: hello
"""
WRAPPER = """- name: Do from here what the host could do
  hosts: all
  tasks:
    - name: Have a directory
      ansible.builtin.file:
        path: ~/wrapper-run
        state: directory
    - name: Look for the environment
      ansible.builtin.stat:
        path: ~/wrapper/bin/python
    - name: Say what it needs
      ansible.builtin.copy:
        content: "pip\\n"
        dest: ~/wrapper-run/requirements.txt
    - name: Have it
      ansible.builtin.pip:
        requirements: ~/wrapper-run/requirements.txt
        virtualenv: ~/wrapper
    - name: Send the playbook
      ansible.builtin.copy:
        src: site.yml
        dest: ~/wrapper-run/site.yml
    - name: Send the inventory
      ansible.builtin.copy:
        content: "localhost ansible_connection=local\\n"
        dest: ~/wrapper-run/hosts
    - name: Send the configuration
      ansible.builtin.copy:
        content: "[defaults]\\n"
        dest: ~/wrapper-run/ansible.cfg
    - name: Run it
      ansible.builtin.command:
        cmd: "{{ playbook }} -i hosts -e ansible_python_interpreter=/usr/bin/python3 site.yml"
        chdir: ~/wrapper-run
      register: run
    - name: Show it
      ansible.builtin.debug:
        var: run.stdout_lines
"""


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--hosts", type=int, default=100)
    options.add_argument("--runs", type=int, default=7)
    options.add_argument("--forks", type=int, default=0, help="0 for the usual number")
    options.add_argument("--only", type=lambda text: text.split(","), default=PARTS, metavar="PART,PART …")
    given = options.parse_args()
    if set(given.only) - set(PARTS):
        options.error(f"the parts are {', '.join(PARTS)}")
    with tempfile.TemporaryDirectory(prefix="ansible-venv-bench-") as work:
        lab = Lab(pathlib.Path(work))
        try:
            lab.start(given.hosts)
            (lab.project / "site.yml").write_text(PLAYBOOK)
            measure(given, lab)
        finally:
            lab.end()


def measure(given, lab):
    parts = {
        "cold": lambda: look(given, lab, "web", "h", "cold connections"),
        "living": lambda: living(given, lab),
        "bastion": lambda: bastion(given, lab),
        "one": lambda: deploy_to_one(given, lab),
        "all": lambda: deploy_to_all(given, lab),
        "wrapper": lambda: wrapper(given, lab),
    }
    for part in given.only:
        parts[part]()


def forks(given):
    return ["--forks", str(given.forks)] if given.forks else []


def each(given, lab, letter, after="true"):
    config = lab.jump_config if letter == "j" else lab.config
    names = "\\n".join(f"{letter}{index}" for index in range(1, given.hosts + 1))
    return ["sh", "-c", f"printf '{names}\\n' | xargs -P {given.hosts} -I@ ssh -F {config} @ {after}"]


def look(given, lab, group, letter, title):
    refresh = [OURS, "list-host", group, "--refresh", *forks(given)]
    wall, _, done = pairs.once(refresh, lab.project, pairs.environment())
    pairs.check("the first look at the hosts", done, (0,))
    print(f"first look at {given.hosts} hosts, the agent to be sent to each it is new to: {wall:.1f} s")
    pairs.compare(
        f"{given.hosts} hosts, {title}", f"list-host {group} --refresh", refresh, "xargs ssh true",
        each(given, lab, letter), cwd=lab.project, runs=given.runs,
    )
    print(f"  peak of the controller's processes  {peak(refresh, lab.project) / 2**20:.0f} MiB")


def living(given, lab):
    masters = each(given, lab, "m", "-O check")
    pairs.check("opening the connections", pairs.once(each(given, lab, "m"), lab.project, pairs.environment())[2], (0,))
    try:
        look(given, lab, "living", "m", "connections that are kept")
        pairs.check("the connections are still there", pairs.once(masters, lab.project, pairs.environment())[2], (0,))
    finally:
        pairs.once(each(given, lab, "m", "-O exit"), lab.project, pairs.environment())


def bastion(given, lab):
    print(f"\n{given.hosts} hosts behind a jump host, three times (lost hosts, wall seconds)")
    for name, command, lost in (
        ("list-host behind --refresh", [OURS, "list-host", "behind", "--refresh", *forks(given)],
         lambda done: given.hosts - sum(line.split()[1:2] == ["ok"] for line in done.stdout.decode().splitlines())),
        ("xargs ssh true, by ProxyJump", each(given, lab, "j", "echo works"),
         lambda done: given.hosts - done.stdout.decode().count("works")),
    ):
        found = []
        for _ in range(3):
            wall, _, done = pairs.once(command, lab.project, pairs.environment())
            found.append(f"{lost(done)} lost in {wall:.1f} s")
        print(f"  {name:34} {', '.join(found)}")


def wrapper(given, lab):
    place = lab.work / "machine"
    script = ROOT / "testing/src/main/python/machine.py"
    with subprocess.Popen([sys.executable, "-B", script, place, "night2"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as machine:
        address = machine.stdout.readline().strip()

        def tell(command):
            print(command, file=machine.stdin, flush=True)
            answer = machine.stdout.readline()
            if not answer or answer.startswith("failed"):
                raise SystemExit(f"{command}: {answer}")

        tell("boot")
        compare_with_wrapper(given, lab, place, address, tell)
        machine.stdin.close()


def compare_with_wrapper(given, lab, place, address, tell):
    config = place / "ssh_config"
    config.write_text(f"""Host night2
  HostName {address}
  User deploy
  IdentityFile {place}/id
  IdentitiesOnly yes
  IdentityAgent none
  UserKnownHostsFile {place}/known_hosts
  GlobalKnownHostsFile /dev/null
  ControlMaster auto
  ControlPath {lab.work}/%C
  ControlPersist 600
""")
    project = lab.work / "far"
    (project / "inventory").mkdir(parents=True)
    (project / "inventory/hosts").write_text(f"night2 ansible_ssh_common_args=\"-F {config}\"\n")
    (project / "site.yml").write_text(PLAYBOOK)
    (project / "wrapper.yml").write_text(WRAPPER)
    deploy = [OURS, "deploy", "site.yml", "night2", "--push"]
    for name, command in (
        ("the first deploy", deploy),
        ("an environment for the wrapper", ["ssh", "-F", str(config), "night2", "python3 -m venv wrapper"]),
    ):
        pairs.check(name, pairs.once(command, project, pairs.environment())[2], (0,))
    there = subprocess.run(
        ["ssh", "-F", str(config), "night2", "ls -d ~/venvs/*"], check=True, capture_output=True, text=True
    ).stdout.split()[0]
    here = next((lab.work / "h1/venvs").iterdir(), None) if (lab.work / "h1/venvs").is_dir() else None
    if here is None:
        pairs.check("a deploy for an Ansible here", pairs.once([OURS, "deploy", "site.yml", "h1"], lab.project, pairs.environment())[2], (0,))
        here = next((lab.work / "h1/venvs").iterdir())
    tell("delay 25")
    for title, pipelining in (("without pipelining", "False"), ("with pipelining", "True")):
        by_hand = (
            f"ANSIBLE_PIPELINING={pipelining} ANSIBLE_SSH_ARGS={shlex.quote(f'-F {config}')} {here}/bin/ansible-playbook"
            f" -i night2, -e ansible_python_interpreter=/usr/bin/python3 -e playbook={there}/bin/ansible-playbook wrapper.yml"
        )
        pairs.compare(
            f"warm, 50 ms, {title}", "ansible-venv deploy", deploy, "wrapper playbook", ["sh", "-c", by_hand],
            cwd=project, runs=given.runs,
        )
    subprocess.run(["ssh", "-F", str(config), "-O", "exit", "night2"], capture_output=True)


def deploy_to_one(given, lab):
    deploy = [OURS, "deploy", "site.yml", "h1"]
    wall, _, done = pairs.once(deploy, lab.project, pairs.environment())
    pairs.check("the first deploy", done, (0,))
    print(f"\nfirst deploy to one host, everything to be fetched and built: {wall:.1f} s")
    venv = next((lab.work / "h1/venvs").iterdir())
    (lab.work / "h1/site.yml").write_text(PLAYBOOK)
    plain = f"cd {lab.work}/h1 && {venv}/bin/ansible-playbook -i localhost, -c local -e ansible_python_interpreter={venv}/bin/python site.yml"
    for name, connection in (("h1", "a new connection"), ("m1", "a kept connection")):
        pairs.compare(
            f"second deploy to one host, {connection}", "ansible-venv deploy", [*deploy[:-1], name],
            "ssh HOST ansible-playbook", ["ssh", "-F", str(lab.config), name, plain], cwd=lab.project, runs=given.runs,
        )


def deploy_to_all(given, lab):
    deploy = [OURS, "deploy", "site.yml", "web", *forks(given)]
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
