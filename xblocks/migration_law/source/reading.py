# SPDX-License-Identifier: AGPL-3.0-or-later
"""All the sources of a course -> a corpus, or everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

from migration_law import notation
from migration_law.model.base import Thing
from migration_law.model.case_study import CaseStudy
from migration_law.model.content import plain, texts
from migration_law.model.corpus import Corpus
from migration_law.model.course import Course, Lesson, Module
from migration_law.model.law import CITATION, Instrument, Judgment, Library, citations, quotes
from migration_law.model.quiz import Quiz

from . import files, names
from .cited import Cited
from .problem import Problem
from .prose import World, mistakes
from .references import References
from .sheet import Sheet, read_sheet

LARGEST_BLOCK = 1_000_000
"""Bytes that a quiz or case study may have in the archive."""
SURELY_SMALL = 100_000
"""Characters of a file below which a block is not measured: rewriting does not make it ten times as large."""

COUNTED = {
    "courses": ("course", "courses"), "modules": ("module", "modules"), "lessons": ("lesson", "lessons"),
    "quizzes": ("quiz", "quizzes"), "questions": ("question", "questions"), "cases": ("case study", "case studies"),
    "instruments": ("instrument", "instruments"), "judgments": ("judgment", "judgments"),
    "citations": ("citation", "citations"),
}  # fmt: skip


@dataclass(frozen=True)
class Counts:
    """How much was read."""

    courses: int = 0
    modules: int = 0
    lessons: int = 0
    quizzes: int = 0
    questions: int = 0
    cases: int = 0
    instruments: int = 0
    judgments: int = 0
    citations: int = 0

    def __str__(self) -> str:
        counts = ((getattr(self, name), *words) for name, words in COUNTED.items())
        return ", ".join(f"{count:,} {one if count == 1 else many}" for count, one, many in counts)


@dataclass(frozen=True)
class Reading:
    """What the sources hold: a corpus if nothing is wrong, and the problems in order of file and place."""

    corpus: Corpus | None
    problems: tuple[Problem, ...]
    counts: Counts


def read(root: Path, overlay: Path | None = None) -> Reading:
    """Read and check a course; the overlay's files stand in the place of those with the same path or the same id."""
    reader = _Reader(root, overlay)
    problems = tuple(sorted(set(reader.problems)))
    return Reading(None if problems else reader.corpus(), problems, reader.counts)


class _Reader:
    """Reads the files, then checks what is between them."""

    def __init__(self, root: Path, overlay: Path | None) -> None:
        self.problems: list[Problem] = []
        self.static: dict[str, bytes] = {}
        self._read: list[tuple[Sheet, list[Problem]]] = []
        for found in files.find(root, overlay, self.problems):
            self._take(found, overlay if found.overlaid and overlay else root)
        self.sheets = self._not_replaced()
        self._citations = 0
        self._check()

    def _take(self, found: files.Found, base: Path) -> None:
        data = files.read(found, base)
        if isinstance(data, bytes) and found.kind == "static":
            self.static[found.relative.removeprefix("course/static/")] = data
            return
        text = files.decode(found.shown, data) if isinstance(data, bytes) else data
        if isinstance(text, Problem):
            self.problems.append(text)
            return
        problems: list[Problem] = []
        self._read.append((read_sheet(found, text, problems), problems))

    def _not_replaced(self) -> list[Sheet]:
        """The sheets, and their problems, without the quizzes and cases that the overlay has under the same id."""
        overlaid = {(s.kind, s.id) for s, _ in self._read if s.found.overlaid and s.kind in ("quiz", "case")}
        kept = [(s, problems) for s, problems in self._read if s.found.overlaid or not s.id or (s.kind, s.id) not in overlaid]
        for _, problems in kept:
            self.problems.extend(problems)
        return [sheet for sheet, _ in kept]

    def _check(self) -> None:
        if not any(sheet.kind == "course" for sheet in self.sheets):
            message = "there is no course here; write course/course.yaml, or name the folder that holds course/"
            self.problems.append(Problem("course/course.yaml", 1, 1, "missing-course", message))
        law = [sheet for sheet in self.sheets if sheet.kind in ("instrument", "judgment")]
        self.library = Library(_of(self.sheets, Instrument), _of(self.sheets, Judgment))
        cited = Cited(self.library, {sheet.id for sheet in law if sheet.thing is None} - {""})
        given = names.given(self.sheets)
        self.problems.extend(names.twice(given))
        self.problems.extend(names.twice(names.objectives(self.sheets)))
        self.problems.extend(names.derived(given))
        self.problems.extend(References(self.sheets, cited, self.static).problems())
        lessons = {sheet.id for sheet in self.sheets if sheet.kind == "lesson"}
        self._check_texts(World(lessons, self.static.keys(), cited))
        for sheet in self.sheets:
            self.problems.extend(_too_large(sheet, self.library))

    def _check_texts(self, world: World) -> None:
        for sheet in self.sheets:
            for leaf in sheet.leaves():
                if leaf.markdown:
                    self._citations += sum(1 for _ in citations(leaf.text)) + sum(1 for _ in quotes(leaf.text))
                    for mistake in mistakes(leaf.text, world, leaf.in_question):
                        place = sheet.spot(leaf.path, leaf.text, mistake.offset)
                        self.problems.append(sheet.at(place, mistake.code, mistake.message))
                elif "[[" in leaf.text and (found := CITATION.search(leaf.text)):
                    place = sheet.spot(leaf.path, leaf.text, found.start())
                    message = "this field shows plain text; move the citation to a field with Markdown"
                    self.problems.append(sheet.at(place, "citation-in-plain-text", message))

    @property
    def counts(self) -> Counts:
        def count(kind: str) -> int:
            return sum(sheet.kind == kind for sheet in self.sheets)

        return Counts(
            courses=count("course"), modules=count("module"), lessons=count("lesson"), quizzes=count("quiz"),
            questions=sum(1 for sheet in self.sheets for _ in names.questions(sheet)), cases=count("case"),
            instruments=count("instrument"), judgments=count("judgment"), citations=self._citations,
        )  # fmt: skip

    def corpus(self) -> Corpus:
        """The corpus; only where there is no problem."""
        return Corpus(
            course=_of(self.sheets, Course)[0],
            modules={item.id: item for item in _of(self.sheets, Module)},
            lessons={item.id: item for item in _of(self.sheets, Lesson)},
            quizzes={item.id: item for item in _of(self.sheets, Quiz)},
            cases={item.id: item for item in _of(self.sheets, CaseStudy)},
            library=self.library,
            static=self.static,
        )


AnyThing = TypeVar("AnyThing", bound=Thing)


def _of(sheets: list[Sheet], kind: type[AnyThing]) -> list[AnyThing]:
    return [sheet.thing for sheet in sheets if isinstance(sheet.thing, kind)]


def _too_large(sheet: Sheet, library: Library) -> Iterator[Problem]:
    """A quiz or case that is larger than a block may be, measured as it stands in the archive."""
    if not isinstance(sheet.thing, (Quiz, CaseStudy)) or len(sheet.text) < SURELY_SMALL:
        return
    content: dict[str, Any] = plain(cast(Thing, sheet.thing))
    content["sources"] = [plain(source) for source in library.sources(texts(sheet.thing))]
    size = len(notation.dump(content).encode())
    if size > LARGEST_BLOCK:
        message = f"{size:,} bytes in the archive; split it, as a block holds {LARGEST_BLOCK:,}"
        yield Problem(sheet.found.shown, 1, 1, "block-too-large", message)
