# SPDX-License-Identifier: AGPL-3.0-or-later
"""All the names that the sources give, and those that are given twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from migration_law.model.corpus import DERIVED
from migration_law.notation import Path, Place

from .problem import Problem
from .sheet import Sheet


class Given(NamedTuple):
    """An id where it is given."""

    id: str
    sheet: Sheet
    path: Path

    @property
    def place(self) -> Place:
        return self.sheet.document.place(self.path)

    @property
    def shown(self) -> str:
        return f"{self.sheet.found.shown}:{self.place.line}"


def questions(sheet: Sheet) -> Iterator[Path]:
    """The paths of the questions of a quiz or case study."""
    if sheet.kind == "quiz":
        yield from _entries(sheet.data, "questions", ())
    for path in _entries(sheet.data, "stages", ()) if sheet.kind == "case" else ():
        yield from _entries(sheet.data["stages"][path[-1]], "questions", path)


def _entries(data: object, key: str, path: Path) -> Iterator[Path]:
    entries = data.get(key) if isinstance(data, dict) else None
    for number, entry in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(entry, dict):
            yield (*path, key, number)


def given(sheets: list[Sheet]) -> list[Given]:
    """Every id that must be the only one of its name in the course."""
    found: list[Given] = []
    for sheet in sheets:
        key = "run" if sheet.kind == "course" else "id"
        paths: list[Path] = [(key,), *((*path, "id") for path in questions(sheet))]
        found.extend(Given(sheet.name_at(*path), sheet, path) for path in paths if sheet.name_at(*path))
    return found


def objectives(sheets: list[Sheet]) -> list[Given]:
    """Every objective, by module."""
    modules = [sheet for sheet in sheets if sheet.kind == "module"]
    paths = ((sheet, (*path, "id")) for sheet in modules for path in _entries(sheet.data, "objectives", ()))
    return [Given(sheet.name_at(*path), sheet, path) for sheet, path in paths if sheet.name_at(*path)]


def twice(names: list[Given]) -> Iterator[Problem]:
    """The ids that are taken, each where it stands the second time."""
    first: dict[str, Given] = {}
    for name in names:
        owner = first.setdefault(name.id, name)
        if owner is not name:
            message = f"the id {name.id!r} is taken by {owner.shown}; give this one an id of its own"
            yield name.sheet.problem(name.path, "duplicate-id", message)


BLOCKS = ("lesson", "module", "quiz", "case")
"""The kinds of file that are blocks in an archive."""


def derived(names: list[Given]) -> Iterator[Problem]:
    """The ids that an export would make of another id."""
    blocks = {name.id: name for name in names if name.path == ("id",) and name.sheet.kind in BLOCKS}
    for name in blocks.values():
        for suffix in DERIVED:
            if owner := blocks.get(name.id.removesuffix(f"-{suffix}") if name.id.endswith(f"-{suffix}") else ""):
                message = f"the archive calls a part of {owner.id!r} {name.id!r}; give this one another id"
                yield name.sheet.problem(name.path, "duplicate-id", message)
