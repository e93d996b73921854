# SPDX-License-Identifier: AGPL-3.0-or-later
"""Answering with the keyboard alone, as a person would: Tab, arrows, Space and Enter."""

from __future__ import annotations

from typing import Any

MOST_TABS = 400


def tab_to(page: Any, wanted: str, *, back: bool = False) -> Any:
    """Press Tab until an element that matches the selector has the focus; fails when there is no way to it."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return page.evaluate_handle("document.activeElement")
    raise AssertionError(f"the keyboard does not reach {wanted}")


def focus_has_outline(page: Any) -> bool:
    """Whether the focused element shows where the focus is."""
    return bool(
        page.evaluate(
            "() => { const s = getComputedStyle(document.activeElement);"
            " return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0 }"
        )
    )


def answer(page: Any, question: Any) -> None:
    """Give some answer to a question, by the kind of its controls."""
    for group in question.locator("fieldset, .ml-options, .ml-rows").all():
        if group.locator("select").count():
            _pick_each(page, group)
        else:
            control = group.locator("input").first
            control.focus()
            page.keyboard.press("Space")


def _pick_each(page: Any, group: Any) -> None:
    for place, select in enumerate(group.locator("select").all(), 1):
        select.focus()
        ordered = group.evaluate("group => group.classList.contains('ml-order')")
        for _ in range(place if ordered else 1):
            page.keyboard.press("ArrowDown")
