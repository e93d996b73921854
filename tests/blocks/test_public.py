# SPDX-License-Identifier: AGPL-3.0-or-later
"""The one script and the one style that a page loads."""

from __future__ import annotations

import gzip
import re
from importlib import resources
from pathlib import Path

import pytest

FOLDER = Path(str(resources.files("migration_law.blocks"))) / "public"


def test_script_and_style_are_small() -> None:
    assert sum(len(gzip.compress((FOLDER / name).read_bytes())) for name in ("law.js", "law.css")) < 12_000


def test_every_rule_is_scoped() -> None:
    css = re.sub(r"/\*.*?\*/", "", (FOLDER / "law.css").read_text("utf-8"), flags=re.DOTALL)
    for selectors in re.findall(r"([^{}]+)\{", css):
        if not selectors.strip().startswith("@"):
            for selector in re.sub(r"\([^)]*\)", "", selectors).split(","):
                assert selector.strip().startswith((".ml-block", ".ml-")), selector


@pytest.mark.parametrize(
    "banned", ["position: fixed", "position: sticky", r"\dvh", "!important", "margin-left", "padding-left", "@import"]
)
def test_nothing_that_breaks_in_a_frame_or_from_right_to_left(banned: str) -> None:
    assert not re.search(banned, (FOLDER / "law.css").read_text("utf-8"))


def test_the_script_has_no_words_of_its_own() -> None:
    script = re.sub(r"/\*.*?\*/", "", (FOLDER / "law.js").read_text("utf-8"), flags=re.DOTALL)
    assert [words for words in re.findall(r'"([^"]*)"', script) if re.search(r"[a-z]+ [a-z]+ [a-z]+", words)] == []
