# SPDX-License-Identifier: AGPL-3.0-or-later
"""The course itself has no mistakes."""

from __future__ import annotations

from pathlib import Path

from migration_law import source


def test_the_real_sources_have_no_mistakes() -> None:
    reading = source.read(Path(__file__).resolve().parent.parent)
    assert [str(problem) for problem in reading.problems] == []
    assert reading.counts.courses == 1
