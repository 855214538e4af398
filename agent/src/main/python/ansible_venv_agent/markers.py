"""Environment markers (https://packaging.python.org/specifications/dependency-specifiers/) for one Python."""

import re

_TOKEN = re.compile(r"""\s*(?:(\(|\))|(and|or|not\s+in|in)\b|(===|~=|==|!=|<=|>=|<|>)|("[^"]*"|'[^']*')|([a-z_]+))""")
_VERSIONS = ("python_version", "python_full_version", "implementation_version")


class _Unknown(Exception):
    pass


def variables(version, system, platform):
    """What the markers' names stand for, on a final CPython of this version."""
    return {
        "python_version": ".".join(version.split(".")[:2]),
        "python_full_version": version,
        "implementation_version": version,
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "os_name": "posix",
        "sys_platform": platform,
        "platform_system": system.sysname,
        "platform_machine": system.machine,
    }


def applies(marker, known):
    """True or False; None when the marker asks for something that is not known here."""
    if not marker:
        return True
    try:
        tokens = _tokens(marker)
        value = _either(tokens, known)
        return value if not tokens else None
    except (_Unknown, IndexError, RecursionError):
        return None


def _tokens(marker):
    tokens = []
    position = 0
    while marker[position:].strip():
        match = _TOKEN.match(marker, position)
        if not match:
            raise _Unknown()
        tokens.append(re.sub(r"\s+", " ", match.group(0).strip()) if match.group(2) else match.group(0).strip())
        position = match.end()
    return tokens


def _either(tokens, known):
    value = _both(tokens, known)
    while tokens and tokens[0] == "or":
        tokens.pop(0)
        right = _both(tokens, known)
        value = value or right
    return value


def _both(tokens, known):
    value = _one(tokens, known)
    while tokens and tokens[0] == "and":
        tokens.pop(0)
        right = _one(tokens, known)
        value = value and right
    return value


def _one(tokens, known):
    if tokens[0] == "(":
        tokens.pop(0)
        value = _either(tokens, known)
        if tokens.pop(0) != ")":
            raise _Unknown()
        return value
    left, operator, right = tokens.pop(0), tokens.pop(0), tokens.pop(0)
    versions = left in _VERSIONS or right in _VERSIONS
    return _compare(_value(left, known), operator, _value(right, known), versions)


def _value(token, known):
    if token[0] in "'\"":
        return token[1:-1]
    if token not in known:
        raise _Unknown()
    return known[token]


def _compare(left, operator, right, versions):
    if operator in ("in", "not in"):
        if versions:
            right = re.split(r"[,\s]+", right)
        return (left in right) == (operator == "in")
    if not versions:
        if operator not in ("==", "!="):
            raise _Unknown()
        return (left == right) == (operator == "==")
    wildcard = right.endswith(".*")
    if wildcard:
        right = right[:-2]
    if not all(re.fullmatch(r"\d+(\.\d+)*", each) for each in (left, right)):
        raise _Unknown()
    a, b = ([int(part) for part in each.split(".")] for each in (left, right))
    if wildcard:
        if operator not in ("==", "!="):
            raise _Unknown()
        return (a[: len(b)] == b) == (operator == "==")
    width = max(len(a), len(b))
    x, y = (each + [0] * (width - len(each)) for each in (a, b))
    if operator == "~=" and len(b) > 1:
        return x >= y and a[: len(b) - 1] == b[:-1]
    table = {"==": x == y, "!=": x != y, "<": x < y, "<=": x <= y, ">": x > y, ">=": x >= y}
    if operator not in table:
        raise _Unknown()
    return table[operator]
