# SPDX-License-Identifier: AGPL-3.0-or-later
"""What scores add up to, by the course's grading policy, as the platform reckons it."""
from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from xblock.completable import XBlockCompletionMode

from .containers import CONTAINERS
from .models import Account, Completion, Grade
from .runtime import ClassroomRuntime
from .tree import Node, Tree

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Scored:
    """A block that gives points: at most `possible`; `section` and `format` place it in the grading policy."""

    node: Node
    possible: float
    weighted: bool
    section: str
    format: str

    @property
    def label(self) -> str:
        """Its page, and its own name too if the page holds other blocks of its type."""
        unit = self.node.unit or self.node
        alone = sum(leaf.type == self.node.type for leaf in unit.leaves) <= 1
        return unit.title if alone or unit.title == self.node.title else f"{unit.title}: {self.node.title}"


@dataclass(frozen=True)
class Row:
    """One block in somebody's results; `earned` is None as long as nothing was handed in."""

    scored: Scored
    earned: float | None
    possible: float
    share: float = 0.0

    @property
    def percent(self) -> float | None:
        """Earned of possible, in per cent."""
        return None if self.earned is None or not self.possible else 100 * self.earned / self.possible


@dataclass(frozen=True)
class Category:
    """One kind of graded work: its share in the total and the mean reached in it, both in per cent."""

    name: str
    weight: float
    percent: float


@dataclass(frozen=True)
class Results:
    """All that one learner has reached; `total` and `needed` are in per cent of the whole course."""

    rows: list[Row]
    categories: list[Category]
    total: int
    needed: int

    @property
    def graded(self) -> list[Row]:
        """The work that counts."""
        return [row for row in self.rows if row.scored.format]

    @property
    def practice(self) -> list[Row]:
        """The work that does not count."""
        return [row for row in self.rows if not row.scored.format]

    @property
    def passed(self) -> bool:
        """Whether the total reaches the pass mark."""
        return bool(self.categories) and self.total >= self.needed

    @property
    def complete(self) -> bool:
        """Whether every graded block has a score."""
        return all(row.earned is not None for row in self.graded)


@lru_cache(maxsize=2)
def scored_blocks(tree: Tree) -> tuple[Scored, ...]:
    """The blocks of the course that give points, in their order."""
    runtime = ClassroomRuntime(tree, None)
    return tuple(found for node in tree.root.leaves if not node.error and (found := _scored(runtime, node)))


def _scored(runtime: ClassroomRuntime, node: Node) -> Scored | None:
    block = runtime.get_block(node.usage)
    if not getattr(block, "has_score", False):
        return None
    weight = getattr(block, "weight", None)
    try:
        possible = float(weight if weight is not None else block.max_score() or 0)
    except Exception:  # One block of foreign code must not take everybody's results away.
        log.exception("max_score of %s failed", node.usage)
        return None
    section = next((str(part.usage) for part in node.path if part.type == "sequential"), "")
    form = node.settings.get("format") if node.settings.get("graded") else None
    return Scored(node, possible, weight is not None, section, str(form or ""))


@lru_cache(maxsize=2)
def completable(tree: Tree) -> frozenset[str]:
    """The blocks that can be done."""
    runtime = ClassroomRuntime(tree, None)
    leaves = [node for node in tree.root.leaves if not node.error and node.type not in CONTAINERS]
    modes = {node.usage: XBlockCompletionMode.get_mode(runtime.get_block(node.usage)) for node in leaves}
    return frozenset(str(usage) for usage, mode in modes.items() if mode == XBlockCompletionMode.COMPLETABLE)


Grades = dict[str, Grade]


def grades_of(accounts: Iterable[Account]) -> dict[int, Grades]:
    """The recorded scores of each of *accounts*, by account and block, in one query."""
    found: dict[int, Grades] = defaultdict(dict)
    for grade in Grade.objects.filter(account__in=list(accounts)):
        found[grade.account_id][grade.usage] = grade
    return found


def completion_of(tree: Tree, accounts: Iterable[Account]) -> dict[int, int]:
    """How much of the course each of *accounts* has done, in per cent, in one query."""
    wanted = completable(tree)
    done: dict[int, float] = defaultdict(float)
    for owner, usage, value in Completion.objects.filter(account__in=list(accounts)).values_list(
        "account_id", "usage", "value"
    ):
        done[owner] += value if usage in wanted else 0
    return {owner: int(100 * value / len(wanted)) for owner, value in done.items()} if wanted else {}


def results(tree: Tree, scored: Iterable[Scored], grades: Grades) -> Results:
    """What *grades* amount to over the blocks *scored* that this learner may see."""
    rows = [_row(block, grades.get(str(block.node.usage))) for block in scored]
    policy = tree.data["grading"]
    categories = [_category(kind, rows) for kind in policy["GRADER"]]
    total = sum(category.weight * category.percent for category in categories) / 100
    needed = min(policy["GRADE_CUTOFFS"].values(), default=0.5)
    return Results(_with_shares(rows, categories), categories, int(total + 0.5), round(100 * needed))


def _row(block: Scored, grade: Grade | None) -> Row:
    if grade is None:
        return Row(block, None, block.possible)
    if not block.weighted or not grade.possible:
        return Row(block, grade.earned, grade.possible)
    return Row(block, grade.earned * block.possible / grade.possible, block.possible)


def _category(kind: dict[str, Any], rows: list[Row]) -> Category:
    sections: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.scored.format == kind["type"] and row.possible:
            sections[row.scored.section].append(row)
    shares = [sum(row.earned or 0 for row in part) / sum(row.possible for row in part) for part in sections.values()]
    shares += [0.0] * (int(kind.get("min_count") or 0) - len(shares))
    kept = sorted(shares)[int(kind.get("drop_count") or 0):] or [0.0]
    return Category(str(kind["type"]), 100 * float(kind.get("weight") or 0), 100 * sum(kept) / len(kept))


def _with_shares(rows: list[Row], categories: list[Category]) -> list[Row]:
    weights = {category.name: category.weight for category in categories}
    sections: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for row in rows:
        sections[row.scored.format][row.scored.section] += row.possible
    return [Row(row.scored, row.earned, row.possible, _share(row, weights, sections)) for row in rows]


def _share(row: Row, weights: dict[str, float], sections: dict[str, dict[str, float]]) -> float:
    place = sections[row.scored.format]
    whole = place[row.scored.section] * len(place)
    return weights.get(row.scored.format, 0.0) * row.possible / whole if whole else 0.0
