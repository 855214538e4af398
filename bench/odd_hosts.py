#!/usr/bin/env python3
"""Hosts of several ages and states, each a real Debian with an sshd of its own: does a deploy work, or does its error name the cause?

    bench/odd_hosts.py --roots DIR [--only WORD] [--suite NAME …] [--program PATH] [--old PREFIX]…

Takes root, overlay file systems and namespaces. Roots that DIR lacks (bullseye, bookworm, trixie, sid) are made with debootstrap, which has
to be installed; nothing is written into them. Prints a line each and `N passed, N failed`.
"""

import argparse
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

OURS = str(pathlib.Path(__file__).resolve().parent.parent / "ansible-venv")
SUITES = ("bullseye", "bookworm", "trixie", "sid")
PLAYBOOK = """- hosts: all
  gather_facts: false
  tasks:
    - ansible.builtin.debug: {msg: "core {{ ansible_version.full }}"}
"""
HASH = """- hosts: all
  gather_facts: false
  tasks:
    - ansible.builtin.debug: {msg: "{{ 'x' | password_hash('sha512') }}"}
"""


class Host:
    """A Debian in namespaces of its own, on this machine's network."""

    def __init__(self, suite, root, work):
        self.suite, self.root, self.work = suite, root, work / suite
        self.files = self.work / "m"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    def start(self, key, host_key):
        upper = self.work / "u"
        for each in (upper / "etc/ssh", upper / "etc/ssl/certs", upper / "home/deploy/.ssh", self.work / "w", self.files):
            each.mkdir(parents=True)
        for name, line in (
            ("passwd", "deploy:x:1500:1500::/home/deploy:/bin/bash"),
            ("group", "deploy:x:1500:"),
            ("shadow", "deploy:*:19000:0:99999:7:::"),
        ):
            target = upper / "etc" / name
            target.write_text((self.root / "etc" / name).read_text() + line + "\n")
            shutil.copymode(self.root / "etc" / name, target)
        for name in ("resolv.conf", "hosts", "ssl/certs/ca-certificates.crt"):
            shutil.copyfile(os.path.realpath(os.path.join("/etc", name)), upper / "etc" / name)
        shutil.copy(host_key, upper / "etc/ssh/host_key")
        (upper / "home/deploy/.ssh/authorized_keys").write_text(pathlib.Path(f"{key}.pub").read_text())
        (upper / "home/deploy/.ssh").chmod(0o700)
        for parent, _, files in os.walk(upper / "home/deploy"):
            for name in [".", *files]:
                os.chown(os.path.join(parent, name), 1500, 1500)
        (upper / "etc/ssh/bench.conf").write_text(
            f"Port {self.port}\nListenAddress 127.0.0.1\nHostKey /etc/ssh/host_key\nPidFile none\nUsePAM no\nUseDNS no\n"
        )
        script = f"""
mount -t overlay overlay -o lowerdir={self.root},upperdir={upper},workdir={self.work}/w {self.files}
cd {self.files}
mount -t proc proc proc; mount --rbind /dev dev; mount -t tmpfs tmpfs tmp; chmod 1777 tmp; mount -t tmpfs tmpfs run; mkdir -p run/sshd small
exec chroot . /bin/sh -c '/usr/sbin/sshd -D -f /etc/ssh/bench.conf & wait'
"""
        self.process = subprocess.Popen(
            ["unshare", "-m", "-u", "-i", "-p", "-f", "--kill-child", "--propagation", "private", "sh", "-c", script],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        sys.exit(f"{self.suite}: no sshd")

    def run(self, line):
        """As root, inside."""
        inner = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=True).stdout.split()[0]
        subprocess.run(["nsenter", "-t", inner, "-m", "-p", "chroot", self.files, "sh", "-c", line], check=True)

    def stop(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Bench:
    def __init__(self, roots, work, suites, only, program, old):
        self.work, self.only, self.program, self.old, self.results = work, only, program, old, []
        for name in ("id", "host_key"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", work / name], check=True)
        self.hosts = {suite: Host(suite, roots / suite, work) for suite in suites}
        public = " ".join((work / "host_key.pub").read_text().split()[:2])
        lines, known = [], []
        for host in self.hosts.values():
            host.start(work / "id", work / "host_key")
            lines.append(f"{host.suite} ansible_host=127.0.0.1 ansible_port={host.port} ansible_user=deploy")
            known.append(f"[127.0.0.1]:{host.port} {public}\n")
        (work / "known_hosts").write_text("".join(known))
        common = f"-F none -i {work}/id -o IdentitiesOnly=yes -o UserKnownHostsFile={work}/known_hosts"
        self.inventory = "\n".join(lines) + f'\n[all:vars]\nansible_ssh_common_args="{common}"\n'

    def deploy(self, suite, playbook=PLAYBOOK, ours="", inventory="", lock="--temporary"):
        project = pathlib.Path(tempfile.mkdtemp(dir=self.work))
        (project / "inventory").mkdir()
        changed = re.sub(rf"(?m)^({suite} .*)$", rf"\1 {inventory}", self.inventory)
        (project / "inventory/hosts").write_text(changed)
        (project / "site.yml").write_text(playbook)
        (project / "ansible-venv.yml").write_text(ours)
        command = [self.program, "deploy", "site.yml", suite, "--skip-lint", *lock.split()]
        done = subprocess.run(command, cwd=project, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=300)
        return done.returncode, done.stdout + done.stderr

    def check(self, what, code, words, suite, **how):
        if self.only not in what or suite not in self.hosts:
            return
        began = time.monotonic()
        returned, said = self.deploy(suite, **how)
        lacking = [word for word in words if not re.search(word, said)]
        good = returned == code and not lacking
        self.results.append(good)
        print(f"{'pass' if good else 'FAIL'}  {what} ({time.monotonic() - began:.1f} s)", flush=True)
        if not good:
            print(f"      exit code {returned}, lacks {lacking}\n      " + "\n      ".join(said.splitlines()[-15:]))

    def everything(self):
        for suite, core in (("bullseye", "2.15"), ("bookworm", "2.19"), ("trixie", "2.2"), ("sid", "2.2")):
            self.check(f"{suite}: deploy", 0, [f"core {re.escape(core)}"], suite)
            self.check(f"{suite}: password_hash", 0, [r"\$6\$"], suite, playbook=HASH)
        self.check("a requirement on ansible-core that the host's Python excludes", 4, ["no ansible-core fits both", "runs ansible-core 2.18 to"], "trixie",
                   ours="constrain: {python_packages: [ansible-core<2.16]}\n")
        self.without_compiler()
        if "bookworm" in self.hosts:
            self.states()

    def without_compiler(self):
        """Works, or says within 3 s what it takes and what else would do; what takes longer is looked at by a person. The second time the index's answers are known, and the line says that it failed before."""
        for package, words in (("psycopg2", "psycopg2-binary"), ("mysqlclient", "PyMySQL"), ("python-ldap", "python3-ldap"), ("libvirt-python", "python3-libvirt")):
            for which in ("", ", again"):
                self.check(f"no compiler: {package}{which}", 6, [f"{package} has no wheel", words], "trixie", ours=f"add: {{python_packages: [{package}]}}\n")
        self.check("no compiler: pycurl", 0, ["ok=1"], "trixie", ours="add: {python_packages: [pycurl]}\n")
        self.check("no compiler: what serves instead", 0, ["ok=1"], "trixie", ours="add: {python_packages: [psycopg2-binary, PyMySQL]}\n")

    def states(self):
        host = self.hosts["bookworm"]
        bashrc = "/home/deploy/.bashrc"
        for line, words in (("read x", ["takes the input"]), ("sleep 300", ["does not come to an end", "for 8 s"])):
            host.run(f"echo '{line}' > {bashrc}")
            self.check(f"login script: {line}", 5, [*words, r"\.bashrc"], "bookworm")
            host.run(f"rm {bashrc}")
        for options, words in (
            ("noexec,size=500m", ["noexec"]),
            ("ro,size=50m", ["[Rr]ead-only file system"]),
            ("size=500m,nr_inodes=30", ["no inodes left"]),
            ("size=1m", ["no space left"]),
        ):
            host.run(f"mount -t tmpfs -o {options},uid=1500,gid=1500 tmpfs /small")
            code = 6 if options == "size=1m" else 5
            self.check(f"store on {options}", code, [*words, "ansible_venv_home"], "bookworm", inventory="ansible_venv_home=/small/s")
            host.run("umount /small")
        host.run("for file in hosts resolv.conf; do cp /etc/$file /etc/$file.kept; : >/etc/$file; done")
        self.check("no network", 6, ["cannot reach the Python index", "--push"], "bookworm", ours="add: {python_packages: [netaddr==1.2.1]}\n")
        self.check("no network, pushed", 0, ["ok=1"], "bookworm", ours="add: {python_packages: [netaddr==1.2.1]}\n", lock="--temporary --push")
        host.run("for file in hosts resolv.conf; do cp /etc/$file.kept /etc/$file; done")
        for prefix in self.old:
            version = prefix.name.split("-")[-1]
            shutil.copytree(prefix, host.files / "opt/old", symlinks=True, ignore=shutil.ignore_patterns("test", "*.a", "__pycache__"))
            host.run("mkdir /opt/new; mv /usr/bin/python3* /opt/new; ln -s /opt/old/bin/python3 /usr/bin/python3")
            words = [version] if version.startswith("3.8") else ["python3[(]" + re.escape(version)]
            self.check(f"nothing but Python {version}", 5, [*words, "install Python 3.9 or newer"], "bookworm")
            host.run("rm -r /usr/bin/python3 /opt/old; mv /opt/new/* /usr/bin; rmdir /opt/new")

    def stop(self):
        for host in self.hosts.values():
            host.stop()


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--roots", type=pathlib.Path, required=True)
    arguments.add_argument("--only", default="", help="what has this word in its line")
    arguments.add_argument("--suite", nargs="+", choices=SUITES, default=SUITES, help="on hosts of these alone")
    arguments.add_argument("--old", type=pathlib.Path, action="append", default=[], help="the prefix of a CPython older than 3.9, named by its version")
    arguments.add_argument("--program", default=OURS)
    given = arguments.parse_args()
    given.roots.mkdir(parents=True, exist_ok=True)
    for suite in given.suite:
        if not (given.roots / suite).is_dir():
            making = given.roots / f".making-{suite}"
            subprocess.run(["debootstrap", "--variant=minbase", "--include=openssh-server,python3,ca-certificates", suite, making], check=True)
            making.rename(given.roots / suite)
    with tempfile.TemporaryDirectory(prefix="odd-hosts-") as work:
        bench = Bench(given.roots.resolve(), pathlib.Path(work), given.suite, given.only, given.program, given.old)
        try:
            bench.everything()
        finally:
            bench.stop()
        failed = bench.results.count(False)
        print(f"{len(bench.results) - failed} passed, {failed} failed")
        sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
