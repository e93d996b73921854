# SPDX-License-Identifier: AGPL-3.0-or-later
"""Scores that people gave: edx-submissions announces them, the classroom records them."""
from __future__ import annotations

from typing import Any

from django.db import transaction

from . import records
from .models import Account, Grade


def connect() -> None:
    """Listen to the signals that the platform's gradebook listens to."""
    from submissions.models import score_reset, score_set  # type: ignore[import-untyped]

    score_set.connect(on_score_set, dispatch_uid="classroom.score_set")
    score_reset.connect(on_score_reset, dispatch_uid="classroom.score_reset")


def on_score_set(
    sender: Any, points_possible: float, points_earned: float, anonymous_user_id: str, item_id: str, **_: Any
) -> None:
    """Record a released score for the learner whom it concerns."""
    account = Account.objects.filter(anonymous_id=anonymous_user_id).first()
    if account is None or not points_possible:
        return
    score = records.Score.from_event({"value": points_earned, "max_value": points_possible})
    with transaction.atomic():
        records.grade(account, str(item_id), score)
        records.complete(account, str(item_id))


def on_score_reset(sender: Any, anonymous_user_id: str, item_id: str, **_: Any) -> None:
    """Take a released score back."""
    Grade.objects.filter(account__anonymous_id=anonymous_user_id, usage=str(item_id)).delete()
