#!/usr/bin/env python3
"""Well-known public roles by hand and by `deploy`: the same results, the same files, the same second run?

    bench/real_roles.py --work DIR --sources DIR [--keep] [--again] [--cold] [NAME …]

Without a NAME all of `real_roles_scenarios.py`. SOURCES has a checkout of each repository that it names, under the repository's own name:

    git clone https://github.com/geerlingguy/ansible-role-nginx     # and …-git, -security, -postgresql, -mysql, -redis
    git clone https://github.com/singleplatform-eng/ansible-users
    git clone https://github.com/willshersystems/ansible-sshd
    git clone https://github.com/dev-sec/ansible-collection-hardening
    git clone https://github.com/do-community/ansible-playbooks
    git clone https://github.com/kubernetes-sigs/kubespray

WORK keeps, between calls, a Debian 12 root and collections out of the `ansible` sdist (a loopback Galaxy serves them); 2 GB. What else
this needs says `debian_host.py`. By hand is `ssh HOST 'cd project && /opt/by-hand/bin/ansible-playbook -i inventory/hosts PLAYBOOK'`; `deploy` gets the same project
and reaches the machine over ssh. Both begin with the same root, run twice, and are compared by the exit codes, each task's
results, and the paths, modes, owners and contents in the whole file system, but for `VOLATILE` and, with `--again`, what differs between two runs by hand.
"""

import argparse
import dataclasses
import os
import pathlib
import re
import shutil
import subprocess
import sys

from debian_host import ACCOUNT, Debian, Machine, Mounted, call, state
from real_roles_scenarios import DEFAULT_CORE, SCENARIOS

ROOT = pathlib.Path(__file__).resolve().parent.parent
TESTING = ROOT / "testing/src/main/python"
ANSIBLE = ("14.5.0", "daeafe730cb2cf82ebe1a1a30960dcdfc0d624c497eb96d57d81713ec19ef19f")  # the sdist that the collections come from
COLLECTIONS = ("ansible.mysql", "ansible.netcommon", "ansible.posix", "ansible.utils", "community.crypto", "community.general",
               "community.library_inventory_filtering_v1", "community.mysql", "community.postgresql", "kubernetes.core")
PACKAGES = ("psycopg2-binary", "PyMySQL", "passlib", "jmespath", "netaddr", "bcrypt", "cryptography")
# Ours, or changed by every boot and every installation whatever is run. Contents of databases are random; their paths, modes and owners are compared.
VOLATILE = re.compile(
    rf"home/{ACCOUNT}/(\.ansible|\.local|\.cache|\.bash_history|\.ssh/known_hosts|venvs|project)(/|$)|root/\.ansible(/|$)|(run|proc|sys|dev|tmp|var/tmp|var/cache)(/|$)"
    r"|etc/(machine-id|\.updated|\.pwd\.lock|mtab|ld\.so\.cache)$|var/\.updated$|var/log/(journal|apt|exim4)(/|$)|var/log/(auth|cron|kern|mail|syslog|user)(\.log)?$|var/lib/(systemd|dbus|private|apt|ucf)(/|$)"
    r"|var/lib/dpkg/(lock|triggers/Lock)|(.*/)?__pycache__(/|$)")
RANDOM = re.compile(
    r"var/log/|var/lib/(postgresql|mysql)/|var/lib/(redis/dump\.rdb|fail2ban/fail2ban\.sqlite3|logrotate/status)$|etc/(shadow|gshadow)-?$"
    r"|etc/ssl/(private|certs)/ssl-cert-snakeoil\.(key|pem)$|etc/mysql/debian\.cnf$|etc/ssh/ssh_host_\w+|home/\w+/\.ssh/(id_\w+(\.pub)?|authorized_keys)$")
# A name that Ansible made up, of a backup for one.
TIMES = re.compile(r"\.\d+\.\d{4}-\d\d-\d\d@\d\d:\d\d:\d\d~")
TIMES_INSIDE = re.compile(rb"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?")


@dataclasses.dataclass
class Outcome:
    """What one way of running came to: for each run its exit code and its lines; the files at the end."""

    codes: list[int]
    lines: list[list[str]]
    files: dict[str, tuple | None]


def results(output):
    """`TASK [x] ok: [web1] => (item=y)`, for each result in order, and the recap."""
    found, task = [], ""
    for line in output.splitlines():
        if line.startswith(("TASK [", "RUNNING HANDLER [", "PLAY [")):
            task = line.rstrip(" *")
        elif match := re.match(r"included: \S*?/((?:roles|tasks|ansible_collections)/\S+) for (.*)", line):
            found.append(f"{task} included: {match[1]} for {match[2]}")
        elif match := re.match(r"(ok|changed|skipping|failed|fatal|unreachable|rescued|\.\.\.ignoring)[: ]?(.*)", line):
            outcome = re.sub(r" => \{.*| \| .*| => \(item=.*", "", match[2])  # An item may have a password's hash in it.
            found.append(f"{task} {match[1]}: {outcome.strip()}")
        elif re.match(r"\S+ +: ok=\d+", line):
            found.append(re.sub(r" +", " ", line.strip()))
    return found


