# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is written down about learners: scores and completion, each with its times."""
from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from .models import Account, Completion, Grade


@dataclass(frozen=True)
class Score:
    """What a block published: `earned` of `possible` points, already within bounds."""

    earned: float
    possible: float
    only_if_higher: bool = False

    @classmethod
    def from_event(cls, event: dict[str, Any]) -> Score:
        """The score in a grade event, clamped; ValueError if it holds no usable numbers."""
        earned, possible = (_number(event, name) for name in ("value", "max_value"))
        possible = max(possible, 0.0)
        return cls(min(max(earned, 0.0), possible), possible, bool(event.get("only_if_higher")))


def _number(event: dict[str, Any], name: str) -> float:
    value = event.get(name)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise ValueError(f"a grade event needs a number as {name}, not {value!r}")
    return float(value)


def grade(account: Account, usage: str, score: Score) -> bool:
    """Record *score*; call it within a transaction. False if a better score was to be kept."""
    row = Grade.objects.filter(account=account, usage=usage).first()
    if row and score.only_if_higher and _share(score) <= _share(row):
        return False
    row = row or Grade(account=account, usage=usage)
    row.earned, row.possible = score.earned, score.possible
    row.save()
    return True


def _share(score: Score | Grade) -> float:
    return score.earned / score.possible if score.possible else 0.0


def complete(account: Account, usage: str, value: float = 1.0) -> None:
    """Record how far *account* has come, from 0 to 1; call it within a transaction."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
        raise ValueError(f"completion is a number from 0 to 1, not {value!r}")
    row = Completion.objects.filter(account=account, usage=usage).first()
    row = row or Completion(account=account, usage=usage)
    if row.pk and row.value == value:
        return
    row.value = float(value)
    row.save()


def completed(account: Account) -> dict[str, float]:
    """Completion by block of one learner."""
    return dict(Completion.objects.filter(account=account).values_list("usage", "value"))
