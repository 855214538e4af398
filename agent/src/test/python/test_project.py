"""A project's lasting directory: its content after updates and runs, compared with the source tree."""

import hashlib
import json
import os
import random
import shutil
import stat
import tempfile
import time
import unittest

import controller  # noqa: F401 (puts the agent on the path)
from ansible_venv_agent import garbage, manifest, project, written
from ansible_venv_agent.lasting import Lasting
from ansible_venv_agent.store import Store, directory

NAMES = ["a", "b.yml", "with space", "per%cent", "line\nbreak", "\udcff\udc80", "ü", "-x", "'q\"", "~", "c" * 200]


def listed(top):
    """The manifest of a tree, as a controller would write it, and its contents."""
    lines, contents = {}, {}

    def note(path, name):
        status = os.lstat(path)
        name = manifest.encoded(name)
        mode = "%04o" % stat.S_IMODE(status.st_mode)
        if stat.S_ISLNK(status.st_mode):
            lines[name] = "l 0777 %s %s" % (manifest.encoded(os.readlink(path)), name)
        elif stat.S_ISDIR(status.st_mode):
            lines[name] = "d %s - %s" % (mode, name)
        else:
            with open(path, "rb") as file:
                content = file.read()
            digest = hashlib.sha256(content).hexdigest()
            contents[digest] = content
            lines[name] = "f %s %s %s" % (mode, digest, name)

    note(top, ".")
    for parent, directories, files in os.walk(top):
        for name in directories + files:
            path = os.path.join(parent, name)
            note(path, os.path.relpath(path, top))
    return "".join(lines[name] + "\n" for name in sorted(lines)).encode("ascii"), contents


def seen(top):
    """Everything that can be seen of a tree but times."""
    found = {}
    for parent, directories, files in os.walk(top):
        for name in directories + files + ([""] if parent == top else []):
            path = os.path.join(parent, name)
            status = os.lstat(path)
            content = os.readlink(path) if stat.S_ISLNK(status.st_mode) else None
            if stat.S_ISREG(status.st_mode):
                with open(path, "rb") as file:
                    content = file.read()
            found[os.path.relpath(path, top)] = (stat.S_IFMT(status.st_mode), stat.S_IMODE(status.st_mode), content)
    return found


