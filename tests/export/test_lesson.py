# SPDX-License-Identifier: AGPL-3.0-or-later
"""The page of a lesson: what stands above and below the text, and that it is well-formed whatever the author writes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from export import sample
from lxml import etree
from migration_law.export.lesson import page
from migration_law.export.xhtml import xhtml
from migration_law.model.law import Library

STYLE = Path(__file__).parents[2] / "course/static/migration-law.css"


def _page(body: str = sample.BODY) -> etree._Element:
    lesson = sample.corpus().lessons["definition"].model_copy(update={"body": body})
    objectives = sample.corpus().modules["trafficking"].objectives
    return etree.fromstring(f"<div>{page(lesson, objectives, sample.library())}</div>")


def _words(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def test_sources_are_grouped_by_kind_and_kept_apart() -> None:
    headings = [_words(heading) for heading in _page().iter("h3")]
    assert headings == ["Treaties", "EU law", "Judgments", "Committee views", "Soft law (not binding)"]


def test_a_source_says_what_was_cited() -> None:
    sources = _words(_page().xpath("//section[@class='ml-sources']")[0])
    assert "Protocol on Trafficking Adopted 15 November 2000, in force 25 December 2003, 2237 UNTS 319" in sources
    assert "art 3(a), 3(b): It defines trafficking." in sources
    assert "Forced labour & trafficking." in sources


def test_what_was_not_verified_is_marked_once() -> None:
    marked = [_words(mark.getparent()) for mark in _page().xpath("//*[@class='ml-unverified']")]
    assert len(marked) == 2
    assert marked[0].startswith("Directive <1>") and marked[1].startswith("principle 5")


def test_a_quotation_counts_as_a_citation() -> None:
    quoted = _page("::: quote palermo:3(b)\nExact words.\n:::\n")
    assert _words(quoted.find(".//figcaption")) == "Trafficking Protocol, art 3(b)"


def test_without_citations_there_are_no_sources() -> None:
    assert not _page("Plain.").xpath("//section[@class='ml-sources']")


def test_objectives_and_reading_time() -> None:
    objectives = _words(_page().xpath("//section[@class='ml-objectives']")[0])
    assert objectives == "After this lesson you can Say what it is & is not. Reading time: about 15 minutes."


@pytest.mark.parametrize(
    "body",
    ["a  \nb", "***", '![a > "b"](static/x.svg)', "|a|\n|-|\n||", "<b>x & y", "a\x07b", "&nbsp;&copy; &", "\x0c\n\n."],
)
def test_any_body_is_well_formed(body: str) -> None:
    assert _page(body) is not None


def test_an_empty_element_keeps_its_end_tag() -> None:
    """A browser would read `<td/>` as a cell that goes on."""
    assert xhtml("<table><tr><td></td></tr></table>") == "<table><tr><td></td></tr></table>\n"


def test_links_out_of_the_course_open_beside_it() -> None:
    links = {str(link.get("href")): link.get("target") for link in _page().iter("a")}
    assert links["/jump_to_id/smuggling"] is None
    assert links["https://example.org/?a=1&b=2"] == "_blank"


def test_every_rule_of_the_style_is_scoped() -> None:
    style = re.sub(r"/\*.*?\*/", "", STYLE.read_text(), flags=re.DOTALL)
    selectors = [
        part.strip() for found in re.findall(r"([^{};]+)\{", style) for part in found.split(",") if "@" not in found
    ]
    assert len(selectors) > 30
    assert [selector for selector in selectors if not selector.startswith(".ml-lesson")] == []
    assert not re.search(r"position:\s*(fixed|sticky)|\d(vh|vw)\b|url\(|@import", style)


def test_every_class_of_a_lesson_has_a_rule() -> None:
    classes = {name for element in _page().iter() for name in str(element.get("class", "")).split()}
    structural = {"ml-says", "ml-places"}
    assert {name for name in classes - structural if f".{name}" not in STYLE.read_text()} == set()


def test_a_place_in_an_unverified_source_is_not_marked_again() -> None:
    library = sample.library()
    treaty = library.instruments["palermo"].model_copy(update={"verified": False})
    lesson = sample.corpus().lessons["definition"].model_copy(update={"body": "[[palermo:3(a)]]"})
    made = page(lesson, (), Library([treaty]))
    assert made.count("ml-unverified") == 1
