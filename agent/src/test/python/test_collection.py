"""Unpacking a tarball that somebody else made."""

import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
import unittest

import controller  # noqa: F401 (puts the agent on the path)
from ansible_venv_agent import collection, store
from ansible_venv_agent.errors import AgentError


class CollectionTest(unittest.TestCase):
    def setUp(self):
        self.directory = os.path.realpath(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.directory)
        os.mkdir(os.path.join(self.directory, "outer"))
        self.target = os.path.join(self.directory, "outer", "unpacked")

    def tarball(self, files, extra=(), manifest=None):
        listing = [
            {"name": name, "ftype": "file", "chksum_sha256": hashlib.sha256(content).hexdigest()}
            for name, content in files.items()
        ]
        files_json = json.dumps({"files": listing}).encode()
        information = {"namespace": "acme", "name": "web", "version": "1.2.0"}
        document = manifest or {
            "collection_info": information,
            "file_manifest_file": {"chksum_sha256": hashlib.sha256(files_json).hexdigest()},
        }
        path = os.path.join(self.directory, "acme-web-1.2.0.tar.gz")
        members = {"MANIFEST.json": json.dumps(document).encode(), "FILES.json": files_json, **files}
        with tarfile.open(path, "w:gz") as archive:
            for name, content in members.items():
                member = tarfile.TarInfo(name)
                member.size = len(content)
                archive.addfile(member, io.BytesIO(content))
            for member in extra:
                archive.addfile(member, io.BytesIO(b"x" * member.size))
        return path

    def install(self, path):
        collection.unpack(path, "acme.web", "1.2.0", self.target)

    def refused(self, path, why):
        with self.assertRaises(AgentError) as caught:
            self.install(path)
        self.assertIn(why, caught.exception.message)
        outside = [name for name in os.listdir(self.directory) if name not in ("outer", os.path.basename(path))]
        self.assertEqual(outside, [])
        self.assertEqual(os.listdir(os.path.join(self.directory, "outer")), ["unpacked"])

    @staticmethod
    def link(name, target, kind=tarfile.SYMTYPE):
        member = tarfile.TarInfo(name)
        member.type = kind
        member.linkname = target
        return member

    @staticmethod
    def file(name):
        member = tarfile.TarInfo(name)
        member.size = 5
        return member

    def test_a_sound_collection_with_links_inside_it_is_installed(self):
        extra = [self.link("plugins/alias.py", "modules/ping.py"), self.link("extensions", "./plugins")]
        self.install(self.tarball({"plugins/modules/ping.py": b"pass\n"}, extra))
        with open(os.path.join(self.target, "plugins", "alias.py"), "rb") as file:
            self.assertEqual(file.read(), b"pass\n")
        self.assertEqual(os.stat(os.path.join(self.target, "MANIFEST.json")).st_mode & 0o777, 0o400)

    def test_what_only_developers_use_is_left_out_and_not_missed(self):
        files = {"plugins/modules/ping.py": b"pass\n", "roles/x/tests/test.yml": b"---\n"}
        unused = {"tests/unit/a.py": b"1", "docs/a.rst": b"2", "changelogs/x.yml": b"3", ".github/x": b"4"}
        self.install(self.tarball({**files, **unused}))
        self.assertEqual(sorted(os.listdir(self.target)), ["FILES.json", "MANIFEST.json", "plugins", "roles"])
        self.assertTrue(os.path.exists(os.path.join(self.target, "roles/x/tests/test.yml")))
        collection.check(self.target, "acme.web", "1.2.0", "")
        os.unlink(os.path.join(self.target, "roles/x/tests/test.yml"))
        with self.assertRaises(AgentError) as caught:
            collection.check(self.target, "acme.web", "1.2.0", "")
        self.assertIn("roles/x/tests/test.yml is missing", caught.exception.message)

    def test_everything_stays_when_a_link_that_is_kept_points_at_what_would_be_left_out(self):
        extra = [self.link("plugins/modules/alias.py", "../../tests/shared.py")]
        self.install(self.tarball({"tests/shared.py": b"shared", "docs/a.rst": b""}, extra))
        with open(os.path.join(self.target, "plugins", "modules", "alias.py"), "rb") as file:
            self.assertEqual(file.read(), b"shared")
        self.assertTrue(os.path.exists(os.path.join(self.target, "docs/a.rst")))

    def test_a_closed_collection_cannot_be_changed_but_removed(self):
        self.install(self.tarball({"plugins/filter/x.py": b"pass\n", "plugins/modules/y.py": b"pass\n"}))
        self.assertEqual(list(collection.sources(self.target)), [os.path.join(self.target, "plugins/filter/x.py")])
        collection.close(self.target)
        self.assertEqual(os.stat(os.path.join(self.target, "plugins", "filter")).st_mode & 0o777, 0o555)
        os.chmod(self.target, 0o500)
        store.remove(self.target)
        self.assertFalse(os.path.exists(self.target))

    def test_names_that_lead_out_are_refused(self):
        for name in ("../escaped", "/tmp/ansible-venv-escaped", "plugins/../../escaped", "plugins//x", "./../x"):
            self.refused(self.tarball({}, [self.file(name)]), "leaves the archive")
            shutil.rmtree(self.target)

    def test_links_that_lead_out_are_refused(self):
        chains = [
            [self.link("a", "/etc/passwd")],
            [self.link("a", "../../../../x")],
            [self.link("a/b/c", "../.."), self.link("z", "a/b/c/../../../y")],
            [self.link("z", "a/b/c/../../../y"), self.link("a/b/c", "../..")],
        ]
        for chain in chains:
            self.refused(self.tarball({}, chain), "leaves the archive")
            shutil.rmtree(self.target)

    def test_nothing_is_written_through_a_link(self):
        extra = [self.link("plugins", "../../../.."), self.file("plugins/escaped")]
        with self.assertRaises((AgentError, OSError)):
            self.install(self.tarball({}, extra))
        self.assertFalse(os.path.exists(os.path.join(self.directory, "escaped")))

    def test_devices_and_hard_links_are_refused(self):
        for kind in (tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
            self.refused(self.tarball({}, [self.link("x", "README.md", kind)]), "neither file")
            shutil.rmtree(self.target)

    def test_content_that_is_not_what_it_says_is_refused(self):
        sound = self.tarball({"README.md": b"hello"})
        with tarfile.open(sound) as archive:
            members = {each.name: archive.extractfile(each).read() for each in archive}
        members["README.md"] = b"HELLO"
        with tarfile.open(sound, "w:gz") as archive:
            for name, content in members.items():
                member = tarfile.TarInfo(name)
                member.size = len(content)
                archive.addfile(member, io.BytesIO(content))
        self.refused(sound, "README.md is not what FILES.json says")

    def test_another_version_than_the_locked_one_is_refused(self):
        manifest = {"collection_info": {"namespace": "acme", "name": "web", "version": "6.6.6"}}
        self.refused(self.tarball({}, manifest=manifest), "it holds acme.web 6.6.6")

    def test_a_truncated_tarball_is_refused(self):
        path = self.tarball({"README.md": os.urandom(50000)})
        with open(path, "rb+") as file:
            file.truncate(20000)
        self.refused(path, "refused")


if __name__ == "__main__":
    unittest.main()
