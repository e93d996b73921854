# SPDX-License-Identifier: AGPL-3.0-or-later
"""A thing as plain data and back, and the Markdown in it."""

from __future__ import annotations

import json

import pytest
from export import sample
from migration_law import notation
from migration_law.model.base import Thing
from migration_law.model.content import plain, texts
from migration_law.model.law import citations

CORPUS = sample.corpus()
THINGS = [
    *CORPUS.quizzes.values(),
    *CORPUS.cases.values(),
    *CORPUS.lessons.values(),
    *CORPUS.modules.values(),
    CORPUS.course,
    *CORPUS.library.sources(["[[palermo:3(a)]] [[chowdury:93]] [[protocol-guide:5]]"]),
]


@pytest.mark.parametrize("thing", THINGS, ids=lambda thing: thing.id if hasattr(thing, "id") else "course")
def test_plain_comes_back(thing: Thing) -> None:
    data = plain(thing)
    assert type(thing).model_validate(data) == thing
    assert type(thing).model_validate(json.loads(json.dumps(data))) == thing
    assert type(thing).model_validate(notation.load(notation.dump(data)).data) == thing


def test_defaults_are_left_out_but_not_what_a_reader_needs_first() -> None:
    data = plain(CORPUS.quizzes["definition-check"])
    assert data["format"] == 1
    assert [question["kind"] for question in data["questions"]] == ["choice", "match", "order", "true-false"]
    assert "purpose" not in data and "difficulty" not in data["questions"][0]


def test_texts_finds_every_citation() -> None:
    """Whatever field it stands in: option, feedback of each kind, hint, explanation, facts, debrief."""
    quiz, case = CORPUS.quizzes["definition-check"], CORPUS.cases["builders"]
    found = [citation.id for text in texts(quiz) for citation in citations(text)]
    assert sorted(found) == ["chowdury", "committee", "directive", "palermo", "palermo"]
    assert [citation.id for text in texts(case) for citation in citations(text)].count("chowdury") == 1


def test_texts_leaves_plain_text_alone() -> None:
    found = list(texts(CORPUS.quizzes["definition-check"]))
    assert "Right" not in found and "Check" not in found and "One" not in found
    assert "Match." in found and "Look at [[committee]]" in found
