# SPDX-License-Identifier: AGPL-3.0-or-later
"""Dates, extensions and ShowCorrectness."""

from __future__ import annotations

import datetime

import pytest
from blocks import sample
from blocks.page import fields, texts
from blocks.runtime import STAFF, Place

NOW = datetime.datetime.now(datetime.UTC)
HOUR = datetime.timedelta(hours=1)


def submit(place: Place, answers: object) -> dict[str, str]:
    return place.ok("submit", {"fields": fields(place.view(), answers), "sure": True})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("settings", "closed"),
    [
        ({}, False),
        ({"due": NOW + HOUR}, False),
        ({"due": NOW - HOUR}, True),
        ({"due": NOW - HOUR, "graceperiod": 2 * HOUR}, False),
        ({"due": NOW - 3 * HOUR, "graceperiod": 2 * HOUR}, True),
        ({"graceperiod": HOUR}, False),
    ],
)
def test_due_and_grace(settings: dict[str, object], closed: bool) -> None:
    for place in (sample.quiz(settings), sample.graded(settings), sample.case(settings)):
        assert place.block().closed == closed
        assert ("The due date has passed." in place.view()) == closed
        assert ("<button" not in place.view()) == closed
        before = place.state()
        status, answer = place.post("save_answers", {"stage": "stage-one", "fields": []})
        assert status == (403 if closed else 200)
        assert ("due date has passed" in str(answer)) == closed
        assert (place.state() == before) == closed


def test_staff_may_still_try_it() -> None:
    assert sample.graded({"due": NOW - HOUR}).post("save_answers", {"fields": []}, STAFF)[0] == 200


def test_a_patched_attribute_is_no_setting() -> None:
    """The workbench puts `due` on instances; only a field counts."""
    block = sample.quiz().block()
    plain = type(block).__mro__[2]
    assert "due" not in plain.fields
    instance = object.__new__(plain)
    instance.__dict__.update(due=NOW - HOUR, graceperiod=HOUR)
    assert instance.setting("due", "unset") == "unset"


@pytest.mark.parametrize(
    ("wish", "due", "after_one", "after_two"),
    [
        ("always", None, True, True),
        ("never", None, False, False),
        ("past_due", None, False, True),
        ("past_due", NOW + HOUR, False, False),
    ],
)
def test_show_correctness_of_a_quiz(wish: str, due: object, after_one: bool, after_two: bool) -> None:
    place = sample.graded({"show_correctness": wish, "due": due})
    assert bool(texts(submit(place, sample.WRONG)["html"], "ml-score-figure")) == after_one
    place.ok("again")
    assert bool(texts(submit(place, sample.WRONG)["html"], "ml-score-figure")) == after_two
    assert len(place.published("grade")) == 2


def test_what_was_submitted_is_shown_when_the_due_date_has_passed() -> None:
    place = sample.graded({"show_correctness": "past_due", "due": NOW + HOUR})
    submit(place, sample.WRONG)
    assert sample.secret("q-tf-why") not in place.view()
    block = place.block(studio=True)
    block.due = NOW - HOUR
    block.save()
    assert sample.secret("q-tf-why") in place.view()


def test_practice_without_due_shows_once_all_is_answered() -> None:
    place = sample.quiz({"show_correctness": "past_due"})
    for name, answer in sample.RIGHT.items():
        assert sample.secret("q-choice-why") not in place.view()
        place.ok("check", {"question": name, "fields": fields(place.view(), {name: answer})})
    assert sample.secret("q-choice-why") in place.view()


def test_a_case_without_due_shows_when_it_is_over() -> None:
    place = sample.case({"show_correctness": "past_due"})
    for name in sample.STAGES:
        assert sample.secret("c-one-why") not in place.view()
        place.ok("submit", {"stage": f"stage-{name}", "fields": fields(place.view(), {f"c-{name}": ["Right choice"]})})
    assert sample.secret("c-one-why") in place.view()
    assert sample.secret("debrief") in place.view()
