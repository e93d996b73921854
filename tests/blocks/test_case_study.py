# SPDX-License-Identifier: AGPL-3.0-or-later
"""The case study, stage by stage."""

from __future__ import annotations

import pytest
from blocks import sample
from blocks.page import fields, texts, tree
from blocks.runtime import ANONYMOUS, LEARNER, STAFF, Person, Place
from migration_law import notation

SECRET = sample.secret


def answer(place: Place, name: str, option: str = "Right choice", person: Person = LEARNER, **more: object) -> dict[str, str]:
    given = fields(place.view(person), {f"c-{name}": [option]})
    return place.ok("submit", {"stage": f"stage-{name}", "fields": given, **more}, person)


def test_the_whole_way() -> None:
    place = sample.case()
    assert "Stage 1 of 3" in place.view()
    assert "Facts as of 1 March 2025" in place.view()
    for number, name in enumerate(sample.STAGES, 1):
        page = place.view()
        assert SECRET(f"facts-{name}") in page
        assert SECRET("debrief") not in page
        assert not place.published("grade")
        assert answer(place, name)["say"] == "Your answers were submitted. Read the feedback, then go on."
        assert round(place.published("completion")[-1]["completion"], 2) == round(number / 3, 2)
    page = place.view()
    assert SECRET("debrief") in page
    assert texts(page, "ml-score-figure") == ["Points: 3 of 3"]
    assert "<button" not in page
    assert place.published("grade") == [{"value": 3, "max_value": 3, "only_if_higher": False}]
    assert place.block().has_submitted_answer()


def test_a_stage_is_marked_and_shown_when_it_is_submitted() -> None:
    page = answer(sample.case(), "one", "Wrong choice")["html"]
    assert "Not right." in texts(page, "ml-verdict")[0]
    assert SECRET("c-one-why") in page
    assert "This stage: 0 of 1 points." in page


@pytest.mark.parametrize("handler", ["submit", "save_answers", "hint"])
@pytest.mark.parametrize("stage", ["stage-two", "stage-three", "stage-none", "", None, 3, ["stage-one"]])
def test_only_the_open_stage_takes_answers(handler: str, stage: object) -> None:
    place = sample.case()
    before = place.state()
    status, refused = place.post(handler, {"stage": stage, "question": "c-two", "fields": [], "sure": True})
    assert (status, refused) == (400, {"error": "This stage is not open. Reload the page."})
    assert place.state() == before


def test_a_stage_that_is_done_stays_done() -> None:
    place = sample.case()
    answer(place, "one")
    before = place.state()
    assert place.post("submit", {"stage": "stage-one", "fields": [], "sure": True})[0] == 400
    assert place.state() == before


def test_a_question_of_a_later_stage_is_refused() -> None:
    place = sample.case()
    assert place.post("hint", {"stage": "stage-one", "question": "c-two", "fields": []})[0] == 400
    assert place.post("submit", {"stage": "stage-one", "fields": [["c-two", "x"]], "sure": True})[0] == 400


def test_it_asks_once_about_questions_left_open() -> None:
    place = sample.case()
    asked = place.ok("submit", {"stage": "stage-one", "fields": []})
    assert asked["say"].startswith("These questions have no answer yet: 1.")
    assert tree(asked["html"]).xpath('//*[@data-ml-focus="now"]')[0].text == asked["say"]
    assert SECRET("facts-two") not in asked["html"]
    assert SECRET("facts-two") in place.ok("submit", {"stage": "stage-one", "fields": [], "sure": True})["html"]


def test_hints_and_saved_answers() -> None:
    place = sample.case()
    given = fields(place.view(), {"c-one": ["Wrong choice"]})
    assert place.ok("save_answers", {"stage": "stage-one", "fields": given}) == {"say": "Saved."}
    assert len(tree(place.view()).xpath("//input[@checked]")) == 1
    hinted = place.ok("hint", {"stage": "stage-one", "question": "c-one", "fields": given})
    assert SECRET("c-one-hint1") in hinted["html"]
    assert SECRET("c-one-hint2") not in hinted["html"]


