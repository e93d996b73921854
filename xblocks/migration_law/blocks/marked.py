# SPDX-License-Identifier: AGPL-3.0-or-later
"""A block whose answers the server marks: what it keeps of a learner, its score, its rescore and its report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from xblock.fields import Integer, Scope
from xblock.scorable import Score

from migration_law.model.attempt import Entry
from migration_law.model.questions import Question

from . import report
from .authoring import AuthoringMixin
from .base import LawBlock
from .fields import FrozenDict, FrozenList


class MarkedBlock(AuthoringMixin, LawBlock):
    """A block with questions. The published score is that of the best finished attempt."""

    attempts = Integer(scope=Scope.user_state, default=0, help="How many attempts were finished.")
    work: Any = FrozenDict(scope=Scope.user_state, help="What is under way, or was last finished, with its questions as they stood.")
    finished: Any = FrozenList(scope=Scope.user_state, help="Every finished attempt: its number, answers and points.")

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
        best = max(self.finished, key=lambda record: record["earned"] / (record["possible"] or 1))
        return Score(raw_earned=best["earned"], raw_possible=best["possible"])

    def has_submitted_answer(self) -> bool:
        """Whether the learner has finished an attempt."""
        return bool(self.finished)

    def calculate_score(self) -> Score:
        """The best attempt as the key of today marks it; a question that is gone keeps its points."""
        questions = self.questions
        self.finished = [_again(record, questions) for record in self.finished]
        return self.best()

    def generate_report_data(self, user_state_iterator: Any, limit_responses: int | None = None) -> Iterator[tuple[str, Any]]:
        """(username, row) for each answer of each finished attempt, for the platform's response report."""
        return report.rows(user_state_iterator, self.questions, limit_responses)


def _again(record: dict[str, Any], questions: dict[str, Question]) -> dict[str, Any]:
    answers = [report.marked_again(answer, questions.get(answer["question"])) for answer in record["answers"]]
    return {**record, "answers": answers, **_totals(answers)}


def _totals(answers: Iterable[dict[str, Any]]) -> dict[str, float]:
    kept = list(answers)
    return {key: round(sum(answer[key] for answer in kept), 4) for key in ("earned", "possible")}
