# SPDX-License-Identifier: AGPL-3.0-or-later
"""A course -> the settings and the grading policy that Open edX reads beside its blocks."""

from __future__ import annotations

import datetime
import json
from collections.abc import Collection
from typing import Any

from migration_law.model.course import Assignment, Course

TABS = (
    {"type": "courseware", "name": "Course"},
    {"type": "progress", "name": "Progress"},
    {"type": "dates", "name": "Dates"},
)
"""The course's pages. The platform wants `courseware` first, or it refuses the import."""


def policy(course: Course, custom: Collection[str]) -> dict[str, Any]:
    """`policy.json`: the settings of the course; `custom` are the blocks of our own that it holds."""
    settings: dict[str, Any] = {
        "display_name": course.title,
        "language": course.language,
        "start": _utc(course.start),
        "end": course.end and _utc(course.end),
        "self_paced": course.self_paced,
        "course_image": course.image,
        "advanced_modules": sorted(custom),
        "tabs": list(TABS),
    }
    return {f"course/{course.run}": {name: value for name, value in settings.items() if value is not None}}


def _utc(moment: datetime.datetime) -> str:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)
    return aware.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def grading(course: Course, graded: Collection[str]) -> dict[str, Any]:
    """`grading_policy.json`. Types that no block has are left out, since an empty one costs every learner its share."""
    types = [kind for kind in (course.grading.quiz, course.grading.case) if kind.type in graded]
    return {
        "GRADER": [_grader(kind, sum(other.weight for other in types)) for kind in types],
        "GRADE_CUTOFFS": {"Pass": course.grading.pass_mark},
    }


def _grader(kind: Assignment, total: float) -> dict[str, Any]:
    return {
        "type": kind.type, "short_label": kind.short, "min_count": kind.min_count, "drop_count": kind.drop_count,
        "weight": round(kind.weight / total, 6) if total else 0.0,
    }  # fmt: skip


def as_json(data: object) -> bytes:
    """Data as JSON that people can read too."""
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
