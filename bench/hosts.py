#!/usr/bin/env python3
"""Many hosts over SSH, beside the plain `ssh` that they are reached with.

    bench/hosts.py [--hosts N] [--runs N] [--forks N]

Each host is an `sshd` of its own on loopback with a home of its own; all of them are ended again.
1. `list-host web --refresh` of N hosts beside `xargs -P N ssh HOST true`. The CPU is the controller's.
2. The peak of what the controller's processes take together (PSS) in 1 and in a warm `deploy` to all.
3. A warm `deploy` to one host beside `ssh HOST ansible-playbook` of the same file in the same environment.
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

OURS = str(pathlib.Path(__file__).resolve().parent.parent / "ansible-venv")
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
            measure(given, lab)
        finally:
            lab.end()


class Lab:
    def __init__(self, work):
        self.work = work
        self.servers = []
        self.config = work / "ssh_config"
        self.project = work / "project"

    def start(self, number):
        for key in ("id", "host_key"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(self.work / key)], check=True)
        host_key = " ".join((self.work / "host_key.pub").read_text().split()[:2])
        pathlib.Path("/run/sshd").mkdir(exist_ok=True)
        blocks, known = [], []
        for index in range(1, number + 1):
            port = 21000 + index
            home = self.work / f"h{index}"
            home.mkdir()
            self.servers.append(self.server(index, port, home))
            blocks.append(f"Host h{index}\n  Port {port}\n")
            known.append(f"[127.0.0.1]:{port} {host_key}\n")
        (self.work / "known_hosts").write_text("".join(known))
        self.config.write_text("".join(blocks) + f"""Host *
  HostName 127.0.0.1
  IdentityFile {self.work}/id
  IdentitiesOnly yes
  IdentityAgent none
  BatchMode yes
  UserKnownHostsFile {self.work}/known_hosts
  GlobalKnownHostsFile /dev/null
""")
        inventory = self.project / "inventory/hosts"
        inventory.parent.mkdir(parents=True)
        hosts = "\n".join(f"h{index}" for index in range(1, number + 1))
        inventory.write_text(f"[web]\n{hosts}\n\n[web:vars]\nansible_ssh_common_args=\"-F {self.config}\"\n")
        (self.project / "site.yml").write_text(PLAYBOOK)
        (self.work / "home").mkdir()
        os.environ["HOME"] = str(self.work / "home")
        os.environ["XDG_CACHE_HOME"] = str(self.work / "cache")
        time.sleep(1)

    def server(self, index, port, home):
        configuration = self.work / f"sshd_{index}"
        configuration.write_text(f"""ListenAddress 127.0.0.1
Port {port}
HostKey {self.work}/host_key
AuthorizedKeysFile {self.work}/id.pub
PidFile none
SetEnv HOME={home}
PasswordAuthentication no
KbdInteractiveAuthentication no
UsePAM no
StrictModes no
PrintMotd no
UseDNS no
""")
        return subprocess.Popen(["/usr/sbin/sshd", "-D", "-f", str(configuration)], stderr=subprocess.DEVNULL)

    def end(self):
        for server in self.servers:
            server.terminate()
        for server in self.servers:
            server.wait()


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
    pairs.compare(
        "second deploy to one host", "ansible-venv deploy", deploy, "ssh HOST ansible-playbook",
        ["ssh", "-F", str(lab.config), "h1", plain], cwd=lab.project, runs=given.runs,
    )


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
