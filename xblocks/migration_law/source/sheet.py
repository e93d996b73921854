# SPDX-License-Identifier: AGPL-3.0-or-later
"""One source file as read: its plain data with places, the thing that it is, and its own mistakes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from migration_law import notation
from migration_law.model.base import Thing
from migration_law.model.case_study import CaseStudy
from migration_law.model.course import Course, Lesson, Module
from migration_law.model.law import Instrument, Judgment
from migration_law.model.quiz import Quiz
from migration_law.notation import Document, NotationError, Path, Place

from .faults import faults
from .files import Found
from .problem import Problem
from .shape import Leaf, leaves, strings
from .spots import spot

MODELS: dict[str, type[Thing]] = {
    "course": Course, "module": Module, "lesson": Lesson, "instrument": Instrument, "judgment": Judgment,
    "quiz": Quiz, "case": CaseStudy,
}  # fmt: skip

ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML does not allow, and DEL."""

ID = re.compile(r"^id:[ \t]*[\"']?([a-z0-9-]+)", re.MULTILINE)


@dataclass
class Sheet:
    """A file: `data` is what it holds (a lesson's text under `body`), `thing` is None if that is not right."""

    found: Found
    text: str
    document: Document
    data: dict[str, Any] = field(default_factory=dict)
    thing: Thing | None = None
    body_line: int = 0

    @property
    def kind(self) -> str:
        return self.found.kind

    @property
    def model(self) -> type[Thing]:
        return MODELS[self.kind]

    @property
    def id(self) -> str:
        """Its id as written, also where the rest can't be read; or nothing."""
        found = ID.search(self.text) if self.document.data is None else None
        return found[1] if found else self.name_at("id")

    def name_at(self, *path: str | int) -> str:
        """The text at a path of the data, or nothing."""
        value = self._value(path)
        return value if isinstance(value, str) else ""

    def names(self, *path: str | int) -> Iterator[tuple[Path, str]]:
        """The texts in the list at a path, with their paths."""
        value = self._value(path)
        for number, item in enumerate(value if isinstance(value, list) else ()):
            if isinstance(item, str):
                yield (*path, number), item

    def _value(self, path: Path) -> Any:
        value: Any = self.data
        for step in path:
            if isinstance(value, dict):
                value = value.get(str(step))
            else:
                value = value[step] if isinstance(value, list) and isinstance(step, int) and step < len(value) else None
        return value

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    def leaves(self) -> Iterator[Leaf]:
        """Every text that stands where the model has a key for it."""
        return leaves(self.model, self.data)

    def at(self, place: Place, code: str, message: str) -> Problem:
        return Problem(self.found.shown, *place, code, message)

    def problem(self, path: Path, code: str, message: str) -> Problem:
        """A problem at a value."""
        return self.at(self.document.place(path), code, message)

    def spot(self, path: Path, value: str, offset: int) -> Place:
        """The place of a character of a text."""
        if path == ("body",) and self.body_line:
            before = value[:offset]
            return Place(self.body_line + before.count("\n") + 1, len(before) - before.rfind("\n"))
        return spot(self.lines, self.document.place(path), value, offset)


def read_sheet(found: Found, text: str, problems: list[Problem]) -> Sheet:
    """Read a file; what is wrong with its notation and its values goes to the problems."""
    sheet = _lesson(found, text, problems) if found.kind == "lesson" else Sheet(found, text, notation.scan(text))
    problems.extend(sheet.at(error.place, error.code, error.message) for error in sheet.document.mistakes)
    problems.extend(_illegal(sheet))
    if isinstance(sheet.document.data, dict):
        _validate(sheet, problems)
    elif sheet.document.data is not None:
        message = "should be keys and values, is something else; write such as `id: trafficking`"
        problems.append(sheet.at(Place(1, 1), "wrong-type", message))
    elif not sheet.document.mistakes:
        problems.append(sheet.at(Place(1, 1), "empty-file", "nothing is written here; fill the file, or take it out"))
    return sheet


def _lesson(found: Found, text: str, problems: list[Problem]) -> Sheet:
    try:
        front, body, line = notation.split_front_matter(text)
    except NotationError as error:
        return Sheet(found, text, Document(None, "", (error,)))
    sheet = Sheet(found, text, notation.scan(front), body_line=line)
    if isinstance(sheet.document.data, dict):
        if "body" in sheet.document.data:
            message = "the text of a lesson stands below its keys; take `body` out"
            problems.append(sheet.at(sheet.document.key_place(("body",)), "unknown-key", message))
        sheet.document.data["body"] = body.strip("\n") and body
    elif not text.strip():
        return Sheet(found, text, Document(None))
    return sheet


def _validate(sheet: Sheet, problems: list[Problem]) -> None:
    sheet.data = sheet.document.data
    sheet.thing, found = faults(sheet.model, sheet.data)
    problems.extend(sheet.at(fault.place(sheet.document), fault.code, fault.message) for fault in found)


def _illegal(sheet: Sheet) -> Iterator[Problem]:
    """Control characters: those in the file, and those written as escapes in a value."""
    if found := ILLEGAL.search(sheet.text):
        before = sheet.text[: found.start()]
        place = Place(before.count("\n") + 1, len(before) - before.rfind("\n"))
        if not sheet.document.mistakes:
            yield sheet.at(place, "bad-character", f"the character U+{ord(found[0]):04X} is not allowed; take it out")
    elif "\\" in sheet.text:
        for path, text in strings(sheet.document.data):
            if found := ILLEGAL.search(text):
                yield sheet.problem(path, "bad-character", f"the character U+{ord(found[0]):04X} is not allowed; take it out")
