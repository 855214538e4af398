"""From a request's inventory to the sources that ansible-playbook gets, and to what `targeting` makes of them."""

import os

from .listings import write_program
from .project import materialise, safe_path


def lay_out(store, description, directory, interpreter):
    """Lays out what lies outside of the project. Returns the values of `--inventory`, and the run's setting for `targeting`."""
    materialise(store, description["files"], directory)
    listings = {}
    for number, listing in enumerate(description.get("listings", ())):
        program = os.path.join(directory, "listing-%d" % number)
        os.rename(os.path.join(directory, *safe_path(listing["file"])), program + ".json")
        write_program(program)
        listings[_source(directory, listing["source"])] = program
    setting = {
        "host": description["host"],
        "alone": description["alone"],
        "interpreter": interpreter,
        "listings": listings,
    }
    return [_source(directory, source) for source in description["sources"]], setting


def _source(directory, source):
    """Those in the project are named as from there: the run's working directory."""
    if "hosts" in source:
        return source["hosts"]
    if "project" in source:
        return os.path.join(*safe_path(source["project"]))
    return os.path.join(directory, *safe_path(source["outside"]))
