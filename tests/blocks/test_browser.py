# SPDX-License-Identifier: AGPL-3.0-or-later
"""The blocks in a real browser, by keyboard alone, in the plain workbench."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser
pytestmark = [pytest.mark.browser, pytest.mark.workbench]
ROOT = Path(__file__).parents[2]
SERVED = 240
"""Tries, a quarter of a second each, until the workbench answers."""


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    where = f"127.0.0.1:{_free_port()}"
    env = {**os.environ, "PYTHON": sys.executable}
    server = subprocess.Popen(
        [ROOT / "scripts" / "workbench", where], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(f"http://{where}/", server)
        yield f"http://{where}"
    finally:
        server.terminate()
        server.wait()


def _wait(url: str, server: Any) -> None:
    for _ in range(SERVED):
        try:
            with urllib.request.urlopen(url, timeout=10):
                return
        except (urllib.error.URLError, OSError):
            assert server.poll() is None, "the workbench ended"
            try:
                server.wait(0.25)
            except subprocess.TimeoutExpired:
                continue
    raise AssertionError("the workbench does not answer")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright import sync_api

    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert path, "Chromium is missing: run scripts/chromium"
    with sync_api.sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        started = playwright.chromium.launch(executable_path=path, args=arguments)
        yield started
        started.close()


ALONE = """(direction) => {
    document.querySelectorAll('link[href*=workbench]').forEach(link => link.remove());
    document.body.append(document.querySelector('.preview'));
    document.querySelector('.wrapper-workbench').remove();
    document.documentElement.dir = direction;
}"""


def _open(browser: Any, url: str, width: int = 1000, direction: str = "ltr") -> Any:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.set_default_timeout(30_000)
    page.goto(url)
    page.evaluate(ALONE, direction)
    return page


def _tab_to(page: Any, wanted: str) -> None:
    """Press Tab until the focus is on what matches."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(f"{wanted} can't be reached")


def test_a_question_is_answered_by_keyboard_alone(browser: Any, address: str) -> None:
    page = _open(browser, f"{address}/scenario/law_quiz.0/?student=keys")
    _tab_to(page, "input[name=sq-elements]")
    page.keyboard.press("Space")
    _tab_to(page, "[data-ml-act*=hint]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".ml-hint")
    _tab_to(page, "input[name=sq-elements]")
    assert page.evaluate("document.activeElement.checked")
    page.keyboard.press("Enter")
    page.wait_for_selector(".ml-verdict")
    assert page.inner_text(".ml-live") == "Right."
    assert page.evaluate("document.activeElement.textContent").startswith("Question 1")


def test_a_stage_is_handed_in_and_the_focus_goes_to_its_heading(browser: Any, address: str) -> None:
    page = _open(browser, f"{address}/scenario/law_case_study.0/?student=keys")
    page.get_by_role("button", name="Submit and read on").press("Enter")
    page.wait_for_selector(".ml-warning")
    assert page.evaluate("document.activeElement.className") == "ml-warning"
    page.get_by_label("False").press("Space")
    page.wait_for_function("document.querySelector('.ml-saved').textContent == 'Saved.'")
    page.get_by_label("False").press("Enter")
    page.get_by_role("button", name="Submit and read on").press("Enter")
    page.wait_for_selector("text=Two days later")
    assert page.evaluate("document.activeElement.textContent") == "Stage 1 of 2: The call"


def test_what_was_chosen_survives_a_lost_connection(browser: Any, address: str) -> None:
    page = _open(browser, f"{address}/scenario/law_quiz.0/?student=lost")
    page.context.set_offline(True)
    page.get_by_label("True").check()
    form = page.locator("form", has=page.get_by_label("True"))
    form.get_by_role("button", name="Check answer").click()
    form.locator(".ml-error:not([hidden])").wait_for()
    assert "connection was lost" in form.locator(".ml-error").inner_text()
    page.context.set_offline(False)
    form.get_by_role("button", name="Check answer").click()
    page.wait_for_selector(".ml-verdict")


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("scenario", ["law_quiz.0", "law_case_study.0"])
def test_a_narrow_page_never_scrolls_sideways_and_targets_are_large(
    browser: Any, address: str, scenario: str, direction: str
) -> None:
    page = _open(browser, f"{address}/scenario/{scenario}/?student=narrow", 360, direction)
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    small = "e => [...e].filter(x => x.getBoundingClientRect().height < 44).length"
    assert page.eval_on_selector_all(".ml-block :is(button, select, summary, .ml-option label)", small) == 0
    text = page.locator(".ml-option-text, .ml-stem").first
    assert text.evaluate("e => getComputedStyle(e).direction") == direction
