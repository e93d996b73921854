# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rules on blocks: their ids, tags, places and sizes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..tree import CUSTOM, LEVELS, LintProblem, Tree

Found = Iterator[LintProblem]

LEAVES = ("html", "problem", "video", "discussion", *CUSTOM)
CHILDREN = {"course": ("chapter", "wiki"), "chapter": ("sequential",), "sequential": ("vertical",), "vertical": LEAVES}
LARGEST_BLOCK = 1_000_000
"""Bytes: beyond it the platform's store becomes slow, and at 16 MB it refuses."""
ID = re.compile(r"[A-Za-z0-9_.-]+")


def course_key(tree: Tree) -> Found:
    """`course.xml` says which course it is, and nothing else."""
    if tree.key and set(tree.key) != {"url_name", "org", "course"}:
        yield LintProblem(
            "course-pointer", f"{tree.root}course.xml", "give it url_name, org and course, and nothing else"
        )


def ids(tree: Tree) -> Found:
    """Each block has an id of its own, since it keys every learner's state."""
    seen: dict[str, str] = {}
    for block in tree.blocks:
        if not block.id:
            yield LintProblem("no-id", block.file, f"a <{block.type}> has no url_name; the platform would invent one")
        elif not ID.fullmatch(block.id):
            yield LintProblem("bad-id", block.file, f"{block.id!r}: use letters, digits, hyphens, dots and underscores")
        elif block.id in seen:
            message = f"{block.id!r} is also a <{seen[block.id]}>; the platform would rename one of them silently"
            yield LintProblem("duplicate-id", block.file, message)
        seen.setdefault(block.id, block.type)


def titles(tree: Tree) -> Found:
    """Each block but the course, whose title is in the policy, shows a title."""
    for block in tree.blocks:
        if block.type != "course" and not block.title.strip():
            yield LintProblem("no-title", block.file, f"the block {block.id!r} has no display_name; give it a title")


def tags(tree: Tree) -> Found:
    """Each block stands where the platform expects one; an unknown tag would become a hidden block."""
    types = {block.id: block.type for block in tree.blocks}
    for block in tree.blocks:
        if block.type == "course":
            continue
        parent = types.get(block.parent, "") if block.parent else "course"
        if block.type not in CHILDREN.get(parent, ()):
            message = f"<{block.type}> can't stand in a <{parent}>; a unit holds {', '.join(LEAVES)}"
            yield LintProblem("unknown-tag", block.file, message)


def custom(tree: Tree) -> Found:
    """Our own blocks stand inline: a pure XBlock does not follow pointers, and would come out empty."""
    for block in tree.blocks:
        if block.type not in CUSTOM:
            continue
        if not block.inline:
            yield LintProblem(
                "custom-pointer", block.file, f"write <{block.type}> with its content into its unit's file"
            )
        elif block.attributes.get("xblock-family") != "xblock.v1":
            yield LintProblem(
                "no-family", block.file, f'<{block.type} url_name="{block.id}"> needs xblock-family="xblock.v1"'
            )
        if not block.text.strip():
            yield LintProblem("empty-block", block.file, f"the block {block.id!r} has no content; build it again")


def empty(tree: Tree) -> Found:
    """A container holds something."""
    parents = {block.parent for block in tree.blocks if block.type != "course"}
    for block in tree.blocks:
        if block.type in LEVELS[1:] and block.id not in parents:
            yield LintProblem(
                "empty-container", block.file, f"the {block.type} {block.id!r} holds nothing; leave it out"
            )


def sizes(tree: Tree) -> Found:
    """Each block is small enough for the platform's store."""
    for block in tree.blocks:
        if (size := len(block.text.encode(errors="replace"))) > LARGEST_BLOCK:
            message = f"the block {block.id!r} has {size:,} bytes; split it into blocks under {LARGEST_BLOCK:,}"
            yield LintProblem("too-large", block.page or block.file, message)


def unused(tree: Tree) -> Found:
    """Each file of a block is reached from `course.xml`; another would be lost without a word."""
    folders = (*LEVELS, "html", *CUSTOM)
    for name in tree.files:
        folder = name.removeprefix(tree.root).partition("/")[0]
        if folder in folders and "/" in name.removeprefix(tree.root) and name not in tree.used:
            yield LintProblem(
                "unused-file", name, "no block points to it, so it would be lost; point to it, or take it out"
            )


RULES = (course_key, ids, titles, tags, custom, empty, sizes, unused)
