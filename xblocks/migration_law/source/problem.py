# SPDX-License-Identifier: AGPL-3.0-or-later
"""A mistake in a source file, as a value."""

from __future__ import annotations

from typing import NamedTuple


class Problem(NamedTuple):
    """One mistake: its file (relative to the root), line and column (from 1), stable code, and what to do about it."""

    file: str
    line: int
    column: int
    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.code} {self.message}"


class Mistake(NamedTuple):
    """A mistake in a text, before it is known where the text stands: an offset from 0, its code and its message."""

    offset: int
    code: str
    message: str
