# SPDX-License-Identifier: AGPL-3.0-or-later
"""Citations are found, checked and shown in one style."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from migration_law.model.law import Citation, Instrument, Judgment, Library, Source, citations, quotes
from pydantic import ValidationError

TREATY: dict[str, Any] = {
    "id": "palermo", "kind": "treaty", "title": "Protocol to Prevent Trafficking", "short": "Trafficking Protocol",
    "adopted": "2000-11-15", "in_force": "2003-12-25", "series": "2237 UNTS 319", "link": "https://treaties.un.org/",
    "source": "None.", "verified": "true",
    "provisions": [{"number": "3", "parts": ["(a)", "(b)"], "says": "Defines."}, {"number": "preamble", "verified": "false"}],
}  # fmt: skip
JUDGMENT: dict[str, Any] = {
    "id": "chowdury", "name": "Chowdury v Greece", "body": "Court", "date": "2017-03-30", "reference": "no 21884/15",
    "link": "https://hudoc.echr.coe.int/", "holding": "Held.", "paragraphs": ["93", "103"],
    "source": "None.", "verified": "true",
}  # fmt: skip
LIBRARY = Library([Instrument.model_validate(TREATY)], [Judgment.model_validate(JUDGMENT)])


@pytest.mark.parametrize(("text", "id_", "locator", "words"), [
    ("[[palermo]]", "palermo", "", ""),
    ("[[palermo:3(a)]]", "palermo", "3(a)", ""),
    ("[[ palermo : 3(a) | article 3 ]]", "palermo", "3(a)", "article 3"),
    ("| [[palermo:3(a)\\|article 3]] |", "palermo", "3(a)", "article 3"),
    ("[[a:b:c]]", "a", "b:c", ""),
])  # fmt: skip
def test_a_citation_is_read(text: str, id_: str, locator: str, words: str) -> None:
    (found,) = citations(text)
    assert (found.id, found.locator, found.words) == (id_, locator, words)
    assert text[found.start :].startswith("[[")


def test_quotations_name_their_source() -> None:
    text = "::: quote palermo:3(a)\nx\n:::\n> :::: quote chowdury:93\n::: quote two words\n::: note\n"
    assert [(quote.id, quote.locator) for quote in quotes(text)] == [("palermo", "3(a)"), ("chowdury", "93")]
    assert [text[quote.start :][:7] for quote in quotes(text)] == ["palermo", "chowdur"]


@given(st.text("[]|:\\ ab\n`", max_size=40))
def test_any_text_is_searched(text: str) -> None:
    assert all(text[citation.start :].startswith("[[") for citation in citations(text))


@pytest.mark.parametrize(("id_", "locator", "code"), [
    ("palermo", "", None), ("palermo", "3", None), ("palermo", "3(b)", None), ("palermo", "preamble", None),
    ("palermo", "3(c)", "unknown-article"), ("palermo", "(a)", "unknown-article"),
    ("chowdury", "93", None), ("chowdury", "94", "unknown-paragraph"), ("none", "", "unknown-instrument"),
])  # fmt: skip
def test_a_citation_leads_somewhere_or_is_a_mistake(id_: str, locator: str, code: str | None) -> None:
    problem = LIBRARY.problem(Citation(id=id_, locator=locator))
    assert (problem and problem[0]) == code


def test_what_a_text_cites_travels_with_it() -> None:
    sources = LIBRARY.sources(
        ["[[palermo:3(b)]] [[palermo:3]] [[none]] [[palermo:99]]", "::: quote chowdury:103\nx\n:::\n[[chowdury:93]]"]
    )
    assert [source.id for source in sources] == ["chowdury", "palermo"]
    assert [place.locator for place in sources[0].places] == ["93", "103"]
    assert [(place.locator, place.says, place.verified) for place in sources[1].places] == [
        ("3", "Defines.", True), ("3(b)", "Defines.", True),
    ]  # fmt: skip


def _source(id_: str) -> Source:
    return LIBRARY.sources([f"[[{id_}]]"])[0]


@pytest.mark.parametrize(("id_", "locator", "shown"), [
    ("palermo", "3(a)", "Trafficking Protocol, art 3(a)"),
    ("palermo", "preamble", "Trafficking Protocol, preamble"),
    ("palermo", "", "Trafficking Protocol"),
    ("chowdury", "", "Chowdury v Greece, no 21884/15, 30 March 2017"),
    ("chowdury", "93", "Chowdury v Greece, no 21884/15, 30 March 2017, para 93"),
])  # fmt: skip
def test_the_one_style(id_: str, locator: str, shown: str) -> None:
    assert _source(id_).cite(locator) == shown


def test_what_was_not_checked_says_so() -> None:
    (source,) = LIBRARY.sources(["[[palermo:preamble]]"])
    assert [place.verified for place in source.places] == [False]


@pytest.mark.parametrize("change", [
    {"link": "http://treaties.un.org/"}, {"link": "javascript:alert(1)"}, {"kind": "law"}, {"adopted": "15 November 2000"},
    {"provisions": [{"number": "3"}, {"number": "3"}]}, {"provisions": [{"number": "3", "parts": ["(a)", "(a)"]}]},
    {"colour": "red"},
])  # fmt: skip
def test_an_instrument_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Instrument.model_validate({**TREATY, **change})
