# SPDX-License-Identifier: AGPL-3.0-or-later
"""The policies of an archive: settings by part, grading, tabs."""
from __future__ import annotations

import json
from typing import Any

from .. import inherited
from .parts import Part, Problem, Reading

GRADING: dict[str, Any] = {"GRADER": [], "GRADE_CUTOFFS": {"Pass": 0.5}}


def apply(files: dict[str, bytes], run: str, reading: Reading) -> None:
    """Lay the policies of *run* over the parts of *reading* and put the course's own data into it."""
    policy = _json(files, f"policies/{run}/policy.json", reading)
    settings: dict[str, Any] = {}
    for name, values in policy.items():
        kind, _, usage = name.partition("/")
        part = reading.parts.get(usage)
        if part is None or part.type != kind or not isinstance(values, dict):
            reading.problems.append(Problem("policy.json", f"{name!r} names no part of this course."))
            continue
        _override(part, values, reading)
        if kind == "course":
            settings = values
    reading.data = {
        "settings": settings,
        "grading": {**GRADING, **_json(files, f"policies/{run}/grading_policy.json", reading)},
        "tabs": _tabs(files, settings.get("tabs") or [], reading),
        "assets": sorted(path.removeprefix("static/") for path in files if path.startswith("static/")),
    }


def _json(files: dict[str, bytes], path: str, reading: Reading) -> dict[str, Any]:
    if path not in files:
        reading.problems.append(Problem(path, "it is not in the archive; defaults are used."))
        return {}
    try:
        found = json.loads(files[path])
    except ValueError as error:
        reading.problems.append(Problem(path, f"it is not valid JSON ({error}); defaults are used."))
        return {}
    return found if isinstance(found, dict) else {}


def _override(part: Part, values: dict[str, Any], reading: Reading) -> None:
    for name, value in values.items():
        if name == "display_name" or (name not in inherited.NAMES and name in part.fields):
            part.fields[name] = value
        elif name in inherited.NAMES:
            try:
                part.fields[name] = inherited.read(name, value)
            except ValueError as error:
                reading.problems.append(Problem("policy.json", f"{part.type}/{part.usage}: {error}; left out."))


def _tabs(files: dict[str, bytes], tabs: list[dict[str, Any]], reading: Reading) -> list[dict[str, str]]:
    pages = []
    for tab in tabs:
        slug = tab.get("url_slug", "")
        if tab.get("type") != "static_tab" or tab.get("course_staff_only"):
            continue
        if f"tabs/{slug}.html" not in files:
            reading.problems.append(Problem(f"tabs/{slug}.html", "a tab names it, but it is not in the archive."))
            continue
        text = files[f"tabs/{slug}.html"].decode("utf-8", "replace")
        pages.append({"name": str(tab.get("name") or slug), "slug": slug, "html": text})
    return pages
