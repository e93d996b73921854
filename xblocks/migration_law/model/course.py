# SPDX-License-Identifier: AGPL-3.0-or-later
"""A course: modules, each with lessons, a quiz and case studies."""

from __future__ import annotations

import datetime
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from .base import FORMAT, Id, Markdown, Thing, Words, mistake, require_unique

Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+$", max_length=40)]
"""What Open edX allows in an organisation, a course number or a run."""


class Objective(Thing):
    """What a learner can do afterwards."""

    id: Id
    text: Words


class Lesson(Thing):
    """A lesson: its front matter, and `body` in Markdown. `minutes` is reading time, `check` the quiz under it."""

    id: Id
    title: Words
    summary: Words
    objectives: Annotated[tuple[Id, ...], Field(min_length=1)]
    minutes: Annotated[int, Field(ge=1, le=120)]
    check: Id | None = None
    body: Markdown


class Module(Thing):
    """A module: objectives, lessons, a quiz and case studies, by id and in order."""

    id: Id
    title: Words
    summary: Words
    objectives: Annotated[tuple[Objective, ...], Field(min_length=1)]
    lessons: Annotated[tuple[Id, ...], Field(min_length=1)]
    quiz: Id | None = None
    cases: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _check_ids(self) -> Module:
        require_unique((objective.id for objective in self.objectives), "objectives")
        require_unique([*self.lessons, *self.cases], "lessons and cases of this module")
        return self


class Assignment(Thing):
    """A type of graded work, as in the platform's grading policy; `weight` is its share of the course grade."""

    type: Words
    short: Words
    weight: Annotated[float, Field(ge=0, le=1)]
    min_count: Annotated[int, Field(ge=1)] = 1
    drop_count: Annotated[int, Field(ge=0)] = 0


class Grading(Thing):
    """How the course grade is made: the type of module quizzes, that of case studies, and the share that passes."""

    quiz: Assignment
    case: Assignment
    pass_mark: Annotated[float, Field(gt=0, le=1)]

    @model_validator(mode="after")
    def _check_weights(self) -> Grading:
        if round(self.quiz.weight + self.case.weight, 6) != 1:
            raise mistake("weights", "the weights of `quiz` and `case` do not add up to 1; change one of them")
        return self


class Course(Thing):
    """The course as a whole.

    `start` is when Open edX opens it, `end` when it becomes an archive; `image` is its picture under `course/static/`.
    """

    format: Annotated[int, Field(ge=1, le=FORMAT)] = FORMAT
    org: Code
    number: Code
    run: Code
    title: Words
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(-[A-Za-z]+)?$")]
    start: datetime.datetime
    self_paced: bool = True
    end: datetime.datetime | None = None
    image: Words | None = None
    overview: Markdown
    grading: Grading
    modules: Annotated[tuple[Id, ...], Field(min_length=1)]
