# SPDX-License-Identifier: AGPL-3.0-or-later
"""Instruments, judgments, and the citations that point into them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from .base import Id, Thing, Words, require_unique

Locator = Annotated[str, StringConstraints(min_length=1, max_length=60)]
"""A place in an instrument as cited: `3`, `3(a)`, `6(3)(b)`, `preamble`."""

Link = Annotated[str, StringConstraints(pattern=r"^https://\S+$")]

UNITS = {"article": "art", "principle": "principle", "paragraph": "para", "recommendation": "para"}
"""How a citation shortens what an instrument is divided into."""


class Provision(Thing):
    """One article, principle or paragraph; `parts` are its own paragraphs as they follow the number."""

    number: Locator
    title: Words | None = None
    parts: tuple[Locator, ...] = ()
    says: str | None = None
    verified: bool | None = None

    @model_validator(mode="after")
    def _check_parts(self) -> Provision:
        require_unique(self.parts, f"parts of {self.number}")
        return self


class Instrument(Thing):
    """A treaty, an act of EU law, soft law or a committee's view, with the provisions read in `source`."""

    id: Id
    kind: Literal["treaty", "eu-law", "soft-law", "committee-view"]
    title: Annotated[str, StringConstraints(min_length=1)]
    short: Words
    unit: Literal["article", "principle", "paragraph", "recommendation"] = "article"
    adopted: datetime.date
    in_force: datetime.date | None = None
    series: Words | None = None
    link: Link
    source: Annotated[str, StringConstraints(min_length=1)]
    verified: bool
    provisions: tuple[Provision, ...] = ()

    @model_validator(mode="after")
    def _check_numbers(self) -> Instrument:
        require_unique((provision.number for provision in self.provisions), "provisions")
        return self

    @cached_property
    def locators(self) -> dict[str, Provision]:
        """Every locator that may be cited, with its provision."""
        return {p.number + part: p for p in self.provisions for part in ("", *p.parts)}

    def is_verified(self, locator: str) -> bool:
        """Whether the instrument, or the provision at the locator, was checked against a text that was read."""
        provision = self.locators.get(locator)
        return self.verified if provision is None or provision.verified is None else provision.verified

    def card(self, locators: Iterable[str]) -> Source:
        """What travels with a block that cites these places."""
        return Source(
            id=self.id, kind=self.kind, label=self.short, title=self.title, unit=UNITS[self.unit], link=self.link,
            details=tuple(self._details()), verified=self.verified,
            places=tuple(self._place(locator) for locator in locators),
        )  # fmt: skip

    def _details(self) -> Iterator[str]:
        yield f"adopted {long_date(self.adopted)}"
        if self.in_force:
            yield f"in force {long_date(self.in_force)}"
        if self.series:
            yield self.series

    def _place(self, locator: str) -> CitedPlace:
        return CitedPlace(locator=locator, says=self.locators[locator].says or "", verified=self.is_verified(locator))


class Judgment(Thing):
    """A judgment, decision or advisory opinion; `paragraphs` are those whose content was read."""

    id: Id
    name: Words
    body: Words
    formation: Words | None = None
    date: datetime.date
    reference: Words
    ecli: Words | None = None
    link: Link
    concerns: tuple[str, ...] = ()
    holding: Annotated[str, StringConstraints(min_length=1)]
    paragraphs: tuple[Locator, ...] = ()
    source: Annotated[str, StringConstraints(min_length=1)]
    verified: bool

    def card(self, locators: Iterable[str]) -> Source:
        """What travels with a block that cites this judgment."""
        body = f"{self.body} ({self.formation})" if self.formation else self.body
        details = [body, self.reference, long_date(self.date), *([self.ecli] if self.ecli else [])]
        places = tuple(CitedPlace(locator=locator, verified=self.verified) for locator in locators)
        return Source(
            id=self.id, kind="judgment", label=self.name, title=self.name, unit="para", link=self.link,
            details=tuple(details), says=self.holding, verified=self.verified, places=places,
        )  # fmt: skip


