"""A Debian 12 machine to run roles on: systemd and sshd in a container with a network of its own, on an overlay that is thrown away.

Needs root, `debootstrap`, `systemd-nspawn` (Debian: systemd-container), `dpkg-scanpackages` (dpkg-dev) and `ip`.
"""

import os
import pathlib
import shutil
import stat
import subprocess
import time

ACCOUNT = "ada"  # may become anybody, and logs in with the bench's key
SYSTEM = ("systemd", "systemd-sysv", "dbus", "python3", "python3-venv", "python3-apt", "openssh-server", "sudo", "ca-certificates", "iproute2", "procps",
          "openssl", "acl", "rsyslog", "cron")
# What the roles install. It is fetched once into a repository of the root's own: runs need no network, and find the same versions.
PACKAGES = (
    "nginx", "git", "fail2ban unattended-upgrades", "postgresql postgresql-contrib libpq-dev python3-psycopg2 locales", "default-mysql-server python3-mysqldb python3-pymysql",
    "mariadb-server", "redis-server", "apache2 php php-mysql libapache2-mod-php aptitude", "ufw curl", "auditd libpam-passwdqc", "python3-apt gnupg apt-transport-https",
    "unzip rsync socat conntrack ipset ebtables", "policycoreutils selinux-utils", "iptables nftables",
)


def call(*words, **options):
    return subprocess.run(words, check=True, **options)


