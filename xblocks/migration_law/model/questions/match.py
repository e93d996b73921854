# SPDX-License-Identifier: AGPL-3.0-or-later
"""Matching: each row is given one thing from a list."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from ..base import Id, Markdown, Thing, Words, require_unique
from ..verdict import Part, Refusal, Verdict, verdict
from .base import NOT_OFFERED, Answer, Question, Row, SolvedRow, Token, by_token


class Pair(Thing):
    """A left side, the right side that fits it, and why."""

    id: Id
    left: Markdown
    right: Words
    feedback: Markdown


class Match(Question):
    """Rows to match. Share of the points: rows rightly matched / all rows.

    Pairs may share a right side; it is listed once. A cell of an answer is `<pair id>:<id of the right side>`, where the
    id of a right side is `r-<id of the first pair that has it>`, or `x-1`, `x-2` ... for the extra ones.
    """

    kind: Literal["match"] = "match"
    pairs: Annotated[tuple[Pair, ...], Field(min_length=2, max_length=12)]
    extra: tuple[Words, ...] = ()

    @model_validator(mode="after")
    def _check_ids(self) -> Match:
        require_unique([*self.extra, *{pair.right for pair in self.pairs}], "right sides")
        ids = [*(pair.id for pair in self.pairs), *self.columns()]
        require_unique(ids, "pairs (`r-...` and `x-...` are kept for right sides)")
        return self

    def columns(self) -> dict[str, str]:
        """The text of each right side by its id."""
        found: dict[str, str] = {}
        for pair in self.pairs:
            if pair.right not in found.values():
                found[f"r-{pair.id}"] = pair.right
        return found | {f"x-{number}": text for number, text in enumerate(self.extra, 1)}

    def item_texts(self) -> dict[str, str]:
        return {pair.id: pair.left for pair in self.pairs} | self.columns()

    def rows(self, token: Token) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
        lefts = tuple(Row(token=token(pair.id), text=pair.left) for pair in self.pairs)
        return lefts, by_token([Row(token=token(item), text=text) for item, text in self.columns().items()])

    def solution(self) -> tuple[SolvedRow, ...]:
        return tuple(
            SolvedRow(item=p.id, right=True, text=p.left, answer=p.right, feedback=p.feedback) for p in self.pairs
        )

    def marked(self, answer: Answer) -> Verdict | Refusal:
        given = dict(cell.split(":", 1) for cell in answer if ":" in cell)
        columns, pairs = self.columns(), {pair.id: pair for pair in self.pairs}
        if len(given) != len(answer):
            return Refusal(message="Match each row with one thing only.")
        if not (given.keys() <= pairs.keys() and set(given.values()) <= columns.keys()):
            return NOT_OFFERED
        parts = tuple(_part(pairs[row], columns[item]) for row, item in given.items())
        return verdict(sum(part.right for part in parts) / len(pairs), self.points, parts)


def _part(pair: Pair, given: str) -> Part:
    """Feedback names the right match, so only a right match earns it."""
    right = given == pair.right
    return Part(item=pair.id, right=right, feedback=pair.feedback if right else "")
