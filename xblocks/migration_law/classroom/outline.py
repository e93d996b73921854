# SPDX-License-Identifier: AGPL-3.0-or-later
"""The course as one learner sees it: modules, groups, units, and what is done."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from . import access, grading, records
from .models import Account
from .tree import Node, Tree


@dataclass(frozen=True)
class Unit:
    """A page in the outline: `kind` names the graded work on it, `opens` is set while it is closed."""

    node: Node
    title: str
    parts: int
    done: int
    kind: str
    opens: datetime | None

    @property
    def complete(self) -> bool:
        """Whether all that can be done on the page is done."""
        return 0 < self.parts <= self.done

    @property
    def begun(self) -> bool:
        """Whether some of it is done."""
        return 0 < self.done < self.parts


@dataclass(frozen=True)
class Module:
    """A module in the outline."""

    node: Node
    units: list[Unit]

    @property
    def done(self) -> int:
        """The number of complete units."""
        return sum(unit.complete for unit in self.units)


@dataclass(frozen=True)
class Outline:
    """The whole course in the eyes of one learner."""

    modules: list[Module]

    @property
    def units(self) -> list[Unit]:
        """All pages in their order."""
        return [unit for module in self.modules for unit in module.units]

    @property
    def percent(self) -> int:
        """How much is done: parts of pages, in per cent."""
        parts = sum(unit.parts for unit in self.units)
        return 100 * sum(unit.done for unit in self.units) // parts if parts else 0

    def next_after(self, last: str) -> Unit | None:
        """Where to go on: the page last opened unless it is complete, else the first open one that is not."""
        ready = [unit for unit in self.units if not unit.opens]
        here = next((index for index, unit in enumerate(ready) if unit.node.usage == last), 0)
        waiting = [unit for unit in ready[here:] + ready[:here] if not unit.complete and unit.parts]
        return waiting[0] if waiting else None


def outline(tree: Tree, account: Account) -> Outline:
    """The course as *account* sees it."""
    done = records.completed(account)
    chapters = [node for node in tree.root.children if access.sees(tree, node, account)]
    modules = [Module(chapter, _units(tree, chapter, account, done)) for chapter in chapters]
    return Outline([module for module in modules if module.units])


def _units(tree: Tree, chapter: Node, account: Account, done: dict[str, float]) -> list[Unit]:
    pages = [node for node in chapter.walk() if node.type == "vertical" and access.sees(tree, node, account)]
    return [_unit(tree, node, account, done) for node in pages]


def _unit(tree: Tree, node: Node, account: Account, done: dict[str, float]) -> Unit:
    wanted = grading.completable(tree)
    parts = [leaf for leaf in node.leaves if leaf.usage in wanted and access.sees(tree, leaf, account)]
    finished = sum(done.get(leaf.usage, 0) >= 1 for leaf in parts)
    why = access.refusal(tree, node, account)
    opens = why.opens if why else None
    kind = str(node.settings.get("format") or "Graded") if node.settings.get("graded") else ""
    return Unit(node, page_title(node), len(parts), finished, kind, opens)


def page_title(node: Node) -> str:
    """The name of a page, after its group's name where the group holds several pages."""
    group = node.parent
    if group is None or group.type != "sequential" or len(group.children) == 1 or group.title == node.title:
        return node.title
    return f"{group.title}: {node.title}"
