"""What only a kill leaves behind. Looked for at every start of the agent, so it costs next to nothing where there is none."""

import os

from . import temporary
from .store import names, read_json


def sweep(store):
    temporary.sweep(store)
    for run in names(store.runs):
        # Every run that ended otherwise has none.
        if os.path.isdir(os.path.join(store.run(run), "secrets")):
            _clear_if_interrupted(store.run(run))


def _clear_if_interrupted(place):
    from . import processes, runner

    description = read_json(os.path.join(place, "pid"))
    # Without one it is about to start.
    if description is not None and not processes.alive(description):
        runner.clear(place)
