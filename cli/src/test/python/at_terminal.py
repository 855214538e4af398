"""Runs a program at a terminal of its own and answers its questions.

Usage: at_terminal.py OUTPUT INPUT PROGRAM ARGUMENT... ; standard input has one line a question: its text, a tab, the answer. OUTPUT gets
all that the terminal shows; INPUT is the program's standard input. Ends with its exit code, or 99 when a question was not asked.
"""

import os
import pty
import sys

output, source, command = sys.argv[1], sys.argv[2], sys.argv[3:]
questions = [line.rstrip("\n").split("\t") for line in sys.stdin]
pid, terminal = pty.fork()
if pid == 0:
    os.dup2(os.open(source, os.O_RDONLY), 0)
    os.execvp(command[0], command)
shown = b""
looked = 0
with open(output, "wb", buffering=0) as file:
    while True:
        try:
            data = os.read(terminal, 65536)
        except OSError:
            break
        shown += data
        file.write(data)
        while questions and questions[0][0].encode() in shown[looked:]:
            _, answer = questions.pop(0)
            looked = len(shown)
            os.write(terminal, answer.encode() + b"\n")
_, status = os.waitpid(pid, 0)
code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status)
sys.exit(99 if questions else code)
