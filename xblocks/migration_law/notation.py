# SPDX-License-Identifier: AGPL-3.0-or-later
"""YAML text <-> plain data, with the place of everything. Nothing else loads or dumps YAML.

Every scalar is read as a string; the model types it. Anchors, aliases, tags and duplicate keys are refused, and so are
texts that are too large or too deeply nested, before they can cost anything.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

import yaml
from yaml.events import (
    AliasEvent, Event, MappingEndEvent, MappingStartEvent, NodeEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent,
)  # fmt: skip

LARGEST = 2_000_000
"""Characters in one text."""
DEEPEST = 30
"""Levels of nesting."""

Data = Any
"""A string, a list of Data, or a dict of string to Data."""
Path = tuple[str | int, ...]
"""The way to a value: keys and list positions."""


class Place(NamedTuple):
    """A line and a column, both from 1."""

    line: int
    column: int


class NotationError(Exception):
    """A text that can't be read: its place, its stable code, and what to do."""

    def __init__(self, place: Place, code: str, message: str) -> None:
        super().__init__(f"{place.line}:{place.column}: {code} {message}")
        self.place, self.code, self.message = place, code, message


@dataclass(frozen=True)
class Document:
    """Plain data, and where each value (and, for a mapping, each key) stands in the text."""

    data: Data
    values: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)

    def place(self, path: Path) -> Place:
        """The place of a value, or of the nearest thing around it."""
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, Place(1, 1))

    def key_place(self, path: Path) -> Place:
        """The place of the key of a value, or of the value, or of the nearest thing around it."""
        return self.keys.get(path) or self.place(path)


def load(text: str) -> Document:
    """Read YAML; raises NotationError with a place and a cure."""
    if len(text) > LARGEST:
        raise NotationError(Place(1, 1), "too-large", f"{len(text):,} characters; split it into files under {LARGEST:,}")
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        raise _syntax(error) from None
    except yaml.reader.ReaderError as error:
        raise NotationError(_place_of(text, error.position), "yaml-character", _character(error)) from None
    return Document(builder.data, builder.values, builder.keys)


def _syntax(error: yaml.MarkedYAMLError) -> NotationError:
    mark = error.problem_mark or error.context_mark
    place = Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
    return NotationError(place, "yaml-syntax", f"{error.problem or error.context}; mend the indentation or put quotes around")


def _character(error: yaml.reader.ReaderError) -> str:
    code = error.character if isinstance(error.character, int) else ord(str(error.character)[:1] or "\0")
    return f"the character U+{code:04X} is not allowed in YAML; take it out"


def _place_of(text: str, position: int) -> Place:
    before = text[: max(0, position)]
    return Place(before.count("\n") + 1, len(before) - before.rfind("\n"))


class _Builder:
    """Builds plain data from events, on a stack of its own, so that depth can't exhaust Python's."""

    def __init__(self) -> None:
        self.data: Data = None
        self.values: dict[Path, Place] = {}
        self.keys: dict[Path, Place] = {}
        self._stack: list[tuple[Data, Path]] = []
        self._key: str | None = None
        self._documents = 0

    def take(self, event: Event) -> None:
        """Take the next event of the stream."""
        if isinstance(event, (MappingEndEvent, SequenceEndEvent)):
            self._stack.pop()
        elif isinstance(event, NodeEvent):
            mark = event.start_mark
            self._node(event, Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1))

    def _node(self, event: NodeEvent, place: Place) -> None:
        _refuse_cleverness(event, place)
        if self._stack and isinstance(self._stack[-1][0], dict) and self._key is None:
            self._take_key(event, place)
            return
        value = _empty(event)
        path = self._put(value, place)
        if isinstance(value, (dict, list)):
            self._open(event, value, path, place)

    def _open(self, event: NodeEvent, value: Data, path: Path, place: Place) -> None:
        if len(self._stack) >= DEEPEST:
            raise NotationError(place, "too-deep", f"nested more than {DEEPEST} levels deep; make it flatter")
        if isinstance(event, SequenceStartEvent) and event.flow_style and self._bracket_pair(place):
            raise NotationError(place, "unquoted-citation", "a citation must not begin a plain value; put quotes around it")
        self._stack.append((value, path))

    def _bracket_pair(self, place: Place) -> bool:
        """Whether this list is the second bracket of an unquoted `[[`."""
        return bool(self._stack) and self.values.get(self._stack[-1][1]) == (place.line, place.column - 1)

    def _take_key(self, event: NodeEvent, place: Place) -> None:
        holder, path = self._stack[-1]
        if not isinstance(event, ScalarEvent):
            raise NotationError(place, "yaml-syntax", "a key must be one word; put quotes around the value that begins here")
        if event.value in holder:
            raise NotationError(place, "duplicate-key", f"the key {event.value!r} stands twice; keep one of them")
        self._key = event.value
        self.keys[(*path, event.value)] = place

    def _put(self, value: Data, place: Place) -> Path:
        if not self._stack:
            if self._documents:
                raise NotationError(place, "yaml-syntax", "a second document begins here; keep one document in a file")
            self._documents, self.data = 1, value
        path = self._put_inside(value) if self._stack else ()
        self.values[path] = place
        return path

    def _put_inside(self, value: Data) -> Path:
        holder, path = self._stack[-1]
        if isinstance(holder, dict):
            key, self._key = self._key, None
            holder[key] = value
            return (*path, str(key))
        holder.append(value)
        return (*path, len(holder) - 1)


def _empty(event: NodeEvent) -> Data:
    """The value that an event begins: a new dict or list, or a scalar's text; None where nothing is written."""
    if isinstance(event, ScalarEvent):
        return event.value or (event.value if event.style else None)
    return {} if isinstance(event, MappingStartEvent) else []


def _refuse_cleverness(event: NodeEvent, place: Place) -> None:
    if isinstance(event, AliasEvent) or event.anchor:
        raise NotationError(place, "yaml-anchor", "anchors and aliases (& and *) are not used here; write it out, or quote it")
    if getattr(event, "tag", None):
        raise NotationError(place, "yaml-tag", "tags (!) are not used here; take it out, or put quotes around the value")


class _Dumper(yaml.SafeDumper):
    """Writes text of several lines as a block, and lists indented under their key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent_text)


def dump(data: Data) -> str:
    """Write plain data as YAML that `load` reads back to the same strings."""
    return yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100_000, default_flow_style=False)


def split_front_matter(text: str) -> tuple[str, str, int]:
    """A Markdown file's front matter, its body, and the number of lines before the body; raises NotationError."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        raise NotationError(Place(1, 1), "no-front-matter", "the file must begin with `---`, the lesson's keys, and `---`")
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() == "---":
            return "\n" + "\n".join(lines[1:number]) + "\n", "\n".join(lines[number + 1 :]), number + 1
    raise NotationError(Place(1, 1), "no-front-matter", "the front matter has no end; write `---` on a line after its last key")
