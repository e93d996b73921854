# SPDX-License-Identifier: AGPL-3.0-or-later
"""All that the sources hold, read and checked: what an export writes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .case_study import CaseStudy
from .course import Course, Lesson, Module
from .law import Library
from .quiz import Quiz

DERIVED = ("seq", "unit", "text")
"""What an archive adds, after a hyphen, to an authored id to name the parts that it makes of it."""


@dataclass(frozen=True)
class Corpus:
    """A course with everything that it names, by id; `static` maps a path under `course/static/` to its bytes."""

    course: Course
    modules: Mapping[str, Module]
    lessons: Mapping[str, Lesson]
    quizzes: Mapping[str, Quiz]
    cases: Mapping[str, CaseStudy]
    library: Library
    static: Mapping[str, bytes] = field(default_factory=dict)
