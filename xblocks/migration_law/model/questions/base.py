# SPDX-License-Identifier: AGPL-3.0-or-later
"""What all kinds of question share: how one is shown without its key, and how an answer is read and marked.

An answer to any kind is a list of strings. A string names a row, or a row and what it was given, with a colon between:
`["b"]`, `["a", "c"]`, `["p1:r-p2"]`, `["i3:1"]`. Browsers never see these ids but tokens in their place, so that an id
can't betray the key.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from ..base import Id, Markdown, Thing
from ..verdict import Refusal, Verdict

Answer = tuple[str, ...]
Token = Callable[[str], str]
"""Turns an authored id into what a browser sees: the same for one learner and attempt, unguessable otherwise."""

LONGEST_ANSWER = 200
LONGEST_CELL = 2000


class Row(NamedTuple):
    """One thing to choose, match or place, as a browser sees it: an opaque token and its text (Markdown)."""

    token: str
    text: str


class PublicQuestion(Thing):
    """A question without its key, hints, feedback or explanation."""

    id: Id
    kind: str
    stem: Markdown
    points: float
    hints: int
    rows: tuple[Row, ...]
    columns: tuple[Row, ...] = ()


class SolvedRow(Thing):
    """One row with its right answer: `right` says whether it belongs, `answer` what it should have been given."""

    item: str
    right: bool
    text: str
    answer: str = ""
    feedback: str = ""


class Question(Thing):
    """What every kind of question has; `kind` is its name in the source."""

    kind: str
    id: Id
    objective: Id
    difficulty: Literal["easy", "medium", "hard"] = "medium"
    points: Annotated[float, Field(gt=0, le=100)] = 1
    stem: Markdown
    hints: tuple[Markdown, ...] = ()
    explanation: Markdown

    @abstractmethod
    def item_texts(self) -> dict[str, str]:
        """The text (Markdown) of every id that may stand in an answer."""

    @abstractmethod
    def solution(self) -> tuple[SolvedRow, ...]:
        """Each row with its right answer and its feedback, in authored order."""

    @abstractmethod
    def marked(self, answer: Answer) -> Verdict | Refusal:
        """Judge an answer that is not empty."""

    @abstractmethod
    def rows(self, token: Token) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
        """The rows and, where a row is given something, what may be given, as a browser sees them."""

    def public(self, token: Token) -> PublicQuestion:
        """The question as a learner may see it before answering."""
        rows, columns = self.rows(token)
        return PublicQuestion(
            id=self.id, kind=self.kind, stem=self.stem, points=self.points, hints=len(self.hints), rows=rows, columns=columns
        )

    def item_ids(self) -> tuple[str, ...]:
        """Every id that may stand in an answer."""
        return tuple(self.item_texts())

    def mark(self, answer: object) -> Verdict | Refusal:
        """Judge any JSON value as an answer, by authored ids. Pure and total; an empty list is "unanswered" and earns 0."""
        cells = read_cells(answer)
        if isinstance(cells, Refusal):
            return cells
        if not cells:
            return Verdict(earned=0, possible=self.points, state="unanswered")
        return self.marked(cells)

    def decode(self, answer: object, token: Token) -> Answer | Refusal:
        """Turn what a browser sent into authored ids; a token that was never offered is refused."""
        cells = read_cells(answer)
        if isinstance(cells, Refusal):
            return cells
        ids = {token(item): item for item in self.item_ids()}
        rows, columns = self.rows(token)
        heads = {row.token: ids[row.token] for row in rows}
        tails = {column.token: ids.get(column.token, column.token) for column in columns} or {"": ""}
        parted = [cell.partition(":") for cell in cells]
        if any(head not in heads or tail not in tails or bool(colon) != bool(columns) for head, colon, tail in parted):
            return NOT_OFFERED
        return tuple(heads[head] + colon + tails[tail] for head, colon, tail in parted)

    def encode(self, answer: Sequence[str], token: Token) -> Answer:
        """Turn an answer by authored ids into tokens, so that a form can be filled in again."""
        known = set(self.item_ids())
        pairs = (cell.partition(":") for cell in answer)
        return tuple(token(head) + colon + (token(tail) if tail in known else tail) for head, colon, tail in pairs)


NOT_OFFERED = Refusal(message="This answer is not one of those offered. Reload the page and answer again.")
MALFORMED = Refusal(message="The answer could not be read. Reload the page and answer again.")


def read_cells(answer: object) -> Answer | Refusal:
    """The answer as a tuple of strings, or a refusal: too long, not a list, not text, or the same cell twice."""
    if not isinstance(answer, (list, tuple)) or len(answer) > LONGEST_ANSWER:
        return MALFORMED
    if not all(isinstance(cell, str) and len(cell) <= LONGEST_CELL for cell in answer):
        return MALFORMED
    if len(set(answer)) != len(answer):
        return Refusal(message="The same answer was given twice. Reload the page and answer again.")
    return tuple(answer)


def by_token(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Rows in the order of their tokens: an order that says nothing of the authored one."""
    return tuple(sorted(rows, key=lambda row: row.token))