def make_project(scenario, sources, directory):
    shutil.rmtree(directory, ignore_errors=True)
    if scenario.project:
        shutil.copytree(sources / scenario.project, directory, symlinks=True)
    else:
        directory.mkdir(parents=True)
    for role, checkout in scenario.roles.items():
        shutil.copytree(sources / checkout, directory / "roles" / role, symlinks=True)
    for source, target in scenario.copies:
        shutil.copytree(directory / source, directory / target)
    for name, text in scenario.files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    for name, old, new in scenario.replace:
        path = directory / name
        path.write_text(path.read_text().replace(old, new))
    if not (directory / "requirements.txt").exists():
        (directory / "requirements.txt").write_text(f"ansible-core=={scenario.core}\n")


def inventory(scenario, host):
    groups = "".join(f"\n[{group}]\nweb1\n" for group in scenario.groups)
    return f"web1 {host}\n{groups}"


class Bench:
    def __init__(self, options):
        self.options = options
        self.work = options.work.resolve()
        self.debian = Debian(self.work)
        self.ours = str(ROOT / "ansible-venv")

    def prepare(self):
        made = call(sys.executable, "-B", str(TESTING / "real_collections.py"), str(self.work / "sdist"), *ANSIBLE, *COLLECTIONS, stdout=subprocess.PIPE, text=True).stdout.split()[-1]
        self.collections = self.work / "collections"
        if not self.collections.exists():
            part = self.work / "collections.part"
            shutil.rmtree(part, ignore_errors=True)
            shutil.copytree(made, part)
            self.debian.prepare()
            self._build_collection(part)
            part.rename(self.collections)

    def _build_collection(self, to):
        """The one collection here that the `ansible` package has not."""
        source = self.options.sources / "ansible-collection-hardening"
        with Mounted(self.work / "building", [self.debian.base, self.debian.by_hand(DEFAULT_CORE, PACKAGES, [])], self.work / "built") as root:
            shutil.copytree(source, root / "root/collection", symlinks=True)
            call("chroot", str(root), "/opt/by-hand/bin/ansible-galaxy", "collection", "build", "/root/collection", "--output-path", "/root", stdout=subprocess.DEVNULL)
            shutil.copy(next((root / "root").glob("devsec-hardening-*.tar.gz")), to)
        shutil.rmtree(self.work / "built")

    def compared(self, name):
        """The differences, a line each."""
        scenario = SCENARIOS[name]
        work = self.work / "runs" / name
        shutil.rmtree(work, ignore_errors=True)
        hand = self._twice(work / "hand", scenario, self._by_hand, by_hand=True)
        ours = self._twice(work / "deploy", scenario, self._deploy, by_hand=False)
        found = differences(hand, ours)
        if found and self.options.again:
            chance = differences(hand, self._twice(work / "again", scenario, self._by_hand, by_hand=True))
            subjects = {line.split(": ")[0] for line in chance}
            found = [line for line in found if line.split(": ")[0] not in subjects]
        if not self.options.keep:
            for each in ("hand", "deploy", "again"):
                shutil.rmtree(work / each / "upper", ignore_errors=True)
        again = ", ".join(line.partition(": ")[2] for line in hand.lines[-1][-1:])
        return [f"  by hand: exit codes {hand.codes}, second run {again}", *found]

    def _twice(self, work, scenario, run, by_hand):
        work.mkdir(parents=True)
        project = work / "project"
        make_project(scenario, self.options.sources, project)
        outcome = Outcome([], [], {})
        layers = [self.debian.base]
        if by_hand:
            layers.append(self.debian.by_hand(scenario.core, PACKAGES, sorted(self.collections.glob("*.tar.gz"))))
        with Machine(self.debian, work, layers) as machine:
            if by_hand:
                self._write(project, inventory(scenario, 'ansible_connection=local ansible_python_interpreter="{{ ansible_playbook_python }}"'))
                machine.put(project, "project")
            else:
                arguments = " ".join(machine.ssh_options())
                self._write(project, inventory(scenario, f'ansible_host={machine.address} ansible_user={ACCOUNT} ansible_ssh_common_args="{arguments}"'))
            for number in (1, 2):
                with open(work / f"{number}.log", "wb") as log, open(work / f"{number}.err", "wb") as errors:
                    outcome.codes.append(run(machine, project, scenario, log, errors))
                outcome.lines.append(results((work / f"{number}.log").read_text(errors="replace")))
        outcome.files = {path: state(machine.upper / path) for path in written(machine.upper)}
        for path, found in self._base_states(outcome.files).items():
            if outcome.files[path] == found:
                del outcome.files[path]
        return outcome

    def _base_states(self, paths):
        return {path: state(self.debian.base / path) for path in paths}

    @staticmethod
    def _write(project, text):
        (project / "inventory").mkdir(exist_ok=True)
        (project / "inventory/hosts").write_text(text)

    @staticmethod
    def _by_hand(machine, _, scenario, log, errors):
        options = " ".join(scenario.options)
        return machine.ssh(f"cd project && /opt/by-hand/bin/ansible-playbook -i inventory/hosts {scenario.playbook} {options}", stdout=log, stderr=errors).returncode

    def _deploy(self, machine, project, scenario, log, errors):
        home = self.work / "controller"
        home.mkdir(exist_ok=True)
        env = {key: value for key, value in os.environ.items() if not key.startswith("ANSIBLE_") and key != "PYTHONDONTWRITEBYTECODE"}
        env |= {"HOME": str(home), "XDG_CACHE_HOME": str(home / ".cache"), "ANSIBLE_GALAXY_SERVER_LIST": "loopback", "ANSIBLE_GALAXY_SERVER_LOOPBACK_URL": self.galaxy}
        own = project / "ansible-venv.yml"
        text = own.read_text() if own.exists() else ""
        if "push:" not in text:
            own.write_text(text + "push: [all]\n" + ("warm: false\n" if self.options.cold else ""))
        return subprocess.run([self.ours, "deploy", scenario.playbook, "web1", *scenario.options], cwd=project, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=errors).returncode

    def run(self, names):
        self.prepare()
        server = subprocess.Popen([sys.executable, "-B", str(TESTING / "galaxy_server.py"), "--artifacts", str(self.collections)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        try:
            self.galaxy = re.search(r"http://\S+", server.stdout.readline())[0]
            equal = 0
            for name in names:
                lines = self.compared(name)
                equal += len(lines) == 1
                print(f"{name}: {'equal' if len(lines) == 1 else 'differs'}", *lines, sep="\n", flush=True)
            print(f"{equal} of {len(names)} equal")
            return 0 if equal == len(names) else 1
        finally:
            server.stdin.close()
            server.wait()


def written(upper):
    for path in sorted(upper.rglob("*")):
        name = str(path.relative_to(upper))
        if not VOLATILE.match(name):
            yield name


def differences(hand, ours):
    found = []
    for number, (a, b) in enumerate(zip(hand.codes, ours.codes), 1):
        # Ansible's own code for failed hosts is 2, the product's 1.
        if bool(a) != bool(b):
            found.append(f"  run {number}: exit code {b} for {a}")
    for number, (a, b) in enumerate(zip(hand.lines, ours.lines), 1):
        for left, right in zip(a, b):
            if left != right:
                found.append(f"  run {number}: {right!r} for {left!r}")
                break
        else:
            if len(a) != len(b):
                found.append(f"  run {number}: {len(b)} results for {len(a)}; {(a + b)[min(len(a), len(b))]!r}")
    left, right = ({TIMES.sub(".TIME~", path): seen for path, seen in outcome.files.items()} for outcome in (hand, ours))
    for path in sorted(left.keys() | right.keys()):
        a, b = (seen and (*seen[:3], *(TIMES_INSIDE.sub(b"TIME", part) for part in seen[3:])) for seen in (left.get(path), right.get(path)))
        if RANDOM.match(path):
            a, b = a and a[:3], b and b[:3]
        if a != b:
            found.append(f"  {path}: {shown(b)} for {shown(a)}" + (" (contents differ)" if a and b and a[:3] == b[:3] else ""))
    return found


def shown(seen):
    return " ".join(seen[:3]) if seen else "as before"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", required=True, type=pathlib.Path)
    parser.add_argument("--sources", required=True, type=pathlib.Path)
    parser.add_argument("--keep", action="store_true", help="keep what was written, below WORK/runs")
    parser.add_argument("--again", action="store_true", help="where they differ, run by hand once more, and leave out what is chance")
    parser.add_argument("--cold", action="store_true", help="without the warm starter")
    parser.add_argument("name", nargs="*", choices=[*SCENARIOS, []])
    options = parser.parse_args()
    sys.exit(Bench(options).run(options.name or list(SCENARIOS)))


if __name__ == "__main__":
    main()
