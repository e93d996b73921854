# SPDX-License-Identifier: AGPL-3.0-or-later
"""What marking gives back: a verdict, or a refusal that says why."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .base import Thing

State = Literal["right", "partly", "wrong", "unanswered"]


class Part(Thing):
    """One row of an answer as judged: the row's id, whether it was right, and the feedback it earned (Markdown)."""

    item: str
    right: bool
    feedback: str = ""


class Verdict(Thing):
    """The judgement on one answer; `earned` is in points, from 0 to `possible`."""

    earned: float = Field(ge=0)
    possible: float = Field(gt=0)
    state: State
    parts: tuple[Part, ...] = ()


class Refusal(Thing):
    """An answer that can't be marked, and why, in words for the learner; `number` is its question's among several."""

    message: str
    number: int | None = None


def verdict(share: float, points: float, parts: tuple[Part, ...]) -> Verdict:
    """The verdict for a share of the points, clamped to 0..1."""
    share = min(1.0, max(0.0, share))
    state: State = "right" if share == 1 else "partly" if share else "wrong"
    return Verdict(earned=round(share * points, 4), possible=points, state=state, parts=parts)
