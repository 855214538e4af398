"""Runs ansible-lint so that it only reads the project, and notes which files it looked at.

Usage: lint_read_only.py NOTES VARIABLES [ANSIBLE-LINT ARGUMENT ...]

Standard output, standard error and the exit code are ansible-lint's own. NOTES gets a JSON list of the files on
which the verdict rests; it is missing when ansible-lint did not get as far as a verdict. VARIABLES is a JSON object of
extra variables that win over those of ansible-lint's configuration.
"""

import json
import sys

from ansiblelint import __main__ as ansible_lint


def main() -> int:
    """Lint with the arguments of the command line."""
    notes, variables, *arguments = sys.argv[1:]
    variables = json.loads(variables)
    get_config = ansible_lint.cli.get_config
    get_matches = ansible_lint.get_matches
    files = set()

    def noting_get_matches(rules, options):
        result = get_matches(rules, options)
        files.update(str(lintable.abspath) for lintable in result.files)
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
    code = ansible_lint.main(["ansible-lint", *arguments])
    with open(notes, "w", encoding="utf-8") as file:
        json.dump(sorted(files), file)
    return code


if __name__ == "__main__":
    sys.exit(main())
