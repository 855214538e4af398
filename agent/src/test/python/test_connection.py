"""Starting the agent, and what holds the stream together."""

import ast
import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import unittest

import controller
from controller import Controller


class ConnectionTest(unittest.TestCase):
    def setUp(self):
        self.home = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.home, ignore_errors=True)
        self.store = os.path.join(self.home, ".local/share/ansible-venv")

    def test_the_code_travels_once(self):
        with Controller(self.home) as first:
            self.assertEqual(first.greet(), ["need", "ready"])
            self.assertEqual(first.ask({"type": "hello", "protocol": 1})["home"], self.home)
        with Controller(self.home) as second:
            self.assertEqual(second.greet(), ["ready"])
            self.assertEqual(second.ask({"type": "hello", "protocol": 1})["store"], self.store)

    def test_a_login_script_that_reads_our_input_is_told_from_anything_else(self):
        with Controller(self.home, guard="what the script left") as controller_:
            self.assertEqual(controller_.greet(), ["input-taken"])

    def test_without_a_home_in_the_session_the_accounts_counts(self):
        with Controller("", store=self.store) as controller_:
            controller_.greet()
            home = controller_.ask({"type": "hello", "protocol": 1})["home"]
            self.assertEqual(home, pwd.getpwuid(os.getuid()).pw_dir)

    def test_requests_sent_before_the_code_are_answered_after_it(self):
        with Controller(self.home) as controller_:
            hello = controller_.send({"type": "hello", "protocol": 1})
            listing = controller_.send({"type": "list"})
            self.assertEqual(controller_.greet(), ["need", "ready"])
            self.assertEqual(controller_.receive()[1], hello)
            self.assertEqual(controller_.receive()[1], listing)

    def test_damaged_code_is_refused_and_not_kept(self):
        with Controller(self.home) as controller_:
            controller_.code = controller_.code[:-1] + b"?"
            self.assertIn("damaged", controller_.greet()[-1])
        self.assertFalse(os.path.exists(os.path.join(self.store, "agent")))

    def test_the_next_start_takes_the_python_that_is_remembered(self):
        with Controller(self.home) as first:
            first.greet()
        with open(os.path.join(self.store, "agent", "python")) as file:
            self.assertEqual(os.path.realpath(file.read().strip()), os.path.realpath(sys.executable))
        with Controller(self.home, environment={"PATH": "/nonexistent"}) as second:
            self.assertEqual(second.greet(), ["ready"])

    def test_a_remembered_python_that_is_gone_is_searched_again(self):
        with Controller(self.home) as first:
            first.greet()
        with open(os.path.join(self.store, "agent", "python"), "w") as file:
            file.write("/nonexistent/python3\n")
        with Controller(self.home) as second:
            self.assertEqual(second.greet(), ["ready"])

    def test_the_start_command_is_one_line_that_any_login_shell_can_quote(self):
        command = controller.command_line()
        for character in "'!\n":
            self.assertNotIn(character, command)

    def test_no_variable_of_the_caller_can_make_python_load_something_else(self):
        with open(os.path.join(self.home, "json.py"), "w") as file:
            file.write("raise SystemExit('hijacked')\n")
        polluted = {"PYTHONPATH": self.home, "PYTHONSTARTUP": self.home, "PYTHONDONTWRITEBYTECODE": "1"}
        with Controller(self.home, environment=polluted) as first:
            self.assertEqual(first.greet()[-1], "ready")

    def test_an_interrupt_from_the_terminal_is_left_to_the_controller(self):
        with Controller(self.home) as controller_:
            controller_.greet()
            controller_.ask({"type": "hello", "protocol": 1})
            self.assertNotEqual(os.getpgid(controller_.process.pid), os.getpgid(0))
            self.assertEqual(controller_.ask({"type": "hello", "protocol": 1})["home"], self.home)

    def test_what_does_not_conform_is_refused_and_the_connection_lives_on(self):
        with Controller(self.home) as controller_:
            controller_.greet()
            for message in (
                {"type": "hello"},
                {"type": "hello", "protocol": 2},
                {"type": "hello", "protocol": True},
                {"type": "hello", "protocol": 1, "more": 1},
                {"type": "no-such"},
                {"type": "ensure", "venv": "../x", "lock": "0" * 64},
                {"type": "ensure", "venv": "x\n", "lock": "0" * 64},
                {"type": "ensure", "venv": "-x", "lock": "0" * 64},
                {"type": "ensure", "venv": "x", "lock": "0" * 63},
                [],
                "hello",
            ):
                answer = controller_.ask(message)
                self.assertEqual((answer["type"], answer["code"]), ("error", "invalid-message"), message)
            self.assertEqual(controller_.ask({"type": "hello", "protocol": 1})["type"], "facts")

    def test_a_stream_that_is_not_frames_ends_the_agent(self):
        with Controller(self.home) as controller_:
            controller_.greet()
            controller_._write(b"GET / HTTP/1.1\r\n\r\n")
            self.assertIsNone(controller_.receive())
            self.assertEqual(controller_.process.wait(20), 1)

    def test_the_agent_leaves_with_its_controller(self):
        controller_ = Controller(self.home)
        controller_.greet()
        self.assertEqual(controller_.close(), 0)

    def test_a_blob_is_stored_under_its_name_and_a_damaged_one_is_not(self):
        with Controller(self.home) as controller_:
            controller_.greet()
            answer, names = controller_.put(b"one", b"", b"two" * 100000)
            self.assertEqual(answer, {"type": "stored", "blobs": 3})
            self.assertEqual(sorted(os.listdir(os.path.join(self.store, "blobs"))), sorted(names))
            request = controller_.send({"type": "put-blobs", "blobs": [{"sha256": "0" * 64, "size": 3}]})
            controller_.blob(request, b"abc")
            self.assertEqual(controller_.receive()[2]["code"], "blob-corrupt")
            self.assertEqual(sorted(os.listdir(os.path.join(self.store, "blobs"))), sorted(names))


