"""The runner alone, with a program in place of ansible-playbook."""

import json
import os
import shutil
import tempfile
import time
import unittest

import controller  # noqa: F401 (puts the agent on the path)
from ansible_venv_agent import runner
from ansible_venv_agent.store import Store


class RunnerTest(unittest.TestCase):
    def setUp(self):
        self.home = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.home, ignore_errors=True)
        self.run_directory = os.path.join(self.home, "run")
        os.makedirs(os.path.join(self.run_directory, "project"))
        for name in ("stdout.log", "whole"):
            with open(os.path.join(self.run_directory, name), "w"):
                pass
        runner.reserve(self.run_directory)

    def end(self, script, limits=None):
        with Store(self.home, self.home).lock("use") as lock:
            command = ["/bin/sh", "-c", script]
            project = {"directory": os.path.join(self.run_directory, "project")}
            program = runner.Program(project, command, {"PATH": "/usr/bin:/bin"}, 0o022)
            runner.detach(self.run_directory, program, [lock], {}, limits or {}, None, None)
        result = os.path.join(self.run_directory, "rc")
        deadline = time.monotonic() + 60
        while not os.path.exists(result) and time.monotonic() < deadline:
            time.sleep(0.02)
        with open(result) as file:
            return json.load(file)

    def test_the_end_is_told_with_the_programs_own_code(self):
        self.assertEqual(self.end("exit 3")["rc"], 3)

    def test_a_clock_that_is_set_changes_no_duration(self):
        real = time.time
        jumps = iter((1000.0, -5000000.0))
        time.time = lambda: real() + next(jumps, 7000000.0)
        try:
            ended = self.end("sleep 1")
        finally:
            time.time = real
        self.assertGreaterEqual(ended["ended"] - ended["started"], 1.0)
        self.assertLess(ended["ended"] - ended["started"], 1000.0)

    def test_a_clock_that_is_set_ends_nothing_too_early(self):
        real = time.time
        time.time = lambda: real() + 7000000.0
        try:
            ended = self.end("sleep 1", {"timeout": 600, "idle_timeout": 600})
        finally:
            time.time = real
        self.assertEqual(ended["rc"], 0)
        self.assertNotIn("reason", ended)

    def test_the_result_takes_the_place_that_was_kept_for_it(self):
        self.end("true")
        self.assertFalse(os.path.exists(os.path.join(self.run_directory, "rc.reserved")))
        self.assertEqual(os.path.getsize(os.path.join(self.run_directory, "rc")), 4096)

    def test_a_lost_event_is_no_success(self):
        self.assertEqual(self.end("rm ../whole")["reason"], "no-space")


if __name__ == "__main__":
    unittest.main()
