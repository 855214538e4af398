"""A machine of its own, and the cable to it.

    machine.py DIRECTORY NAME [SETTING ...]

The machine is a network, mount, process, host name and IPC namespace over the files of this one, with what it changes of
them in DIRECTORY/upper. The user `deploy` may log in with the key DIRECTORY/id; the machine's own key is in
DIRECTORY/known_hosts. A SETTING is a line of sshd_config that goes before the usual ones. The cable is a device (TUN) at either end, with this process in
between, which moves the packets: late, not at all, or not any more.

Reads commands from standard input, one a line, and answers each with one line:

    boot            `up PID`: its sshd listens; PID is its process 1 as seen from here
    off             `ok`: the power is gone; nothing says goodbye
    cut, heal       `ok`: from now on packets get lost, or arrive again
    delay MS        `ok`: one way
    loss PERCENT    `ok`: of the packets in each direction

or with `failed` and a reason. The first line of all is the machine's address. It ends when its input does, and with it the
machine, the cable and the namespaces: nothing of them has a name that could stay behind.
"""

import collections
import ctypes
import errno
import fcntl
import os
import pathlib
import random
import select
import shutil
import signal
import struct
import subprocess
import sys
import time
import uuid

CLONE_NEWNET = 0x40000000
PR_SET_PDEATHSIG = 1
TUNSETIFF = 0x400454CA
IFF_TUN_WITHOUT_HEADER = 0x0001 | 0x1000
# A large packet is lost as easily as a small one, and moving it costs no more.
MTU = 9000
SUBNETS = 1 << 15
USER, USER_ID = "deploy", 1500
INIT = pathlib.Path(__file__).with_name("machine_init.sh")
SSHD = f"""
HostKey /etc/ssh/host_key
PidFile none
AllowUsers {USER}
PasswordAuthentication no
KbdInteractiveAuthentication no
UsePAM no
PrintMotd no
PrintLastLog no
UseDNS no
"""

libc = ctypes.CDLL(None, use_errno=True)


def main():
    name, *settings = sys.argv[2:]
    directory = pathlib.Path(sys.argv[1]).absolute()
    install(directory, name, settings)
    machine = Machine(directory, name)
    (directory / "known_hosts").write_text(f"{machine.address} {public_key(directory / 'upper/etc/ssh/host_key')}\n")
    say(machine.address)
    try:
        machine.serve()
    finally:
        machine.off()


def say(line):
    print(line, flush=True)


