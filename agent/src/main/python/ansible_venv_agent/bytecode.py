"""Compiles files as the importing Python itself would. Runs on that Python, as `bytecode.py LIST WORKERS`.

LIST holds paths, one a line. What cannot be compiled is left as it is, as by `compileall`; what somebody else
has compiled meanwhile is kept.
"""

import gc
import os
import sys
from importlib._bootstrap_external import _code_to_timestamp_pyc
from importlib.util import cache_from_source


def compile_file(path):
    target = cache_from_source(path, optimization="")
    if os.path.exists(target):
        return
    status = os.stat(path)
    with open(path, "rb") as file:
        source = file.read()
    try:
        code = compile(source, path, "exec", dont_inherit=True, optimize=0)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    os.makedirs(os.path.dirname(target), exist_ok=True)
    temporary = "%s.%d" % (target, os.getpid())
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, status.st_mode & 0o666)
    with open(handle, "wb") as file:
        file.write(_code_to_timestamp_pyc(code, int(status.st_mtime), status.st_size))
    os.rename(temporary, target)


def work(paths):
    """The error number of the first failure, as an exit code."""
    # Compiling makes millions of objects and no garbage worth looking for.
    gc.disable()
    try:
        for path in paths:
            compile_file(path)
    except OSError as error:
        sys.stderr.write("%s\n" % error)
        return error.errno or 1
    return 0


def main(listing, workers):
    import warnings

    warnings.simplefilter("ignore")
    with open(listing, encoding="utf-8", errors="surrogateescape") as file:
        paths = file.read().splitlines()
    # Dealt out by size, the workers end at about the same time.
    paths.sort(key=os.path.getsize, reverse=True)
    children = []
    for share in range(1, workers):
        child = os.fork()
        if child == 0:
            os._exit(work(paths[share::workers]))
        children.append(child)
    codes = [work(paths[::workers])] + [os.waitpid(child, 0)[1] >> 8 for child in children]
    sys.exit(max(codes))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
