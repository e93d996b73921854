# SPDX-License-Identifier: AGPL-3.0-or-later
"""The quiz from the first look to the last attempt."""

from __future__ import annotations

import pytest
from blocks import sample
from blocks.page import fields, texts, tree
from blocks.runtime import ANONYMOUS, LEARNER, Person, Place
from migration_law import notation

RIGHT, WRONG, POINTS = sample.RIGHT, sample.WRONG, sample.POINTS


def check(place: Place, question: str, answer: object) -> dict[str, str]:
    return place.ok("check", {"question": question, "fields": fields(place.view(), {question: answer})})


def submit(place: Place, answers: dict[str, object], **more: object) -> dict[str, str]:
    return place.ok("submit", {"fields": fields(place.view(), answers), **more})


# -- practice ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", RIGHT)
def test_a_right_answer_closes_the_question(question: str) -> None:
    place = sample.quiz()
    answer = check(place, question, RIGHT[question])
    assert answer["say"] == "Right."
    assert "Right." in texts(answer["html"], "ml-verdict")[0]
    assert sample.secret(f"{question}-why") in answer["html"]
    assert not tree(answer["html"]).xpath("//*[self::input or self::select][not(@disabled)]")
    status, refused = place.post("check", {"question": question, "fields": fields(place.view(), {question: WRONG[question]})})
    assert (status, refused["error"]) == (400, "This question has been answered. Start again to answer it anew.")


@pytest.mark.parametrize("question", RIGHT)
def test_a_wrong_answer_may_be_tried_again(question: str) -> None:
    place = sample.quiz()
    answer = check(place, question, WRONG[question])
    assert answer["say"] == "Not right."
    assert sample.secret(f"{question}-why") not in answer["html"]
    assert check(place, question, RIGHT[question])["say"] == "Right."


def test_part_of_an_answer_gives_part_of_the_points() -> None:
    answer = check(sample.quiz(), "q-choices", ["Good one"])
    assert answer["say"] == "Partly right."
    assert texts(answer["html"], "ml-verdict") == ["Partly right. Points: 1 of 2"]


def test_an_empty_answer_is_refused() -> None:
    assert sample.quiz().post("check", {"question": "q-tf", "fields": []}) == (400, {"error": "Choose an answer first."})


def test_practice_publishes_once_all_is_marked_and_follows_what_is_mended() -> None:
    place = sample.quiz()
    for question in RIGHT:
        assert not place.published("grade")
        check(place, question, (WRONG if question == "q-tf" else RIGHT)[question])
    assert place.published("grade") == [{"value": 5, "max_value": POINTS, "only_if_higher": False}]
    assert [round(event["completion"], 1) for event in place.published("completion")] == [0.2, 0.4, 0.6, 0.8, 1.0]
    check(place, "q-tf", RIGHT["q-tf"])
    assert [grade["value"] for grade in place.published("grade")] == [5, 6]
    assert place.block().attempts == 1


def test_hints_come_one_by_one_and_keep_what_is_chosen() -> None:
    place = sample.quiz()
    page = place.view()
    first = place.ok("hint", {"question": "q-tf", "fields": fields(page, {"q-tf": ["False"]})})
    assert sample.secret("q-tf-hint1") in first["html"]
    assert sample.secret("q-tf-hint2") not in first["html"]
    assert tree(first["html"]).xpath("//input[@checked]")
    second = place.ok("hint", {"question": "q-tf", "fields": []})
    assert sample.secret("q-tf-hint2") in second["html"]
    assert "Next hint" not in second["html"]


def test_the_answer_is_shown_only_after_a_try() -> None:
    place = sample.quiz()
    assert place.post("reveal", {"question": "q-tf"})[0] == 400
    check(place, "q-tf", ["False"])
    shown = place.ok("reveal", {"question": "q-tf"})
    assert sample.secret("q-tf-why") in shown["html"]
    assert "Show the answer" not in shown["html"]


def test_practice_may_be_started_again() -> None:
    place = sample.quiz()
    assert place.post("again")[0] == 400
    assert "Start again" not in place.view()
    for question in RIGHT:
        check(place, question, RIGHT[question])
    before = fields(place.view(), {"q-tf": ["True"]})
    assert "Start again" in place.view()
    place.ok("again")
    assert "ml-verdict" not in place.view()
    assert fields(place.view(), {"q-tf": ["True"]}) != before
    for question in RIGHT:
        check(place, question, WRONG[question])
    assert [grade["value"] for grade in place.published("grade")] == [6, 6]
    assert place.block().attempts == 2


# -- graded ------------------------------------------------------------------------------------------------------------


