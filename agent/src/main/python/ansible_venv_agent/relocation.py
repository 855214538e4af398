"""Moves a process that was made for one directory into another: every string that names the directory is replaced where it is held.

What is replaced is found by a walk over all objects, in the starter and once; a fork only writes. What holds such a string in a way that
is not known here ends in `Immovable`, and so does what would be left behind.
"""

import collections
import functools
import gc
import types

_TEXTS = (str, bytes)
_FROZEN = (tuple, frozenset)
_SLOT = type(types.FunctionType.__globals__)


class Immovable(Exception):
    """Something holds the directory's name in a way that cannot be rewritten."""


class Relocation:
    """`token` is what the directory's name has and nothing else has; `old` are the texts with it that are replaced, the longest first."""

    def __init__(self, token, old):
        self._token = {str: token, bytes: token.encode("ascii")}
        self._old = old
        self._known = {}
        self._holders = self._find()

    def apply(self, new):
        """Writes these texts in the place of the old ones, wherever those are."""
        pairs = {str: list(zip(self._old, new))}
        pairs[bytes] = [(before.encode("utf-8"), after.encode("utf-8")) for before, after in pairs[str]]
        for holder in self._holders:
            _rewrite(holder, lambda value: self._moved(value, pairs))
        self._holders = []

    def left(self):
        """What still holds the token, as texts for people; only for a look, it costs a walk."""
        self._known = {}
        return [type(each).__name__ + " " + repr(each)[:200] for each in self._find(strict=False)]

    def _find(self, strict=True):
        everything = gc.get_objects()
        owners = _class_dictionaries(everything)
        mine = {id(each) for each in (everything, owners, self, self.__dict__, self._known, self._token, self._old)}
        holders = []
        seen = set()
        mine |= {id(holders), id(seen), id(mine)}
        pending = everything
        while pending:
            untracked = []
            for each in pending:
                if id(each) in mine or type(each) in _FROZEN or isinstance(each, types.FrameType):
                    continue
                for part in gc.get_referents(each):
                    if self._tainted(part):
                        holders.append(owners.get(id(each), each))
                        break
                    if not gc.is_tracked(part) and isinstance(part, (dict, *_FROZEN)) and id(part) not in seen:
                        seen.add(id(part))
                        untracked.append(part)
            pending = [each for each in untracked if isinstance(each, dict)]
        if strict:
            for holder in holders:
                _rewrite(holder, lambda value: value)
        return holders

    def _tainted(self, value):
        kind = type(value)
        if isinstance(value, str):
            return self._token[str] in value
        if isinstance(value, bytes):
            return self._token[bytes] in value
        if kind not in _FROZEN and not isinstance(value, _FROZEN):
            return False
        known = self._known.get(id(value))
        if known is None:
            known = any(self._tainted(each) for each in value)
            self._known[id(value)] = known
        return known

    def _moved(self, value, pairs):
        if not self._tainted(value):
            return value
        if isinstance(value, _TEXTS):
            kind = str if isinstance(value, str) else bytes
            moved = kind(value)
            for old, new in pairs[kind]:
                moved = moved.replace(old, new)
            return moved if type(value) is kind else _like(value, moved)
        moved = [self._moved(each, pairs) for each in value]
        return value._make(moved) if hasattr(value, "_make") else type(value)(moved)


def _class_dictionaries(everything):
    """A class is written through itself: it caches what it has."""
    owners = {}
    for each in everything:
        if isinstance(each, type):
            for part in gc.get_referents(each):
                if type(part) is dict:
                    owners[id(part)] = each
    return owners


def _like(value, text):
    """A text of a class of Ansible's own, with what the other one has beside its characters."""
    try:
        from ansible.module_utils._internal._datatag import AnsibleTagHelper

        moved = AnsibleTagHelper.tag_copy(value, text)
    except ImportError:
        moved = type(value)(text)
    if type(moved) is not type(value):
        raise Immovable("a text of class %s" % type(value).__name__)
    return moved


def _rewrite(holder, change):
    """Puts `change(part)` in the place of every part. With a change that changes nothing it is a rehearsal."""
    if isinstance(holder, dict):
        _rewrite_dict(holder, change)
    elif isinstance(holder, (list, collections.deque)):
        for index, each in enumerate(holder):
            holder[index] = change(each)
    elif isinstance(holder, set):
        moved = [change(each) for each in holder]
        holder.clear()
        holder.update(moved)
    elif isinstance(holder, types.CellType):
        holder.cell_contents = change(holder.cell_contents)
    elif isinstance(holder, types.FunctionType):
        holder.__defaults__ = change(holder.__defaults__)
        holder.__doc__ = change(holder.__doc__)
    elif isinstance(holder, type):
        for name, each in list(vars(holder).items()):
            if change(each) is not each:
                type.__setattr__(holder, name, change(each))
    elif isinstance(holder, functools._lru_cache_wrapper):
        holder.cache_clear()
    else:
        _rewrite_instance(holder, change)


def _rewrite_dict(holder, change):
    if any(change(key) is not key for key in holder):
        items = [(change(key), change(value)) for key, value in holder.items()]
        holder.clear()
        holder.update(items)
        return
    for key, value in list(holder.items()):
        moved = change(value)
        if moved is not value:
            holder[key] = moved


def _rewrite_instance(holder, change):
    found = False
    attributes = getattr(holder, "__dict__", None)
    if isinstance(attributes, dict):
        _rewrite_dict(attributes, change)
        found = True
    for each in type(holder).__mro__:
        for slot in vars(each).values():
            if isinstance(slot, types.MemberDescriptorType):
                try:
                    value = slot.__get__(holder)
                    if change(value) is not value:
                        slot.__set__(holder, change(value))
                    found = True
                except AttributeError:
                    continue
    if not found:
        raise Immovable("an object of class %s" % type(holder).__name__)
