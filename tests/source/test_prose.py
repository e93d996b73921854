# SPDX-License-Identifier: AGPL-3.0-or-later
"""Markdown that is right brings no problem, and nothing that is written brings a trace."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from migration_law.model.law import Instrument, Library
from migration_law.source.cited import Cited
from migration_law.source.problem import Mistake
from migration_law.source.prose import World, mistakes

PALERMO = Instrument.model_validate({
    "id": "palermo", "kind": "treaty", "title": "Protocol", "short": "Protocol", "adopted": "2000-11-15", "verified": "true",
    "link": "https://treaties.un.org/", "source": "None.", "provisions": [{"number": "3", "parts": ["(a)"]}],
})  # fmt: skip
WORLD = World({"definition"}, {"elements.svg"}, Cited(Library([PALERMO]), {"broken"}))


def _found(text: str, in_question: bool = False) -> list[Mistake]:
    return list(mistakes(text, WORLD, in_question))


@pytest.mark.parametrize("text", [
    "Plain words, with *emphasis* and **more**.",
    "If a < b and b > c, x<y and y>z, 1 <2.",
    "See <https://www.un.org/a?b=c> and <mail@example.org>.",
    "`<b>` and ``[[ ` ]]`` and `[x](y)` are code.",
    "```\n<b>\n[[none]]\n::: foo\n# heading\n```",
    "Text:\n\n    <b> [[none]] ::: foo\n",
    "A \\<b> that is escaped, &lt;b&gt; too.",
    "[[palermo]], [[palermo:3]], [[palermo:3(a)]] and [[palermo:3(a)|own words]].",
    "[[broken:5]]: its places are not known.",
    "[words](https://un.org), [mail](mailto:a@b.c), [here](lesson:definition), [ref].\n\n[ref]: https://un.org",
    "![What it shows](static/elements.svg)",
    "[![What it shows](static/elements.svg)](https://un.org)",
    "[one [two]](https://un.org) [a, b] [1] [ ]",
    "::: note\nText\n:::\n\n:::: example With a title\n::: key\nInner\n:::\n::::",
    "::: quote palermo:3(a)\nWords\n:::",
    "- item\n\n  ::: note\n  Text\n  :::\n- item",
    "| a | b |\n|---|---|\n| [[palermo:3(a)\\|words]] | [[palermo]] |",
    "## Two\n\n### Three\n\n#### Four",
    "C# and #hashtag and No. #5",
    "One\n\n---\n\nTwo",
    "",
])  # fmt: skip
def test_nothing_is_wrong_with(text: str) -> None:
    assert _found(text) == []


@pytest.mark.parametrize(("text", "offset"), [
    ("See [[none]].", 4),
    ("`[[none]]` and [[none]]", 15),
    ("One\n\n- two [[none]]\n", 11),
    ("> quoted [[none]]", 9),
    ("::: quote none:3\nWords\n:::", 10),
])  # fmt: skip
def test_where_a_citation_stands(text: str, offset: int) -> None:
    assert [(mistake.offset, mistake.code) for mistake in _found(text)] == [(offset, "unknown-instrument")]


@pytest.mark.parametrize("text", ["# One", "One\n===", "One\n---", "> ## Two", "- ## Two", "###### Six"])
def test_a_question_has_no_headings(text: str) -> None:
    assert [mistake.code for mistake in _found(text, in_question=True)] == ["heading-in-question"]


def test_the_second_of_two_like_links_is_placed_rightly() -> None:
    assert [mistake.offset for mistake in _found("[a](b.md) and [a](https://un.org) and [a](c.md)")] == [0, 38]


PIECES = st.sampled_from([
    "[[", "]]", "|", "palermo", ":3(a)", "[", "](", ")", "!", "<b", ">", "</", "::: ", ":::", "note", "quote ",
    "\n", "\n\n", "`", "```",
    "# ", "- ", "> ", "    ", "===", "word", "\\", "\t", "static/", "lesson:", "https://", "é", "&#1;", "*", "\0",
])  # fmt: skip


@given(st.lists(PIECES, max_size=25).map("".join), st.booleans())
@example("::: note\n", False)
@example("```", True)
@example("[](\n", False)
def test_any_text_can_be_checked(text: str, in_question: bool) -> None:
    for mistake in _found(text, in_question):
        assert 0 <= mistake.offset <= len(text)
