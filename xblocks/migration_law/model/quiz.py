# SPDX-License-Identifier: AGPL-3.0-or-later
"""A quiz: questions, and the rules under which they are answered."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from .base import FORMAT, Id, Markdown, Thing, Words, mistake, require_unique
from .questions import AnyQuestion

Feedback = Literal["after-question", "after-attempt", "never"]


class Quiz(Thing):
    """A quiz. `practice` marks each question at once and may be repeated; `graded` counts.

    `attempts` is how often it may be taken (endless if left out), `pass_mark` a share from 0 to 1.
    """

    format: Annotated[int, Field(ge=1, le=FORMAT)] = FORMAT
    id: Id
    title: Words
    purpose: Literal["practice", "graded"] = "practice"
    intro: Markdown | None = None
    attempts: Annotated[int, Field(ge=1, le=100)] | None = None
    pass_mark: Annotated[float, Field(ge=0, le=1)] | None = None
    feedback: Feedback | None = None
    questions: Annotated[tuple[AnyQuestion, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _check(self) -> Quiz:
        require_unique((question.id for question in self.questions), "questions")
        if self.purpose == "practice" and (self.attempts or self.pass_mark is not None):
            raise mistake("practice-has-no-limit", "`attempts` and `pass_mark` are for `purpose: graded`; take them out")
        if self.purpose == "graded" and self.feedback == "after-question":
            raise mistake("graded-feedback", "a graded quiz gives feedback `after-attempt` or `never`; choose one of them")
        return self

    @property
    def points(self) -> float:
        """The points of all questions together."""
        return sum(question.points for question in self.questions)

    @property
    def shows(self) -> Feedback:
        """When feedback is given: as authored, or by the purpose."""
        return self.feedback or ("after-question" if self.purpose == "practice" else "after-attempt")
