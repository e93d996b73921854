# SPDX-License-Identifier: AGPL-3.0-or-later
"""Questions of every kind, for property tests."""

from __future__ import annotations

import hashlib

from hypothesis import strategies as st
from migration_law.model.questions import AnyQuestion, Choice, Choices, Item, Match, Option, Order, Pair, TrueFalse

POINTS = st.sampled_from([0.5, 1, 3, 100])
SIZES = st.integers(2, 6)


def shared(points: float) -> dict[str, object]:
    """What every question has."""
    return {
        "id": "q",
        "objective": "o",
        "points": points,
        "stem": "Which?",
        "hints": ["hint-1"],
        "explanation": "key-explanation",
    }


def _options(right: list[bool]) -> list[Option]:
    return [Option(id=f"id-{n}", text=f"text {n}", correct=yes, feedback=f"key-feedback {n}") for n, yes in enumerate(right)]


@st.composite
def choice(draw: st.DrawFn) -> Choice:
    size = draw(SIZES)
    key = draw(st.integers(0, size - 1))
    return Choice(**shared(draw(POINTS)), options=_options([number == key for number in range(size)]))


@st.composite
def choices(draw: st.DrawFn) -> Choices:
    right = draw(st.lists(st.booleans(), min_size=2, max_size=8).filter(any))
    return Choices(**shared(draw(POINTS)), options=_options(right))


@st.composite
def true_false(draw: st.DrawFn) -> TrueFalse:
    return TrueFalse(**shared(draw(POINTS)), answer=draw(st.booleans()), feedback_true="key-t", feedback_false="key-f")


@st.composite
def match(draw: st.DrawFn) -> Match:
    rights = draw(st.lists(st.sampled_from("ABCDE"), min_size=2, max_size=6))
    pairs = [
        Pair(id=f"id-{n}", left=f"left {n}", right=f"right {r}", feedback=f"key-feedback {n}") for n, r in enumerate(rights)
    ]
    return Match(**shared(draw(POINTS)), pairs=pairs, extra=[f"extra {n}" for n in range(draw(st.integers(0, 2)))])


@st.composite
def order(draw: st.DrawFn) -> Order:
    size = draw(st.integers(3, 7))
    items = [Item(id=f"id-{n}", text=f"text {n}", feedback=f"key-feedback {n}") for n in range(size)]
    return Order(**shared(draw(POINTS)), items=items)


ANY = st.one_of(choice(), choices(), true_false(), match(), order())


def token(item: str) -> str:
    """What a browser might see in place of an id."""
    return hashlib.sha256(f"secret {item}".encode()).hexdigest()[:12]


@st.composite
def answered(draw: st.DrawFn) -> tuple[AnyQuestion, tuple[str, ...]]:
    """A question and an answer that can be marked."""
    question = draw(ANY)
    match question:
        case Choice() | TrueFalse():
            return question, tuple(draw(st.lists(st.sampled_from(question.item_ids()), max_size=1)))
        case Choices():
            return question, tuple(draw(st.lists(st.sampled_from(question.item_ids()), unique=True)))
        case Match():
            rows = draw(st.lists(st.sampled_from([pair.id for pair in question.pairs]), unique=True))
            return question, tuple(f"{row}:{draw(st.sampled_from(sorted(question.columns())))}" for row in rows)
        case Order():
            rows = draw(st.lists(st.sampled_from(question.item_ids()), unique=True))
            places = draw(st.permutations(range(1, len(question.items) + 1)))
            return question, tuple(f"{row}:{place}" for row, place in zip(rows, places, strict=False))
