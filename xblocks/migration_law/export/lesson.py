# SPDX-License-Identifier: AGPL-3.0-or-later
"""A lesson -> the page that a learner reads: objectives, the text, and below it the sources that it cites."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import chain, groupby

from migration_law import text
from migration_law.model.content import texts
from migration_law.model.course import Lesson, Objective
from migration_law.model.law import Library, Source

from .xhtml import xhtml

STYLE = "migration-law.css"
KINDS = {
    "treaty": "Treaties", "eu-law": "EU law", "judgment": "Judgments", "committee-view": "Committee views",
    "soft-law": "Soft law (not binding)",
}  # fmt: skip
"""The groups of sources in the order shown: what binds, who has interpreted it, what does not bind."""
UNVERIFIED = ' <em class="ml-unverified">(not yet checked against the text)</em>'


def page(lesson: Lesson, objectives: Iterable[Objective], library: Library) -> str:
    """The lesson as an XHTML fragment; `objectives` are its own, in order."""
    sources = library.sources(texts(lesson))
    parts = chain(_objectives(lesson, objectives), (text.render(lesson.body, sources),), _sources(sources))
    link = f'<link rel="stylesheet" href="/static/{STYLE}"/>\n'
    return link + xhtml(f'<div class="ml-lesson">\n{"".join(parts)}</div>')


def _objectives(lesson: Lesson, objectives: Iterable[Objective]) -> Iterator[str]:
    items = "".join(f"<li>{escape(objective.text)}</li>\n" for objective in objectives)
    unit = "minute" if lesson.minutes == 1 else "minutes"
    yield f'<section class="ml-objectives">\n<h2>After this lesson you can</h2>\n<ul>\n{items}</ul>\n'
    yield f'<p class="ml-minutes">Reading time: about {lesson.minutes} {unit}.</p>\n</section>\n'


def _sources(sources: tuple[Source, ...]) -> Iterator[str]:
    if not sources:
        return
    yield '<section class="ml-sources">\n<h2>Sources</h2>\n'
    for kind, heading in KINDS.items():
        if group := sorted((source for source in sources if source.kind == kind), key=lambda source: source.title):
            yield f"<h3>{heading}</h3>\n<ul>\n{''.join(map(_source, group))}</ul>\n"
    yield "</section>\n"


def _source(source: Source) -> str:
    mark = "" if source.verified else UNVERIFIED
    says = f'<p class="ml-says">{escape(source.says)}</p>\n' if source.says else ""
    title = f"<em>{escape(source.title)}</em>" if source.kind == "judgment" else escape(source.title)
    details = escape(_sentence(source.details))
    return (
        f'<li><p><a href="{escape(source.link)}">{title}</a><br>\n'
        f'<span class="ml-details">{details}</span>{mark}</p>\n{says}{_places(source)}</li>\n'
    )


def _sentence(details: tuple[str, ...]) -> str:
    words = ", ".join(details)
    return words[:1].upper() + words[1:]


def _places(source: Source) -> str:
    """The cited places; those next to each other of which the same is said share a line."""
    groups = groupby(source.places, key=lambda place: (place.says, place.verified))
    items = "".join(_line(source, [place.locator for place in group], *key) for key, group in groups)
    return f'<ul class="ml-places">\n{items}</ul>\n' if items else ""


def _line(source: Source, locators: list[str], says: str, verified: bool) -> str:
    where = ", ".join(locators)
    where = f"{source.unit} {where}" if where[:1].isdigit() else where
    mark = UNVERIFIED if source.verified and not verified else ""
    return f"<li><strong>{escape(where)}</strong>{': ' + escape(says) if says else ''}{mark}</li>\n"
