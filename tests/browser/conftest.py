# SPDX-License-Identifier: AGPL-3.0-or-later
"""The real course in a running classroom, and a real headless Chromium at phone and desktop width."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker("browser")


@dataclass(frozen=True)
class Site:
    """Where the classroom is, and the password of each account."""

    base_url: str
    accounts: dict[str, str]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A running classroom with the course as built from the sources."""
    command = [sys.executable, "-W", "ignore", str(HERE / "serve.py"), str(tmp_path_factory.mktemp("site"))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin and process.stdout
        line = process.stdout.readline()
        assert line, "the classroom did not start; see above"
        yield Site(**json.loads(line))
        process.stdin.close()
        process.wait(30)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A browser; a machine without Chromium fails here, loudly."""
    from playwright.sync_api import sync_playwright

    assert CHROMIUM, "Chromium is missing: apt install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@dataclass
class Person:
    """Somebody at a browser window."""

    page: Any
    site: Site
    errors: list[str]

    def go(self, path: str) -> None:
        """Open a page of the classroom."""
        self.page.goto(self.site.base_url + path)

    def log_in(self, name: str) -> None:
        """Log in with the keyboard."""
        self.go("/")
        self.page.locator("input[name=username]").focus()
        self.page.keyboard.type(name)
        self.page.keyboard.press("Tab")
        self.page.keyboard.type(self.site.accounts[name])
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(lambda url: "/log-in" not in url)

    def open_unit(self, title: str) -> None:
        """Open a unit from the outline."""
        self.go("/")
        self.page.get_by_role("link", name=title).first.click()
        self.page.wait_for_load_state()

    def violations(self) -> list[str]:
        """What axe-core finds wrong on the page."""
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(self.page).response["violations"]
        return [f"{rule['id']}: {node['target']} {node['html'][:160]}" for rule in found for node in rule["nodes"]]

    def too_wide(self) -> int:
        """By how many pixels the page is wider than the window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.fixture
def person(chromium: Any, site: Site, request: pytest.FixtureRequest) -> Iterator[Person]:
    """Somebody at a window of phone width, or of the size given by `@pytest.mark.parametrize(..., indirect=True)`."""
    context = chromium.new_context(viewport=getattr(request, "param", PHONE))
    page = context.new_page()
    someone = Person(page, site, [])
    page.on("pageerror", lambda error: someone.errors.append(str(error)))
    page.on("console", lambda message: someone.errors.append(message.text) if message.type == "error" else None)
    yield someone
    context.close()
    assert someone.errors == []