def test_two_attempts_the_best_counts_and_the_key_comes_last() -> None:
    place = sample.graded()
    assert "Attempt 1 of 2." in place.view()
    first = submit(place, RIGHT | {"q-tf": ["False"]})["html"]
    assert texts(first, "ml-score-figure") == ["Points: 5 of 6"]
    assert "Explanations and right answers are shown after the last attempt." in first
    assert "why" not in "".join(word for word in first.split("zq") if word.startswith("q"))
    assert place.post("submit", {"fields": [], "sure": True})[0] == 400
    place.ok("again")
    assert "Attempt 2 of 2." in place.view()
    second = submit(place, WRONG)["html"]
    assert texts(second, "ml-score-figure") == ["Points: 0 of 6"]
    assert "The best attempt counts: 5 of 6." in second
    assert "Passed." in second
    for question in RIGHT:
        assert sample.secret(f"{question}-why") in second
    assert place.post("again") == (400, {"error": "No further attempt is open."})
    assert place.published("grade") == [{"value": 5, "max_value": POINTS, "only_if_higher": False}] * 2
    assert [event["completion"] for event in place.published("completion")] == [1.0, 1.0]


def test_full_marks_show_the_explanations_at_once() -> None:
    page = submit(sample.graded(), RIGHT)["html"]
    assert sample.secret("q-tf-why") in page


def test_a_graded_quiz_without_limit_keeps_its_key() -> None:
    place = sample.graded(attempts=None)
    page = submit(place, WRONG)["html"]
    assert not [name for name in RIGHT if sample.secret(f"{name}-why") in page]
    assert "Start again" in page


def test_it_asks_once_about_questions_left_open() -> None:
    place = sample.graded()
    asked = submit(place, {"q-choice": RIGHT["q-choice"]})
    assert asked["say"] == "These questions have no answer yet: 2, 3, 4, 5. Answer them, or submit all the same."
    assert "Submit all the same" in asked["html"]
    assert len(tree(asked["html"]).xpath("//input[@checked]")) == 1
    assert not place.published("grade")
    done = submit(place, {"q-choice": RIGHT["q-choice"]}, sure=True)["html"]
    assert texts(done, "ml-score-figure") == ["Points: 1 of 6"]
    assert "Not answered." in done


def test_what_is_chosen_is_saved_and_found_again() -> None:
    place = sample.graded()
    assert place.ok("save_answers", {"fields": fields(place.view(), WRONG)}) == {"say": "Saved."}
    page = tree(place.view())
    assert len(page.xpath("//input[@checked]")) == 3
    assert len(page.xpath("//option[@selected]")) == 5
    assert not place.events


def test_an_answer_that_cannot_be_marked_names_its_question() -> None:
    place = sample.graded()
    both = {"q-choice": ["Right choice", "Wrong choice"]}
    status, refused = place.post("submit", {"fields": fields(place.view(), both), "sure": True})
    assert (status, refused["error"]) == (400, "Question 1: Choose one option only.")
    assert place.block().attempts == 0


@pytest.mark.parametrize("handler", ["check", "reveal"])
def test_a_graded_quiz_is_marked_as_a_whole(handler: str) -> None:
    assert sample.graded().post(handler, {"question": "q-tf", "fields": []})[0] == 400


def test_feedback_never_shows_no_score() -> None:
    page = submit(sample.graded(feedback="never"), RIGHT)["html"]
    assert "Results are not shown yet." in page
    assert "zq" not in page
    assert not texts(page, "ml-verdict")


def test_the_platforms_reset_gives_a_fresh_attempt() -> None:
    place = sample.graded(attempts=1)
    submit(place, WRONG)
    assert place.post("again")[0] == 400
    block = place.block()
    block.attempts = 0
    block.save()
    assert "Attempt 1 of 1." in place.view()
    submit(place, RIGHT)
    assert place.block().attempts == 1
    assert place.published("grade")[-1]["value"] == POINTS


# -- views -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [sample.quiz, sample.graded])
def test_somebody_who_is_not_logged_in_may_read(make: object) -> None:
    page = make().view(ANONYMOUS, "public_view")  # type: ignore[operator]
    assert "Stem of q-tf" in page
    assert "Log in and enrol to answer." in page
    assert "<button" not in page
    assert not tree(page).xpath("//*[self::input or self::select][not(@disabled)]")


def test_two_learners_see_different_tokens_and_one_sees_the_same() -> None:
    place = sample.quiz()
    one = [fields(place.view(person), RIGHT) for person in (LEARNER, LEARNER, Person(id=8))]
    assert one[0] == one[1]
    assert not {cell for _, cell in one[0]} & {cell for _, cell in one[2]}


def test_newer_state_is_not_touched() -> None:
    place = sample.quiz()
    block = place.block()
    block.work = {"format": 2, "new": "things"}
    block.save()
    before = place.state()
    assert "not available" in place.view()
    assert place.post("again")[0] == 409
    assert place.post("hint", {"question": "q-tf", "fields": []})[0] == 409
    assert place.state() == before


def test_links_are_rewritten_by_the_platforms_service() -> None:
    data = sample.quiz_data()
    data["questions"][0]["stem"] = "![A map](static/map.svg) [A lesson](lesson:somewhere)"
    place = Place("law_quiz").write(notation.dump(data))
    for page in (place.view(), place.ok("hint", {"question": "q-choice", "fields": []})["html"]):
        assert 'src="/asset/map.svg"' in page
        assert 'href="/course/jump/somewhere"' in page
