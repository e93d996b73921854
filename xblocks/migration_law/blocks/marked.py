# SPDX-License-Identifier: AGPL-3.0-or-later
"""A block whose answers the server marks: what it keeps of a learner, its score, its rescore and its report."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, ClassVar

from pydantic import ValidationError
from web_fragments.fragment import Fragment
from xblock.core import XBlock
from xblock.fields import Integer, Scope
from xblock.scorable import Score

from migration_law.model.attempt import Entry
from migration_law.model.base import Thing
from migration_law.model.questions import Question

from . import report
from .authoring import AuthoringMixin
from .base import LawBlock
from .fields import FrozenDict, FrozenList

log = logging.getLogger(__name__)


class MarkedBlock(AuthoringMixin, LawBlock):
    """A block with questions. The published score is that of the best finished attempt."""

    TEMPLATE: ClassVar[str]

    attempts = Integer(scope=Scope.user_state, default=0, help="How many attempts were finished.")
    work: Any = FrozenDict(scope=Scope.user_state, help="What is under way, with its questions as they stood.")
    finished: Any = FrozenList(scope=Scope.user_state, help="Every finished attempt: its number, answers and points.")

    WORK: ClassVar[type[Thing]]
    """What `work` holds."""

    @cached_property
    def kept(self) -> Any:
        """What was kept of the learner's work, or None."""
        try:
            return self.WORK.model_validate(self.work) if self.work else None
        except ValidationError as error:
            log.warning("%s: the learner's state can't be read: %s", self.scope_ids.usage_id, error)
            return None

    @property
    def unreadable(self) -> bool:
        """Whether a newer release wrote the learner's work: then nothing of it is touched."""
        return bool(self.work) and self.kept is None

    def keep(self, work: Thing) -> None:
        """Keep the learner's work."""
        self.kept, self.work = work, work.model_dump(mode="json", exclude_none=True)

    @XBlock.supports("multi_device")
    def student_view(self, context: Any = None) -> Fragment:
        """The activity as far as its learner may see it."""
        return self._view(public=False)

    def public_view(self, context: Any = None) -> Fragment:
        """The activity for somebody who is not logged in: to read, not to answer."""
        return self._view(public=True)

    def _view(self, public: bool) -> Fragment:
        if not self.available or self.unreadable:
            return self.fragment("unavailable.html")
        return self.fragment(self.TEMPLATE, **self.shown(public=public))

    def shown(self, public: bool = False) -> dict[str, Any]:
        """What the template shows."""
        raise NotImplementedError

    @property
    def questions(self) -> dict[str, Question]:
        """The questions of today by id."""
        return {question.id: question for question in self.thing.questions} if self.available else {}

    def finish_attempt(self, number: int, entries: Iterable[Entry]) -> None:
        """Keep a finished attempt, once a number, and publish the best score so far."""
        kept = [record for record in self.finished if record["number"] != number]
        self.attempts += len(kept) == len(self.finished)
        answers = [report.answer_record(entry) for entry in entries]
        self.finished = [*kept, {"number": number, "answers": answers, **_totals(answers)}]
        self.publish_score(self.best())

    def best(self) -> Score:
        """The score of the best finished attempt, by its share of the points."""
        return _best(self.finished) if self.finished else Score(raw_earned=0.0, raw_possible=self.max_score())

    def has_submitted_answer(self) -> bool:
        """Whether the learner has finished an attempt."""
        return bool(self.finished)

    def calculate_score(self) -> Score:
        """The best attempt as the key of today marks it; a question that is gone keeps its points."""
        return _best(self._marked_again()) if self.finished else self.best()

    def rescore(self, only_if_higher: bool) -> None:
        """Mark every finished attempt again, publish the best, and keep what it gave unless the old score stands."""
        super().rescore(only_if_higher)
        score = self.calculate_score()
        if not only_if_higher or _share(score) > _share(self.best()):
            self.finished = self._marked_again()
            self.set_score(score)
            if self.kept:
                self.keep(self.kept.marked_with(self.questions.values()))

    def _marked_again(self) -> list[dict[str, Any]]:
        questions = self.questions
        return [_again(record, questions) for record in self.finished]

    def generate_report_data(self, user_state_iterator: Any, limit_responses: int | None = None) -> Iterator[tuple[str, Any]]:
        """(username, row) for each answer of each finished attempt, for the platform's response report."""
        return report.rows(user_state_iterator, self.questions, limit_responses)


def _again(record: dict[str, Any], questions: dict[str, Question]) -> dict[str, Any]:
    answers = [report.marked_again(answer, questions.get(answer["question"])) for answer in record["answers"]]
    return {**record, "answers": answers, **_totals(answers)}


def _share(score: Score) -> float:
    return float(score.raw_earned) / (score.raw_possible or 1)


def _best(records: Iterable[dict[str, Any]]) -> Score:
    return max((Score(raw_earned=record["earned"], raw_possible=record["possible"]) for record in records), key=_share)


def _totals(answers: Iterable[dict[str, Any]]) -> dict[str, float]:
    kept = list(answers)
    return {key: round(sum(answer[key] for answer in kept), 4) for key in ("earned", "possible")}
