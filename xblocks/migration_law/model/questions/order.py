# SPDX-License-Identifier: AGPL-3.0-or-later
"""Putting things in order."""

from __future__ import annotations

from itertools import combinations
from typing import Annotated, Literal

from pydantic import Field, model_validator

from ..base import Id, Markdown, Thing, Words, require_unique
from ..verdict import Part, Refusal, Verdict, verdict
from .base import NOT_OFFERED, Answer, Question, Row, SolvedRow, Token, by_token


class Item(Thing):
    """One thing to place, and why it stands where it does."""

    id: Id
    text: Words
    feedback: Markdown = ""


class Order(Question):
    """Items, authored in their right order. A cell of an answer is `<item id>:<place, from 1>`.

    Share of the points: (pairs in the right order - pairs in the wrong order) / all pairs, never below 0, so that one
    swap of neighbours costs little and a reversed list earns nothing. A pair with an item left out counts as neither.
    """

    kind: Literal["order"] = "order"
    items: Annotated[tuple[Item, ...], Field(min_length=3, max_length=10)]

    @model_validator(mode="after")
    def _check_ids(self) -> Order:
        require_unique((item.id for item in self.items), "items")
        return self

    def item_texts(self) -> dict[str, str]:
        return {item.id: item.text for item in self.items}

    def rows(self, token: Token) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
        places = tuple(Row(token=str(place), text=str(place)) for place in range(1, len(self.items) + 1))
        return by_token([Row(token=token(item.id), text=item.text) for item in self.items]), places

    def solution(self) -> tuple[SolvedRow, ...]:
        return tuple(
            SolvedRow(item=item.id, right=True, text=item.text, answer=str(place), feedback=item.feedback)
            for place, item in enumerate(self.items, 1)
        )

    def marked(self, answer: Answer) -> Verdict | Refusal:
        places = self._places(answer)
        if isinstance(places, Refusal):
            return places
        order = [item.id for item in self.items if item.id in places]
        signs = [1 if places[a] < places[b] else -1 for a, b in combinations(order, 2)]
        parts = tuple(
            _part(item, places[item.id] == place) for place, item in enumerate(self.items, 1) if item.id in places
        )
        return verdict(sum(signs) / len(list(combinations(self.items, 2))), self.points, parts)

    def _places(self, answer: Answer) -> dict[str, int] | Refusal:
        given = dict(cell.split(":", 1) for cell in answer if ":" in cell)
        allowed = {str(place) for place in range(1, len(self.items) + 1)}
        if len(given) != len(answer) or not given.keys() <= set(self.item_ids()) or not set(given.values()) <= allowed:
            return NOT_OFFERED
        if len(set(given.values())) != len(given):
            return Refusal(message="Two items have the same place. Give each its own.")
        return {item: int(place) for item, place in given.items()}


def _part(item: Item, right: bool) -> Part:
    """Feedback says where the item stands, so only the right place earns it."""
    return Part(item=item.id, right=right, feedback=item.feedback if right else "")