def _phases(call):
    """The literal phases of a call that tells progress."""
    told = getattr(call.func, "attr", getattr(call.func, "id", "")) in ("progress", "_progress")
    given = call.args[:1] if told else []
    given += [keyword.value for keyword in call.keywords if keyword.arg == "phase"]
    return [value.value for value in given if isinstance(value, ast.Constant) and isinstance(value.value, str)]


class SchemaTest(unittest.TestCase):
    """The schema file is a JSON Schema, and both sides check against it."""

    def test_every_message_of_the_document_is_described(self):
        with open(os.path.join(controller.SOURCE, "ansible_venv_agent", "protocol.json")) as file:
            definitions = json.load(file)["$defs"]
        root = os.path.join(controller.HERE, *[os.pardir] * 4, "docs", "agent-protocol.md")
        with open(root, encoding="utf-8") as file:
            document = file.read()
        for name in definitions:
            if name.startswith(("request.", "response.")):
                self.assertIn("`%s`" % name.split(".", 1)[1], document)

    def test_every_phase_that_a_build_tells_is_described(self):
        with open(os.path.join(controller.SOURCE, "ansible_venv_agent", "protocol.json")) as file:
            described = json.load(file)["$defs"]["response.progress"]["properties"]["phase"]["enum"]
        directory = os.path.join(controller.SOURCE, "ansible_venv_agent")
        for name in (each for each in os.listdir(directory) if each.endswith(".py")):
            with open(os.path.join(directory, name), encoding="utf-8") as file:
                tree = ast.parse(file.read())
            for phase in (phase for call in ast.walk(tree) if isinstance(call, ast.Call) for phase in _phases(call)):
                self.assertIn(phase, described, name)

    def test_every_reference_leads_somewhere_and_every_keyword_is_understood(self):
        schema = controller.Schema.load()
        for definition in schema._definitions.values():
            self._walk(schema, definition)

    def _walk(self, schema, definition):
        from ansible_venv_agent import schema as module

        self.assertLessEqual(set(definition), module._KEYWORDS)
        if "$ref" in definition:
            self.assertIn(definition["$ref"][len("#/$defs/") :], schema._definitions)
        for inner in definition.get("properties", {}).values():
            self._walk(schema, inner)
        for keyword in ("items", "additionalProperties"):
            if isinstance(definition.get(keyword), dict):
                self._walk(schema, definition[keyword])


class CommandLineTest(unittest.TestCase):
    def test_the_shell_script_is_valid_for_a_posix_shell(self):
        subprocess.run(["/bin/sh", "-n", "-c", controller.command_line()], check=True)


if __name__ == "__main__":
    unittest.main()
