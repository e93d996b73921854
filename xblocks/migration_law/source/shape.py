# SPDX-License-Identifier: AGPL-3.0-or-later
"""Plain data walked along the model, so that data which does not validate can still be looked at."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple, get_args

from migration_law.model.base import Thing
from migration_law.model.content import markdown_fields
from migration_law.model.questions import Question
from migration_law.notation import Path

Kind = type[Thing]


class Field(NamedTuple):
    """One key of a thing: whether its text is Markdown, and what things it may hold."""

    markdown: bool
    holds: tuple[Kind, ...]


class Leaf(NamedTuple):
    """A text in plain data: where it is, its key, whether it is Markdown, and whether it belongs to a question."""

    path: Path
    text: str
    markdown: bool
    in_question: bool


@cache
def fields(kind: Kind) -> dict[str, Field]:
    """The keys of a kind of thing."""
    markdown = markdown_fields(kind)
    return {name: Field(name in markdown, tuple(_things(field.annotation))) for name, field in kind.model_fields.items()}


def _things(annotation: object) -> Iterator[Kind]:
    if isinstance(annotation, type) and not get_args(annotation):
        if issubclass(annotation, Thing):
            yield annotation
        return
    for part in get_args(annotation):
        yield from _things(part)


@cache
def _by_kind(kinds: tuple[Kind, ...]) -> dict[object, Kind]:
    return {kind.model_fields["kind"].default: kind for kind in kinds if "kind" in kind.model_fields}


def choose(kinds: tuple[Kind, ...], data: dict[str, Any]) -> Kind | None:
    """Which of the kinds the data is meant to be."""
    if len(kinds) == 1:
        return kinds[0]
    return _by_kind(kinds).get(str(data.get("kind")))


def leaves(kind: Kind, data: object, path: Path = (), in_question: bool = False) -> Iterator[Leaf]:
    """Every text in the data that stands where the model has a key for it."""
    if not isinstance(data, dict):
        return
    known = fields(kind)
    in_question = in_question or issubclass(kind, Question)
    for key, value in data.items():
        field = known.get(key)
        if field is None:
            continue
        if isinstance(value, str):
            yield Leaf((*path, key), value, field.markdown, in_question)
        elif isinstance(value, dict):
            yield from _inside(field, value, (*path, key), in_question)
        elif isinstance(value, list):
            yield from _items(field, value, (*path, key), in_question)


def _items(field: Field, value: list[Any], path: Path, in_question: bool) -> Iterator[Leaf]:
    for number, item in enumerate(value):
        if isinstance(item, str):
            yield Leaf((*path, number), item, field.markdown, in_question)
        elif isinstance(item, dict):
            yield from _inside(field, item, (*path, number), in_question)


def _inside(field: Field, value: dict[str, Any], path: Path, in_question: bool) -> Iterator[Leaf]:
    chosen = choose(field.holds, value)
    if chosen is not None:
        yield from leaves(chosen, value, path, in_question)


def kind_at(kind: Kind, data: Any, path: Path) -> Kind | None:
    """The kind of the thing at a path in the data."""
    found: Kind | None = kind
    holds: tuple[Kind, ...] = (kind,)
    for step in path:
        if isinstance(step, str):
            holds = fields(found)[step].holds if found and step in fields(found) else ()
        data = data[step]
        found = choose(holds, data) if isinstance(data, dict) else found
    return found


def strings(data: object, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every text in plain data, whatever the model says."""
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from strings(value, (*path, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from strings(value, (*path, number))
