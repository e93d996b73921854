# SPDX-License-Identifier: AGPL-3.0-or-later
"""Scores that people give arrive in the gradebook by the channel that the platform uses."""

from __future__ import annotations

from typing import Any

from migration_law.classroom.models import Completion, Grade
from submissions import api


def item(people: Any, course: Any, usage: str) -> dict[str, str]:
    student = people["trainee"].anonymous_id
    return {"student_id": student, "course_id": str(course.key), "item_id": usage, "item_type": "toy"}


def test_a_released_score_is_the_learner_s_grade(people: Any, course: Any, log_in: Any) -> None:
    where = item(people, course, "case")
    submission = api.create_submission(where, {"text": "My answer"})
    api.set_score(submission["uuid"], 15, 20)
    grade = Grade.objects.get()
    assert (grade.account, grade.usage, grade.earned, grade.possible) == (people["trainee"], "case", 15, 20)
    assert Completion.objects.get().value == 1
    assert "<dt>Total</dt><dd>30%</dd>" in log_in("trainee").get("/results").text
    api.reset_score(where["student_id"], where["course_id"], where["item_id"])
    assert not Grade.objects.exists()


def test_a_score_for_nobody_is_no_grade(people: Any, course: Any) -> None:
    submission = api.create_submission({**item(people, course, "case"), "student_id": "somebody"}, "x")
    api.set_score(submission["uuid"], 1, 2)
    assert not Grade.objects.exists()
