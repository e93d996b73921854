# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the loader passes on: the parts of a course, and what went wrong where."""
from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

# Names stand in addresses, so a slash, or nothing but dots, would lead elsewhere.
NAME = re.compile(r"(?!\.+$)[\w.~:-]{1,255}")


@dataclass(frozen=True)
class Problem:
    """Something that could not be loaded: where, and what is wrong."""

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


@dataclass
class Part:
    """One part of the course as read; `fields` are JSON types, `error` tells why it cannot be shown."""

    usage: str
    type: str
    parent: str
    fields: dict[str, Any]
    error: str = ""


@dataclass
class Reading:
    """A course as read: its parts from the top down, parents before children."""

    key: str
    parts: dict[str, Part] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, part: Part) -> bool:
        """Add *part*, unless its name, which keys what learners did, is taken or unusable: that is a problem."""
        wrong = "" if NAME.fullmatch(part.usage) else "this url_name has signs that no address can hold; rename it."
        if part.usage in self.parts:
            wrong = "this url_name is already taken; rename one."
        if wrong:
            self.problems.append(Problem(f"{part.type}/{part.usage}", wrong))
            return False
        self.parts[part.usage] = part
        if part.error:
            self.problems.append(Problem(f"{part.type}/{part.usage}", part.error))
        return True


@dataclass(frozen=True)
class Report:
    """What a load did: counts by type of part, and every problem. `changed` is False if all was there already."""

    changed: bool
    title: str
    counts: dict[str, int]
    problems: tuple[Problem, ...] = ()
    vanished: int = 0
