"""What ansible-galaxy's own resolver answers: `galaxy_resolutions.py SERVER_URL...`, on standard input a JSON list of
requirement sets, each a list of [name, range]; prints a JSON list of {name: version}, or null where it finds none.

The resolver is called and not the program, which shuffles the requirements and takes a second for each set."""
import json, sys, tempfile

from ansible.galaxy.api import GalaxyAPI
from ansible.galaxy.collection.concrete_artifact_manager import ConcreteArtifactsManager
from ansible.galaxy.dependency_resolution import build_collection_dependency_resolver
from ansible.galaxy.dependency_resolution.dataclasses import Requirement
from ansible.galaxy.dependency_resolution.errors import CollectionDependencyResolutionImpossible


def resolve(apis, artifacts, wanted):
    resolver = build_collection_dependency_resolver(
        galaxy_apis=apis, concrete_artifacts_manager=artifacts, preferred_candidates=None, with_deps=True,
        with_pre_releases=False, upgrade=False, include_signatures=False, offline=False)
    requirements = [Requirement.from_requirement_dict({'name': n, 'version': v}, artifacts) for n, v in wanted]
    try:
        mapping = resolver.resolve(requirements, max_rounds=2000000).mapping
    except CollectionDependencyResolutionImpossible:
        return None
    except (IndexError, RecursionError):
        # Of its resolver, on sets that lead it back to where nothing is required, or where it takes a choice back
        # that had led to two others that require each other.
        return {'crashed': ''}
    return {c.fqcn: c.ver for c in mapping.values()}


with tempfile.TemporaryDirectory() as tmp:
    apis = [GalaxyAPI(None, f'test{n}', url, priority=n) for n, url in enumerate(sys.argv[1:])]
    with ConcreteArtifactsManager.under_tmpdir(tmp, validate_certs=False) as artifacts:
        print('\n' + json.dumps([resolve(apis, artifacts, wanted) for wanted in json.load(sys.stdin)]))     # the resolver talks on standard output too
