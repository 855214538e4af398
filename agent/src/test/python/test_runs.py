"""What is remembered of runs, and for how long."""

import json
import os
import shutil
import tempfile
import unittest

import controller  # noqa: F401  finds the agent's code
from ansible_venv_agent import history, recap, runs
from ansible_venv_agent.store import Store


class RunsTest(unittest.TestCase):
    def setUp(self):
        self.home = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.home, ignore_errors=True)
        self.store = Store(os.path.join(self.home, "store"), self.home)

    def run_of(self, number, ended=True, venv="v", events=()):
        name = "20260115T1030%02d-0000000%d" % (number, number % 10)
        place = self.store.run(name)
        os.makedirs(place)
        self.write(place, "request.json", json.dumps({"playbook": "site.yml", "venv": venv, "requested": number}))
        self.write(place, "stdout.log", "x" * 100)
        self.write(place, "events.jsonl", "".join(json.dumps(each) + "\n" for each in events))
        if ended:
            self.write(place, "rc", json.dumps({"rc": 0, "started": number, "ended": number + 1}))
        else:
            starter = runs.processes.describe(os.getpid())
            self.write(place, "request.json", json.dumps({"playbook": "p", "venv": venv, "requested": 1, "starter": starter}))
        return name

    @staticmethod
    def write(place, name, text):
        with open(os.path.join(place, name), "w") as file:
            file.write(text)

    @staticmethod
    def event(name, second, printed, **data):
        return {
            "event": name,
            "uuid": "u",
            "counter": second,
            "created": "2026-01-15T10:30:%02d+00:00" % second,
            "pid": 1,
            "output_bytes": printed,
            "event_data": data,
        }

    def test_the_recap_has_counts_times_and_plays_without_hosts_and_reads_no_results(self):
        task = {"task": 'T, "res": ', "task_uuid": "t", "task_path": "/p:1", "host": "h"}
        counts = {"ok": {"h": 2}, "changed": {}, "failures": {}, "dark": {}, "skipped": {}, "rescued": {}, "ignored": {}}
        name = self.run_of(
            1,
            events=[
                self.event("runner_on_start", 1, 0, **task),
                self.event("runner_on_ok", 2, 0, **task, duration=1.5, res={"res": {"x": 1}}),
                self.event("runner_on_ok", 3, 0, **{**task, "host": "i"}, duration=0.5, res={}),
                self.event("playbook_on_play_start", 4, 0, play_pattern="web"),
                self.event("playbook_on_no_hosts_matched", 4, 0, play_pattern="web"),
                self.event("playbook_on_stats", 5, 0, processed={"h": 1}, **counts),
            ],
        )
        with open(os.path.join(self.store.run(name), "events.jsonl"), "a") as file:
            file.write('{"event": "runner_on_ok", "cut of')
        found = recap.of(os.path.join(self.store.run(name), "events.jsonl"), "/project")
        self.assertEqual(found["stats"]["h"]["ok"], 2)
        self.assertEqual(found["plays_without_hosts"], ["web"])
        self.assertEqual(found["tasks_run"], 1)
        self.assertEqual(
            found["tasks"], [{"task": 'T, "res": ', "path": "/p:1", "hosts": 2, "seconds": 2.0, "longest": 1.5}]
        )
        self.assertEqual(runs.entry(self.store, name)["status"], "failed")
        self.assertTrue(os.path.exists(os.path.join(self.store.run(name), "result.json")))

    def test_output_since_a_time_begins_behind_the_last_event_before(self):
        name = self.run_of(1, events=[self.event("playbook_on_start", second, second * 10) for second in (1, 2, 3)])
        path = os.path.join(self.store.run(name), "events.jsonl")
        second = 1768473000  # 2026-01-15T10:30:00Z
        line = os.path.getsize(path) // 3
        self.assertEqual(runs._offsets(path, second), (0, 0))
        self.assertEqual(runs._offsets(path, second + 2), (10, line))
        self.assertEqual(runs._offsets(path, second + 2.5), (20, 2 * line))
        self.assertEqual(runs._offsets(path, second + 60), (30, 3 * line))

    def test_the_oldest_finished_runs_go_but_none_that_goes_on_or_is_read(self):
        going = self.run_of(0, ended=False)
        names = [self.run_of(number) for number in range(1, 7)]
        with history.in_use(self.store.run(names[1])):
            history.trim(self.store, 3)
            self.assertEqual(sorted(os.listdir(self.store.runs)), [going, names[1], *names[3:]])
        history.trim(self.store, 3)
        self.assertEqual(sorted(os.listdir(self.store.runs)), [going, *names[3:]])

    def test_a_run_that_is_being_started_is_not_taken_for_one_that_was_cut_off(self):
        name = self.run_of(1, ended=False)
        self.assertEqual(runs.entry(self.store, name)["status"], "running")

    def test_one_without_a_process_was_interrupted(self):
        name = self.run_of(1)
        os.unlink(os.path.join(self.store.run(name), "rc"))
        self.assertEqual(runs.entry(self.store, name)["status"], "interrupted")


if __name__ == "__main__":
    unittest.main()
