# SPDX-License-Identifier: AGPL-3.0-or-later
"""Settings that a part of the course hands down to all below it, as the platform does."""
from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from xblock.core import XBlockMixin
from xblock.fields import Boolean, DateTime, Dict, JSONField, Scope, String

SPAN = re.compile(
    r"^\s*(?:(?P<days>\d+)\s*days?)?[,\s]*(?:(?P<hours>\d+)\s*hours?)?[,\s]*"
    r"(?:(?P<minutes>\d+)\s*minutes?)?[,\s]*(?:(?P<seconds>\d+)\s*seconds?)?\s*$"
)


class Timedelta(JSONField):
    """A span of time, written as the platform writes it: "2 days 5 hours"."""

    MUTABLE = False

    def from_json(self, value: Any) -> timedelta | None:
        if value is None or isinstance(value, timedelta):
            return value
        found = SPAN.match(str(value)) if str(value).strip() else None
        if not found:
            raise ValueError(f"Could not read {value!r} as a span of time, such as '2 days 5 hours'.")
        return timedelta(**{unit: int(number) for unit, number in found.groupdict().items() if number})

    def to_json(self, value: Any) -> str | None:
        if value is None or isinstance(value, str):
            return value
        return f"{value.days} days {value.seconds} seconds"

    enforce_type = from_json


class Inherited(XBlockMixin):
    """The settings that every block of the course has, whether it sets them or not."""

    start = DateTime(scope=Scope.settings)
    due = DateTime(scope=Scope.settings)
    graceperiod = Timedelta(scope=Scope.settings)
    graded = Boolean(scope=Scope.settings, default=False)
    format = String(scope=Scope.settings)
    show_correctness = String(scope=Scope.settings, default="always")
    group_access = Dict(scope=Scope.settings, default={})
    visible_to_staff_only = Boolean(scope=Scope.settings, default=False)
    self_paced = Boolean(scope=Scope.settings, default=False)

    @property
    def location(self) -> Any:
        """The usage id, under the name that the platform gives it."""
        return self.scope_ids.usage_id

    @property
    def course_id(self) -> Any:
        """The key of the course that this block is part of."""
        return self.scope_ids.usage_id.context_key


FIELDS = {name: value for name, value in vars(Inherited).items() if isinstance(value, JSONField)}
NAMES = frozenset(FIELDS)


def read(name: str, value: Any) -> Any:
    """The value of the setting *name* from an attribute or from a policy; ValueError tells what is wrong with it."""
    field = FIELDS[name]
    try:
        parsed = field.from_string(value) if isinstance(value, str) else field.from_json(value)
        return field.to_json(field.enforce_type(parsed))
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name}={value!r}: {error}") from error
