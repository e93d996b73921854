# SPDX-License-Identifier: AGPL-3.0-or-later
"""Numbers as people write them."""
from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def points(value: float) -> str:
    """At most two decimals, and none that are zero."""
    return f"{round(value, 2):g}" if abs(value) < 100_000 else f"{value:.0f}"
