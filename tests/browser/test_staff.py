# SPDX-License-Identifier: AGPL-3.0-or-later
"""Instructors and administrators at work in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import DESKTOP, PHONE, Person


@pytest.mark.parametrize("person", [PHONE, DESKTOP], indirect=True, ids=["phone", "desktop"])
@pytest.mark.parametrize(("name", "first"), [("instructor", "/learners"), ("administrator", "/accounts")])
def test_the_staff_pages_fit_the_window_and_break_no_rule(person: Person, name: str, first: str) -> None:
    person.log_in(name)
    found = {}
    for path in (first, *_links(person, first)):
        person.go(path)
        if mistakes := [*person.violations(), *([f"{person.too_wide()} px too wide"] if person.too_wide() else [])]:
            found[path] = mistakes
    assert found == {}


def _links(person: Person, first: str) -> list[str]:
    person.go(first)
    links = person.page.locator("main a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    return sorted({link for link in links if link and link.startswith("/") and ".csv" not in link})[:8]


def test_an_instructor_downloads_the_results(person: Person) -> None:
    person.log_in("instructor")
    person.go("/learners")
    assert "Test Trainee" in person.page.locator("main").inner_text()
    with person.page.expect_download() as download:
        person.page.locator("a[href*='learners.csv']").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) >= 5 and any("trainee" in line for line in lines)


def test_an_administrator_adds_an_account_that_must_change_its_password(person: Person) -> None:
    person.log_in("administrator")
    person.go("/accounts/add")
    person.page.fill("input[name=username]", "newcomer")
    person.page.fill("input[name=full_name]", "New Comer")
    person.page.locator("main button").first.click()
    password = person.page.locator("main code, main .password").first.inner_text().strip()
    assert len(password) >= 10
    person.page.get_by_role("button", name="Log out").click()
    person.site.accounts["newcomer"] = password
    person.log_in("newcomer")
    assert "/account" in person.page.url, "the first password was not asked to be changed"


def test_a_trainee_sees_no_staff_page(person: Person) -> None:
    person.log_in("trainee")
    for path in ("/learners", "/learners.csv", "/accounts", "/accounts/add", "/accounts/import"):
        response = person.page.goto(person.site.base_url + path)
        assert response.status == 403, path
    person.errors.clear()