class Debian:
    """The root that every machine begins with, below `work`. `prepare` makes it once."""

    def __init__(self, work):
        self.work = work
        self.base = work / "base"
        self.key = work / "id"
        self.known_hosts = work / "known_hosts"

    def prepare(self):
        if not self.base.exists():
            self._bootstrap()
        if not self.key.exists():
            call("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(self.key))
        self._account()

    def _bootstrap(self):
        part = self.work / "base.part"
        # Without one, debootstrap takes its own.
        mirror = [line.split()[1] for path in sorted(pathlib.Path("/etc/apt").rglob("*.sources")) for line in path.read_text().splitlines()
                  if line.startswith("URIs:")][:1]
        call("debootstrap", "--variant=minbase", f"--include={','.join(SYSTEM)}", "bookworm", str(part), *mirror, stdout=subprocess.DEVNULL)
        for each in ("apt.conf.d", "sources.list.d"):
            shutil.copytree(f"/etc/apt/{each}", part / "etc/apt" / each, dirs_exist_ok=True)
        shutil.copy("/etc/resolv.conf", part / "etc/resolv.conf")
        inside = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        call("chroot", str(part), "apt-get", "-q", "update", env=inside, stdout=subprocess.DEVNULL)
        for names in PACKAGES:
            call("chroot", str(part), "apt-get", "-q", "-y", "--download-only", "install", *names.split(), env=inside, stdout=subprocess.DEVNULL)
        repository = part / "srv/apt"
        repository.mkdir()
        for deb in (part / "var/cache/apt/archives").glob("*.deb"):
            deb.rename(repository / deb.name)
        index = call("dpkg-scanpackages", "-m", ".", cwd=repository, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
        (repository / "Packages").write_bytes(index)
        for each in ("apt.conf.d", "sources.list.d"):  # The machine's own configuration was for fetching.
            shutil.rmtree(part / "etc/apt" / each)
            (part / "etc/apt" / each).mkdir()
        (part / "etc/apt/sources.list").write_text("deb [trusted=yes] file:/srv/apt ./\n")
        call("chroot", str(part), "apt-get", "-q", "update", env=inside, stdout=subprocess.DEVNULL)
        (part / "etc/resolv.conf").write_text("")
        (part / "etc/hostname").write_text("web1\n")
        (part / "etc/hosts").write_text("127.0.0.1 localhost\n127.0.1.1 web1\n")
        part.rename(self.base)

    def _account(self):
        home = self.base / "home" / ACCOUNT
        if not home.exists():
            call("chroot", str(self.base), "useradd", "--create-home", "--shell", "/bin/bash", ACCOUNT)
        sudoers = self.base / "etc/sudoers.d" / ACCOUNT
        sudoers.write_text(f"{ACCOUNT} ALL=(ALL) NOPASSWD:ALL\n")
        sudoers.chmod(0o440)
        owner = home.stat()
        (home / ".ssh").mkdir(mode=0o700, exist_ok=True)
        (home / ".ssh/authorized_keys").write_text(self.key.with_suffix(".pub").read_text())
        for path in (home / ".ssh", home / ".ssh/authorized_keys"):
            os.chown(path, owner.st_uid, owner.st_gid)
        (home / ".ssh/authorized_keys").chmod(0o600)

    def by_hand(self, core, packages, collections):
        """A second layer: what a person would have installed beside the system. A venv in `/opt/by-hand`, and tarballs of collections in the account's `~/.ansible`."""
        layer = self.work / f"by-hand-{core}-{len(collections)}"
        if not layer.exists():
            part = layer.with_suffix(".part")
            shutil.rmtree(part, ignore_errors=True)
            wheels = self.base / "srv/wheels"
            wanted = [f"ansible-core=={core}", *packages]
            call("python3", "-m", "pip", "download", "-q", "--python-version", "3.11", "--only-binary", ":all:", "-d", str(wheels), *wanted)
            with Mounted(self.work / "preparing", [self.base], part) as root:
                call("chroot", str(root), "python3", "-m", "venv", "/opt/by-hand")
                call("chroot", str(root), "/opt/by-hand/bin/pip", "install", "-q", "--no-index", "--find-links", "/srv/wheels", *wanted)
                self._install(collections, root)
            shutil.rmtree(wheels)
            part.rename(layer)
        return layer

    @staticmethod
    def _install(collections, root):
        for tarball in collections:
            namespace, name = tarball.name.split("-")[:2]
            directory = root / "home" / ACCOUNT / ".ansible/collections/ansible_collections" / namespace / name
            directory.mkdir(parents=True)
            call("tar", "-xzf", str(tarball), "-C", str(directory), "--no-same-owner", "--exclude=tests", "--exclude=docs")
        if collections:
            call("chroot", str(root), "chown", "-R", f"{ACCOUNT}:{ACCOUNT}", f"/home/{ACCOUNT}/.ansible")


class Mounted:
    """An overlay of `layers`, the first below; what is written goes to `upper`."""

    def __init__(self, work, layers, upper):
        self.root, self.scratch, self.layers, self.upper = work / "root", work / "scratch", layers, upper

    def __enter__(self):
        for path in (self.root, self.scratch, self.upper):
            path.mkdir(parents=True, exist_ok=True)
        lower = ":".join(str(layer) for layer in reversed(self.layers))
        call("mount", "-t", "overlay", "overlay", "-o", f"lowerdir={lower},upperdir={self.upper},workdir={self.scratch}", str(self.root))
        return self.root

    def __exit__(self, *_):
        call("umount", str(self.root))
        shutil.rmtree(self.scratch)
        self.root.rmdir()


class Machine:
    """A booted Debian, `with Machine(…) as machine`; afterwards `upper` has what it wrote."""

    def __init__(self, debian, work, layers):
        self.debian, self.work = debian, work
        self.upper = work / "upper"
        self.overlay = Mounted(work, layers, self.upper)
        self.network = f"roles-{os.getpid()}"
        number = os.getpid() % 16000 * 4
        self.outside, self.address = (f"10.213.{number >> 8 & 255}.{(number & 255) + last}" for last in (1, 2))
        self.process = None

    def __enter__(self):
        root = self.overlay.__enter__()
        try:
            self._connect()
            log = open(self.work / "console.log", "wb")
            self.process = subprocess.Popen(
                ["systemd-nspawn", "-q", "--boot", "--register=no", "--keep-unit", "--link-journal=no", "--resolv-conf=off", "--timezone=off", "--hostname=web1", "--capability=CAP_NET_ADMIN",
                 f"--network-namespace-path=/run/netns/{self.network}", "-D", str(root), "-M", self.network],
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
            self._await_login()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _connect(self):
        veth = self.network[-12:]
        call("ip", "netns", "add", self.network)
        call("ip", "link", "add", veth, "type", "veth", "peer", "name", "host0", "netns", self.network)
        call("ip", "address", "add", f"{self.outside}/30", "dev", veth)
        call("ip", "link", "set", veth, "up")
        for words in (("link", "set", "lo", "up"), ("address", "add", f"{self.address}/30", "dev", "host0"), ("link", "set", "host0", "up")):
            call("ip", "-n", self.network, *words)
        key = (self.debian.base / "etc/ssh/ssh_host_ed25519_key.pub").read_text().split()[:2]
        self.debian.known_hosts.write_text(f"{self.address} {' '.join(key)}\n")

    def _await_login(self):
        end = time.monotonic() + 90
        while self.ssh("systemctl is-system-running --wait; true", capture_output=True).returncode:
            if time.monotonic() > end or self.process.poll() is not None:
                raise TimeoutError(f"the machine does not come up: {self.work / 'console.log'}")
            time.sleep(0.5)

    def ssh_options(self):
        return ["-i", str(self.debian.key), "-o", "IdentitiesOnly=yes", "-o", "IdentityAgent=none", "-o", "BatchMode=yes", "-o", "ConnectTimeout=3",
                "-o", f"UserKnownHostsFile={self.debian.known_hosts}", "-o", "GlobalKnownHostsFile=/dev/null"]

    def ssh(self, line, **options):
        return subprocess.run(["ssh", "-F", "/dev/null", *self.ssh_options(), f"{ACCOUNT}@{self.address}", line], **{"stdin": subprocess.DEVNULL, **options})

    def put(self, directory, to):
        """The files of a directory, with their modes, as the account."""
        with subprocess.Popen(["tar", "-C", str(directory), "-c", "."], stdout=subprocess.PIPE) as sender:
            done = self.ssh(f"mkdir -p {to} && tar -C {to} -xp --no-same-owner", stdin=sender.stdout)
        if done.returncode or sender.returncode:
            raise OSError(f"cannot send {directory}")

    def __exit__(self, *_):
        if self.process and self.process.poll() is None:
            self.ssh("sudo -n systemctl poweroff", capture_output=True)
            try:
                self.process.wait(45)
            except subprocess.TimeoutExpired:
                self.process.terminate()
                self.process.wait()
        subprocess.run(["ip", "netns", "delete", self.network], check=False)
        subprocess.run(["ip", "link", "delete", self.network[-12:]], check=False, stderr=subprocess.DEVNULL)
        self.overlay.__exit__()


def state(path):
    """What there is at a path: kind, mode, owner, and the bytes or the target."""
    try:
        found = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    if stat.S_ISCHR(found.st_mode) and found.st_rdev == 0:
        return None  # an overlay's mark of what was removed
    owner = f"{found.st_uid}:{found.st_gid}"
    if stat.S_ISLNK(found.st_mode):
        return "link", owner, os.readlink(path)
    mode = oct(stat.S_IMODE(found.st_mode))
    if stat.S_ISDIR(found.st_mode):
        return "directory", mode, owner
    return ("file", mode, owner, path.read_bytes()) if stat.S_ISREG(found.st_mode) else ("other", mode, owner)
