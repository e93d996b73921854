# SPDX-License-Identifier: AGPL-3.0-or-later
"""Choosing: one option, several options, or true and false."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from ..base import Id, Markdown, Thing, mistake, require_unique
from ..verdict import Part, Refusal, Verdict, verdict
from .base import NOT_OFFERED, Answer, Question, Row, SolvedRow, Token


class Option(Thing):
    """One option: its text, whether it is right, and why (Markdown)."""

    id: Id
    text: Markdown
    correct: bool = False
    feedback: Markdown


class _Options(Question):
    """A question with options, of which some are right."""

    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=12)]

    @model_validator(mode="after")
    def _check_ids(self) -> _Options:
        require_unique((option.id for option in self.options), "options")
        return self

    def item_texts(self) -> dict[str, str]:
        return {option.id: option.text for option in self.options}

    def rows(self, token: Token) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
        return tuple(Row(token=token(option.id), text=option.text) for option in self.options), ()

    def solution(self) -> tuple[SolvedRow, ...]:
        return tuple(SolvedRow(item=o.id, right=o.correct, text=o.text, feedback=o.feedback) for o in self.options)

    def _chosen(self, answer: Answer) -> tuple[Option, ...] | None:
        by_id = {option.id: option for option in self.options}
        return tuple(by_id[cell] for cell in answer) if by_id.keys() >= set(answer) else None


def _parts(chosen: tuple[Option, ...]) -> tuple[Part, ...]:
    return tuple(Part(item=option.id, right=option.correct, feedback=option.feedback) for option in chosen)


class Choice(_Options):
    """One right option. All the points or none."""

    kind: Literal["choice"] = "choice"

    @model_validator(mode="after")
    def _check_key(self) -> Choice:
        right = sum(option.correct for option in self.options)
        if right == 0:
            raise mistake("no-right-answer", "no option is right; write `correct: true` under the right one")
        if right > 1:
            raise mistake("several-right-answers", f"{right} options are right; keep one, or write `kind: choices`")
        return self

    def marked(self, answer: Answer) -> Verdict | Refusal:
        chosen = self._chosen(answer)
        if chosen is None:
            return NOT_OFFERED
        if len(chosen) > 1:
            return Refusal(message="Choose one option only.")
        return verdict(float(chosen[0].correct), self.points, _parts(chosen))


class Choices(_Options):
    """Several right options. Share of the points: (right ones chosen - wrong ones chosen) / right ones, never below 0."""

    kind: Literal["choices"] = "choices"

    @model_validator(mode="after")
    def _check_key(self) -> Choices:
        if not any(option.correct for option in self.options):
            raise mistake("no-right-answer", "no option is right; write `correct: true` under each right one")
        return self

    def marked(self, answer: Answer) -> Verdict | Refusal:
        chosen = self._chosen(answer)
        if chosen is None:
            return NOT_OFFERED
        hits = sum(1 if option.correct else -1 for option in chosen)
        return verdict(hits / sum(option.correct for option in self.options), self.points, _parts(chosen))


class TrueFalse(Question):
    """A statement that is true or false. All the points or none."""

    kind: Literal["true-false"] = "true-false"
    answer: bool
    feedback_true: Markdown
    feedback_false: Markdown

    def item_texts(self) -> dict[str, str]:
        return {"true": "true", "false": "false"}

    def rows(self, token: Token) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
        return tuple(Row(token=token(item), text=item) for item in self.item_ids()), ()

    def solution(self) -> tuple[SolvedRow, ...]:
        return tuple(
            SolvedRow(item=item, right=self._is_right(item), text=item, feedback=self._feedback(item))
            for item in self.item_ids()
        )

    def marked(self, answer: Answer) -> Verdict | Refusal:
        if not set(answer) <= set(self.item_ids()):
            return NOT_OFFERED
        if len(answer) > 1:
            return Refusal(message="Choose true or false, not both.")
        item = answer[0]
        part = Part(item=item, right=self._is_right(item), feedback=self._feedback(item))
        return verdict(float(part.right), self.points, (part,))

    def _is_right(self, item: str) -> bool:
        return (item == "true") == self.answer

    def _feedback(self, item: str) -> str:
        return self.feedback_true if item == "true" else self.feedback_false
