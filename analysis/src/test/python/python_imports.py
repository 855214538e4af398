"""Print what CPython's own parser sees of imports in the files below the given directories, a line each:

    FILE LINE GUARD LEVEL MODULE NAME,...

with `-` for nothing. Files that this Python cannot parse are left out.
"""

import ast
import pathlib
import sys


def guard(parents):
    """The outermost block that decides, as dev.ansiblevenv.analysis.python.Guard defines it."""
    found = "NONE"
    for kind in reversed(parents):  # innermost first
        if kind == "TYPE_CHECKING":
            found = "TYPE_CHECKING"
        elif kind == "FUNCTION" and found != "TYPE_CHECKING":
            found = "FUNCTION"
        elif found == "NONE" and kind != "PLAIN":
            found = kind
    return found


def visit(nodes, parents, emit):
    for node in nodes:
        if isinstance(node, ast.Import):
            for name in node.names:
                emit(node.lineno, guard(parents), 0, name.name, [])
        elif isinstance(node, ast.ImportFrom):
            emit(node.lineno, guard(parents), node.level, node.module or "", [n.name for n in node.names])
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            visit(node.body, [*parents, "FUNCTION"], emit)
        elif isinstance(node, (ast.Try, getattr(ast, "TryStar", ast.Try))):
            visit(node.body, [*parents, "TRY"], emit)
            for handler in node.handlers:
                visit(handler.body, [*parents, "FALLBACK"], emit)
            visit(node.orelse, [*parents, "TRY"], emit)
            visit(node.finalbody, [*parents, "TRY"], emit)
        elif isinstance(node, ast.If):
            checking = any(getattr(n, "id", getattr(n, "attr", "")) == "TYPE_CHECKING" for n in ast.walk(node.test))
            visit(node.body, [*parents, "TYPE_CHECKING" if checking else "CONDITION"], emit)
            chained = len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If)
            visit(node.orelse, parents if chained else [*parents, "CONDITION"], emit)
        elif isinstance(node, ast.While):
            visit(node.body, [*parents, "CONDITION"], emit)
            visit(node.orelse, [*parents, "CONDITION"], emit)
        elif isinstance(node, ast.Match):
            for case in node.cases:
                visit(case.body, parents, emit)
        else:
            for field in ("body", "orelse"):
                inner = getattr(node, field, [])
                if isinstance(inner, list):
                    visit(inner, parents if field == "body" else [*parents, "CONDITION"], emit)


def main(directories):
    for directory in directories:
        for file in sorted(pathlib.Path(directory).rglob("*.py")):
            try:
                tree = ast.parse(file.read_bytes())
            except (SyntaxError, ValueError):
                continue

            def emit(line, kind, level, module, names):
                print(file, line, kind, level, module or "-", ",".join(names) or "-")

            print(file)
            visit(tree.body, [], emit)


if __name__ == "__main__":
    main(sys.argv[1:])
