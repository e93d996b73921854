# SPDX-License-Identifier: AGPL-3.0-or-later
"""A corpus -> the files of an Open edX archive. Ids come from the sources; a lesson's unit has the lesson's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from migration_law import notation, text
from migration_law.model.case_study import CaseStudy
from migration_law.model.content import plain, texts
from migration_law.model.corpus import Corpus
from migration_law.model.course import Lesson, Module
from migration_law.model.law import Library
from migration_law.model.quiz import Quiz

from . import policy
from .lesson import page
from .xhtml import legal, xhtml

ROOT = "course/"
Files = dict[str, bytes]
Pointer = tuple[str, str]
"""A block's type and id."""


def files(corpus: Corpus) -> Files:
    """The members of the archive, by path. Same corpus, same bytes."""
    writer = _Writer(corpus)
    writer.course()
    return {ROOT + path: data for path, data in sorted(writer.files.items())}


def content(thing: Quiz | CaseStudy, library: Library) -> dict[str, Any]:
    """What a block carries, as plain data: the quiz or case, and under `sources` what it cites."""
    sources = [plain(source) for source in library.sources(texts(thing))]
    return {**plain(thing), "sources": sources} if sources else plain(thing)


class _Writer:
    """Gathers the files, from the course down to its blocks."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.files: Files = {f"static/{name}": data for name, data in corpus.static.items()}
        self.custom: set[str] = set()
        self.graded: set[str] = set()

    def course(self) -> None:
        """Write everything."""
        course = self.corpus.course
        chapters = [self._chapter(self.corpus.modules[name]) for name in course.modules]
        pointer = etree.Element("course", url_name=course.run, org=course.org, course=course.number)
        self.files["course.xml"] = _bytes(pointer)
        self._container("course", course.run, course.title, chapters)
        self._policies()
        self._pages()

    def _policies(self) -> None:
        course = self.corpus.course
        folder = f"policies/{course.run}"
        self.files[f"{folder}/policy.json"] = policy.as_json(policy.policy(course, self.custom))
        self.files[f"{folder}/grading_policy.json"] = policy.as_json(policy.grading(course, self.graded))

    def _pages(self) -> None:
        course = self.corpus.course
        sources = self.corpus.library.sources(texts(course))
        overview = xhtml(text.render(course.overview, sources))
        self.files["about/overview.html"] = overview.encode()
        self.files["about/short_description.html"] = (_first_words(overview) + "\n").encode()
        self.files["about/effort.html"] = f"{_hours(self.corpus)}\n".encode()
        self.files["info/updates.html"] = b"<ol></ol>\n"

    def _chapter(self, module: Module) -> Pointer:
        units = [self._lesson(module, self.corpus.lessons[name]) for name in module.lessons]
        grading = self.corpus.course.grading
        if module.quiz:
            units.append(self._task(self.corpus.quizzes[module.quiz], grading.quiz.type))
        units.extend(self._task(self.corpus.cases[name], grading.case.type) for name in module.cases)
        return self._container("chapter", module.id, module.title, units)

    def _lesson(self, module: Module, lesson: Lesson) -> Pointer:
        blocks: list[Any] = [self._html(module, lesson)]
        if lesson.check:
            blocks.append(self._block(self.corpus.quizzes[lesson.check]))
        unit = self._container("vertical", lesson.id, lesson.title, blocks)
        return self._container("sequential", f"{lesson.id}-seq", lesson.title, [unit])

    def _html(self, module: Module, lesson: Lesson) -> Pointer:
        name = f"{lesson.id}-text"
        objectives = {objective.id: objective for objective in module.objectives}
        mine = [objectives[item] for item in lesson.objectives if item in objectives]
        self.files[f"html/{name}.xml"] = _bytes(_element("html", filename=name, display_name=lesson.title))
        self.files[f"html/{name}.html"] = page(lesson, mine, self.corpus.library).encode()
        return "html", name

    def _task(self, thing: Quiz | CaseStudy, kind: str) -> Pointer:
        """A quiz or case that counts, in a sequential of its own."""
        self.graded.add(kind)
        unit = self._container("vertical", f"{thing.id}-unit", thing.title, [self._block(thing)])
        return self._container("sequential", f"{thing.id}-seq", thing.title, [unit], graded="true", format=kind)

    def _block(self, thing: Quiz | CaseStudy) -> Any:
        tag = "law_quiz" if isinstance(thing, Quiz) else "law_case_study"
        self.custom.add(tag)
        family = {"url_name": thing.id, "xblock-family": "xblock.v1"}
        element = _element(tag, **family, display_name=thing.title, weight=str(round(float(thing.points), 4)))
        element.text = "\n" + legal(notation.dump(content(thing, self.corpus.library)))
        return element

    def _container(self, tag: str, name: str, title: str, children: Iterable[Any], **attributes: str) -> Pointer:
        """Write a block that holds others; a child is a pointer, or an element that stands there itself."""
        shown = {} if tag == "course" else {"display_name": title}
        element = _element(tag, **shown, **attributes)
        for child in children:
            element.append(_element(child[0], url_name=child[1]) if isinstance(child, tuple) else child)
        self.files[f"{tag}/{name}.xml"] = _bytes(element)
        return tag, name


def _element(tag: str, **attributes: str) -> Any:
    return etree.Element(tag, {name: legal(value) for name, value in attributes.items()})


def _bytes(element: Any) -> bytes:
    """The element as a file, with its children on lines of their own and their text untouched."""
    if len(element):
        element.text = "\n  "
        for child in element:
            child.tail = "\n  "
        element[-1].tail = "\n"
    return bytes(etree.tostring(element, encoding="utf-8")) + b"\n"


def _first_words(overview: str) -> str:
    """The first paragraph of the overview without its tags."""
    first: Any = etree.fromstring(f"<div>{overview}</div>").find(".//p")
    return "" if first is None else " ".join("".join(first.itertext()).split())


def _hours(corpus: Corpus) -> str:
    minutes = sum(_minutes(corpus))
    return f"{max(1, round(minutes / 60))} hours in all" if minutes >= 90 else "1 hour in all"


def _minutes(corpus: Corpus) -> Iterator[int]:
    for name in corpus.course.modules:
        module = corpus.modules[name]
        yield from (corpus.lessons[item].minutes for item in module.lessons)
        yield from (corpus.cases[item].minutes for item in module.cases)