def install(directory, name, settings):
    upper, etc = directory / "upper", directory / "upper/etc"
    home = upper / "home" / USER
    for each in (directory / "work", directory / "root", etc / "ssh", upper / "var/log", home / ".ssh"):
        each.mkdir(parents=True)
    for key in (directory / "id", etc / "ssh/host_key"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    (etc / "ssh/machine.conf").write_text("\n".join(settings) + SSHD)
    (etc / "hostname").write_text(f"{name}\n")
    (etc / "hosts").write_text(f"127.0.0.1 localhost {name}\n")
    (etc / "machine-id").write_text(f"{uuid.uuid4().hex}\n")
    account = {
        "passwd": f"{USER}:x:{USER_ID}:{USER_ID}::/home/{USER}:/bin/bash\n",
        "group": f"{USER}:x:{USER_ID}:\n",
        "shadow": f"{USER}:*:19000:0:99999:7:::\n",
    }
    for file, line in account.items():
        (etc / file).write_text(pathlib.Path("/etc", file).read_text() + line)
        shutil.copymode(pathlib.Path("/etc", file), etc / file)
    (home / ".ssh").chmod(0o700)
    (home / ".ssh/authorized_keys").write_text(f"{public_key(directory / 'id')}\n")
    for each in (home, home / ".ssh", home / ".ssh/authorized_keys"):
        os.chown(each, USER_ID, USER_ID)


def public_key(private):
    return " ".join(private.with_name(private.name + ".pub").read_text().split()[:2])


class Machine:
    def __init__(self, directory, name):
        self.directory, self.name = directory, name
        self.process = None
        self.inner = None
        self.delay, self.loss, self.whole = 0.0, 0.0, True
        self.under_way = collections.deque()
        self.here, self.address = subnet()
        self.outer = tun(f"avm{os.getpid()}", self.here)

    def serve(self):
        pending = b""
        while True:
            wait = max(0, self.under_way[0][0] - time.monotonic()) if self.under_way else None
            ends = [self.outer] + ([self.inner] if self.inner is not None else [])
            ready, _, _ = select.select([0, *ends], [], [], wait)
            for end in ends:
                if end in ready:
                    self.take_from(end)
            self.deliver()
            if 0 in ready:
                read = os.read(0, 4096)
                if not read:
                    return
                *lines, pending = (pending + read).split(b"\n")
                for line in lines:
                    self.obey(line.decode().split())

    def take_from(self, end):
        arrives = time.monotonic() + self.delay
        for _ in range(64):
            try:
                packet = os.read(end, 1 << 16)
            except BlockingIOError:
                return
            if self.whole and random.random() * 100 >= self.loss:
                self.under_way.append((arrives, end is self.outer, packet))

    def deliver(self):
        now = time.monotonic()
        while self.under_way and self.under_way[0][0] <= now:
            _, inwards, packet = self.under_way.popleft()
            end = self.inner if inwards else self.outer
            if end is not None and self.whole:
                try:
                    os.write(end, packet)
                except OSError:
                    pass  # The other end's queue is full, or it went down: lost, as on a real cable.

    def obey(self, command):
        try:
            match command:
                case ["boot"]:
                    say(f"up {self.boot()}")
                    return
                case ["off"]:
                    self.off()
                case ["cut"]:
                    self.whole = False
                case ["heal"]:
                    self.whole = True
                case ["delay", milliseconds]:
                    self.delay = float(milliseconds) / 1000
                case ["loss", percent]:
                    self.loss = float(percent)
                case _:
                    raise ValueError(f"unknown command {command}")
            say("ok")
        except (OSError, ValueError, subprocess.SubprocessError) as error:
            say(f"failed {error}")

    def boot(self):
        self.off()
        # A namespace of its own each time: what the last life left in its sockets is not sent by the next.
        if libc.unshare(CLONE_NEWNET):
            raise OSError(ctypes.get_errno(), "unshare")
        subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
        self.inner = tun("eth0", self.address)
        log = self.directory / "upper/var/log/sshd.log"
        heard = listened(log)
        self.process = subprocess.Popen(
            [
                "unshare", "--mount", "--uts", "--ipc", "--pid", "--fork", "--kill-child", "--propagation", "private",
                "/bin/sh", str(INIT), str(self.directory), self.name,
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=open(self.directory / "console", "ab"),
            env={"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"},
            start_new_session=True,
            preexec_fn=lambda: libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL),
        )
        pid = self.process.stdout.readline().decode().strip()
        for _ in range(600):
            if listened(log) > heard:
                return pid
            if self.process.poll() is not None:
                break
            time.sleep(0.02)
        raise OSError(errno.EIO, f"it did not boot: {(self.directory / 'console').read_text()[-1000:]}")

    def off(self):
        if self.inner is not None:
            # First, so that nothing which the kernel sends for dying processes gets out.
            os.close(self.inner)
            self.inner = None
            self.under_way.clear()
        if self.process is not None:
            for child in children(self.process.pid):
                os.kill(child, signal.SIGKILL)
            self.process.wait()
            self.process.stdout.close()
            self.process = None


def children(pid):
    return [int(child) for child in pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def listened(log):
    return log.read_text(errors="replace").count("Server listening on") if log.exists() else 0


def subnet():
    """The addresses of both ends, with their prefix, of a network for benchmarks (RFC 2544) that nobody here uses."""
    used = subprocess.run(["ip", "-o", "-4", "addr"], check=True, capture_output=True, text=True).stdout
    number = os.getpid() % SUBNETS
    while True:
        base = (198 << 24) + (18 << 16) + number * 4
        here, there = (".".join(map(str, struct.pack("!I", base + host))) for host in (1, 2))
        if f" {here}/" not in used:
            return here, there
        number = (number + 1) % SUBNETS


def tun(name, address):
    end = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
    fcntl.ioctl(end, TUNSETIFF, struct.pack("16sH", name.encode(), IFF_TUN_WITHOUT_HEADER))
    subprocess.run(["ip", "addr", "add", f"{address}/30", "dev", name], check=True)
    subprocess.run(["ip", "link", "set", name, "mtu", str(MTU), "up"], check=True)
    return end


main()
