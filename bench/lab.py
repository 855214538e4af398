"""Hosts to measure with: an `sshd` of its own each, on loopback, with a home of its own."""

import os
import pathlib
import socket
import subprocess
import time

OURS = str(pathlib.Path(__file__).resolve().parent.parent / "ansible-venv")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


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
            port = free_port()
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
