# SPDX-License-Identifier: AGPL-3.0-or-later
"""What authors see and do in Studio."""

from __future__ import annotations

import json

import pytest
from blocks import sample
from blocks.page import tree
from blocks.runtime import ANONYMOUS, LEARNER, STAFF, Person, Place
from migration_law import notation


def form(**changed: object) -> dict[str, object]:
    return {"text": notation.dump(sample.quiz_data()), "display_name": "A title", "weight": "2", **changed}


def save(place: Place, **changed: object) -> tuple[int, dict[str, object]]:
    return place.post("studio_submit", form(**changed), STAFF, studio=True, may_write=True)


@pytest.mark.parametrize("make", [sample.quiz, sample.case])
def test_the_editor_holds_the_text(make: object) -> None:
    place = make()  # type: ignore[operator]
    page = tree(place.view(STAFF, "studio_view", studio=True))
    (area,) = page.xpath("//textarea")
    assert area.text.removeprefix("\n") == place.block().text
    assert {label.get("for") for label in page.xpath("//label")} == {e.get("id") for e in page.xpath("//input | //textarea")}


def test_the_editor_brings_its_script() -> None:
    fragment = sample.quiz().block(STAFF, studio=True).studio_view()
    assert fragment.js_init_fn == "LawStudio"
    assert [resource.data for resource in fragment.resources] == [
        f"/resource/public/{name}" for name in ("law.css", "law.js", "studio.js")
    ]


def test_the_preview_is_the_learners_page() -> None:
    assert "Stem of q-tf" in sample.quiz().view(STAFF, "author_view", studio=True)


def test_saving() -> None:
    place = Place("law_quiz")
    assert save(place) == (200, {"problems": []})
    block = place.block()
    assert (block.available, block.display_name, block.weight, block.title) == (True, "A title", 2.0, "A title")
    assert save(place, display_name=" ", weight="")[0] == 200
    assert (place.block().display_name, place.block().weight, place.block().title) == (None, None, "Sample quiz")


def test_a_text_with_mistakes_is_kept_and_the_mistakes_are_listed() -> None:
    place = sample.quiz()
    status, answer = save(place, text="format: 1\nid: x\n")
    assert status == 200
    assert any("questions" in str(line) for line in answer["problems"])  # type: ignore[attr-defined]
    assert place.block().text == "format: 1\nid: x\n"
    assert save(place)[1] == {"problems": []}
    assert place.block().available


@pytest.mark.parametrize("weight", ["-1", "0", "heavy", "NaN", "inf", "1e7", [], {}, True, "1" * 400, 10**400])
def test_a_weight_is_a_number_above_nothing(weight: object) -> None:
    place = sample.quiz()
    before = place.state()
    if weight is True:
        weight = "True"
    assert save(place, weight=weight) == (400, {"error": "The weight must be a number above 0, or empty."})
    assert place.state() == before


@pytest.mark.parametrize("where", ["text", "display_name"])
@pytest.mark.parametrize("bad", ["\0", "\x0b", "\ud800", "\uffff"])
def test_what_no_archive_can_carry_is_refused(where: str, bad: str) -> None:
    place = sample.quiz()
    before = place.state()
    assert save(place, **{where: f"x{bad}"})[0] == 400
    assert place.state() == before
    place.olx()


@pytest.mark.parametrize("body", [{}, {"text": 1, "display_name": "x"}, {"text": "x"}, {"text": "x", "display_name": None}])
def test_a_form_that_cannot_be_read(body: dict[str, object]) -> None:
    assert sample.quiz().post("studio_submit", body, STAFF, studio=True, may_write=True)[0] == 400


# Outside Studio its service does not exist; that one is asked for it all the same, as a learner and as staff.
NOBODY = [
    (person, studio, may_write)
    for studio, may_write in [(False, None), (False, True), (True, False), (True, None)]
    for person in (LEARNER, ANONYMOUS, STAFF)
    if (person, studio, may_write) != (ANONYMOUS, False, True)
]


@pytest.mark.parametrize(("person", "studio", "may_write"), NOBODY)
def test_nobody_else_writes(person: Person, studio: bool, may_write: bool | None) -> None:
    place = sample.quiz()
    before = place.state()
    response = place.raw("studio_submit", json.dumps(form()).encode(), person, studio=studio, may_write=may_write)
    assert (response.status_code, json.loads(response.body)) == (403, {"error": "Only authors may change this, in Studio."})
    assert place.state() == before


def test_a_broken_block_shows_its_author_what_to_mend_and_its_learner_nothing() -> None:
    place = Place("law_quiz").write("format: 1\nid: <b>x</b>\n")
    page = place.view(STAFF, "author_view", studio=True)
    assert "Mend these places" in page
    assert "<b>x" not in page
    assert "id" not in tree(place.view()).text_content().split()
