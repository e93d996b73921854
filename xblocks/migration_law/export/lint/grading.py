# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rules on `grading_policy.json`: what it counts exists, and what exists is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from ..tree import LintProblem, Tree

Found = Iterator[LintProblem]


def _file(tree: Tree) -> str:
    return f"{tree.root}policies/{tree.run}/grading_policy.json"


def _graders(tree: Tree) -> list[dict[str, Any]] | None:
    policy = tree.policy("grading_policy.json")
    found = policy.get("GRADER") if isinstance(policy, dict) else None
    return found if isinstance(found, list) and all(isinstance(item, dict) for item in found) else None


def _graded(tree: Tree) -> Counter[str]:
    """How many sequentials have each format."""
    blocks = (block.attributes for block in tree.blocks if block.attributes.get("graded") == "true")
    return Counter(attributes.get("format", "") for attributes in blocks)


def _number(value: object, lowest: float, highest: float) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and lowest <= value <= highest


def readable(tree: Tree) -> Found:
    """It is there, is JSON, and has graders and cutoffs."""
    policy = tree.policy("grading_policy.json")
    if _graders(tree) is None:
        yield LintProblem("grading-policy", _file(tree), "missing, not JSON, or without a list GRADER; build it again")
        return
    cutoffs = policy.get("GRADE_CUTOFFS")
    if not isinstance(cutoffs, dict) or not cutoffs or not all(_number(cut, 0, 1) for cut in cutoffs.values()):
        yield LintProblem("grading-policy", _file(tree), 'GRADE_CUTOFFS must hold shares from 0 to 1, as {"Pass": 0.6}')


def graders(tree: Tree) -> Found:
    """Each grader says what it counts, and all shares make one."""
    found = _graders(tree) or []
    for grader in found:
        whole = all(isinstance(grader.get(name), int) for name in ("min_count", "drop_count"))
        if not (whole and isinstance(grader.get("type"), str) and _number(grader.get("weight"), 0, 1)):
            message = f"{grader.get('type')!r} needs type, min_count, drop_count and a weight from 0 to 1"
            yield LintProblem("grader", _file(tree), message)
    weights = [grader["weight"] for grader in found if _number(grader.get("weight"), 0, 1)]
    if found and abs(sum(weights) - 1) > 1e-5:
        yield LintProblem("weights", _file(tree), f"the weights add up to {sum(weights):g}, not 1; change one of them")
    for kind, times in Counter(str(grader.get("type")) for grader in found).items():
        if times > 1:
            yield LintProblem("grader", _file(tree), f"the type {kind!r} is there {times} times; keep one of them")


def formats(tree: Tree) -> Found:
    """A graded sequential counts only if a grader has its format."""
    known = {grader.get("type") for grader in _graders(tree) or []}
    for block in tree.blocks:
        kind = block.attributes.get("format", "")
        if block.attributes.get("graded") == "true" and kind not in known:
            message = f"{block.id!r} is graded as {kind!r}, which no grader counts; add it to grading_policy.json"
            yield LintProblem("no-grader", block.file, message)


def counts(tree: Tree) -> Found:
    """A grader that counts more than there is fills up with zeros, and every learner loses that share."""
    graded = _graded(tree)
    for grader in _graders(tree) or []:
        kind, there = grader.get("type"), graded[str(grader.get("type"))]
        least, drop = grader.get("min_count"), grader.get("drop_count")
        if not there:
            yield LintProblem("unused-grader", _file(tree), f"nothing is graded as {kind!r}; take that grader out")
        elif isinstance(least, int) and least > there:
            message = (
                f"{kind!r} counts at least {least}, but there are {there}; the rest would count as 0: lower min_count"
            )
            yield LintProblem("min-count", _file(tree), message)
        elif isinstance(drop, int) and drop >= there:
            message = f"{kind!r} drops {drop} of {there}, so that none counts; lower drop_count"
            yield LintProblem("drop-count", _file(tree), message)


RULES = (readable, graders, formats, counts)
