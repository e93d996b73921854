# SPDX-License-Identifier: AGPL-3.0-or-later
"""One learner's go at a set of questions: the questions as they stood, the answers, the verdicts.

Everything here is a value: each step gives a new attempt. What happens to a quiz afterwards does not touch it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Annotated

from pydantic import Field

from .base import FORMAT, Thing
from .questions import Answer, AnyQuestion, PublicQuestion, Token
from .verdict import Refusal, Verdict

NOT_HERE = Refusal(message="This question is no longer part of the attempt. Reload the page.")
SETTLED = Refusal(message="This question has been answered. Start again to answer it anew.")
OVER = Refusal(message="This attempt has been submitted.")


class Entry(Thing):
    """One question in an attempt: the answer by authored ids, its verdict, and how many hints were taken."""

    question: AnyQuestion
    answer: Answer = ()
    verdict: Verdict | None = None
    tries: Annotated[int, Field(ge=0)] = 0
    hints: Annotated[int, Field(ge=0)] = 0
    revealed: bool = False

    @property
    def settled(self) -> bool:
        """Whether the question is closed: answered rightly, or its answer was shown."""
        return self.revealed or (self.verdict is not None and self.verdict.state == "right")


class Attempt(Thing):
    """A learner's go at questions. `seed` is secret and gives the tokens; `number` counts from 1."""

    format: Annotated[int, Field(ge=1, le=FORMAT)] = FORMAT
    number: Annotated[int, Field(ge=1)] = 1
    seed: str
    entries: tuple[Entry, ...]
    submitted: bool = False

    def token(self, question_id: str) -> Token:
        """What turns the ids of one question into what a browser sees."""
        key = hashlib.sha256(self.seed.encode()).digest()

        def token(item: str) -> str:
            return hashlib.blake2b(f"{question_id}\0{item}".encode(), key=key, digest_size=6).hexdigest()

        return token

    def public(self, entry: Entry) -> PublicQuestion:
        """A question of this attempt as the browser sees it."""
        return entry.question.public(self.token(entry.question.id))

    def entry(self, question_id: str) -> Entry | None:
        """The entry of a question, if it is part of the attempt."""
        return next((entry for entry in self.entries if entry.question.id == question_id), None)

    def check(self, question_id: str, answer: object) -> Attempt | Refusal:
        """Mark one question at once; the answer is in tokens. An empty answer is refused."""
        return self._step(question_id, lambda entry: self._checked(entry, answer))

    def hint(self, question_id: str) -> Attempt | Refusal:
        """Take the next hint of a question; when there is none left, nothing changes."""
        return self._step(question_id, _with_hint)

    def reveal(self, question_id: str) -> Attempt | Refusal:
        """Close a question that was tried, so that its answer may be shown."""
        return self._step(question_id, _revealed)

    def save(self, answers: Mapping[str, Sequence[object]], *, only_named: bool = False) -> Attempt | Refusal:
        """Keep answers, in tokens and by question, without marking them.

        Questions not named lose what was kept, unless `only_named`; settled ones never change.
        """
        if self.submitted:
            return OVER
        if not {entry.question.id for entry in self.entries} >= answers.keys():
            return NOT_HERE
        entries = [
            entry if entry.settled or (only_named and entry.question.id not in answers)
            else self._saved(entry, answers.get(entry.question.id, ()))
            for entry in self.entries
        ]  # fmt: skip
        refusal = next((entry for entry in entries if isinstance(entry, Refusal)), None)
        return refusal or self.model_copy(update={"entries": tuple(entries)})

    def submit(self) -> Attempt | Refusal:
        """Mark everything that was kept, and end the attempt; an answer that can't be marked refuses the whole."""
        if self.submitted:
            return OVER
        entries = []
        for number, entry in enumerate(self.entries, 1):
            verdict = entry.question.mark(entry.answer)
            if isinstance(verdict, Refusal):
                return verdict.model_copy(update={"number": number})
            entries.append(entry.model_copy(update={"verdict": verdict, "tries": entry.tries + 1}))
        return self.model_copy(update={"entries": tuple(entries), "submitted": True})

    @property
    def unanswered(self) -> tuple[int, ...]:
        """The numbers, from 1, of the questions without an answer."""
        return tuple(number for number, entry in enumerate(self.entries, 1) if not entry.answer)

    @property
    def marked(self) -> int:
        """How many questions have a verdict."""
        return sum(entry.verdict is not None for entry in self.entries)

    @property
    def complete(self) -> bool:
        """Whether every question has a verdict."""
        return self.marked == len(self.entries)

    @property
    def earned(self) -> float:
        """The points earned so far."""
        return round(sum(entry.verdict.earned for entry in self.entries if entry.verdict), 4)

    @property
    def possible(self) -> float:
        """The points of all its questions."""
        return round(sum(entry.question.points for entry in self.entries), 4)

    def marked_with(self, questions: Iterable[AnyQuestion]) -> Attempt:
        """The attempt as the questions of today would mark it; a question that is gone keeps its verdict."""
        current = {question.id: question for question in questions}
        entries = tuple(_again(entry, current.get(entry.question.id)) for entry in self.entries)
        return self.model_copy(update={"entries": entries})

    def _step(self, question_id: str, change: Callable[[Entry], Entry | Refusal]) -> Attempt | Refusal:
        entry = self.entry(question_id)
        if self.submitted or entry is None:
            return OVER if self.submitted else NOT_HERE
        changed = change(entry)
        if isinstance(changed, Refusal):
            return changed
        return self.model_copy(update={"entries": tuple(changed if old is entry else old for old in self.entries)})

    def _checked(self, entry: Entry, answer: object) -> Entry | Refusal:
        if entry.settled:
            return SETTLED
        kept = self._saved(entry, answer)
        if isinstance(kept, Refusal):
            return kept
        verdict = entry.question.mark(kept.answer)
        if isinstance(verdict, Refusal):
            return verdict
        if verdict.state == "unanswered":
            return Refusal(message="Choose an answer first.")
        return kept.model_copy(update={"verdict": verdict, "tries": entry.tries + 1})

    def _saved(self, entry: Entry, answer: object) -> Entry | Refusal:
        cells = entry.question.decode(answer, self.token(entry.question.id))
        return cells if isinstance(cells, Refusal) else entry.model_copy(update={"answer": cells})


def _with_hint(entry: Entry) -> Entry:
    return entry.model_copy(update={"hints": min(entry.hints + 1, len(entry.question.hints))})


def _revealed(entry: Entry) -> Entry | Refusal:
    if not entry.tries:
        return Refusal(message="Try to answer first; then the answer can be shown.")
    return entry.model_copy(update={"revealed": True})


def _again(entry: Entry, question: AnyQuestion | None) -> Entry:
    verdict = question.mark(entry.answer) if question and entry.verdict else None
    if not isinstance(verdict, Verdict):
        return entry
    return entry.model_copy(update={"question": question, "verdict": verdict})
