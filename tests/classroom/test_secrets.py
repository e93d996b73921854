# SPDX-License-Identifier: AGPL-3.0-or-later
"""Nothing that a trainee has not earned is on any page of the classroom: the real course, searched for its own keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from migration_law import export, source
from migration_law.classroom.importer import load
from migration_law.classroom.tree import current
from migration_law.model.corpus import Corpus
from migration_law.model.questions import Question

ROOT = Path(__file__).resolve().parent.parent.parent
LONG_ENOUGH = 24


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    found = source.read(ROOT).corpus
    assert found
    return found


def unearned_of(question: Question) -> Iterator[str]:
    """What a question keeps back before it is answered."""
    yield from (question.explanation, *question.hints)
    yield from (row.feedback for row in question.solution())


def unearned(corpus: Corpus) -> Iterator[str]:
    """What the course keeps back from a trainee who has answered nothing."""
    for quiz in corpus.quizzes.values():
        for question in quiz.questions:
            yield from unearned_of(question)
    for case in corpus.cases.values():
        yield from (case.debrief, case.facilitator or "")
        first = set(case.stages[0].exhibits)
        yield from (exhibit.text for exhibit in case.exhibits if exhibit.id not in first)
        for question in case.questions:
            yield from unearned_of(question)
        for stage in case.stages[1:]:
            yield from (stage.title, stage.facts, *(question.stem for question in stage.questions))


def open_to_all(corpus: Corpus) -> Iterator[str]:
    """What anybody may read before answering."""
    yield from (lesson.body for lesson in corpus.lessons.values())
    for quiz in corpus.quizzes.values():
        for question in quiz.questions:
            yield question.stem
            yield from question.item_texts().values()


def needle(markdown: str) -> str:
    """The longest run of plain words in a text: what a search through HTML would find."""
    return max((run.strip() for run in re.findall(r"[A-Za-z0-9 ,]+", markdown)), key=len, default="")


@pytest.fixture
def pages(corpus: Corpus, tmp_path: Path, log_in: Any) -> dict[str, str]:
    """Every page, file and handler that a trainee can ask for, with what comes back."""
    load(export.build(corpus, tmp_path / "dist", previous=None).archive)
    tree, client = current(), log_in("trainee")
    assert tree
    paths = ["/", "/results", "/account", *(f"/unit/{unit.usage}" for unit in tree.units)]
    handlers = ("check", "hint", "reveal", "submit", "save_answers", "again", "studio_submit")
    blocks = [leaf.usage for unit in tree.units for leaf in unit.leaves]
    paths += [f"/handler/{usage}/{name}" for usage in blocks for name in handlers]
    found = {path: client.get(path).text for path in paths}
    linked = set(re.findall(r'(?:href|src)="(/(?:asset|resource)/[^"?]+)', "".join(found.values())))
    files = {path: b"".join(client.get(path).streaming_content) for path in linked if not path.endswith(".png")}
    return found | {path: body.decode() for path, body in files.items()}


def test_no_page_of_a_trainee_holds_what_was_not_earned(corpus: Corpus, pages: dict[str, str]) -> None:
    shown = "\n".join(open_to_all(corpus))
    needles = {needle(text) for text in unearned(corpus)}
    needles = {words for words in needles if len(words) >= LONG_ENOUGH and words not in shown}
    assert len(needles) > 200 and len(pages) > 60
    assert [(path, words) for path, text in pages.items() for words in needles if words in text] == []


def test_the_search_would_find_them(corpus: Corpus, pages: dict[str, str]) -> None:
    stem = needle(next(iter(corpus.quizzes.values())).questions[0].stem)
    assert len(stem) >= LONG_ENOUGH and any(stem in text for text in pages.values())
