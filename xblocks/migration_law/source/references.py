# SPDX-License-Identifier: AGPL-3.0-or-later
"""That everything which a source names is there, and is used as it may be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from migration_law.notation import Path

from .cited import Cited, problem
from .faults import suggest
from .names import Given, objectives, questions
from .problem import Problem
from .sheet import Sheet

NOUNS = {"lesson": "lesson", "quiz": "quiz", "case": "case study", "module": "module"}


class References:
    """The references between sheets."""

    def __init__(self, sheets: list[Sheet], cited: Cited, pictures: Iterable[str]) -> None:
        self._sheets, self._cited, self._pictures = sheets, cited, set(pictures)
        self._of: dict[str, dict[str, Sheet]] = defaultdict(dict)
        for sheet in sheets:
            self._of[sheet.kind].setdefault(sheet.id, sheet)
        self._objectives = objectives(sheets)

    def problems(self) -> Iterator[Problem]:
        """Every reference that leads nowhere or may not be made."""
        checks = {
            "course": self._course, "module": self._module, "lesson": self._lesson, "case": self._case,
            "quiz": self._questions, "judgment": self._judgment,
        }  # fmt: skip
        for sheet in self._sheets:
            if check := checks.get(sheet.kind):
                yield from check(sheet)
        yield from self._uses.problems
        yield from self._unlisted()

    def _known(self, sheet: Sheet, path: Path, name: str, kind: str) -> Iterator[Problem]:
        if name and name not in self._of[kind] and "" not in self._of[kind]:
            cure = suggest(name, self._of[kind]) or "write it, or take its name out here"
            yield sheet.problem(path, f"unknown-{kind}", f"no {NOUNS[kind]} is called {name!r}; {cure}")

    def _all_known(self, sheet: Sheet, key: str, kind: str) -> Iterator[Problem]:
        for path, name in sheet.names(key):
            yield from self._known(sheet, path, name, kind)

    def _objective(self, sheet: Sheet, path: Path, name: str, known: Iterable[Given]) -> Iterator[Problem]:
        ids = {objective.id for objective in known}
        if name and name not in ids and self._objectives_are_legible:
            cure = suggest(name, ids) or "write the id of an objective in module.yaml"
            yield sheet.problem(path, "unknown-objective", f"no objective is called {name!r} here; {cure}")

    def _course(self, sheet: Sheet) -> Iterator[Problem]:
        yield from self._all_known(sheet, "modules", "module")
        image = sheet.name_at("image")
        if image and image not in self._pictures:
            cure = suggest(image, self._pictures) or "put the file there"
            yield sheet.problem(("image",), "missing-picture", f"there is no {image!r} in course/static; {cure}")

    def _module(self, sheet: Sheet) -> Iterator[Problem]:
        yield from self._all_known(sheet, "lessons", "lesson")
        yield from self._all_known(sheet, "cases", "case")
        yield from self._quiz(sheet, ("quiz",), "practice", "practice-quiz", "`purpose: graded`")
        for path, name in [*sheet.names("lessons"), *sheet.names("cases")]:
            yield from self._home(sheet, path, name)

    def _quiz(self, sheet: Sheet, path: Path, refused: str, code: str, cure: str) -> Iterator[Problem]:
        name = sheet.name_at(*path)
        yield from self._known(sheet, path, name, "quiz")
        quiz = self._of["quiz"].get(name)
        if quiz and quiz.data and (quiz.name_at("purpose") or "practice") == refused:
            message = f"the quiz {name!r} has `purpose: {refused}`; write {cure} there, or name another quiz"
            yield sheet.problem(path, code, message)

    def _home(self, sheet: Sheet, path: Path, name: str) -> Iterator[Problem]:
        """A lesson lies in the folder of its module, and a case study names it."""
        lesson, case = self._of["lesson"].get(name), self._of["case"].get(name)
        if path[0] == "cases" and case and case.name_at("module") in self._of["module"].keys() - {sheet.id}:
            message = f"the case study {name!r} says `module: {case.name_at('module')}`; write the same module in both"
            yield sheet.problem(path, "wrong-module", message)
        if path[0] == "lessons" and lesson and _folder(lesson) != _folder(sheet):
            message = f"the lesson {name!r} lies in {_folder(lesson)}; move it to {_folder(sheet)}"
            yield sheet.problem(path, "wrong-module", message)

    def _lesson(self, sheet: Sheet) -> Iterator[Problem]:
        mine = [objective for objective in self._objectives if _folder(objective.sheet) == _folder(sheet)]
        for path, name in sheet.names("objectives"):
            yield from self._objective(sheet, path, name, mine)
        yield from self._quiz(sheet, ("check",), "graded", "graded-check", "`purpose: practice`")

    def _case(self, sheet: Sheet) -> Iterator[Problem]:
        yield from self._known(sheet, ("module",), sheet.name_at("module"), "module")
        for path, name in sheet.names("objectives"):
            yield from self._objective(sheet, path, name, self._objectives)
        yield from self._questions(sheet)
        yield from _exhibits(sheet)

    def _questions(self, sheet: Sheet) -> Iterator[Problem]:
        known = self._objective_ids
        for path in questions(sheet):
            where = (*path, "objective")
            if sheet.name_at(*where) not in known:
                yield from self._objective(sheet, where, sheet.name_at(*where), self._objectives)

    @cached_property
    def _objectives_are_legible(self) -> bool:
        """Whether each objective has an id; otherwise what is wrong there comes first."""
        written = (sheet.data.get("objectives") for sheet in self._of["module"].values())
        return sum(len(items) if isinstance(items, list) else 1 for items in written) <= len(self._objectives)

    @cached_property
    def _objective_ids(self) -> set[str]:
        return {objective.id for objective in self._objectives}

    def _judgment(self, sheet: Sheet) -> Iterator[Problem]:
        for path, name in sheet.names("concerns"):
            if wrong := problem(name, self._cited):
                yield sheet.problem(path, *wrong)

    @cached_property
    def _uses(self) -> _Uses:
        uses = _Uses()
        for sheet in self._sheets:
            for key, kind in USES.get(sheet.kind, {}).items():
                single = [((key,), sheet.name_at(key))] if sheet.name_at(key) else []
                for path, name in [*single, *sheet.names(key)]:
                    uses.add(kind, name, sheet, path)
        return uses

    def _unlisted(self) -> Iterator[Problem]:
        for kind, lister in (("module", "course"), ("lesson", "module")):
            # A file that can't be read may list it: what is wrong there comes first.
            listers = [sheet for sheet in self._sheets if sheet.kind == lister]
            if not listers or any(sheet.document.data is None for sheet in listers):
                continue
            for name, sheet in self._of[kind].items():
                if name and (kind, name) not in self._uses.first:
                    cure = f"name it in the {kind}s of its {lister}, or take the file out"
                    yield sheet.problem(("id",), f"unlisted-{kind}", f"no {lister} lists the {kind} {name!r}; {cure}")


USES = {
    "course": {"modules": "module"},
    "module": {"lessons": "lesson", "quiz": "quiz", "cases": "case"},
    "lesson": {"check": "quiz"},
}
"""Which keys of a file show something, and what."""


class _Uses:
    """What is shown where; a thing may be shown in one place only, as its id is that of its block."""

    def __init__(self) -> None:
        self.first: dict[tuple[str, str], Given] = {}
        self.problems: list[Problem] = []

    def add(self, kind: str, name: str, sheet: Sheet, path: Path) -> None:
        here = Given(name, sheet, path)
        owner = self.first.setdefault((kind, name), here)
        if owner is not here:
            message = f"the {NOUNS[kind]} {name!r} is shown by {owner.shown} already; show it once, or make another"
            self.problems.append(sheet.problem(path, "used-twice", message))


def _folder(sheet: Sheet) -> str:
    return sheet.found.relative.rpartition("/")[0]


def _exhibits(sheet: Sheet) -> Iterator[Problem]:
    """Exhibits that a stage releases but the case does not have, and those released before."""
    entries = sheet.data.get("exhibits")
    known = {str(entry.get("id")) for entry in entries if isinstance(entry, dict)} if isinstance(entries, list) else set()
    stages = sheet.data.get("stages")
    released: set[str] = set()
    for number in range(len(stages) if isinstance(stages, list) else 0):
        for path, name in sheet.names("stages", number, "exhibits"):
            if name not in known:
                cure = suggest(name, known) or "write it under `exhibits`"
                yield sheet.problem(path, "unknown-exhibit", f"no exhibit is called {name!r}; {cure}")
            elif name in released:
                yield sheet.problem(path, "duplicate-id", f"the exhibit {name!r} is released twice; release it once")
            released.add(name)
