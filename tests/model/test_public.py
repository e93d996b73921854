# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a browser gets before answering holds nothing of the key."""

from __future__ import annotations

import json
import re
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from migration_law.model.questions import AnyQuestion, Match, Order, Pair, TrueFalse
from model import questions
from model.questions import token


def _public(question: AnyQuestion) -> str:
    return json.dumps(question.public(token).model_dump())


@given(questions.ANY)
def test_no_feedback_hint_explanation_or_key(question: AnyQuestion) -> None:
    shown = _public(question)
    assert "key-" not in shown and "hint-1" not in shown
    assert not re.search("correct|answer|feedback|explanation|right\\b(?! [A-E])", shown)


@given(questions.ANY)
def test_no_authored_id_of_a_row(question: AnyQuestion) -> None:
    public = question.public(token)
    tokens = {row.token for row in (*public.rows, *public.columns)}
    assert not tokens & set(question.item_ids())
    assert "id-" not in _public(question)
    assert len(tokens) == len(public.rows) + len(public.columns)


@given(questions.ANY)
def test_all_that_is_needed_to_answer_is_there(question: AnyQuestion) -> None:
    public = question.public(token)
    texts = {row.text for row in (*public.rows, *public.columns)}
    assert {row.text for row in question.solution()} <= texts
    assert (public.id, public.kind, public.hints, public.points) == ("q", question.kind, 1, question.points)


@given(questions.true_false())
def test_a_statement_looks_alike_whether_true_or_false(question: TrueFalse) -> None:
    assert _public(question) == _public(question.model_copy(update={"answer": not question.answer}))


@given(questions.order(), st.randoms())
def test_the_rows_of_an_order_say_nothing_of_it(question: Order, random: Random) -> None:
    """The same items in another right order are shown alike."""
    items = list(question.items)
    random.shuffle(items)
    assert _public(question) == _public(question.model_copy(update={"items": tuple(items)}))


@given(st.permutations("ABCD"), st.lists(st.sampled_from(["E", "F"]), unique=True))
def test_the_list_of_a_match_says_nothing_of_it(rights: list[str], extra: list[str]) -> None:
    """What fits the first row stands anywhere in the list, and so do those that fit nothing."""
    pairs = [Pair(id=f"id-{right.lower()}", left=right, right=f"right {right}", feedback="f") for right in rights]
    question = Match(**questions.shared(1), pairs=pairs, extra=extra)
    shown = question.public(token).columns
    assert [column.token for column in shown] == sorted(token(item) for item in question.columns())


@given(questions.ANY, questions.ANY)
def test_the_size_of_a_key_does_not_show(one: AnyQuestion, other: AnyQuestion) -> None:
    """Two questions that differ in their keys alone have the same public form, but for tokens."""
    for question in (one, other):
        dumped = question.model_dump()
        for option in dumped.get("options", []):
            option["correct"] = option is dumped["options"][-1] if question.kind == "choice" else True
            option["feedback"] = "other"
        changed = type(question).model_validate(dumped)
        assert _public(changed) == _public(question)
