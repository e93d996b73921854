# SPDX-License-Identifier: AGPL-3.0-or-later
"""Boxes in Markdown: `::: note`, closed by `:::`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migration_law.text import BOXES

from .faults import suggest
from .problem import Mistake

FENCE = re.compile(r"^[ \t>]*(?:(?:[*+-]|\d+[.)])[ \t]+)?(?P<colons>:{3,})[ \t]*(?P<kind>[^\s]*)[^\n]*$", re.MULTILINE)
KINDS = (*BOXES, "quote")


def boxes(text: str) -> Iterator[Mistake]:
    """The boxes of unknown kind, those not closed, and the closing lines that close nothing. Code must be blank."""
    if ":::" in text:
        yield from _boxes(list(FENCE.finditer(text)))


def _boxes(fences: list[re.Match[str]]) -> Iterator[Mistake]:
    while fences:
        fence, *fences = fences
        offset = fence.start("colons")
        if not fence["kind"]:
            yield Mistake(offset, "unclosed-box", "this `:::` closes no box; take it out, or open a box above it")
            continue
        if fence["kind"] not in KINDS:
            cure = suggest(fence["kind"], KINDS) or f"write one of {', '.join(KINDS)}"
            yield Mistake(offset, "unknown-box", f"there is no box {fence['kind']!r}; {cure}")
        end = _closing(fence, fences)
        if end is None:
            yield Mistake(offset, "unclosed-box", "this box is never closed; write `:::` on a line of its own after it")
        else:
            yield from _boxes(fences[:end])
            fences = fences[end + 1 :]


def _closing(fence: re.Match[str], fences: list[re.Match[str]]) -> int | None:
    """Which of the following fences closes one: the first without a kind that is as long."""
    long_enough = (len(other["colons"]) >= len(fence["colons"]) and not other["kind"] for other in fences)
    return next((number for number, closes in enumerate(long_enough) if closes), None)
