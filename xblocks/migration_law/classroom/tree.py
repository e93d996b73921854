# SPDX-License-Identifier: AGPL-3.0-or-later
"""The loaded course in memory: read from the database once, until another version is loaded."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import connection

from . import inherited
from .models import Block, Course


class CourseKey(str):
    """The name of the course, in the platform's form."""

    @property
    def course_key(self) -> CourseKey:
        """Itself, for code that asks a usage key and a course key alike."""
        return self


class Usage(str):
    """The authored name of a block, which also knows its course."""

    context_key: CourseKey

    @classmethod
    def of(cls, name: str, course: CourseKey) -> Usage:
        """The name *name* within *course*."""
        usage = cls(name)
        usage.context_key = course
        return usage

    @property
    def course_key(self) -> CourseKey:
        """The course, under its other name."""
        return self.context_key

    @property
    def block_id(self) -> str:
        """The authored name as a plain string."""
        return str(self)


@dataclass(eq=False)
class Node:
    """One part of the course; `settings` are its own and those handed down to it, in JSON types."""

    usage: Usage
    type: str
    fields: dict[str, Any]
    error: str
    parent: Node | None
    settings: dict[str, Any]
    children: list[Node] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The name to show."""
        return str(self.fields.get("display_name") or self.usage)

    @property
    def path(self) -> list[Node]:
        """From the course down to this part."""
        return [*(self.parent.path if self.parent else []), self]

    @property
    def unit(self) -> Node | None:
        """The page on which this part stands; of a part above pages, the first page below it."""
        for node in reversed(self.path):
            if node.type == "vertical":
                return node
        return next((node for node in self.walk() if node.type == "vertical"), None)

    @property
    def leaves(self) -> list[Node]:
        """The blocks below this part that hold no others."""
        return [node for node in self.walk() if not node.children and node.type not in SHELL]

    def walk(self) -> Iterator[Node]:
        """This part and all below it, in their order."""
        yield self
        for child in self.children:
            yield from child.walk()


SHELL = frozenset({"course", "chapter", "sequential", "vertical"})


class Tree:
    """A version of the course: its nodes by name, its settings, its assets."""

    def __init__(self, row: Course, blocks: list[Block]) -> None:
        self.key = CourseKey(row.key)
        self.digest, self.version, self.data = row.digest, row.version, row.data
        self.nodes: dict[str, Node] = {}
        for block in blocks:
            self._add(block)
        self.root = next(iter(self.nodes.values()))

    def _add(self, block: Block) -> None:
        parent = self.nodes.get(block.parent)
        own = {name: value for name, value in block.fields.items() if name in inherited.NAMES}
        settings = {**(parent.settings if parent else {}), **own}
        usage = Usage.of(block.usage, self.key)
        node = Node(usage, block.type, block.fields, block.error, parent, settings)
        self.nodes[block.usage] = node
        if parent:
            parent.children.append(node)

    @property
    def title(self) -> str:
        """The name of the course."""
        return self.root.title

    @property
    def language(self) -> str:
        """The language of the course, as a language tag."""
        return str(self.data["settings"].get("language") or "en")

    @cached_property
    def assets(self) -> frozenset[str]:
        """Paths of the files that the archive brought in its static folder."""
        return frozenset(self.data["assets"])

    @cached_property
    def groups(self) -> dict[str, int]:
        """Content groups by name, from the course's partitions."""
        partitions = self.data["settings"].get("user_partitions") or []
        return {group["name"]: int(group["id"]) for part in partitions for group in part.get("groups", [])}

    @cached_property
    def units(self) -> list[Node]:
        """All pages in their order."""
        return [node for node in self.root.walk() if node.type == "vertical"]


_held: dict[str, Tree] = {}


def current() -> Tree | None:
    """The course as last loaded, or None before the first load; one small query, unless it has changed."""
    stamp = Course.objects.values_list("digest", "version").first()
    if stamp is None:
        return None
    place = str(connection.settings_dict["NAME"])
    held = _held.get(place)
    if held is None or (held.digest, held.version) != stamp:
        held = _held[place] = Tree(Course.objects.get(), list(Block.objects.all()))
    return held
