# SPDX-License-Identifier: AGPL-3.0-or-later
"""Citations in Markdown: that each is well formed and leads to a place in the library."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from migration_law.model.law import CITATION, QUOTE, Citation, Library

from .faults import suggest
from .problem import Mistake

TARGET = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(:[^\s\[\]|]+)?")
HALF = re.compile(r"\[\[|(?<!\[)\[[a-z0-9-]+:[^\[\]]*\]\]|^[ \t>]*:::+[ \t]*quote\b[^\n]*$", re.MULTILINE)
"""What is left of a citation that is not closed or not opened, or a quotation that names nothing."""
IN_TABLE = re.compile(r"^[ \t>]*\|[^\n]*(\[\[[^\[\]|\\]*\|[^\[\]\n]*\]\])[^\n]*\|[ \t]*$", re.MULTILINE)
"""A citation with words of its own in a row of a table: its bar would end the cell."""
CURE = "write `[[id:place]]`, such as [[palermo:3(a)]]"


@dataclass(frozen=True)
class Cited:
    """What may be cited: the library, and the ids of sources that are there but broken (their places are not known)."""

    library: Library
    broken: Collection[str] = ()


def cited(text: str, known: Cited) -> Iterator[Mistake]:
    """The citations that are malformed or lead nowhere. Code must be blank."""
    rest = text
    for pattern, inner in ((CITATION, 1), (QUOTE, 1)):
        for found in pattern.finditer(text):
            yield from _check(found, found[inner], known)
            rest = f"{rest[: found.start()]}{' ' * len(found[0])}{rest[found.end() :]}"
    for found in IN_TABLE.finditer(text):
        yield Mistake(found.start(1), "malformed-citation", r"the bar ends the cell of the table; write `\|` in its place")
    for found in HALF.finditer(rest):
        offset = found.start() + len(found[0]) - len(found[0].lstrip(" \t>"))
        yield Mistake(offset, "malformed-citation", f"this citation is not complete; {CURE}")


def _check(found: re.Match[str], target: str, known: Cited) -> Iterator[Mistake]:
    offset = found.start(1) if target and found.re is QUOTE else found.start()
    empty_words = found.re is CITATION and found[2] is not None and not found[2].strip()
    if empty_words or not TARGET.fullmatch(target.strip()):
        message = f"{found[0].strip()!r} names no source; {CURE}"
        yield Mistake(offset, "malformed-citation", message)
    elif (wrong := problem(target, known)) is not None:
        yield Mistake(offset, *wrong)


def problem(target: str, known: Cited) -> tuple[str, str] | None:
    """What is wrong with `id:place`, as (code, message), or None."""
    name, _, locator = target.strip().partition(":")
    if name in known.broken:
        return None
    wrong = known.library.problem(Citation(id=name, locator=locator))
    if wrong is None:
        return None
    instrument = known.library.instruments.get(name)
    judgment = known.library.judgments.get(name)
    names = instrument.locators if instrument else judgment.paragraphs if judgment else _names(known.library)
    near = suggest(locator if instrument or judgment else name, names)
    return (wrong[0], f"{wrong[1]}; {near}") if near else wrong


def _names(library: Library) -> list[str]:
    return [*library.instruments, *library.judgments]
