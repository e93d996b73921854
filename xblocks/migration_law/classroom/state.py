# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where the fields of blocks live: content in memory, a learner's rows in the database, one row a block."""
from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from xblock.fields import BlockScope, Scope, UserScope
from xblock.runtime import KeyValueStore

from . import inherited
from .models import Account, LearnerState
from .tree import Node, Tree

STATE, PREFERENCES, USER_INFO, SHARED = "state", "preferences", "user_info", "shared"
TIES = (Scope.parent, Scope.children)
NAMES = {BlockScope.USAGE: STATE, BlockScope.TYPE: PREFERENCES, BlockScope.ALL: USER_INFO, BlockScope.DEFINITION: STATE}

Place = tuple[str, str]


class ReadOnly(Exception):
    """A block tried to write what it may only read."""


class LearnerRows:
    """What one request reads and writes of a learner's rows: fetched together, written together at its end."""

    def __init__(self, account: Account | None) -> None:
        self.account = account
        self._data: dict[Place, dict[str, Any]] = {}
        self._dirty: dict[Place, set[str]] = {}

    def prefetch(self, nodes: Iterable[Node]) -> None:
        """Read the rows of all *nodes* in one query."""
        nodes = list(nodes)
        usages, types = [str(node.usage) for node in nodes], sorted({node.type for node in nodes})
        places = [(STATE, key) for key in usages] + [(PREFERENCES, key) for key in types]
        places += [(USER_INFO, "")] + [(SHARED, key) for key in usages]
        self._read([place for place in places if place not in self._data])

    def get(self, place: Place) -> dict[str, Any]:
        """The fields at *place*; an empty dict where nothing is stored."""
        if place not in self._data:
            self._read([place])
        return self._data[place]

    def set(self, place: Place, name: str, value: Any) -> None:
        """Change a field, to be written by `flush`."""
        if self.account is None:
            raise ReadOnly(f"{name} cannot be written when nobody is logged in")
        self.get(place)[name] = value
        self._dirty.setdefault(place, set()).add(name)

    def delete(self, place: Place, name: str) -> None:
        """Forget a field, to be written by `flush`."""
        del self.get(place)[name]
        self._dirty.setdefault(place, set()).add(name)

    def __bool__(self) -> bool:
        return bool(self._dirty)

    def flush(self) -> None:
        """Write the changed fields, and only those; call it within a transaction."""
        for place, names in self._dirty.items():
            self._write(place, names)
        self._dirty.clear()

    def _read(self, places: list[Place]) -> None:
        self._data.update({place: {} for place in places})
        if self.account is None or not places:
            return
        wanted = Q()
        for scope in sorted({scope for scope, _ in places}):
            keys = [key for name, key in places if name == scope]
            wanted |= Q(account=None if scope == SHARED else self.account, scope=scope, key__in=keys)
        for scope, key, data in LearnerState.objects.filter(wanted).values_list("scope", "key", "data"):
            self._data[scope, key] = data

    def _write(self, place: Place, names: Iterable[str]) -> None:
        scope, key = place
        owner = None if scope == SHARED else self.account
        row = LearnerState.objects.filter(account=owner, scope=scope, key=key).first()
        row = row or LearnerState(account=owner, scope=scope, key=key, data={})
        new = self._data[place]
        for name in names:
            row.data.pop(name, None)
            if name in new:
                row.data[name] = new[name]
        row.save()


class Store(KeyValueStore):
    """The fields of all blocks, as XBlock asks for them. Content cannot be written."""

    def __init__(self, tree: Tree, rows: LearnerRows) -> None:
        self.tree, self.rows = tree, rows

    def get(self, key: KeyValueStore.Key) -> Any:
        value = self._fields(key)[key.field_name]
        if key.scope in TIES or key.scope.user != UserScope.NONE or not isinstance(value, (dict, list)):
            return value
        # Content is shared by all requests: whoever asks gets a copy of his own.
        return json.loads(json.dumps(value))

    def has(self, key: KeyValueStore.Key) -> bool:
        return key.field_name in self._fields(key)

    def set(self, key: KeyValueStore.Key, value: Any) -> None:
        self.rows.set(self._place(key), key.field_name, value)

    def delete(self, key: KeyValueStore.Key) -> None:
        self.rows.delete(self._place(key), key.field_name)

    def default(self, key: KeyValueStore.Key) -> Any:
        if key.field_name in inherited.NAMES and key.scope == Scope.settings:
            return self.tree.nodes[key.block_scope_id].settings[key.field_name]
        raise KeyError(key.field_name)

    def _fields(self, key: KeyValueStore.Key) -> dict[str, Any]:
        if key.scope in TIES:
            return family(self.tree.nodes[key.block_scope_id])
        if key.scope.user == UserScope.NONE:
            node = self.tree.nodes.get(key.block_scope_id)
            return node.fields if node else {}
        return self.rows.get(self._place(key))

    def _place(self, key: KeyValueStore.Key) -> Place:
        if key.scope in TIES or key.scope.user == UserScope.NONE:
            raise ReadOnly(f"{key.field_name} is part of the course and cannot be changed here")
        scope = SHARED if key.scope.user == UserScope.ALL else NAMES[key.scope.block]
        return scope, str(key.block_scope_id or "")


def family(node: Node) -> dict[str, Any]:
    """The fields that tie a block to the blocks around it."""
    parent = node.parent.usage if node.parent else None
    return {"parent": parent, "children": [child.usage for child in node.children]}
