# SPDX-License-Identifier: AGPL-3.0-or-later
"""YAML text <-> plain data, with the place of everything. Nothing else loads or dumps YAML.

Every scalar is read as a string; the model types it. Anchors, aliases, tags and duplicate keys are refused, and so are
texts that are too large or too deeply nested, before they can cost anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from sys import intern
from typing import Any, NamedTuple

import yaml
from yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent, Event, MappingStartEvent, NodeEvent, ScalarEvent

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
    """Plain data, the text it was read from, and the mistakes in its notation.

    Where each value (and, for a mapping, each key) stands is worked out when first asked for: most texts have no mistake.
    """

    data: Data
    text: str = ""
    mistakes: tuple[NotationError, ...] = ()

    def place(self, path: Path) -> Place:
        """The place of a value, or of the nearest thing around it."""
        while path and path not in self._places.values:
            path = path[:-1]
        return self._places.values.get(path, Place(1, 1))

    def key_place(self, path: Path) -> Place:
        """The place of the key of a value, or of the value, or of the nearest thing around it."""
        return self._places.keys.get(path) or self.place(path)

    @cached_property
    def _places(self) -> _Places:
        places = _Places()
        _build(self.text, _Builder(places))
        return places


class _Places:
    """Where values and keys stand, by their paths."""

    def __init__(self) -> None:
        self.values: dict[Path, Place] = {}
        self.keys: dict[Path, Place] = {}


def load(text: str) -> Document:
    """Read YAML; raises NotationError, the first one, with a place and a cure."""
    document = scan(text)
    if document.mistakes:
        raise document.mistakes[0]
    return document


def scan(text: str) -> Document:
    """Read YAML with all its mistakes; the data is None after one that can't be read past."""
    builder = _Builder()
    fatal = _build(text, builder)
    mistakes = [*builder.mistakes, *([fatal] if fatal and not _follows(fatal, builder.mistakes) else [])]
    return Document(None if fatal else builder.data, text, tuple(mistakes))


def _follows(fatal: NotationError, mistakes: list[NotationError]) -> bool:
    """Whether the fault comes of an unquoted citation just before it."""
    return any(other.code == "unquoted-citation" and other.place.line == fatal.place.line for other in mistakes[-1:])


def _build(text: str, builder: _Builder) -> NotationError | None:
    """Feed a text to a builder; the mistake that stopped it, if any."""
    if len(text) > LARGEST:
        return NotationError(Place(1, 1), "too-large", f"{len(text):,} characters; split it into files under {LARGEST:,}")
    try:
        for event in yaml.parse(text, Loader=LOADER):
            builder.take(event)
    except NotationError as error:
        return error
    except yaml.MarkedYAMLError as error:
        return _syntax(error)
    except yaml.reader.ReaderError as error:
        return NotationError(_place_of(text, error.position), "yaml-character", _character(error.character))
    except UnicodeEncodeError as error:
        return NotationError(_place_of(text, error.start), "yaml-character", _character(text[error.start]))
    return None


LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _syntax(error: yaml.MarkedYAMLError) -> NotationError:
    mark = error.problem_mark or error.context_mark
    place = Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
    unknown = f"{error.problem or error.context}; mend the indentation or put quotes around"
    known = (cure for sign, cure in SYNTAX.items() if sign in str(error.problem))
    return NotationError(place, "yaml-syntax", next(known, unknown))


SYNTAX = {
    "mapping values are not allowed": "a colon and a space in plain text; put quotes around the text",
    "cannot start any token": "a value can't begin with this character; indent with spaces, or put quotes around the value",
    "did not find expected key": "this line does not fit those above it; mend its indentation, or close the quotes above",
    "did not find expected node content": "a value is missing here, or a bracket above is never closed; write or close it",
    "did not find expected ',' or": "the bracket above is not closed before this line; close it, or put quotes around the text",
    "did not find expected '-'": "this line does not fit the list above it; mend its indentation",
    "could not find expected ':'": "a key without a colon; write `key: value`, or mend the indentation",
    "unexpected end of stream": "the quotes that open here are never closed; close them",
    "did not find expected alphabetic": "a value can't begin with * or &; put quotes around it",
}
"""What the parser says, and how it is said here."""


def _character(found: object) -> str:
    code = found if isinstance(found, int) else ord(str(found)[:1] or "\0")
    return f"the character U+{code:04X} is not allowed in YAML; take it out"


def _place_of(text: str, position: int) -> Place:
    before = text[: max(0, position)]
    return Place(before.count("\n") + 1, len(before) - before.rfind("\n"))