class CitedPlace(Thing):
    """A cited place: what it says in one sentence, and whether that was checked against the text."""

    locator: str
    says: str = ""
    verified: bool = True


class Source(Thing):
    """An instrument or judgment as a block carries it: enough to show its citations without the library."""

    id: Id
    kind: Literal["treaty", "eu-law", "soft-law", "committee-view", "judgment"]
    label: str
    title: str
    unit: str
    link: str
    details: tuple[str, ...]
    says: str = ""
    verified: bool = True
    places: tuple[CitedPlace, ...] = ()

    def cite(self, locator: str) -> str:
        """The citation in the course's one style, as plain text."""
        place = f"{self.unit} {locator}" if locator[:1].isdigit() else locator
        if self.kind == "judgment":
            return ", ".join([self.label, *self.details[1:3], *([place] if locator else [])])
        return f"{self.label}, {place}" if locator else self.label


class Citation(Thing):
    """`[[id:locator|words]]` as written in Markdown; `start` is its offset in the text."""

    id: str
    locator: str = ""
    words: str = ""
    start: Annotated[int, Field(ge=0)] = 0


CITATION = re.compile(r"\[\[([^\[\]|\\]*)(?:\\?\|([^\[\]]*))?\]\]")
"""In a table the bar before the words is written `\\|`, as a bare one would end the cell."""

QUOTE = re.compile(r"^[ \t>]*(?:(?:[*+-]|\d+[.)])[ \t]+)?:::+[ \t]*quote[ \t]+(\S+)[ \t]*$", re.MULTILINE)
"""The first line of a quotation; what it names is a citation."""


def citations(text: str) -> Iterator[Citation]:
    """The citations in brackets in a Markdown text, in order."""
    for found in CITATION.finditer(text):
        yield _citation(found[1], (found[2] or "").strip(), found.start())


def quotes(text: str) -> Iterator[Citation]:
    """What the quotations (`::: quote id:locator`) in a Markdown text are taken from, in order."""
    for found in QUOTE.finditer(text) if ":::" in text else ():
        yield _citation(found[1], "", found.start(1))


def _citation(target: str, words: str, start: int) -> Citation:
    name, _, locator = target.strip().partition(":")
    return Citation(id=name.strip(), locator=locator.strip(), words=words, start=start)


class Library:
    """All instruments and judgments of a course, by id."""

    def __init__(self, instruments: Iterable[Instrument] = (), judgments: Iterable[Judgment] = ()) -> None:
        self.instruments = {item.id: item for item in instruments}
        self.judgments = {item.id: item for item in judgments}

    def problem(self, citation: Citation) -> tuple[str, str] | None:
        """What is wrong with a citation, as (code, message), or None."""
        if instrument := self.instruments.get(citation.id):
            return _missing_place(instrument.short, citation.locator, instrument.locators, "unknown-article")
        if judgment := self.judgments.get(citation.id):
            return _missing_place(judgment.name, citation.locator, judgment.paragraphs, "unknown-paragraph")
        return "unknown-instrument", f"nothing in course/law is called {citation.id!r}; correct the id or add the source"

    def sources(self, texts: Iterable[str]) -> tuple[Source, ...]:
        """The sources that the texts cite or quote, in order of id, each with its cited places; unknown ones are left out."""
        cited: dict[str, set[str]] = {}
        for text in texts:
            for citation in (*citations(text), *quotes(text)):
                if self.problem(citation) is None:
                    cited.setdefault(citation.id, set()).update({citation.locator} - {""})
        known: dict[str, Instrument | Judgment] = {**self.judgments, **self.instruments}
        return tuple(known[name].card(sorted(cited[name], key=_natural)) for name in sorted(cited))


def _missing_place(name: str, locator: str, known: Iterable[str], code: str) -> tuple[str, str] | None:
    if not locator or locator in set(known):
        return None
    return code, f"{name} has no {locator!r} in course/law; correct the citation, or add the place from a text you have read"


def _natural(locator: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.findall(r"\d+|\D+", locator)]


def long_date(date: datetime.date) -> str:
    """A date as the course writes it: 15 November 2000."""
    return f"{date.day} {date:%B %Y}"
