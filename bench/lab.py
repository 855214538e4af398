"""Hosts to measure with: an `sshd` of its own each, on loopback, with a home of its own.

Index I is reached as `hI` (group `web`), as `mI` over a connection that is kept (`living`), and as `jI` through a jump host
(`behind`).
"""

import os
import pathlib
import socket
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
OURS = str(ROOT / "ansible-venv")


class Lab:
    def __init__(self, work):
        self.work = work
        self.servers = []
        self.config = work / "ssh_config"
        self.jump_config = work / "ssh_config_jump"
        self.project = work / "project"

    def start(self, number):
        for key in ("id", "host_key"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(self.work / key)], check=True)
        host_key = " ".join((self.work / "host_key.pub").read_text().split()[:2])
        pathlib.Path("/run/sshd").mkdir(exist_ok=True)
        blocks, known = [], []
        jump_port, *ports = free_ports(number + 1)
        for index, port in enumerate(ports, 1):
            home = self.work / f"h{index}"
            home.mkdir()
            self.servers.append(self.server(index, port, home))
            blocks.append(f"Host h{index} m{index} j{index}\n  Port {port}\n")
            known.append(f"[127.0.0.1]:{port} {host_key}\n")
        (self.work / "bastion").mkdir()
        self.servers.append(self.server("bastion", jump_port, self.work / "bastion"))
        known.append(f"[127.0.0.1]:{jump_port} {host_key}\n")
        (self.work / "known_hosts").write_text("".join(known))
        living = f"Host m*\n  ControlMaster auto\n  ControlPath {self.work}/%C\n  ControlPersist 600\n"
        jump = f"Host bastion\n  Port {jump_port}\nHost j*\n  ProxyJump bastion\n"
        usual = f"""Host *
  HostName 127.0.0.1
  IdentityFile {self.work}/id
  IdentitiesOnly yes
  IdentityAgent none
  BatchMode yes
  UserKnownHostsFile {self.work}/known_hosts
  GlobalKnownHostsFile /dev/null
"""
        self.config.write_text("".join(blocks) + living + usual)
        self.jump_config.write_text("".join(blocks) + jump + usual)
        inventory = self.project / "inventory/hosts"
        inventory.parent.mkdir(parents=True)
        groups = (("web", "h", self.config), ("living", "m", self.config), ("behind", "j", self.jump_config))
        inventory.write_text("".join(
            f"[{group}]\n" + "".join(f"{letter}{index}\n" for index in range(1, number + 1))
            + f"[{group}:vars]\nansible_ssh_common_args=\"-F {config}\"\n"
            for group, letter, config in groups
        ))
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
MaxStartups 10:30:100
""")
        return subprocess.Popen(["/usr/sbin/sshd", "-D", "-f", str(configuration)], stderr=subprocess.DEVNULL)

    def end(self):
        for server in self.servers:
            server.terminate()
        for server in self.servers:
            server.wait()


def free_ports(number):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    try:
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()
