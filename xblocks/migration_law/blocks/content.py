# SPDX-License-Identifier: AGPL-3.0-or-later
"""The text of a block in OLX <-> what the block keeps: plain data that validates, and the sources it cites."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from migration_law import notation
from migration_law.model.base import Thing
from migration_law.model.content import plain
from migration_law.model.law import Source

Content = TypeVar("Content", bound=Thing)
SOURCES: TypeAdapter[tuple[Source, ...]] = TypeAdapter(tuple[Source, ...])
MOST_PROBLEMS = 20


class ContentError(Exception):
    """A text that is no valid content: one line a mistake, each with its place and what to do."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


def read(text: str, model: type[Content]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Read a block's text; gives the content and its sources as JSON types, or raises ContentError."""
    try:
        document = notation.load(text)
    except notation.NotationError as error:
        raise ContentError([str(error)]) from None
    if not isinstance(document.data, dict):
        raise ContentError(["1:1: wrong-type the content must be keys and values; begin with `format: 1`"])
    data = {key: value for key, value in document.data.items() if key != "sources"}
    try:
        return plain(model.model_validate(data)), _sources(document)
    except ValidationError as error:
        raise ContentError(_lines(error, document)) from None


def _sources(document: notation.Document) -> list[dict[str, Any]]:
    try:
        return [plain(source) for source in SOURCES.validate_python(document.data.get("sources") or ())]
    except ValidationError as error:
        raise ContentError(_lines(error, document, ("sources",))) from None


def write(content: dict[str, Any], sources: list[dict[str, Any]]) -> str:
    """The text of a block: what `read` reads back."""
    return notation.dump({**content, "sources": sources} if sources else content)


def _lines(error: ValidationError, document: notation.Document, within: notation.Path = ()) -> list[str]:
    return [_line(dict(problem), document, within) for problem in error.errors(include_url=False)[:MOST_PROBLEMS]]


def _line(problem: dict[str, Any], document: notation.Document, within: notation.Path) -> str:
    steps = (*within, *problem["loc"])
    place = document.key_place(_path(steps, document.data))
    where = ".".join(str(step) for step in steps)
    return f"{place.line}:{place.column}: {problem['type'].replace('_', '-')} {where}: {problem['msg']}"


def _path(steps: tuple[str | int, ...], data: Any) -> notation.Path:
    """The way to the value, as far as it exists; the names of kinds that the model puts between are passed over."""
    path: notation.Path = ()
    for step in steps:
        inside: dict[str | int, Any] = dict(enumerate(data)) if isinstance(data, list) else data
        if isinstance(inside, dict) and step in inside:
            path, data = (*path, step), inside[step]
    return path
