"""Which Python an environment is built with."""

import os
import shutil
import sys
import tempfile
import unittest
from unittest import mock

import controller  # noqa: F401 (puts the agent on the path)
from ansible_venv_agent import pythons
from ansible_venv_agent.errors import AgentError


class PythonsTest(unittest.TestCase):
    def test_specifiers_mean_what_pep_440_says(self):
        cases = {
            ">=3.11": {"3.11.0": True, "3.10.13": False, "3.12.1": True},
            ">3.11": {"3.11.0": False, "3.11.1": True},
            "<3.13,>=3.9": {"3.13.0": False, "3.12.9": True, "3.8.18": False},
            "~=3.11.2": {"3.11.2": True, "3.11.9": True, "3.12.0": False},
            "~=3.11": {"3.12.0": True, "4.0.0": False},
            "==3.11.*": {"3.11.7": True, "3.12.0": False},
            "!=3.11.*": {"3.11.7": False, "3.12.0": True},
            "": {"3.9.0": True},
        }
        for requires, versions in cases.items():
            for version, expected in versions.items():
                self.assertIs(pythons.allows(requires, version), expected, (requires, version))

    def test_a_specifier_that_cannot_be_read_is_named(self):
        with self.assertRaises(AgentError):
            pythons.allows("about 3.11", "3.11.0")

    def test_the_locks_own_requirement_is_read_and_no_packages(self):
        lock = 'lock-version = "1.0"\nrequires-python = ">=3.11"\n\n[[packages]]\nrequires-python = ">=9"\n'
        self.assertEqual(pythons.requires_python(lock), ">=3.11")
        self.assertEqual(pythons.requires_python('lock-version = "1.0"\n[[packages]]\nrequires-python = ">=9"\n'), "")

    def test_a_shim_without_its_python_is_passed_over_and_one_with_it_resolved(self):
        place = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, place)
        for name, script in {
            "python3.14": "#!/bin/sh\necho 'pyenv: python3.14: command not found' >&2\nexit 127\n",
            "python3": '#!/bin/sh\nexec %s "$@"\n' % sys.executable,
        }.items():
            path = os.path.join(place, name)
            with open(path, "w") as file:
                file.write(script)
            os.chmod(path, 0o700)
        with mock.patch.dict(os.environ, {"PATH": place}):
            answers = list(pythons._answers([os.path.join(place, "python3.14"), os.path.join(place, "python3")]))
        if sys.version_info >= (3, 9):
            self.assertEqual([os.path.realpath(path) for _, path, _ in answers], [os.path.realpath(sys.executable)])
        else:
            self.assertEqual(answers, [])


if __name__ == "__main__":
    unittest.main()
