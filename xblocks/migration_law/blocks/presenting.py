# SPDX-License-Identifier: AGPL-3.0-or-later
"""An entry of an attempt -> what its template shows. The one place that decides what a learner has earned to see."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from markupsafe import Markup

from migration_law import text
from migration_law.model.attempt import Attempt, Entry
from migration_law.model.law import Source, citations, quotes
from migration_law.model.questions import Row, SolvedRow, Token
from migration_law.model.verdict import Part

NOTHING = Markup("")


@dataclass(frozen=True)
class Rights:
    """What may be shown of a verdict: that it is right or wrong, and the answer itself."""

    verdict: bool = False
    solution: bool = False


class ShownRow(NamedTuple):
    """A row as shown: `value` is what choosing it sends; `mark` is "right", "wrong" or ""."""

    value: str
    html: Markup
    chosen: bool = False
    given: str = ""
    mark: str = ""
    feedback: Markup = NOTHING
    answer: str = ""
    belongs: bool = False


class ShownQuestion(NamedTuple):
    """A question as shown, with only what the learner has earned."""

    id: str
    number: int
    kind: str
    stem: Markup
    points: float
    rows: Sequence[ShownRow]
    columns: Sequence[Row]
    hints: Sequence[Markup]
    hints_left: int
    tried: bool
    closed: bool
    state: str = ""
    earned: float = 0
    explanation: Markup = NOTHING
    solved: bool = False


@dataclass(frozen=True)
class Presenter:
    """Shows the questions of one attempt, with the sources that their texts cite."""

    attempt: Attempt
    sources: Sequence[Source]
    used: set[str] = field(default_factory=set)
    """The ids of the sources cited in what was shown."""

    def of(self, attempt: Attempt) -> Presenter:
        """The same presenter for another attempt."""
        return replace(self, attempt=attempt)

    def used_sources(self) -> list[Source]:
        """The sources cited in what was shown so far."""
        return [source for source in self.sources if source.id in self.used]

    def html(self, markdown: str) -> Markup:
        """Markdown as safe HTML."""
        return self._rendered(text.render, markdown)

    def line(self, markdown: str) -> Markup:
        """Markdown as safe HTML without a paragraph around it."""
        return self._rendered(text.render_line, markdown)

    def _rendered(self, render: Callable[[str, Sequence[Source]], str], markdown: str) -> Markup:
        if not markdown:
            return NOTHING
        self.used.update(cited(markdown))
        return Markup(render(markdown, self.sources))

    def question(self, entry: Entry, number: int, *, rights: Rights, closed: bool) -> ShownQuestion:
        """One question with what `rights` allow; `closed` when no answer is taken any more."""
        asked, token = entry.question, self.attempt.token(entry.question.id)
        rows, columns = asked.rows(token)
        verdict = entry.verdict if rights.verdict else None
        return ShownQuestion(
            id=asked.id, number=number, kind=asked.kind, stem=self.html(asked.stem), points=asked.points,
            rows=self._rows(entry, rows, token, rights), columns=columns,
            hints=[self.html(hint) for hint in asked.hints[: entry.hints]], hints_left=len(asked.hints) - entry.hints,
            tried=entry.tries > 0, closed=closed, state=verdict.state if verdict else "",
            earned=verdict.earned if verdict else 0, solved=rights.solution,
            explanation=self.html(asked.explanation) if rights.solution else NOTHING,
        )  # fmt: skip

    def _rows(self, entry: Entry, rows: Sequence[Row], token: Token, rights: Rights) -> list[ShownRow]:
        given = dict(cell.partition(":")[::2] for cell in entry.question.encode(entry.answer, token))
        parts = {token(part.item): part for part in entry.verdict.parts} if entry.verdict and rights.verdict else {}
        solved = {token(row.item): row for row in entry.question.solution()} if rights.solution else {}
        return [self._row(row, given.get(row.token), parts.get(row.token), solved.get(row.token)) for row in rows]

    def _row(self, row: Row, given: str | None, part: Part | None, solved: SolvedRow | None) -> ShownRow:
        feedback = solved.feedback if solved else part.feedback if part else ""
        return ShownRow(
            value=row.token, html=self.line(row.text), chosen=given is not None, given=given or "",
            mark=("right" if part.right else "wrong") if part else "", feedback=self.html(feedback),
            answer=solved.answer if solved else "", belongs=bool(solved and solved.right),
        )  # fmt: skip


def cited(markdown: str) -> set[str]:
    """The ids of the sources that a text cites or quotes."""
    if "[[" not in markdown and ":::" not in markdown:
        return set()
    return {citation.id for find in (citations, quotes) for citation in find(markdown)}
