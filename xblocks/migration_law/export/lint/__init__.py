# SPDX-License-Identifier: AGPL-3.0-or-later
"""Our own check of an archive by the importer's rules: it says success while it loses blocks, so we look first."""

from __future__ import annotations

from collections.abc import Mapping

from ..archive import ArchiveError, untar_gz
from ..tree import LintProblem, read
from . import grading, pages, policy, structure

__all__ = ["LintProblem", "lint", "lint_archive"]

RULES = (*structure.RULES, *policy.RULES, *grading.RULES, *pages.RULES)


def lint(files: Mapping[str, bytes]) -> list[LintProblem]:
    """Everything that an importer would trip over in the files of an archive, in order of file."""
    tree = read(files)
    found = [*tree.faults, *(problem for rule in RULES for problem in rule(tree))]
    return sorted(set(found), key=lambda problem: (problem.path, problem.code, problem.message))


def lint_archive(packed: bytes) -> list[LintProblem]:
    """The same for a `.tar.gz`, with what an importer refuses in the archive itself: links, paths outside, size."""
    try:
        return lint(untar_gz(packed))
    except ArchiveError as error:
        return [LintProblem(error.code, error.path or "the archive", error.message)]
