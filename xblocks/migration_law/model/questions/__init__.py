# SPDX-License-Identifier: AGPL-3.0-or-later
"""The kinds of question. A new kind is one class here and one template."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .base import Answer, PublicQuestion, Question, Row, SolvedRow, Token
from .choice import Choice, Choices, Option, TrueFalse
from .match import Match, Pair
from .order import Item, Order

AnyQuestion = Annotated[Choice | Choices | TrueFalse | Match | Order, Field(discriminator="kind")]

__all__ = [
    "Answer", "AnyQuestion", "Choice", "Choices", "Item", "Match", "Option", "Order", "Pair", "PublicQuestion",
    "Question", "Row", "SolvedRow", "Token", "TrueFalse",
]  # fmt: skip
