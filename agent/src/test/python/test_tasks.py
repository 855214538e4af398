"""What is shown of a program that failed."""

import os
import unittest

import controller  # noqa: F401  (finds the agent)
from ansible_venv_agent.tasks import Tasks, cause, hint

BUILD = """Using Python 3.11.2 environment at: .building-1/venv
error: Failed to build `python-ldap==3.4.4`
  cause: The build backend returned an error
  cause: Call to `setuptools.build_meta.build_wheel` failed (exit status: 1)

         [stdout]
%s
         [stderr]
         Modules/errors.h:7:10: fatal error: lber.h: No such file or directory
         error: command '/usr/bin/gcc' failed with exit code 1

hint: This usually indicates a problem with the package or the build environment.
""" % "\n".join("         copying Lib/ldap/%d.py" % number for number in range(200))


class TasksTest(unittest.TestCase):
    def test_a_failed_build_begins_with_its_cause_and_shows_what_the_compiler_said(self):
        lines = cause(BUILD).splitlines()
        self.assertEqual(lines[0], "error: Failed to build `python-ldap==3.4.4`")
        self.assertIn("Modules/errors.h:7:10: fatal error: lber.h: No such file or directory", lines)
        self.assertLess(len(lines), 10)
        self.assertEqual(cause(BUILD).count("Failed to build"), 1)

    def test_programs_do_not_start_in_a_directory_whose_configuration_they_would_obey(self):
        with Tasks(None, [], {"PATH": "/usr/bin:/bin"}, str, None) as tasks:
            task = tasks.command("where", ["pwd", "-P"])
            self.assertEqual(os.read(task.handle, 100), b"/\n")

    def test_a_compiler_that_is_missing_is_advised(self):
        self.assertIn("gcc python3-dev", hint(BUILD))
        self.assertEqual(hint("error: something else"), "")

    def test_of_a_program_that_names_no_error_the_last_lines_count(self):
        self.assertTrue(cause("\n".join(map(str, range(100)))).startswith("94\n95\n96"))
