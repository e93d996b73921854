# SPDX-License-Identifier: AGPL-3.0-or-later
"""A cap on wrong passwords in total, beside the one that django-axes keeps by name and address."""
from __future__ import annotations

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest
from django.utils import timezone

# A whole training room may share one address, so that cap is wide; one name has one owner.
BY_NAME = 20
BY_ADDRESS = 100


def address(request: HttpRequest) -> str:
    """Where the request comes from; a trusted proxy's word is already worked in by the server."""
    return str(request.META.get("REMOTE_ADDR", ""))


def exhausted(request: HttpRequest, username: str) -> bool:
    """Whether this name, or this address, has failed too often of late, whatever the combination."""
    recent = AccessAttempt.objects.filter(attempt_time__gte=timezone.now() - settings.AXES_COOLOFF_TIME)
    by_name = _total(recent.filter(username__iexact=username))
    return by_name >= BY_NAME or _total(recent.filter(ip_address=address(request) or None)) >= BY_ADDRESS


def _total(attempts: object) -> int:
    return attempts.aggregate(total=Sum("failures_since_start"))["total"] or 0  # type: ignore[attr-defined]
