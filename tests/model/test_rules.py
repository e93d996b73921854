# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules of quizzes, case studies and courses, which one thing alone can break."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from migration_law import notation
from migration_law.model.case_study import CaseStudy
from migration_law.model.course import Course, Module
from migration_law.model.quiz import Quiz
from pydantic import ValidationError
from source import course


def _read(path: str) -> dict[str, Any]:
    data: dict[str, Any] = notation.load(Path(course.SOUND / path).read_text(encoding="utf-8")).data
    return data


QUIZ, CASE, COURSE = _read("quizzes/final.yaml"), _read("case_studies/builders.yaml"), _read("course/course.yaml")


def _codes(kind: type[Quiz | CaseStudy | Course | Module], data: dict[str, Any]) -> set[str]:
    try:
        kind.model_validate(data)
    except ValidationError as error:
        return {detail["type"] for detail in error.errors()}
    return set()


@pytest.mark.parametrize(("change", "code"), [
    ({}, None),
    ({"attempts": "2", "pass_mark": "0.6"}, None),
    ({"purpose": "practice", "attempts": "2"}, "practice-has-no-limit"),
    ({"purpose": "practice", "pass_mark": "0"}, "practice-has-no-limit"),
    ({"feedback": "after-question"}, "graded-feedback"),
    ({"questions": QUIZ["questions"] * 2}, "duplicate-id"),
    ({"questions": []}, "too_short"),
    ({"format": "2"}, "less_than_equal"),
])  # fmt: skip
def test_a_quiz(change: dict[str, Any], code: str | None) -> None:
    assert _codes(Quiz, {**QUIZ, **change}) == ({code} if code else set())


@pytest.mark.parametrize(("purpose", "feedback", "shows"), [
    ("practice", None, "after-question"), ("graded", None, "after-attempt"), ("graded", "never", "never"),
])  # fmt: skip
def test_when_a_quiz_shows_feedback(purpose: str, feedback: str | None, shows: str) -> None:
    assert Quiz.model_validate({**QUIZ, "purpose": purpose, "feedback": feedback}).shows == shows


STAGE = CASE["stages"][0]


@pytest.mark.parametrize(("change", "code"), [
    ({}, None),
    ({"stages": [{**STAGE, "questions": []}]}, "no-question"),
    ({"stages": [STAGE, {**STAGE, "id": "b", "date": "2020-01-01", "exhibits": [], "questions": []}]}, "stage-dates"),
    ({"stages": [{**STAGE, "exhibits": ["letter", "contract"]}]}, "unknown-exhibit"),
    ({"stages": [{**STAGE, "exhibits": []}]}, "unused-exhibit"),
    ({"stages": [{**STAGE, "exhibits": ["contract", "contract"]}]}, "duplicate-id"),
    ({"stages": [STAGE, {**STAGE, "exhibits": [], "questions": []}]}, "duplicate-id"),
    ({"stages": [STAGE, {**STAGE, "id": "b", "exhibits": []}]}, "duplicate-id"),
])  # fmt: skip
def test_a_case_study(change: dict[str, Any], code: str | None) -> None:
    assert _codes(CaseStudy, {**CASE, **change}) == ({code} if code else set())


def test_points_add_up() -> None:
    assert Quiz.model_validate(QUIZ).points == 1
    assert CaseStudy.model_validate(CASE).points == 1


@pytest.mark.parametrize(
    ("quiz", "case", "sound"), [("0.6", "0.4", True), ("0.7", "0.3", True), ("0.7", "0.4", False), ("1", "0", True)]
)
def test_weights_add_up_to_one(quiz: str, case: str, sound: bool) -> None:
    grading = COURSE["grading"]
    changed = {**grading, "quiz": {**grading["quiz"], "weight": quiz}, "case": {**grading["case"], "weight": case}}
    assert _codes(Course, {**COURSE, "grading": changed}) == (set() if sound else {"weights"})


def test_a_module_names_each_thing_once() -> None:
    module = _read("course/modules/trafficking/module.yaml")
    assert _codes(Module, module) == set()
    assert _codes(Module, {**module, "lessons": ["definition", "definition"]}) == {"duplicate-id"}
