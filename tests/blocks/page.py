# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads a block's page as a learner does: finds a question's controls by their words, and fills them in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lxml import html

Answers = Mapping[str, Sequence[str] | Mapping[str, str]]


def tree(page: str) -> Any:
    """The page as elements."""
    return html.fragment_fromstring(page, create_parent="div")


def words(element: Any) -> str:
    """What is read of an element."""
    return " ".join(element.text_content().split())


def texts(page: str, css_class: str) -> list[str]:
    """What is read of each element of a class."""
    return [words(found) for found in tree(page).xpath(f'//*[contains(concat(" ", @class, " "), " {css_class} ")]')]


def fields(page: str, answers: Answers) -> list[list[str]]:
    """The form fields that give these answers: words of options, or of rows and what each is given, by question."""
    root = tree(page)
    return [[name, cell] for name, answer in answers.items() for cell in _cells(root, name, answer)]


def _cells(root: Any, name: str, answer: Sequence[str] | Mapping[str, str]) -> list[str]:
    if isinstance(answer, Mapping):
        return [_given(root, name, row, given) for row, given in answer.items()]
    inputs = {words(found.getparent()): found.get("value") for found in root.xpath(f'//input[@name="{name}"]')}
    return [inputs[option] for option in answer]


def _given(root: Any, name: str, row: str, given: str) -> str:
    for select in root.xpath(f'//select[@name="{name}"]'):
        (label,) = root.xpath(f'//label[@for="{select.get("id")}"]')
        if words(label) == row:
            return str(next(option.get("value") for option in select if words(option) == given))
    raise AssertionError(f"no row {row!r} in {name}")
