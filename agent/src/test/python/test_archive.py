"""The corpus of hostile archives that the controller's unpacker is held to as well."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

import controller  # noqa: F401 (puts the agent on the path)
from ansible_venv_agent import archive

CORPUS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../../testing/src/main/python/hostile_archives.py")


class HostileArchiveTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.corpus = tempfile.mkdtemp()
        cls.addClassCleanup(shutil.rmtree, cls.corpus)
        subprocess.run([sys.executable, "-B", CORPUS, cls.corpus], check=True)
        with open(os.path.join(cls.corpus, "index.json"), encoding="utf-8") as file:
            cls.archives = [each for each in json.load(file) if each["file"].endswith(".tar.gz")]

    def test_each_is_unpacked_or_refused_and_nothing_outside_changes(self):
        self.assertGreater(len(self.archives), 60)
        for each in self.archives:
            with self.subTest(each["file"]), tempfile.TemporaryDirectory() as directory:
                os.makedirs(os.path.join(directory, "parent", "outside"))
                target = os.path.join(directory, "parent", "unpacked")
                try:
                    archive.unpack(os.path.join(self.corpus, each["file"]), target, lambda parts: parts[0] == "tests")
                    refused = None
                except archive.Refused as error:
                    refused = str(error)
                if each["verdict"] == "refused":
                    self.assertIsNotNone(refused)
                elif each["verdict"] == "unpacked":
                    self.assertIsNone(refused)
                    self.assertEqual(tree(target), each["files"])
                self.assertEqual(os.listdir(directory), ["parent"])
                self.assertLessEqual(set(os.listdir(os.path.join(directory, "parent"))), {"outside", "unpacked"})
                self.assertEqual(os.listdir(os.path.join(directory, "parent", "outside")), [])
                self.assertFalse(os.path.lexists("/tmp/ansible-venv-escaped"))


def tree(root):
    found = {}
    for parent, directories, files in os.walk(root):
        for name in directories + files:
            path = os.path.join(parent, name)
            shown = os.path.relpath(path, root)
            if os.path.islink(path):
                found[shown] = "-> " + os.readlink(path)
            elif os.path.isfile(path):
                with open(path, encoding="utf-8") as file:
                    found[shown] = file.read()
                assert os.stat(path).st_mode & 0o7277 == 0, shown
    return found


if __name__ == "__main__":
    unittest.main()
