# SPDX-License-Identifier: AGPL-3.0-or-later
"""How far a learner has come in a case study: an attempt for each stage that was opened."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field

from .attempt import Attempt, Entry
from .base import FORMAT, Id, Thing
from .case_study import CaseStudy, Stage
from .questions import AnyQuestion


class StageWork(Thing):
    """The attempt at one stage."""

    stage: Id
    attempt: Attempt


class Progress(Thing):
    """A learner's way through a case. A stage is released when the one before it was submitted."""

    format: Annotated[int, Field(ge=1, le=FORMAT)] = FORMAT
    number: Annotated[int, Field(ge=1)] = 1
    seed: str
    works: tuple[StageWork, ...] = ()

    def attempt(self, stage: Stage) -> Attempt:
        """The attempt at a stage; a new one if there is none."""
        kept = next((work.attempt for work in self.works if work.stage == stage.id), None)
        return kept or self._new(stage)

    def with_attempt(self, stage: Stage, attempt: Attempt) -> Progress:
        """The progress with this attempt at the stage."""
        others = tuple(work for work in self.works if work.stage != stage.id)
        return self.model_copy(update={"works": (*others, StageWork(stage=stage.id, attempt=attempt))})

    def done(self, case: CaseStudy) -> int:
        """How many stages, from the first on, were submitted."""
        for number, stage in enumerate(case.stages):
            if not self.attempt(stage).submitted:
                return number
        return len(case.stages)

    def current(self, case: CaseStudy) -> Stage | None:
        """The stage that takes answers; None when the case is over."""
        done = self.done(case)
        return case.stages[done] if done < len(case.stages) else None

    def released(self, case: CaseStudy) -> tuple[Stage, ...]:
        """The stages that may be read."""
        return case.stages[: self.done(case) + 1]

    def is_over(self, case: CaseStudy) -> bool:
        """Whether every stage was submitted."""
        return self.done(case) == len(case.stages)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries of every stage that was submitted; of a stage that is gone too."""
        return tuple(entry for work in self.works if work.attempt.submitted for entry in work.attempt.entries)

    @property
    def earned(self) -> float:
        """The points earned so far."""
        return round(sum(work.attempt.earned for work in self.works if work.attempt.submitted), 4)

    @property
    def possible(self) -> float:
        """The points of the stages that were submitted."""
        return round(sum(work.attempt.possible for work in self.works if work.attempt.submitted), 4)

    def marked_with(self, questions: Iterable[AnyQuestion]) -> Progress:
        """The progress as the questions of today would mark it."""
        today = tuple(questions)
        works = tuple(StageWork(stage=work.stage, attempt=work.attempt.marked_with(today)) for work in self.works)
        return self.model_copy(update={"works": works})

    def _new(self, stage: Stage) -> Attempt:
        seed = f"{self.seed}:{stage.id}"
        return Attempt(number=self.number, seed=seed, entries=tuple(Entry(question=q) for q in stage.questions))
