# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who is asking: the one place that reads roles from the platform's services."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

PLATFORM = "edx-platform."
STAFF_ROLES = ("staff", "instructor")


@dataclass(frozen=True)
class Viewer:
    """The person behind a request. `id` is None for somebody who is not logged in."""

    id: int | str | None
    anonymous_id: str
    staff: bool
    masquerading: bool = False


def viewer(block: Any) -> Viewer:
    """The person behind the block's current request."""
    user = block.runtime.service(block, "user").get_current_user()
    attributes = user.opt_attrs
    user_id = _user_id(block, attributes)
    masquerading = _masquerading(user, user_id)
    staff = bool(attributes.get(f"{PLATFORM}user_is_staff")) or attributes.get(f"{PLATFORM}user_role") in STAFF_ROLES
    return Viewer(
        id=user_id,
        anonymous_id=str(attributes.get(f"{PLATFORM}anonymous_user_id") or user_id),
        staff=staff and not masquerading,
        masquerading=masquerading,
    )


def _user_id(block: Any, attributes: Any) -> int | str | None:
    if attributes.get(f"{PLATFORM}is_authenticated") is False:
        return None
    return attributes.get(f"{PLATFORM}user_id") or block.scope_ids.user_id or None


def _masquerading(user: Any, user_id: int | str | None) -> bool:
    """Whether staff are viewing as this learner: the platform then names the real person beside."""
    real = getattr(user, "real_user", None)
    return real is not None and getattr(real, "id", None) not in (None, user_id)


def enrolled(block: Any, person: Viewer) -> bool:
    """Whether the person is enrolled; True where the platform has no way to tell."""
    service = block.runtime.service(block, "enrollments")
    course = getattr(block.scope_ids.usage_id, "context_key", None)
    if person.staff or course is None or not hasattr(service, "get_active_enrollments_by_course"):
        return True
    return bool(service.get_active_enrollments_by_course(course).filter(user_id=person.id).exists())
