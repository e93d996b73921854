# SPDX-License-Identifier: AGPL-3.0-or-later
"""What becomes of attempts and scores when a quiz is edited or marked again."""

from __future__ import annotations

import pytest
from blocks import sample
from blocks.page import fields, texts
from blocks.runtime import Person, Place
from migration_law import notation
from xblock.scorable import Score

RIGHT, WRONG, POINTS = sample.RIGHT, sample.WRONG, sample.POINTS


def submit(place: Place, answers: dict[str, object]) -> dict[str, str]:
    return place.ok("submit", {"fields": fields(place.view(), answers)})


def _edited(place: Place, change: object) -> None:
    data = sample.quiz_data(purpose="graded", attempts=2, pass_mark=0.5)
    change(data["questions"])  # type: ignore[operator]
    place.write(notation.dump(data))


def _swap_key(questions: list[dict[str, object]]) -> None:
    questions[2]["answer"] = False


def test_an_edit_leaves_the_attempt_alone() -> None:
    place = sample.graded()
    place.ok("save_answers", {"fields": fields(place.view(), RIGHT)})
    _edited(place, lambda questions: questions.clear() or questions.append(sample.choice("q-new")))
    page = place.view()
    assert "Stem of q-tf" in page
    assert "q-new" not in page
    assert texts(submit(place, RIGHT)["html"], "ml-score-figure") == ["Points: 6 of 6"]


def test_an_edit_to_nothing_leaves_the_state_alone() -> None:
    place = sample.graded()
    submit(place, RIGHT)
    state = place.block().finished
    place.write("format: [")
    assert "not available" in place.view()
    assert place.post("again")[0] == 409
    assert place.block().finished == state


@pytest.mark.parametrize(("only_if_higher", "shown"), [(False, 5), (True, 6)])
def test_a_rescore_marks_with_the_key_of_today(only_if_higher: bool, shown: float) -> None:
    place = sample.graded()
    submit(place, RIGHT)
    _edited(place, _swap_key)
    block = place.block()
    block.rescore(only_if_higher)
    block.save()
    assert place.published("grade")[-1] == {"value": 5, "max_value": POINTS, "only_if_higher": only_if_higher}
    assert texts(place.view(), "ml-score-figure") == [f"Points: {shown} of 6"]
    assert place.block().get_score() == Score(raw_earned=shown, raw_possible=POINTS)


def test_a_rescore_keeps_the_points_of_a_question_that_is_gone() -> None:
    place = sample.graded()
    submit(place, RIGHT)
    _edited(place, lambda questions: questions.pop(2))
    block = place.block()
    block.rescore(False)
    assert place.published("grade")[-1]["value"] == POINTS


def test_a_rescore_of_nothing_is_nothing() -> None:
    assert sample.graded().block().calculate_score() == Score(raw_earned=0, raw_possible=POINTS)


def test_has_submitted_answer() -> None:
    place = sample.graded()
    assert not place.block().has_submitted_answer()
    submit(place, WRONG)
    assert place.block().has_submitted_answer()
    assert not place.block(Person(id=8)).has_submitted_answer()


@pytest.mark.parametrize(
    ("score", "published"), [(Score(9, 4), [(4, 4)]), (Score(-1, 4), [(0, 4)]), (Score(1, 4), [(1, 4)]), (Score(1, 0), [])]
)
def test_a_published_score_is_clamped_and_never_out_of_nothing(score: Score, published: list[tuple[float, float]]) -> None:
    place = sample.graded()
    place.block().publish_score(score)
    assert [(grade["value"], grade["max_value"]) for grade in place.published("grade")] == published
