"""What ansible-playbook is told beside its arguments, in a way that its tasks cannot see: their environment is the session's.

Runs inside ansible-playbook. Both variables are taken out of the environment before anything of Ansible's is imported.
"""

import importlib
import json
import os
import sys

CONFIGURED = "ANSIBLE_VENV_SETTINGS"
RUN = "ANSIBLE_VENV_RUN"

# Names of Ansible's own environment variables and what counts as their value; ANSIBLE_CONFIG may be empty: no file counts.
configured = {}
# What has no effect on imports: `events` (path), `columns`, `colour`, `prompts` and `environment` (paths of pipes), `inventory`: see `targeting`.
run = {}

_answers = None

# Writes an event of the run; the callback's.
tell = None


def variables(settings, of_run):
    """The two variables as ansible-playbook's process gets them."""
    return {CONFIGURED: json.dumps(settings, sort_keys=True), RUN: json.dumps(of_run, sort_keys=True)}


def take():
    """Reads the variables and removes them. Again in a fork, whose variables are those of its run."""
    for name, values in ((CONFIGURED, configured), (RUN, run)):
        values.clear()
        values.update(json.loads(os.environ.pop(name, "{}")))


def receive():
    """Adds the variables that the user passes on. They are in memory only, until a task is started."""
    if "environment" in run:
        with open(run["environment"], encoding="utf-8") as pipe:
            os.environ.update(json.load(pipe))


def import_ansible():
    """Imports what ansible-playbook imports, so that it is configured as it was told."""
    from ansible.config import manager

    find, look = manager.find_ini_config_file, manager.ConfigManager._loop_entries

    def find_ini_config_file(warnings=None):
        return (configured["ANSIBLE_CONFIG"] or None) if "ANSIBLE_CONFIG" in configured else find(warnings)

    def loop_entries(self, container, entry_list):
        value, origin = look(self, container, entry_list)
        # Before 2.16 a wrapper around it.
        if getattr(container, "_raw_environ", container) is os.environ:
            told, name = look(self, configured, entry_list)
            return (value, origin) if told is None else (told, name)
        return value, origin

    manager.find_ini_config_file = find_ini_config_file
    manager.ConfigManager._loop_entries = loop_entries
    importlib.import_module("ansible.cli.playbook")
    _answer_prompts()
    from . import targeting

    targeting.install()
    from ansible.plugins.loader import callback_loader

    callback_loader.add_directory(os.path.join(os.path.dirname(os.path.abspath(__file__)), "plugins", "callback"))


def _answer_prompts():
    """Has Ansible take answers that were given before the run for typed ones, and do with them what it does."""
    from ansible.errors import AnsibleError
    from ansible.utils.display import Display

    ask = Display.do_var_prompt

    def do_var_prompt(self, varname, *arguments, **named):
        answers = _answers_to(varname)
        if answers:
            answer = answers.pop(0)
            stdin, sys.__stdin__ = sys.__stdin__, _Terminal
            self.prompt = lambda message, private=False: answer
            try:
                return ask(self, varname, *arguments, **named)
            finally:
                del self.prompt
                sys.__stdin__ = stdin
        if named.get("default", arguments[6] if len(arguments) > 6 else None) is None:
            raise AnsibleError("vars_prompt: there is nobody to ask for '%s', and it has no default; give it with -e" % varname)
        return ask(self, varname, *arguments, **named)

    Display.do_var_prompt = do_var_prompt
    # Ansible before 2.15 asks in the worker; nobody answers there.
    if hasattr(Display, "prompt_until"):
        _wait_for_answers(Display)


def _wait_for_answers(display):
    """Has `pause` wait for whoever follows the run, as for somebody at a terminal."""
    from ansible_venv_agent.questions import Questions

    wait = display.prompt_until
    questions = []

    def prompt_until(self, msg, private=False, seconds=None, interrupt_input=None, complete_input=None):
        if getattr(self, "_final_q", None) or seconds is not None or not run.get("answers"):
            return wait(self, msg, private, seconds, interrupt_input, complete_input)
        self.display(msg)
        if not questions:
            questions.append(Questions(os.path.dirname(run["events"]), tell))
        return questions[0].ask(msg, private)

    display.prompt_until = prompt_until


class _Terminal:
    @staticmethod
    def isatty():
        return True


def _answers_to(name):
    global _answers
    if _answers is None:
        _answers = {}
        if "prompts" in run:
            with open(run["prompts"], encoding="utf-8") as pipe:
                _answers = json.load(pipe)
    return _answers.get(name)


def show():
    """Colours, where the reader has them: Ansible itself sees a file."""
    from ansible import constants
    from ansible.utils import color

    if run.get("colour") and not constants.ANSIBLE_NOCOLOR:
        color.ANSIBLE_COLOR = True


def execute(script, code):
    """As the interpreter runs a script: what goes wrong is shown without the frames that are not the script's."""
    import atexit
    import importlib.machinery
    import signal
    import types

    namespace = types.ModuleType("__main__")
    loader = importlib.machinery.SourceFileLoader("__main__", script)
    namespace.__dict__.update(__file__=script, __cached__=None, __loader__=loader, __builtins__=__import__("builtins"))
    if hasattr(sys.modules["__main__"], "__annotations__"):
        namespace.__annotations__ = {}
    sys.modules["__main__"] = namespace
    try:
        exec(code, namespace.__dict__)
    except SystemExit:
        raise
    except BaseException as error:
        error.__traceback__ = error.__traceback__.tb_next
        sys.excepthook(type(error), error, error.__traceback__)
        if isinstance(error, KeyboardInterrupt):
            atexit._run_exitfuncs()
            sys.stdout.flush()
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            os.kill(os.getpid(), signal.SIGINT)
        sys.exit(1)
