# SPDX-License-Identifier: AGPL-3.0-or-later
"""A block as apps, search and the platform's report read it."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from blocks import sample
from blocks.page import fields
from blocks.runtime import KINDS, LEARNER, Person, Place, Usage, parsed
from migration_law import notation
from xblock.completable import XBlockCompletionMode


def test_the_report_speaks_the_options_own_words() -> None:
    place = sample.graded()
    place.ok("submit", {"fields": fields(place.view(), sample.RIGHT), "sure": True})
    states = [
        SimpleNamespace(username="anna", state={"finished": place.block().finished}),
        SimpleNamespace(username="new", state={}),
    ]
    rows = list(place.block().generate_report_data(states))
    assert {name for name, _ in rows} == {"anna"}
    assert rows[1][1] == {
        "Attempt": 1, "Question ID": "q-choices", "Question": "Stem of q-choices", "Answer": "Good one; Good two",
        "Points": 2, "Out of": 2,
    }  # fmt: skip
    assert "Left one: Fits one" in rows[3][1]["Answer"]
    assert len(list(place.block().generate_report_data(states, 2))) == 2


def test_the_report_outlives_a_question() -> None:
    place = sample.graded()
    place.ok("submit", {"fields": fields(place.view(), sample.RIGHT), "sure": True})
    place.write(notation.dump({**sample.quiz_data(), "questions": [sample.choice("q-new")]}))
    states = [SimpleNamespace(username="anna", state={"finished": place.block().finished})]
    assert [row["Answer"] for _, row in place.block().generate_report_data(states)][0] == "b"


def test_search_and_apps_know_the_first_stage_only() -> None:
    block = sample.case().block()
    words = str([block.index_dictionary(), block.student_view_data()])
    assert sample.secret("facts-one") in words
    assert "Stem of c-one" in words
    assert sample.secret("facts-two") not in words
    assert "c-two" not in words
    assert block.student_view_data()["stages"] == 3


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_platform_asks_of_a_block(kind: str) -> None:
    block = parsed(f"<{kind}/>").block()
    assert block.has_score and block.has_author_view and block.has_custom_completion
    assert XBlockCompletionMode.get_mode(type(block)) == XBlockCompletionMode.COMPLETABLE
    assert block.allows_rescore() and not block.has_submitted_answer()
    assert block.has_support(block.student_view, "multi_device")
    assert block.index_dictionary()["content"]["text"] == ""
    assert block.student_view_data()["questions"] == []
    assert block.max_score() == 0.0
    reserved = {"score_history", "correct_map_history", "student_answers_history", "location", "graded", "category"}
    assert not reserved & set(dir(KINDS[kind]))


def test_one_page_may_hold_the_block_many_times() -> None:
    one, two = sample.quiz(), sample.quiz()
    two.usage = Usage("block-v1:Test+Law+2026+type@law+block@two")
    two.write(notation.dump(sample.quiz_data()))
    pages = [place.view() for place in (one, two)]
    ids = [name for page in pages for name in re.findall(r'\bid="([^"]+)"', page)]
    assert len(ids) == len(set(ids)) > 20


HOSTILE = '<script>alert("x")</script><img src=x onerror=alert(1)>"\' [link](javascript:alert(1))'


def _planted(value: object, key: str = "") -> object:
    if isinstance(value, dict):
        return {name: _planted(item, name) for name, item in value.items()}
    if isinstance(value, list):
        return [_planted(item, key) for item in value]
    texts = {"stem", "text", "feedback", "hints", "explanation", "left", "right", "title", "facts", "intro", "debrief",
             "facilitator", "feedback_true", "feedback_false", "label", "details"}  # fmt: skip
    return f"{HOSTILE}{value}" if key in texts else value


@pytest.mark.parametrize("kind", KINDS)
def test_no_markup_of_an_author_or_a_learner_comes_through(kind: str) -> None:
    data = sample.quiz_data(purpose="graded", attempts=1) if kind == "law_quiz" else sample.case_data()
    person = Person(staff=True, name=HOSTILE)
    place = Place(kind).write(notation.dump(_planted(data)), display_name=HOSTILE)
    assert place.block().available, place.block().broken_why
    body = {"stage": "stage-one", "fields": [], "sure": True}
    hint = place.ok("hint", {**body, "question": "q-choice" if kind == "law_quiz" else "c-one"}, person)["html"]
    pages = [place.view(person), hint, place.ok("submit", body, person)["html"], place.view(LEARNER, "public_view")]
    pages += [place.view(person, "studio_view", studio=True), place.view(person, "author_view", studio=True)]
    for page in pages:
        assert "<script" not in page
        assert "<img src=x" not in page
        assert 'href="javascript' not in page
    assert "&lt;script&gt;" in pages[0]
