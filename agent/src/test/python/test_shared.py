"""Where environments lie, so that tasks of other users can start their Python."""

import os
import shutil
import tempfile
import time
import unittest
from unittest import mock

import controller  # noqa: F401 (puts the agent on the path)
from ansible_venv_agent import garbage, shared
from ansible_venv_agent.store import DEFAULT, Store


class SharedTest(unittest.TestCase):
    def setUp(self):
        self.top = tempfile.mkdtemp()
        os.chmod(self.top, 0o755)
        self.addCleanup(shutil.rmtree, self.top)
        self.home = os.path.join(self.top, "home")
        self.root = os.path.join(self.home, DEFAULT)
        os.makedirs(self.root)
        self.elsewhere = os.path.join(self.top, "elsewhere")
        os.mkdir(self.elsewhere, 0o755)
        patch = mock.patch.object(shared, "_parents", lambda: [self.elsewhere])
        patch.start()
        self.addCleanup(patch.stop)

    def store(self):
        return Store(self.root, self.home, shared.places(self.root))

    def prepared(self):
        store = self.store()
        shared.prepare(store)
        return store

    def test_environments_lie_in_a_store_that_others_can_get_into(self):
        os.chmod(self.root, 0o700)
        self.assertEqual(self.prepared().shared, self.root)
        self.assertEqual(os.stat(self.root).st_mode & 0o777, 0o711)
        self.assertEqual(os.listdir(self.elsewhere), [])

    def test_in_a_private_home_they_lie_elsewhere_for_good(self):
        os.chmod(self.home, 0o700)
        place = self.prepared().shared
        self.assertEqual(os.path.dirname(place), self.elsewhere)
        self.assertEqual(os.stat(place).st_mode & 0o777, 0o755)
        self.assertEqual(self.prepared().shared, place)
        self.assertEqual(self.store().environments, os.path.join(place, "envs"))
        self.assertEqual(os.stat(self.home).st_mode & 0o777, 0o700)

    def test_a_place_that_others_can_write_to_is_left(self):
        os.chmod(self.home, 0o700)
        first = self.prepared().shared
        os.chmod(first, 0o777)
        self.assertEqual(self.store().shared, self.root)
        self.assertNotIn(self.prepared().shared, (first, self.root))

    def test_a_store_that_the_user_names_is_where_they_lie(self):
        os.chmod(self.home, 0o700)
        store = Store(os.path.join(self.home, "own"), self.home)
        shared.prepare(store)
        self.assertEqual(store.shared, store.root)

    def test_the_obstacle_is_named(self):
        os.chmod(self.home, 0o700)
        self.assertEqual(shared.obstacle(self.root), self.home + " has mode 0700")
        os.chmod(self.home, 0o711)
        self.assertEqual(shared.obstacle(self.root), "")
        program = os.path.join(self.root, "python")
        with open(program, "w"):
            os.chmod(program, 0o750)
        self.assertEqual(shared.obstacle(program), program + " has mode 0750")

    def test_everybody_may_read_what_the_owner_may(self):
        for name, mode in (("a", 0o600), ("b", 0o700), ("c", 0o400)):
            path = os.path.join(self.root, name)
            with open(path, "w"):
                os.chmod(path, mode)
        shared.make_readable(self.root)
        modes = [os.stat(os.path.join(self.root, name)).st_mode & 0o777 for name in "abc"]
        self.assertEqual(modes, [0o644, 0o755, 0o444])

    def test_cleaners_of_temporary_directories_find_nothing_old(self):
        store, file = self.in_var_tmp()
        before = os.stat(file)
        self.age(store, 2)
        shared.keep(store)
        self.assertEqual(os.stat(file).st_mtime_ns, before.st_mtime_ns)
        self.assertGreater(os.stat(file).st_atime_ns, before.st_atime_ns)

    def test_what_a_cleaner_may_have_been_at_is_not_used(self):
        store, file = self.in_var_tmp()
        self.age(store, 10)
        shared.keep(store)
        self.assertFalse(os.path.exists(file))
        self.assertTrue(os.path.isdir(store.shared))

    def test_a_place_goes_when_its_home_is_gone(self):
        os.chmod(self.home, 0o700)
        place = self.prepared().shared
        os.mkdir(os.path.join(place, "envs"))
        other = Store(os.path.join(self.top, "other"), os.path.join(self.top, "other"))
        os.mkdir(other.root)
        foreign = tempfile.mkdtemp(prefix="ansible-venv-", dir=self.elsewhere)
        self.assertEqual((self.left(self.store()), self.left(other)), ([], []))
        shutil.rmtree(self.home)
        os.mkdir(self.home)
        reason = "the store %s is gone" % self.root
        self.assertEqual(list(shared.left(other)), [(place, reason)])
        request = {"dry_run": False, "keep_runs": 50, "grace_seconds": 0}
        items = garbage.Collector(other, "/agent/x/y", request).collect()["items"]
        self.assertEqual([(item["kind"], item["path"], item["reason"]) for item in items], [("leftover", place, reason)])
        self.assertFalse(os.path.exists(place))
        self.assertTrue(os.path.isdir(foreign))

    def test_a_place_goes_when_no_venv_leads_there_any_more(self):
        os.chmod(self.home, 0o700)
        first = self.prepared().shared
        digest = "a" * 64
        store = self.store()
        os.makedirs(store.venv(digest))
        store.publish_link("site", digest)
        os.chmod(first, 0o777)
        second = self.prepared()
        os.chmod(first, 0o755)
        self.assertNotEqual(second.shared, first)
        self.assertEqual(self.left(second), [])
        os.unlink(second.link("site"))
        self.assertEqual(self.left(second), [first])

    @staticmethod
    def left(store):
        return [place for place, _ in shared.left(store)]

    def in_var_tmp(self):
        place = tempfile.mkdtemp(dir="/var/tmp")
        self.addCleanup(shutil.rmtree, place)
        store = Store(self.root, self.home, [place])
        shared.keep(store)
        file = os.path.join(place, "envs", "file")
        os.mkdir(os.path.dirname(file))
        with open(file, "w"):
            os.utime(file, (1, 1))
        return store, file

    @staticmethod
    def age(store, days):
        then = time.time() - days * 24 * 60 * 60
        os.utime(os.path.join(store.shared, "touched"), (then, then))


if __name__ == "__main__":
    unittest.main()