class ProjectTest(unittest.TestCase):
    def setUp(self):
        self.home = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.home, ignore_errors=True)
        self.store = Store(os.path.join(self.home, "store"), self.home)
        self.source = directory(os.path.join(self.home, "work", "site"), 0o755)
        self.runs = 0

    def lasting(self):
        return Lasting(self.store, "site", "0" * 16, self.source)

    def request(self, text):
        self.runs += 1
        return {
            "run": "20260101T000000-%08x" % self.runs,
            "playbook": "site.yml",
            "project": {"name": "site", "key": "0" * 16, "path": self.source, "manifest": manifest.digest(text)},
        }

    def write(self, name, content, mode=0o644):
        path = os.path.join(self.source, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as file:
            file.write(content)
        os.chmod(path, mode)

    def enter(self, wait=None):
        """What a run of the source as it is now sees, and its lock. What is lacking is brought."""
        text, contents = listed(self.source)
        request = self.request(text)
        contents[manifest.digest(text)] = text
        while True:
            try:
                return (request["run"], *project.enter(self.store, request, wait or self.fail))
            except project.Lacking as lack:
                place = directory(os.path.join(self.store.projects, lack.into, "incoming"))
                for digest in lack.digests:
                    with open(os.path.join(place, digest), "wb") as file:
                        file.write(contents[digest])

    def run_with(self, work):
        """A run that does some work in its directory. Returns what it is said to have written."""
        run, described, lock = self.enter()
        place = directory(self.store.run(run))
        time.sleep(0.02)
        work(described["directory"])
        written.note(place, described)
        lock.close()
        return {each["path"]: each["change"] for each in written.read(place)["files"]}

    def copy(self):
        return self.lasting().directory

    def assert_as_the_source(self):
        self.assertEqual(seen(self.copy()), seen(self.source))

    def test_tasks_of_other_users_reach_the_project_as_far_as_its_own_modes_let_them(self):
        self.write("site.yml", "")
        self.write("private/key", "")
        os.chmod(self.source, 0o755)
        os.chmod(os.path.join(self.source, "private"), 0o700)
        self.enter()[2].close()
        path = self.copy()
        while path != self.store.root:
            self.assertEqual(stat.S_IMODE(os.stat(path).st_mode) & 0o001, 0o001, path)
            path = os.path.dirname(path)
        self.assertEqual(stat.S_IMODE(os.stat(os.path.join(self.copy(), "private")).st_mode), 0o700)
        self.assertEqual(stat.S_IMODE(os.stat(os.path.join(self.store.projects, "site-" + "0" * 16, "open")).st_mode), 0o700)

    def test_any_tree_arrives_as_it_is(self):
        lot = random.Random(7)
        for _ in range(30):
            shutil.rmtree(self.source)
            os.makedirs(self.source)
            self.write("site.yml", "")
            places = [self.source]
            for name in lot.sample(NAMES, 8):
                path = os.path.join(lot.choice(places), name)
                what = lot.random()
                if what < 0.3:
                    os.mkdir(path)
                    os.chmod(path, lot.choice([0o755, 0o700, 0o750, 0o555]))
                    if os.access(path, os.W_OK) and stat.S_IMODE(os.stat(path).st_mode) & 0o200:
                        places.append(path)
                elif what < 0.45:
                    os.symlink(lot.choice(["site.yml", "../elsewhere", "no such", "."]), path)
                else:
                    with open(path, "wb") as file:
                        file.write(lot.choice([b"", b"text\n", bytes(range(256)), b"text\n"]))
                    os.chmod(path, lot.choice([0o644, 0o640, 0o755, 0o400, 0o600]))
            self.run_with(lambda _: None)
            self.assert_as_the_source()

    def test_what_a_run_writes_stays_and_is_told_once(self):
        self.write("site.yml", "")

        def work(place):
            os.mkdir(os.path.join(place, "credentials"))
            with open(os.path.join(place, "credentials", "db"), "w") as file:
                file.write("secret")

        self.assertEqual(self.run_with(work), {"credentials": "created", "credentials/db": "created"})
        self.write("site.yml", "changed")
        self.assertEqual(self.run_with(lambda _: None), {})
        with open(os.path.join(self.copy(), "credentials", "db")) as file:
            self.assertEqual(file.read(), "secret")

    def test_what_a_run_changes_or_removes_of_the_project_is_put_right(self):
        for name in ("site.yml", "a/one", "a/two", "b/c/three"):
            self.write(name, name)
        os.symlink("one", os.path.join(self.source, "a", "link"))

        def work(place):
            with open(os.path.join(place, "a", "one"), "a") as file:
                file.write("more")
            os.chmod(os.path.join(place, "a", "two"), 0o777)
            shutil.rmtree(os.path.join(place, "b"))
            os.unlink(os.path.join(place, "a", "link"))
            os.symlink("two", os.path.join(place, "a", "link"))

        told = self.run_with(work)
        self.assertEqual(
            told,
            {
                "a/one": "changed",
                "a/two": "changed",
                "a/link": "changed",
                "b": "removed",
                "b/c": "removed",
                "b/c/three": "removed",
            },
        )
        self.run_with(lambda _: None)
        self.assert_as_the_source()

    def test_what_a_run_moves_here_is_told_however_old_it_is(self):
        for name in ("site.yml", "files/same", "files/other", "files/deep/gone"):
            self.write(name, name)
        elsewhere = os.path.join(self.home, "elsewhere")
        for name, content in (("new/deep/file", ""), ("files/same", "files/same"), ("files/other", "else"), ("files/deep/more", "")):
            path = os.path.join(elsewhere, name)
            os.makedirs(os.path.dirname(path), 0o755, exist_ok=True)
            with open(path, "w") as file:
                file.write(content)
            os.chmod(path, 0o644)
        time.sleep(0.05)

        def work(place):
            shutil.rmtree(os.path.join(place, "files"))
            for name in ("new", "files"):
                os.rename(os.path.join(elsewhere, name), os.path.join(place, name))

        told = self.run_with(work)
        self.assertEqual(
            {name: change for name, change in told.items() if name.split("/")[0] in ("new", "files")},
            {
                "new": "created",
                "new/deep": "created",
                "new/deep/file": "created",
                "files/other": "changed",
                "files/deep/more": "created",
                "files/deep/gone": "removed",
            },
        )

        def another(place):
            for name in ("report", "new/second"):
                with open(os.path.join(place, name), "w"):
                    pass

        self.assertEqual(self.run_with(another), {"report": "created", "new/second": "created"})

    def test_in_a_large_project_nothing_is_missed(self):
        self.write("site.yml", "")
        for number in range(written._MANY):
            self.write("d%d/e%d/f%d" % (number % 20, number % 40, number), "")

        def work(place):
            for number in range(0, 40, 3):
                with open(os.path.join(place, "d%d/e%d/f%d" % (number % 20, number % 40, number)), "w") as file:
                    file.write("changed")
                with open(os.path.join(place, "d%d/e%d/\udcff %d" % (number % 20, number % 40, number)), "w"):
                    pass

        expected = {}
        for number in range(0, 40, 3):
            expected["d%d/e%d/f%d" % (number % 20, number % 40, number)] = "changed"
            expected["d%d/e%d/%%FF%%20%d" % (number % 20, number % 40, number)] = "created"
        self.assertEqual(self.run_with(work), expected)

    def test_a_file_written_as_it_was_is_not_changed(self):
        self.write("site.yml", "text")

        def work(place):
            with open(os.path.join(place, "site.yml"), "w") as file:
                file.write("text")

        self.assertEqual(self.run_with(work), {})

    def test_what_is_gone_from_the_project_goes(self):
        self.write("site.yml", "")
        self.write("old/file", "")
        self.write("mixed/file", "")
        self.run_with(lambda place: open(os.path.join(place, "mixed", "log"), "w").close())
        shutil.rmtree(os.path.join(self.source, "old"))
        shutil.rmtree(os.path.join(self.source, "mixed"))
        self.run_with(lambda _: None)
        self.assertFalse(os.path.exists(os.path.join(self.copy(), "old")))
        self.assertEqual(os.listdir(os.path.join(self.copy(), "mixed")), ["log"])

    def test_files_and_directories_take_each_others_place(self):
        self.write("site.yml", "")
        self.write("x", "file")
        self.write("y/z", "file")
        self.run_with(lambda _: None)
        os.unlink(os.path.join(self.source, "x"))
        shutil.rmtree(os.path.join(self.source, "y"))
        self.write("x/z", "file")
        self.write("y", "file")
        self.run_with(lambda _: None)
        self.assert_as_the_source()

    def test_no_link_of_a_run_leads_a_change_out_of_the_directory(self):
        outside = directory(os.path.join(self.home, "outside"))
        with open(os.path.join(outside, "file"), "w") as file:
            file.write("precious")
        self.write("site.yml", "")
        self.write("d/file", "one")

        def work(place):
            shutil.rmtree(os.path.join(place, "d"))
            os.symlink(outside, os.path.join(place, "d"))
            os.symlink(outside, os.path.join(place, "new"))

        self.run_with(work)
        self.write("d/file", "two")
        self.write("new/file", "three")
        self.run_with(lambda _: None)
        self.assertEqual(os.listdir(outside), ["file"])
        with open(os.path.join(outside, "file")) as file:
            self.assertEqual(file.read(), "precious")
        with open(os.path.join(self.copy(), "new", "file")) as file:
            self.assertEqual(file.read(), "three")

    def test_a_path_that_leaves_the_directory_is_refused(self):
        for path in ("../x", "a/../../x", "/", "/a/../b", "a//b", "a%00b", "a/%2E%2E/x"):
            entry = manifest.Entry("d 0755 - " + path)
            with self.assertRaises(Exception, msg=path) as refused:
                entry.parts(("work",))
            self.assertEqual(refused.exception.code, "path-refused")

    def test_an_update_that_was_cut_off_is_made_good(self):
        lot = random.Random(3)
        for number in range(10):
            for name in ("site.yml", "a/b", "a/c", "d"):
                self.write(name, "%s %d" % (name, number))
            if number % 2:
                self.write("only/odd", "")
            else:
                shutil.rmtree(os.path.join(self.source, "only"), ignore_errors=True)
            steps = lot.randrange(1, 6)
            place = Lasting._ready

            def cut(lasting, entry, last, left=[steps]):
                left[0] -= 1
                if left[0] < 0:
                    raise KeyboardInterrupt()
                return place(lasting, entry, last)

            Lasting._ready = cut
            try:
                self.enter()[2].close()
            except KeyboardInterrupt:
                pass
            finally:
                Lasting._ready = place
        self.run_with(lambda _: None)
        self.assert_as_the_source()

    def test_runs_with_the_same_files_share_and_others_wait(self):
        self.write("site.yml", "one")
        first = self.enter()
        second = self.enter()
        second[2].close()
        self.write("site.yml", "two")
        waited = []

        def wait(_, runs):
            waited.append(runs)
            first[2].close()

        third = self.enter(wait)
        third[2].close()
        self.assertEqual(len(waited), 1)
        self.assertIn(first[0], waited[0])
        with open(os.path.join(self.copy(), "site.yml")) as file:
            self.assertEqual(file.read(), "two")

    def test_who_waited_first_is_next(self):
        self.write("site.yml", "one")
        first = self.enter()
        begun = []

        def enter_behind(content, waiting):
            """In a process of its own, as each agent is one."""
            self.write("site.yml", content)
            self.runs += 1
            child = os.fork()
            if child == 0:
                try:
                    first[2].close()
                    lock = self.enter(lambda seconds, _: time.sleep(seconds))[2]
                    with open(os.path.join(self.home, "order"), "a") as file:
                        file.write(content + "\n")
                    time.sleep(0.3)
                    lock.close()
                finally:
                    os._exit(0)
            begun.append(child)
            queue = os.path.join(self.lasting().place, "queue")
            deadline = time.monotonic() + 60
            while len(os.listdir(queue) if os.path.isdir(queue) else ()) < waiting and time.monotonic() < deadline:
                time.sleep(0.01)

        enter_behind("two", 1)
        # It could share the directory with the first one.
        enter_behind("one", 2)
        first[2].close()
        for child in begun:
            os.waitpid(child, 0)
        with open(os.path.join(self.home, "order")) as file:
            self.assertEqual(file.read().split(), ["two", "one"])
        self.assertEqual(os.listdir(os.path.join(self.lasting().place, "queue")), [])

    def test_a_run_that_was_killed_leaves_nothing_changed(self):
        self.write("site.yml", "text")
        _, described, lock = self.enter()
        time.sleep(0.02)
        with open(os.path.join(described["directory"], "site.yml"), "w") as file:
            file.write("half")
        lock.close()
        self.run_with(lambda _: None)
        self.assert_as_the_source()

    def test_a_projects_directory_goes_when_no_run_of_it_is_left(self):
        self.write("site.yml", "")
        run, described, lock = self.enter()
        place = directory(self.store.run(run))

        def collected():
            request = {"dry_run": False, "keep_runs": 50, "grace_seconds": 0}
            items = garbage.Collector(self.store, "/agent/x/y", request).collect()["items"]
            return [item["path"] for item in items if item["kind"] == "project"]

        with open(os.path.join(place, "request.json"), "w") as file:
            json.dump({"playbook": "site.yml", "venv": "v", "requested": 1, "blobs": [], "seen": described}, file)
        with open(os.path.join(place, "rc"), "w") as file:
            json.dump({"rc": 0}, file)
        for name in ("stdout.log", "events.jsonl"):
            open(os.path.join(place, name), "w").close()
        self.assertEqual(collected(), [])
        shutil.rmtree(place)
        self.assertEqual(collected(), [])
        lock.close()
        self.assertEqual(collected(), [described["place"]])
        self.assertFalse(os.path.exists(described["place"]))

    def test_a_difference_leads_to_the_same_manifest(self):
        self.write("site.yml", "one")
        self.write("gone", "")
        self.run_with(lambda _: None)
        before, _ = listed(self.source)
        self.write("site.yml", "two")
        os.unlink(os.path.join(self.source, "gone"))
        after, contents = listed(self.source)
        old = manifest.parse(before)
        added = [entry.line for path, entry in manifest.parse(after).items() if path not in old or old[path].line != entry.line]
        request = self.request(after)
        request["project"].update(base=manifest.digest(before), removed=["gone"], added=added)
        place = directory(self.lasting().incoming)
        for digest, content in contents.items():
            with open(os.path.join(place, digest), "wb") as file:
                file.write(content)
        project.enter(self.store, request, self.fail)[1].close()
        self.assert_as_the_source()


if __name__ == "__main__":
    unittest.main()
