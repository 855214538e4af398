"""Runs ansible-lint, and says in one JSON document what it said and which files it looked at.

Usage: lint.py VARIABLES [ANSIBLE-LINT ARGUMENT ...]

VARIABLES is a JSON object of extra variables that win over those of ansible-lint's configuration. Standard output gets

    {"code": …, "report": …, "files": […]}

with ansible-lint's exit code, its standard output, and the absolute paths of the files on which the verdict rests:
null when it did not get as far as a verdict. What plugins print is not in it. Standard error is ansible-lint's own.
"""

import json
import os
import runpy
import sys

runpy.run_path(os.path.join(os.path.dirname(__file__), "sitecustomize.py"))
ANSWER = os.dup(1)
os.dup2(2, 1)

from ansiblelint import __main__ as ansible_lint  # noqa: E402


def main() -> None:
    """Lint with the arguments of the command line."""
    variables, *arguments = sys.argv[1:]
    variables = json.loads(variables)
    get_config = ansible_lint.cli.get_config
    get_matches = ansible_lint.get_matches
    files = None

    def noting_get_matches(rules, options):
        nonlocal files
        result = get_matches(rules, options)
        files = {str(lintable.abspath) for lintable in result.files} | (files or set())
        return result

    def get_config_with_variables(arguments):
        options = get_config(arguments)
        if variables:
            options.extra_vars = {**(options.extra_vars or {}), **variables}
        return options

    ansible_lint.get_matches = noting_get_matches
    ansible_lint.cli.get_config = get_config_with_variables
    # A project's `write_list` makes ansible-lint rewrite files, and no option turns that off.
    ansible_lint.fix = lambda **_: None
    report = []
    # As it is: the console takes what stands in brackets for colours.
    ansible_lint.console.print = lambda *values, file=None, **_: report.extend(map(str, values if file is None else ()))
    try:
        code = ansible_lint.main(["ansible-lint", *arguments])
    except SystemExit as end:
        if isinstance(end.code, str):
            sys.stderr.write(end.code + "\n")
        code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    answer = {"code": code, "report": "".join(report), "files": files and sorted(files)}
    with open(ANSWER, "w", encoding="utf-8", closefd=False) as out:
        json.dump(answer, out)
    sys.stderr.flush()
    # What plugins have started is no reason to wait.
    os._exit(0)


main()
