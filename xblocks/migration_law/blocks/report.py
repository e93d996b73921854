# SPDX-License-Identifier: AGPL-3.0-or-later
"""A block as others read it: apps, search, the platform's response report, a rescore."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from migration_law.model.attempt import Entry
from migration_law.model.law import CITATION
from migration_law.model.questions import Question
from migration_law.model.verdict import Verdict

MARKUP = re.compile(r"[*_`#>|]|^:::.*$", re.MULTILINE)


def plain_words(markdown: str) -> str:
    """Markdown as plain words, for search and reports."""
    return " ".join(MARKUP.sub(" ", CITATION.sub(lambda found: found[2] or "", markdown)).split())


def overview(title: str, questions: Iterable[Question]) -> dict[str, Any]:
    """What an app may know of questions before they are answered."""
    return {
        "title": title,
        "questions": [
            {"id": q.id, "kind": q.kind, "stem": q.stem, "points": q.points, "hints": len(q.hints)} for q in questions
        ],
    }


def searchable(intro: str | None, questions: Iterable[Question]) -> str:
    """The words of an introduction and of the questions' stems."""
    return " ".join(plain_words(words) for words in (intro or "", *(question.stem for question in questions)) if words)


def answer_record(entry: Entry) -> dict[str, Any]:
    """A marked entry as it is kept for ever: the question's id, the answer by option ids, and the points."""
    return {
        "question": entry.question.id, "answer": list(entry.answer), "possible": entry.question.points,
        "earned": entry.verdict.earned if entry.verdict else 0.0, "tries": entry.tries, "hints": entry.hints,
    }  # fmt: skip


def marked_again(record: dict[str, Any], question: Question | None) -> dict[str, Any]:
    """A kept answer with the points that the question of today gives; unchanged where it can't be marked."""
    verdict = question.mark(record["answer"]) if question else None
    if not isinstance(verdict, Verdict):
        return record
    return {**record, "earned": verdict.earned, "possible": verdict.possible}


def rows(states: Iterable[Any], questions: Mapping[str, Question], limit: int | None) -> Iterator[tuple[str, dict[str, Any]]]:
    """(username, row) for each answer in the users' states, at most `limit`."""
    return islice(_rows(states, questions), limit)


def _rows(states: Iterable[Any], questions: Mapping[str, Question]) -> Iterator[tuple[str, dict[str, Any]]]:
    for user_state in states:
        for attempt in user_state.state.get("finished") or ():
            for record in attempt["answers"]:
                yield user_state.username, _row(attempt["number"], record, questions.get(record["question"]))


def _row(number: int, record: Mapping[str, Any], question: Question | None) -> dict[str, Any]:
    return {
        "Attempt": number,
        "Question ID": record["question"],
        "Question": plain_words(question.stem) if question else "",
        "Answer": "; ".join(_answer_words(record["answer"], question)),
        "Points": record["earned"],
        "Out of": record["possible"],
    }


def _answer_words(answer: Iterable[str], question: Question | None) -> Iterator[str]:
    """The options' own words, so that a report is read without the source."""
    texts = question.item_texts() if question else {}
    for cell in answer:
        head, colon, tail = cell.partition(":")
        words = plain_words(texts.get(head, head))
        yield f"{words}: {plain_words(texts.get(tail, tail))}" if colon else words
