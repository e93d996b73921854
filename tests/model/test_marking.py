# SPDX-License-Identifier: AGPL-3.0-or-later
"""Marking is pure, total and fair, whatever the question and whatever is sent."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from migration_law.model.questions import AnyQuestion, Choices, Match, Order, Question
from migration_law.model.questions.base import LONGEST_ANSWER, LONGEST_CELL
from migration_law.model.verdict import Refusal, Verdict
from model import questions

IDS = st.sampled_from(
    ["id-0", "id-1", "id-2", "true", "false", "r-id-0", "x-1", "1", "2", "", ":", "id-0:r-id-1", "id-1:2", "a:b:c"]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | IDS,
    lambda inside: st.lists(inside) | st.dictionaries(st.text(), inside),
)
ANSWERS = JSON | st.lists(IDS)


def _earned(question: Question, answer: object) -> float:
    verdict = question.mark(answer)
    assert isinstance(verdict, Verdict)
    return verdict.earned


@given(questions.ANY, ANSWERS)
def test_any_json_is_marked_or_refused(question: AnyQuestion, answer: object) -> None:
    result = question.mark(answer)
    assert isinstance(result, (Verdict, Refusal))
    if isinstance(result, Refusal):
        assert result.message.endswith(".")
    else:
        assert 0 <= result.earned <= result.possible == question.points


@given(questions.ANY, ANSWERS)
def test_any_json_is_decoded_or_refused(question: AnyQuestion, answer: object) -> None:
    assert isinstance(question.decode(answer, questions.token), (tuple, Refusal))


@given(questions.answered())
def test_an_answer_that_is_offered_is_marked(pair: tuple[AnyQuestion, tuple[str, ...]]) -> None:
    question, answer = pair
    verdict = question.mark(list(answer))
    assert isinstance(verdict, Verdict)
    assert 0 <= verdict.earned <= verdict.possible == question.points
    assert (verdict.state == "unanswered") == (not answer)
    assert (verdict.state == "right") == (verdict.earned == verdict.possible)
    assert verdict.state != "wrong" or verdict.earned == 0
    assert {part.item for part in verdict.parts} == {cell.partition(":")[0] for cell in answer}


@given(questions.answered(), st.randoms())
def test_the_order_of_cells_does_not_matter(pair: tuple[AnyQuestion, tuple[str, ...]], random: Random) -> None:
    question, answer = pair
    shuffled = list(answer)
    random.shuffle(shuffled)
    one, other = question.mark(answer), question.mark(shuffled)
    assert isinstance(one, Verdict) and isinstance(other, Verdict)
    assert (one.earned, one.state) == (other.earned, other.state)
    assert sorted(one.parts, key=lambda part: part.item) == sorted(other.parts, key=lambda part: part.item)


@given(questions.answered())
def test_what_a_browser_sends_is_what_was_meant(pair: tuple[AnyQuestion, tuple[str, ...]]) -> None:
    question, answer = pair
    assert question.decode(list(question.encode(answer, questions.token)), questions.token) == answer


@given(questions.answered())
def test_authored_ids_are_no_tokens(pair: tuple[AnyQuestion, tuple[str, ...]]) -> None:
    question, answer = pair
    assert not answer or isinstance(question.decode(list(answer), questions.token), Refusal)


@given(questions.choices(), st.data())
def test_one_more_right_option_never_costs(question: Choices, data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from(question.item_ids()), unique=True))
    for option in question.options:
        if option.id not in chosen:
            before, after = _earned(question, chosen), _earned(question, [*chosen, option.id])
            assert after >= before if option.correct else after <= before


@given(questions.match(), st.data())
def test_one_more_right_row_always_pays(question: Match, data: st.DataObject) -> None:
    key = {
        row.item: f"r-{pair.id}" for row in question.solution() for pair in reversed(question.pairs) if pair.right == row.answer
    }
    rows = data.draw(st.lists(st.sampled_from(sorted(key)), unique=True, min_size=1))
    cells = [f"{row}:{key[row]}" for row in rows]
    assert _earned(question, cells) > _earned(question, cells[1:])


@given(questions.ANY)
def test_the_whole_key_earns_everything(question: AnyQuestion) -> None:
    verdict = question.mark(_key(question))
    assert isinstance(verdict, Verdict)
    assert verdict.state == "right" and verdict.earned == question.points
    assert all(part.right and part.feedback for part in verdict.parts)


def _key(question: AnyQuestion) -> list[str]:
    """The right answer, from the solution alone."""
    if isinstance(question, Match):
        column = {text: item for item, text in reversed(question.columns().items())}
        return [f"{row.item}:{column[row.answer]}" for row in question.solution()]
    if isinstance(question, Order):
        return [f"{row.item}:{row.answer}" for row in question.solution()]
    return [row.item for row in question.solution() if row.right]


@given(questions.order(), st.data())
def test_a_swap_of_neighbours_costs_less_than_a_reversed_list(question: Order, data: st.DataObject) -> None:
    ids = list(question.item_ids())
    place = data.draw(st.integers(0, len(ids) - 2))
    swapped = [*ids[:place], ids[place + 1], ids[place], *ids[place + 2 :]]
    earned = [_earned(question, [f"{item}:{n}" for n, item in enumerate(items, 1)]) for items in (ids, swapped, ids[::-1])]
    assert earned[0] == question.points > earned[1] > earned[2] == 0


def test_wrong_options_cost_but_never_below_nothing() -> None:
    options = [{"id": name, "text": name, "correct": name in "ab", "feedback": "f"} for name in "abcd"]
    question = Choices.model_validate({**questions.shared(4), "options": options})
    assert [_earned(question, list(answer)) for answer in ("a", "ab", "abc", "abcd", "ac", "c")] == [2, 4, 2, 0, 0, 0]


def test_feedback_that_names_the_key_is_earned() -> None:
    pairs = [{"id": name, "left": name, "right": name.upper(), "feedback": f"It is {name.upper()}."} for name in "ab"]
    question = Match.model_validate({**questions.shared(1), "pairs": pairs})
    verdict = question.mark(["a:r-a", "b:r-a"])
    assert isinstance(verdict, Verdict)
    assert [(part.right, part.feedback) for part in verdict.parts] == [(True, "It is A."), (False, "")]


@pytest.mark.parametrize(
    "answer", [["id-0"] * 2, ["x" * (LONGEST_CELL + 1)], [str(n) for n in range(LONGEST_ANSWER + 1)], "id-0", [1]]
)
def test_hostile_answers_are_refused(answer: object) -> None:
    options = [{"id": f"id-{n}", "text": "t", "correct": n == 0, "feedback": "f"} for n in range(2)]
    assert isinstance(Choices.model_validate({**questions.shared(1), "options": options}).mark(answer), Refusal)
