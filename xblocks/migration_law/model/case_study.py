# SPDX-License-Identifier: AGPL-3.0-or-later
"""A case study: a file that is read stage by stage, with questions at each stage."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import Field, model_validator

from .base import FORMAT, Id, Markdown, Thing, Words, mistake, require_unique
from .questions import AnyQuestion


class Exhibit(Thing):
    """A document of the file; it is opened beside the facts."""

    id: Id
    title: Words
    kind: Literal["statement", "contract", "decision", "table", "letter", "sheet"]
    text: Markdown


class Stage(Thing):
    """New facts as of a date, the exhibits released with them, and questions; the next stage follows on answering all."""

    id: Id
    title: Words
    date: datetime.date
    facts: Markdown
    exhibits: tuple[Id, ...] = ()
    questions: tuple[AnyQuestion, ...] = ()


class CaseStudy(Thing):
    """A case study. `debrief` is for a learner who has answered every stage, `facilitator` for staff only."""

    format: Annotated[int, Field(ge=1, le=FORMAT)] = FORMAT
    id: Id
    title: Words
    module: Id
    objectives: Annotated[tuple[Id, ...], Field(min_length=1)]
    minutes: Annotated[int, Field(ge=1, le=600)]
    intro: Markdown
    exhibits: tuple[Exhibit, ...] = ()
    stages: Annotated[tuple[Stage, ...], Field(min_length=1)]
    debrief: Markdown
    facilitator: Markdown | None = None

    @model_validator(mode="after")
    def _check(self) -> CaseStudy:
        require_unique((stage.id for stage in self.stages), "stages")
        require_unique((exhibit.id for exhibit in self.exhibits), "exhibits")
        require_unique((question.id for question in self.questions), "questions")
        self._check_exhibits()
        if not self.questions:
            raise mistake("no-question", "no stage asks anything; give at least one stage a question")
        if [stage.date for stage in self.stages] != sorted(stage.date for stage in self.stages):
            raise mistake("stage-dates", "a stage is dated before the one it follows; put the stages in order of date")
        return self

    def _check_exhibits(self) -> None:
        released = [name for stage in self.stages for name in stage.exhibits]
        known = {exhibit.id for exhibit in self.exhibits}
        require_unique(released, "exhibits released; release each once")
        if unknown := sorted(set(released) - known):
            raise mistake("unknown-exhibit", f"no exhibit is called {', '.join(unknown)}; write it under `exhibits`")
        if unused := sorted(known - set(released)):
            raise mistake("unused-exhibit", f"no stage releases {', '.join(unused)}; name it under a stage's `exhibits`")

    @property
    def questions(self) -> tuple[AnyQuestion, ...]:
        """The questions of all stages, in order."""
        return tuple(question for stage in self.stages for question in stage.questions)

    @property
    def points(self) -> float:
        """The points of all questions together."""
        return sum(question.points for question in self.questions)
