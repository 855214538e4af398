"""Which packages of a lock count on this host, and under which key they are kept."""

import collections
import re
import unittest

import controller  # noqa: F401 (puts the agent on the path)
from ansible_venv_agent import lockfile, markers

SYSTEM = collections.namedtuple("System", "sysname machine")("Linux", "x86_64")
LOCK = '''lock-version = "1.0"
created-by = "uv"
requires-python = ">=3.11"

[[packages]]
name = "Acme_Tool"
version = "1.0"
marker = "python_full_version == '3.11.*'"
wheels = [{ url = "https://example.org/acme_tool-1.0-py3-none-any.whl", size = 10, hashes = { sha256 = "%(a)s" } }]

[[packages]]
name = "other"
version = "2.0"
marker = "sys_platform == 'win32'"
sdist = { url = "https://example.org/other-2.0.tar.gz", size = 7, hashes = { sha256 = "%(b)s" } }
wheels = [
    { url = "https://example.org/other-2.0-cp311-cp311-linux_x86_64.whl", size = 30, hashes = { sha256 = "%(c)s" } },
    { url = "https://example.org/other-2.0-cp312-cp312-linux_x86_64.whl", size = 20, hashes = { sha256 = "%(d)s" } },
]

[[packages]]
name = "from-git"
version = "3.0"
vcs = { type = "git", url = "https://example.org/x.git", commit-id = "0123456789012345678901234567890123456789" }
''' % {letter: letter * 64 for letter in "abcd"}


def packages(version="3.11.7", place=("linux",), lock=LOCK):
    return lockfile.packages(lock, {"path": "/usr/bin/python3", "version": version}, place)


class LockfileTest(unittest.TestCase):
    def test_markers_mean_what_the_specification_says(self):
        known = markers.variables("3.12.1", SYSTEM, "linux")
        cases = {
            "": True,
            "python_version >= '3.9'": True,
            "python_version < '3.9'": False,
            "'3.9' <= python_version": True,
            "python_full_version == '3.11.*'": False,
            "python_full_version == '3.12.*' and platform_python_implementation != 'PyPy'": True,
            "python_full_version ~= '3.12.0'": True,
            "python_version in '3.11, 3.12'": True,
            "python_version not in '3.1 3.2'": True,
            "(sys_platform == 'win32' or os_name == 'nt') and python_version > '3'": False,
            "sys_platform == 'win32' or os_name == 'posix' and python_version > '4'": False,
            "os_name == 'posix' or sys_platform == 'win32' and python_version > '4'": True,
            'platform_machine not in "arm64 aarch64"': True,
            "extra == 'tests'": None,
            "platform_release >= '5'": None,
            "python_version >= '3.12rc1'": None,
            "sys_platform > 'a'": None,
            "python_version >=": None,
            "(os_name == 'posix'": None,
            "os_name == 'posix' and": None,
            "os_name == 'posix' os_name == 'posix'": None,
            "(" * 100000: None,
        }
        for marker, expected in cases.items():
            self.assertIs(markers.applies(marker, known), expected, marker[:80])

    def test_a_lock_is_seen_from_one_python(self):
        acme, other, git = packages()
        self.assertEqual((acme.name, acme.version, acme.applies, other.applies), ("acme-tool", "1.0", True, False))
        self.assertEqual(lockfile.download_bytes(other), 30)
        self.assertEqual(git.key, None)
        self.assertIs(packages("3.12.0")[0].applies, False)

    def test_a_package_is_kept_by_its_content_and_python_and_not_by_where_it_comes_from(self):
        key = packages()[0].key
        elsewhere = LOCK.replace("https://example.org", "https://user:secret@mirror.example.net/a")
        self.assertEqual(packages(lock=elsewhere)[0].key, key)
        self.assertEqual(packages(lock=LOCK.replace("3.11.*", "3.*"))[0].key, key)
        for other in (
            packages("3.11.8"),
            packages(place=("darwin",)),
            packages(lock=LOCK.replace("1.0", "1.1")),
            packages(lock=LOCK.replace("a" * 64, "e" * 64)),
        ):
            self.assertNotEqual(other[0].key, key)

    def test_wheels_that_were_sent_stand_in_the_lock_in_place_of_addresses(self):
        acme, other, _ = packages()
        wheel = {"file": "other-2.0-cp311-cp311-linux_x86_64.whl", "sha256": "c" * 64}
        changed = lockfile.with_wheels(LOCK, {other: [wheel]})
        again = packages(lock=changed)
        self.assertEqual((again[0], again[2]), (acme, packages()[2]))
        self.assertEqual((again[1].name, again[1].version, again[1].marker), ("other", "2.0", other.marker))
        self.assertEqual(again[1].hashes, ("c" * 64,))
        self.assertEqual(re.findall(r'path = "([^"]*)"', changed), ["wheels/" + wheel["file"]])
        self.assertNotIn("other-2.0.tar.gz", changed)

    def test_spellings_of_a_version_are_one(self):
        for left, right in (("2024.01.0", "2024.1"), ("1.0-1", "1.0.1"), ("V1.0", "1")):
            self.assertTrue(lockfile.same_version(left, right), (left, right))
        for left, right in (("1.10", "1.1"), ("1.0a1", "1.0")):
            self.assertFalse(lockfile.same_version(left, right), (left, right))


if __name__ == "__main__":
    unittest.main()
