# SPDX-License-Identifier: AGPL-3.0-or-later
"""A trainee takes the whole module on a phone, with the keyboard alone."""

from __future__ import annotations

import re
from typing import Any

import pytest

from .conftest import DESKTOP, PHONE, Person
from .keyboard import answer, focus_has_outline, tab_to

LESSONS = 6


def units(person: Person) -> list[str]:
    """The addresses of all units in the outline."""
    person.go("/")
    links = person.page.locator("main a[href*='/unit/']")
    return list(dict.fromkeys(links.evaluate_all("links => links.map(link => link.getAttribute('href'))")))


@pytest.mark.parametrize("person", [PHONE, DESKTOP], indirect=True, ids=["phone", "desktop"])
def test_every_page_fits_the_window_and_breaks_no_rule(person: Person) -> None:
    person.go("/")
    assert (person.violations(), person.too_wide()) == ([], 0)
    person.log_in("trainee")
    paths = ["/", *units(person), *_linked_pages(person)]
    assert len(paths) >= LESSONS + 4
    found = {}
    for path in paths:
        person.go(path)
        if mistakes := [*person.violations(), *([f"{person.too_wide()} px too wide"] if person.too_wide() else [])]:
            found[path] = mistakes
    assert found == {}


def _linked_pages(person: Person) -> list[str]:
    person.go("/")
    links = person.page.locator("header a, nav a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    return sorted({link for link in links if link.startswith("/") and "/unit/" not in link})


def test_a_knowledge_check_with_the_keyboard(person: Person) -> None:
    person.log_in("trainee2")
    person.open_unit("What trafficking in persons is")
    questions = person.page.locator(".ml-question")
    count = questions.count()
    assert count >= 3
    for number in range(count):
        answer(person.page, questions.nth(number))
        button = tab_to(person.page, ".ml-primary")
        assert focus_has_outline(person.page)
        button.press("Enter")
        questions.nth(number).locator(".ml-verdict").wait_for()
        focused = person.page.evaluate("document.activeElement.className")
        assert "ml-number" in focused
        assert person.page.locator(".ml-live").first.inner_text().strip()
    assert person.violations() == []
    person.page.reload()
    assert person.page.locator(".ml-verdict").count() == count


def test_the_module_quiz_with_the_keyboard(person: Person) -> None:
    person.log_in("trainee3")
    _open_quiz(person)
    questions = person.page.locator(".ml-question")
    count = questions.count()
    assert count >= 12
    for number in range(count - 1):
        answer(person.page, questions.nth(number))
    person.page.locator("[data-ml-saved]", has_text=re.compile(r"\S")).wait_for()
    person.page.reload()
    assert person.page.locator(".ml-question input:checked").count() > 0, "saved answers are lost on a reload"
    tab_to(person.page, "form .ml-actions .ml-primary").press("Enter")
    warning = person.page.locator(".ml-warning")
    warning.wait_for()
    assert str(count) in warning.inner_text()
    tab_to(person.page, "[data-ml-sure]").press("Enter")
    person.page.locator(".ml-score").wait_for()
    assert person.page.locator(".ml-explanation").count() == 0, "the key is shown while an attempt is left"
    person.page.get_by_role("button", name="Start again").press("Enter")
    person.page.locator(".ml-score").wait_for(state="detached")
    for number in range(count):
        answer(person.page, questions.nth(number))
    tab_to(person.page, "form .ml-actions .ml-primary").press("Enter")
    person.page.locator(".ml-explanation").first.wait_for()
    assert person.page.locator(".ml-explanation").count() == count
    assert (person.violations(), person.too_wide()) == ([], 0)
    score = _figure(person.page.locator(".ml-score-figure").inner_text())
    person.page.get_by_role("link", name="My results").first.click()
    person.page.wait_for_load_state()
    assert score[1] in person.page.locator("main").inner_text()


def _open_quiz(person: Person) -> None:
    for path in units(person):
        person.go(path)
        if person.page.locator(".ml-quiz .ml-question").count() >= 12:
            return
    raise AssertionError("no module quiz is found in the outline")


def _figure(words: str) -> tuple[str, str]:
    found = re.search(r"([\d.]+)\s+\S+\s+([\d.]+)", words)
    assert found, words
    return found[1], found[2]


def test_the_case_study_with_the_keyboard(person: Person) -> None:
    person.log_in("trainee4")
    person.open_unit("Builders")
    stage = person.page.locator(".ml-stage")
    assert stage.count() == 1
    seen = 1
    while person.page.locator(".ml-form .ml-primary").count():
        current = person.page.locator(".ml-form[data-ml-save]")
        for question in current.locator(".ml-question").all():
            answer(person.page, question)
        tab_to(person.page, ".ml-form[data-ml-save] .ml-primary").press("Enter")
        seen += 1
        person.page.locator(".ml-stage").nth(seen - 1).wait_for()
        assert (person.violations(), person.too_wide()) == ([], 0)
    assert seen >= 4, "the stages and the debrief"
    assert person.page.get_by_role("heading", name="Debrief").is_visible()
    assert person.page.locator(".ml-staff").count() == 0


def test_exhibits_open_with_the_keyboard(person: Person) -> None:
    person.log_in("trainee4")
    person.open_unit("Builders")
    tab_to(person.page, ".ml-exhibit summary").press("Enter")
    assert person.page.locator(".ml-exhibit[open]").count() == 1


def test_a_lost_connection_loses_nothing(person: Person) -> None:
    person.log_in("trainee")
    person.open_unit("Smuggling of migrants, and how it differs")
    question = person.page.locator(".ml-question").first
    answer(person.page, question)
    person.page.route("**/handler/**", lambda route: route.abort())
    question.locator(".ml-primary").click()
    error = question.locator(".ml-error")
    error.wait_for()
    assert "connection" in error.inner_text()
    assert question.locator("input:checked").count() == 1
    person.page.unroute("**/handler/**")
    question.locator(".ml-primary").click()
    question.locator(".ml-verdict").wait_for()
    person.errors.clear()


def test_a_printed_lesson_has_the_text_and_no_buttons(person: Person) -> None:
    person.log_in("trainee")
    person.open_unit("What trafficking in persons is")
    person.page.emulate_media(media="print")
    assert person.page.locator(".ml-lesson").is_visible()
    shown: Any = person.page.locator("button").evaluate_all("all => all.filter(b => b.offsetParent !== null).length")
    assert shown == 0
