"""Puts an environment together in a private directory: from what the store keeps, and from what is still missing."""

import contextlib
import os
import re

from . import blobs, collection, distributions, environment, lockfile, shared
from .errors import AgentError
from .facts import utf8_locale
from .store import directory, open_directory, remove, write_file

_BYTECODE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "bytecode.py")


class Assembly:
    """`packages` is the lock seen from this Python, `wheels` has those (by the package) that were sent for it."""

    def __init__(self, store, installer, request, python, packages, wheels, private, progress):
        self._store = store
        self._installer = installer
        self._tasks = installer.tasks
        self._request = request
        self._python = python
        self._packages = packages
        self._wheels = wheels
        self._private = private
        self._progress = progress
        self._venv = os.path.join(private, "venv")
        self._interpreter = os.path.join(self._venv, "bin", "python")
        minor = ".".join(python["version"].split(".")[:2])
        self._prefix = os.path.join("lib", "python" + minor, "site-packages")
        self._tag = "cpython-" + minor.replace(".", "")
        self._site_packages = os.path.join(self._venv, self._prefix)
        self._kept_packages = set()

    def make(self, pylock):
        """Returns what READY says of the environment, which does what it is for."""
        unpacking = self._start_unpacking()
        self._lay_out_wheels(pylock)
        records, compiling = self._install_sound()
        version = self._start_version()
        consistent = self._installer.check(self._interpreter)
        self._link_collections(unpacking)
        for task in compiling:
            self._tasks.result(task)
        self._harvest(records)
        self._progress("checks", "ansible-playbook, packages, collections")
        core = self._core(self._tasks.result(version))
        self._tasks.result(consistent)
        self._installer.finish()
        return self._record(core)

    def publish(self):
        """Moves what others can use to where they find it. It is on the disk, and whoever comes second drops its own."""
        self._move("packages", self._store.packages)
        self._move("collections", self._store.collections)

    def _move(self, kind, parent):
        source = os.path.join(self._private, kind)
        for name in os.listdir(source) if os.path.isdir(source) else ():
            target = os.path.join(open_directory(parent), name)
            if self._request.get("rebuild") and os.path.isdir(target):
                # A directory can only change its parent when it may be written.
                os.chmod(target, 0o700)
                os.rename(target, os.path.join(self._private, "replaced-" + name))
            try:
                os.rename(os.path.join(source, name), target)
            except OSError:
                if not os.path.isdir(target):
                    raise
            if kind == "collections":
                os.chmod(target, 0o555)
        remove(source)

    def _lay_out_wheels(self, pylock):
        if self._wheels:
            place = directory(os.path.join(self._private, "wheels"))
            for each in (wheel for sent in self._wheels.values() for wheel in sent):
                distributions.link(self._store.blob(each["sha256"]), os.path.join(place, each["file"]))
            pylock = lockfile.with_wheels(pylock, self._wheels)
        self._pylock = os.path.join(self._private, "pylock.toml")
        write_file(self._pylock, pylock.encode("utf-8"), durable=False)

    def _install_sound(self):
        """Installs, and once more what turns out damaged: uv's cache shares its files with what was installed from it."""
        bad = []
        for _ in range(2):
            remove(self._venv)
            self._installer.create_venv(self._venv, self._python)
            linked = self._link_kept()
            records = self._install(linked, bad)
            compiling = self._compile(distributions.sources(self._site_packages, self._prefix, records.values()))
            if not records:
                return records, compiling
            bad = self._tasks.result(
                self._tasks.fork("checking the packages", lambda: distributions.damaged(self._venv, records))
            )
            if not bad:
                return records, compiling
            for task in compiling:
                self._tasks.result(task)
        raise AgentError("build-failed", "installed, but not as their RECORDs say: " + ", ".join(bad), "try again")

    def _link_kept(self):
        """Names of the packages that came out of the store."""
        applying = [package for package in self._packages if package.applies and package.key]
        several = {package.name for package in applying if sum(each.name == package.name for each in applying) > 1}
        linked = set()
        for package in applying:
            kept = self._store.package(package.key)
            if package.name in several or not os.path.isdir(kept):
                continue
            try:
                distributions.links(kept, self._venv, self._prefix, self._request.get("rebuild", False))
            except distributions.Odd as problem:
                self._progress("packages", "%s is installed anew: %s" % (package.name, problem))
                damaged = os.path.join(directory(os.path.join(self._private, "damaged")), package.key)
                if os.path.isdir(kept):
                    os.rename(kept, damaged + os.urandom(4).hex())
                continue
            os.utime(kept)
            linked.add(package.name)
            self._kept_packages.add(package.key)
        return linked

    def _install(self, linked, again):
        """Has uv install what is missing. Returns the RECORDs of what it installed, by name."""
        if any(package.applies is not False and package.name not in linked for package in self._packages):
            self._progress("packages", "installing from the lock, %d from the store" % len(linked))
            self._installer.install(self._interpreter, self._pylock, again)
        else:
            self._progress("packages", "%d from the store" % len(linked))
        records = {}
        for name, dist_info in self._installed().items():
            if name not in linked:
                # Without a sound RECORD a package serves this environment only, and as it is.
                with contextlib.suppress(distributions.Odd):
                    records[name] = distributions.read_record(self._site_packages, dist_info, self._prefix)
        return records

    def _installed(self):
        """Name to `.dist-info` of what is there, which is what the lock says and nothing else."""
        locked = {}
        for package in self._packages:
            locked.setdefault(package.name, []).append(package.version)
        found = {}
        for dist_info in distributions.installed(self._site_packages):
            name, _, version = dist_info[: -len(".dist-info")].rpartition("-")
            name = lockfile.normalised(name)
            if not any(not each or lockfile.same_version(version, each) for each in locked.get(name, ())):
                raise AgentError("build-failed", "%s %s was installed, which is not in the lock" % (name, version))
            found[name] = dist_info
        for package in self._packages:
            if not package.marker and package.name not in found:
                raise AgentError("build-failed", "%s of the lock was not installed" % package.name)
        return found

    def _compile(self, sources):
        paths = [path for path in sources if os.path.exists(path)]
        if not paths:
            return []
        listing = os.path.join(self._private, "sources-%s" % os.urandom(4).hex())
        write_file(listing, "\n".join(paths).encode("utf-8", "surrogateescape"), durable=False)
        workers = str(os.cpu_count() or 1)
        command = [self._python["path"], "-I", "-S", "-B", _BYTECODE, listing, workers]
        return [self._tasks.command("compiling", command)]

    def _harvest(self, records):
        """An odd package serves this environment all the same; it is just not shared."""
        keys = {package.name: package.key for package in self._packages if package.applies is not False}
        for name, record in records.items():
            key = keys.get(name)
            if not key:
                continue
            target = os.path.join(self._private, "packages", key)
            try:
                distributions.harvest(self._venv, record, self._tag, target)
                self._kept_packages.add(key)
            except distributions.Odd:
                remove(target)

    def _start_unpacking(self):
        """Shares out the collections that the store lacks among the cores."""
        lacking = [each for each in self._request["collections"] if not self._have(each)]
        shares = [[] for _ in range(min(len(lacking), os.cpu_count() or 1))]
        loads = [0] * len(shares)
        for each in sorted(lacking, key=lambda each: -os.path.getsize(self._store.blob(each["sha256"]))):
            self._progress("collections", "%s %s" % (each["name"], each["version"]))
            smallest = loads.index(min(loads))
            loads[smallest] += os.path.getsize(self._store.blob(each["sha256"]))
            shares[smallest].append(each)
        return [self._tasks.fork("unpacking", lambda share=share: self._unpack(share)) for share in shares]

    def _have(self, each):
        kept = self._store.collection(each["sha256"])
        return os.path.isdir(kept) and not (self._request.get("rebuild") and collection.changed(kept, each))

    def _unpack(self, share):
        """Runs in a process of its own. Returns the plugin files to compile."""
        sources = []
        for each in share:
            target = os.path.join(self._private, "collections", each["sha256"])
            collection.unpack(blobs.verified(self._store, each["sha256"]), each["name"], each["version"], target)
            sources += collection.sources(target)
        return sources

    def _link_collections(self, unpacking):
        sources = [path for task in unpacking for path in self._tasks.result(task)]
        compiling = self._compile(sources)
        for each in self._request["collections"]:
            link = os.path.join(self._site_packages, "ansible_collections", *each["name"].split("."))
            directory(os.path.dirname(link))
            kept = self._store.collection(each["sha256"])
            own = os.path.join(self._private, "collections", each["sha256"])
            collection.identify(own if os.path.isdir(own) else kept, each["name"], each["version"], each["name"])
            if not os.path.isdir(own):
                os.utime(kept)
                if not os.stat(kept).st_mode & 0o005:
                    shared.make_readable(kept)
            # Seen from below the environment's directory, which is as deep as the private one.
            os.symlink(os.path.relpath(kept, os.path.dirname(link)), link)
        for task in compiling:
            self._tasks.result(task)
        for sha256 in os.listdir(os.path.join(self._private, "collections")) if unpacking else ():
            collection.close(os.path.join(self._private, "collections", sha256))

    def _start_version(self):
        playbook = os.path.join(self._venv, "bin", "ansible-playbook")
        if not os.path.exists(playbook):
            raise AgentError("lock-invalid", "the lock does not hold ansible-core", "lock again")
        return self._tasks.command("ansible-playbook --version", [playbook, "--version"], {"LANG": utf8_locale()})

    @staticmethod
    def _core(output):
        match = re.search(r"\[core ([^\]\s]+)", output)
        if not match:
            raise AgentError("build-failed", "`ansible-playbook --version` says no version: " + output[:500])
        return match.group(1)

    def _record(self, core):
        collections = [{key: each[key] for key in ("name", "version", "sha256")} for each in self._request["collections"]]
        vital = ["bin/ansible-playbook", os.path.join(self._prefix, "ansible", "release.py")]
        vital += [
            os.path.join(self._prefix, "ansible_collections", *each["name"].split("."), "MANIFEST.json")
            for each in collections
        ]
        return {
            "lock": self._request["lock"],
            "python": self._python,
            "ansible_core": core,
            "site_packages": self._prefix,
            "interpreter": environment.identity(self._interpreter),
            "vital": vital,
            "packages": sorted(self._kept_packages),
            "collections": collections,
            "blobs": [self._request["pylock"]],
        }
