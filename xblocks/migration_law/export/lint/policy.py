# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rules on `policy.json`, which the importer drops with a mere warning when it is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ..tree import CUSTOM, LintProblem, Tree

Found = Iterator[LintProblem]
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)")


def _file(tree: Tree) -> str:
    return f"{tree.root}policies/{tree.run}/policy.json"


def _settings(tree: Tree) -> dict[str, Any]:
    policy = tree.policy("policy.json")
    found = policy.get(f"course/{tree.run}") if isinstance(policy, dict) else None
    return found if isinstance(found, dict) else {}


def readable(tree: Tree) -> Found:
    """It is there, is JSON, and holds the course's settings."""
    if not isinstance(tree.policy("policy.json"), dict):
        yield LintProblem(
            "policy", _file(tree), "missing or not JSON: the course would be imported without its settings"
        )
    elif not _settings(tree):
        yield LintProblem("policy", _file(tree), f"nothing under 'course/{tree.run}'; put the course's settings there")


def names(tree: Tree) -> Found:
    """Each key is `<type>/<id>` of a block that exists."""
    known = {f"{block.type}/{block.id}" for block in tree.blocks}
    for key, value in (
        (tree.policy("policy.json") or {}).items() if isinstance(tree.policy("policy.json"), dict) else ()
    ):
        if key not in known:
            yield LintProblem(
                "policy-block", _file(tree), f"{key!r} is no block of this course; correct it or take it out"
            )
        elif not isinstance(value, dict):
            yield LintProblem("policy-block", _file(tree), f"{key!r} must hold settings by name")


def once(tree: Tree) -> Found:
    """A setting stands in the policy or on the block, not in both."""
    policy = tree.policy("policy.json")
    for block in tree.blocks:
        settings = policy.get(f"{block.type}/{block.id}") if isinstance(policy, dict) else None
        for name in sorted(set(block.attributes) & set(settings if isinstance(settings, dict) else ())):
            if name not in ("org", "course"):
                yield LintProblem("set-twice", block.file, f"{name} is set here and in policy.json; keep one of them")


def required(tree: Tree) -> Found:
    """The course has a title and opens: without a `start` the platform waits until 2030."""
    settings = _settings(tree)
    if settings and not settings.get("display_name"):
        yield LintProblem("no-title", _file(tree), "the course has no display_name; give it a title")
    if settings and not settings.get("start"):
        yield LintProblem("no-start", _file(tree), "without `start` the course opens in 2030; give it a date")
    for name in ("start", "end"):
        if settings.get(name) and not DATE.fullmatch(str(settings[name])):
            yield LintProblem(
                "date", _file(tree), f"{name} {settings[name]!r} is no date; write it as 2026-01-31T00:00:00Z"
            )


def tabs(tree: Tree) -> Found:
    """`courseware` comes first, or the import fails; a page of its own has a name and an address."""
    pages = _settings(tree).get("tabs")
    if not isinstance(pages, list) or not all(isinstance(page, dict) and page.get("type") for page in pages):
        if pages is not None:
            yield LintProblem("tabs", _file(tree), "each tab must be an object with a `type`")
        return
    if not pages or pages[0]["type"] != "courseware":
        yield LintProblem("tabs", _file(tree), "the first tab must be `courseware`; put it first")
    for page in pages:
        yield from _static_tab(tree, page)


def _static_tab(tree: Tree, page: dict[str, Any]) -> Found:
    if page["type"] != "static_tab":
        return
    if not page.get("name") or not page.get("url_slug"):
        yield LintProblem("tabs", _file(tree), "a static_tab needs `name` and `url_slug`; give it both")
    elif f"{tree.root}tabs/{page['url_slug']}.html" not in tree.files:
        yield LintProblem("tabs", _file(tree), f"tabs/{page['url_slug']}.html is missing; add it, or take the tab out")


def modules(tree: Tree) -> Found:
    """Studio shows only those of our blocks that the course's advanced modules name."""
    listed = _settings(tree).get("advanced_modules") or []
    for name in sorted({block.type for block in tree.blocks if block.type in CUSTOM} - set(map(str, listed))):
        yield LintProblem(
            "advanced-modules", _file(tree), f"add {name!r} to `advanced_modules`, or authors can't add one"
        )


def image(tree: Tree) -> Found:
    """The course's picture is there."""
    name = _settings(tree).get("course_image")
    if name and f"{tree.root}static/{name}" not in tree.files:
        yield LintProblem(
            "missing-static", _file(tree), f"the course_image static/{name} is missing; add it, or take it out"
        )


RULES = (readable, names, once, required, tabs, modules, image)