def test_after_a_stage_the_focus_goes_to_its_heading() -> None:
    place = sample.case()
    answer(place, "one")
    page = answer(place, "two")["html"]
    (target,) = tree(page).xpath('//*[@data-ml-focus="now"]')
    assert SECRET("title-two") in target.text


@pytest.mark.parametrize("person", [LEARNER, ANONYMOUS])
def test_the_facilitators_sheet_is_for_staff(person: Person) -> None:
    place = sample.case()
    assert SECRET("facilitator") in place.view(STAFF)
    assert SECRET("facilitator") not in place.view(person, "public_view" if person is ANONYMOUS else "student_view")


def test_staff_who_view_as_a_learner_see_what_the_learner_sees() -> None:
    assert SECRET("facilitator") not in sample.case().view(Person(staff=True, real_id=2))


# -- edits between ---------------------------------------------------------------------------------------------------


def _edited(place: Place, change: object) -> None:
    data = sample.case_data()
    change(data)  # type: ignore[operator]
    place.write(notation.dump(data))


def _insert(data: dict[str, object]) -> None:
    stage = {
        "id": "stage-new",
        "title": "New",
        "date": "2025-03-01",
        "facts": "New facts",
        "questions": [sample.choice("c-new")],
    }
    data["stages"].insert(1, stage)  # type: ignore[attr-defined]


def _remove(data: dict[str, object]) -> None:
    del data["stages"][1], data["exhibits"][1]  # type: ignore[attr-defined]


def test_a_stage_put_in_between_opens_next() -> None:
    place = sample.case()
    answer(place, "one")
    answer(place, "two")
    _edited(place, _insert)
    assert "New facts" in place.view()
    assert SECRET("facts-two") not in place.view()
    answer(place, "new")
    assert SECRET("facts-three") in place.view()
    answer(place, "three")
    assert place.published("grade") == [{"value": 4, "max_value": 4, "only_if_higher": False}]


def test_a_stage_taken_out_keeps_what_it_gave() -> None:
    place = sample.case()
    answer(place, "one")
    answer(place, "two")
    _edited(place, _remove)
    answer(place, "three")
    assert texts(place.view(), "ml-score-figure") == ["Points: 3 of 3"]
    assert place.published("grade") == [{"value": 3, "max_value": 3, "only_if_higher": False}]


def test_a_stage_taken_out_unanswered_counts_for_nothing() -> None:
    place = sample.case()
    answer(place, "one")
    place.ok("save_answers", {"stage": "stage-two", "fields": fields(place.view(), {"c-two": ["Right choice"]})})
    _edited(place, _remove)
    answer(place, "three")
    assert place.published("grade") == [{"value": 2, "max_value": 2, "only_if_higher": False}]


def test_the_platforms_reset_begins_anew() -> None:
    place = sample.case()
    for name in sample.STAGES:
        answer(place, name, "Wrong choice")
    block = place.block()
    block.attempts = 0
    block.save()
    assert SECRET("facts-two") not in place.view()
    for name in sample.STAGES:
        answer(place, name)
    assert [grade["value"] for grade in place.published("grade")] == [0, 3]


def test_a_rescore_marks_with_the_key_of_today() -> None:
    place = sample.case()
    for name in sample.STAGES:
        answer(place, name)

    def swap(data: dict[str, object]) -> None:
        first, second = data["stages"][0]["questions"][0]["options"]  # type: ignore[index]
        first["correct"] = second.pop("correct")

    _edited(place, swap)
    block = place.block()
    block.rescore(False)
    block.save()
    assert place.published("grade")[-1]["value"] == 2
    assert texts(place.view(), "ml-score-figure") == ["Points: 2 of 3"]
