# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the exporter writes, byte for byte, and the rules it follows. `UPDATE_GOLDEN=1` writes the golden files anew."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from export import sample
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from migration_law import export, notation
from migration_law.model.case_study import CaseStudy
from migration_law.model.content import plain, texts
from migration_law.model.law import Source
from migration_law.model.quiz import Quiz

GOLDEN = Path(__file__).parent / "golden"


def _written() -> dict[str, bytes]:
    return {str(path.relative_to(GOLDEN)): path.read_bytes() for path in sorted(GOLDEN.rglob("*")) if path.is_file()}


def test_golden() -> None:
    made = export.files(sample.corpus())
    if os.environ.get("UPDATE_GOLDEN"):
        for name in _written():
            (GOLDEN / name).unlink()
        for name, data in made.items():
            (GOLDEN / name).parent.mkdir(parents=True, exist_ok=True)
            (GOLDEN / name).write_bytes(data)
    assert made == _written()


def _blocks(files: dict[str, bytes]) -> Iterator[etree._Element]:
    for name in files:
        if "/vertical/" in name:
            yield from etree.fromstring(files[name]).iterchildren("law_quiz", "law_case_study")


def test_a_block_carries_all_of_its_content() -> None:
    corpus = sample.corpus()
    things = {**corpus.quizzes, **corpus.cases}
    found = {}
    for element in _blocks(export.files(corpus)):
        data = notation.load(element.text or "").data
        sources = [Source.model_validate(source) for source in data.pop("sources", [])]
        model = Quiz if element.tag == "law_quiz" else CaseStudy
        name = element.get("url_name") or ""
        found[name] = model.model_validate(data)
        assert tuple(sources) == corpus.library.sources(texts(things[name]))
        assert float(element.get("weight") or 0) == things[name].points
        assert element.get("display_name") == things[name].title
    assert found == things


HARD = [
    "a ]]> b",
    "& < > \" '",
    "   leading",
    "право სამართალი իրավունք law",
    "x\n\n\n",
    "a\r\nb",
    "\ttab",
    "- [[palermo]]",
    "#",
    "",
    "{a: b}",
    "yes",
    "1e3",
    "0x1",
    "null",
    "~",
    ": ",
    "a: b #c",
    "'",
    "|",
    "> ",
    "%",
    "@",
    "\n",
    " \n x",
    "é\n  y\n",
    "\xa0",
]


@pytest.mark.parametrize("words", [text for text in HARD if text])
def test_hard_texts_come_back(words: str) -> None:
    assert _there_and_back(words) == words


@settings(max_examples=200, deadline=None)
@given(
    st.text(
        st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="\ufeff\ufffe\uffff"), min_size=1
    )
)
def test_any_text_comes_back(words: str) -> None:
    assert _there_and_back(words) == words


def _there_and_back(words: str) -> str:
    quiz = Quiz(id="definition-check", title="T", questions=[sample.question("q", stem=words)])
    files = export.files(sample.corpus(quizzes={**sample.corpus().quizzes, "definition-check": quiz}))
    element = next(element for element in _blocks(files) if element.get("url_name") == "definition-check")
    return str(notation.load(element.text or "").data["questions"][0]["stem"])


def test_text_stays_text() -> None:
    """A right side `yes` or a date in words must not come back as True or a date."""
    order = Quiz(id="definition-check", title="T", questions=[sample.ORDER])
    data = notation.load(notation.dump(plain(order))).data
    assert [item["text"] for item in data["questions"][0]["items"]] == ["One", "2", "no"]


def test_a_character_that_xml_forbids_is_reported_not_raised() -> None:
    quiz = sample.corpus().quizzes["definition-check"].model_copy(update={"title": "bell\x07"})
    problems = export.lint(export.files(sample.corpus(quizzes={**sample.corpus().quizzes, "definition-check": quiz})))
    assert {(problem.code, problem.path) for problem in problems} >= {("character", "law_quiz/definition-check")}


def test_a_lesson_s_unit_has_the_lesson_s_id() -> None:
    files = export.files(sample.corpus())
    assert "course/vertical/definition.xml" in files
    assert b'href="/jump_to_id/smuggling"' in files["course/html/definition-text.html"]


def test_grading_types_without_a_block_are_left_out() -> None:
    module = sample.corpus().modules["trafficking"].model_copy(update={"cases": ()})
    files = export.files(sample.corpus(modules={"trafficking": module}))
    graders = json.loads(files["course/policies/2026/grading_policy.json"])["GRADER"]
    assert [(grader["type"], grader["weight"]) for grader in graders] == [("Module quiz", 1.0)]


def test_only_blocks_in_use_are_advanced_modules() -> None:
    module = sample.corpus().modules["trafficking"].model_copy(update={"cases": ()})
    settings = json.loads(
        export.files(sample.corpus(modules={"trafficking": module}))["course/policies/2026/policy.json"]
    )
    assert settings["course/2026"]["advanced_modules"] == ["law_quiz"]


def test_the_course_has_no_end_and_no_picture_unless_it_is_given() -> None:
    settings = json.loads(
        export.files(sample.corpus(course=sample.course(end=None, image=None)))["course/policies/2026/policy.json"]
    )
    assert not {"end", "course_image"} & settings["course/2026"].keys()


def test_short_description_is_plain_words() -> None:
    course = sample.course(overview="## Heading\n\n- a list\n\nFirst **words** [[palermo]].\n\nMore.")
    files = export.files(replace(sample.corpus(), course=course))
    assert files["course/about/short_description.html"] == b"First words Trafficking Protocol.\n"
