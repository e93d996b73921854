# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may see which part of the course, and from when."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from .inherited import FIELDS
from .models import Account
from .tree import Node, Tree


@dataclass(frozen=True)
class Refusal:
    """Why a part is closed: `opens` is set where waiting helps, else the part is not to be known at all."""

    opens: datetime | None = None


def refusal(tree: Tree, node: Node, account: Account) -> Refusal | None:
    """None where *account* may see *node* and all parts around it; staff may see everything."""
    if account.is_staff:
        return None
    for part in node.path:
        if part.fields.get("visible_to_staff_only") or not _in_group(tree, part, account):
            return Refusal()
    starts = [start for part in node.path if (start := _start(part))]
    latest = max(starts, default=None)
    return Refusal(latest) if latest and latest > timezone.now() else None


def sees(tree: Tree, node: Node, account: Account) -> bool:
    """Whether *account* may know that *node* exists; it may still be waiting for its start."""
    why = refusal(tree, node, account)
    return why is None or why.opens is not None


def _start(node: Node) -> datetime | None:
    value = FIELDS["start"].from_json(node.fields.get("start"))
    return value if isinstance(value, datetime) else None


def _in_group(tree: Tree, node: Node, account: Account) -> bool:
    demanded: dict[str, Any] = node.fields.get("group_access") or {}
    mine = tree.groups.get(account.group)
    return all(mine in groups for groups in demanded.values() if groups)