class _Builder:
    """Builds plain data from events, on a stack of its own, so that depth can't exhaust Python's."""

    def __init__(self, places: _Places | None = None) -> None:
        self.data: Data = None
        self.mistakes: list[NotationError] = []
        self._places = places
        self._stack: list[_Open] = []
        self._top: _Open | None = None
        self._documents = 0

    def take(self, event: Event) -> None:
        """Take the next event of the stream."""
        if isinstance(event, ScalarEvent):
            self._scalar(event)
        elif isinstance(event, CollectionEndEvent):
            self._stack.pop()
            self._top = self._stack[-1] if self._stack else None
        elif isinstance(event, CollectionStartEvent):
            self._open(event, {} if isinstance(event, MappingStartEvent) else [])
        elif isinstance(event, AliasEvent):
            self._clever(event)
            self._put(event, f"*{event.anchor}")

    def _scalar(self, event: ScalarEvent) -> None:
        if event.anchor or event.tag:
            self._clever(event)
        top = self._top
        if top is not None and top.key is None and isinstance(top.holder, dict):
            self._take_key(top, event)
        else:
            self._put(event, event.value or (event.value if event.style else None))

    def _open(self, event: CollectionStartEvent, value: Data) -> None:
        if event.anchor or event.tag:
            self._clever(event)
        top = self._top
        if top is not None and top.key is None and isinstance(top.holder, dict):
            raise _at(event, "yaml-syntax", "a key must be one word; put quotes around the value that begins here")
        if len(self._stack) >= DEEPEST:
            raise _at(event, "too-deep", f"nested more than {DEEPEST} levels deep; make it flatter")
        if event.flow_style and isinstance(value, list) and top is not None and top.start == _mark(event, -1):
            self._unquoted(event)
        self._top = _Open(value, self._put(event, value), _mark(event) if event.flow_style else None)
        self._stack.append(self._top)

    def _unquoted(self, event: NodeEvent) -> None:
        mistake = _at(event, "unquoted-citation", "a citation begins a plain value; put quotes around the value", -1)
        if not self.mistakes or self.mistakes[-1].place.line != mistake.place.line:
            self.mistakes.append(mistake)

    def _take_key(self, top: _Open, event: ScalarEvent) -> None:
        top.key = intern(event.value)
        if event.value in top.holder:
            self.mistakes.append(_at(event, "duplicate-key", f"the key {event.value!r} stands twice; keep one of them"))
        elif self._places is not None:
            self._places.keys[(*top.path, event.value)] = _mark(event)

    def _put(self, event: NodeEvent, value: Data) -> Path:
        """Put a value where it belongs; its path, which is kept only where places are."""
        top = self._top
        if top is None:
            return self._put_whole(event, value)
        if isinstance(top.holder, list):
            step: str | int = len(top.holder)
            top.holder.append(value)
        else:
            step, top.key = top.key or "", None
            top.holder.setdefault(step, value)
        return self._note((*top.path, step), event) if self._places is not None else ()

    def _put_whole(self, event: NodeEvent, value: Data) -> Path:
        if self._documents:
            raise _at(event, "yaml-syntax", "a second document begins here; keep one document in a file")
        self._documents, self.data = 1, value
        return self._note((), event)

    def _note(self, path: Path, event: NodeEvent) -> Path:
        if self._places is not None:
            self._places.values.setdefault(path, _mark(event))
        return path

    def _clever(self, event: NodeEvent) -> None:
        anchored = isinstance(event, AliasEvent) or event.anchor
        code, what = ("yaml-anchor", "anchors and aliases (& and *)") if anchored else ("yaml-tag", "tags (!)")
        self.mistakes.append(_at(event, code, f"{what} are not used here; take it out, or put quotes around the value"))


class _Open:
    """A list or mapping that is being filled: its path, the key that waits for a value, and where its bracket stands."""

    __slots__ = ("holder", "key", "path", "start")

    def __init__(self, holder: Data, path: Path, start: Place | None) -> None:
        self.holder, self.path, self.start = holder, path, start
        self.key: str | None = None


def _mark(event: NodeEvent, columns: int = 0) -> Place:
    mark = event.start_mark
    return Place(mark.line + 1, mark.column + 1 + columns) if mark else Place(1, 1)


def _at(event: NodeEvent, code: str, message: str, columns: int = 0) -> NotationError:
    return NotationError(_mark(event, columns), code, message)


class _Dumper(yaml.SafeDumper):
    """Writes text of several lines as a block, and lists indented under their key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    # YAML takes these for line breaks and would read them back as spaces or "\n".
    style = '"' if any(char in text for char in "\r\x85\u2028\u2029") else "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent_text)
_Dumper.add_multi_representer(dict, yaml.SafeDumper.represent_dict)
_Dumper.add_multi_representer(list, yaml.SafeDumper.represent_list)


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
