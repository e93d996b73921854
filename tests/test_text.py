# SPDX-License-Identifier: AGPL-3.0-or-later
"""Markdown becomes safe HTML, citations become links, and the same text is rendered once."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html as lxml_html
from migration_law import text
from migration_law.model.law import Source

PALERMO = Source(id="palermo", kind="treaty", label="Trafficking Protocol", title="Protocol <of> 2000", unit="art",
                 link="https://treaties.un.org/?a=1&b=2", details=("adopted 15 November 2000",))  # fmt: skip
CHOWDURY = Source(id="chowdury", kind="judgment", label="Chowdury v Greece", title="Chowdury v Greece", unit="para",
                  link='https://hudoc.echr.coe.int/eng#{"appno":["21884/15"]}',
                  details=("Court", "no 21884/15", "30 March 2017"))  # fmt: skip
SOURCES = (PALERMO, CHOWDURY)


def _render(markdown: str) -> str:
    return text.render(markdown, SOURCES)


@pytest.mark.parametrize(("markdown", "words"), [
    ("[[palermo:3(a)]]", "Trafficking Protocol, art 3(a)"),
    ("[[palermo]]", "Trafficking Protocol"),
    ("[[palermo:3(a)|article 3(a)]]", "article 3(a)"),
    ("**[[palermo|a & b <c>]]**", "a & b <c>"),
    ("[[chowdury:93]]", "Chowdury v Greece, no 21884/15, 30 March 2017, para 93"),
])  # fmt: skip
def test_a_citation_is_a_link(markdown: str, words: str) -> None:
    (link,) = lxml_html.fromstring(_render(markdown)).xpath("//a[@class='ml-cite']")
    source = PALERMO if "palermo" in markdown else CHOWDURY
    assert (link.text_content(), link.get("title")) == (words, source.title)
    assert link.get("href").startswith(source.link[:24])


def test_the_name_of_a_judgment_is_in_italics() -> None:
    assert ">Chowdury v Greece</em>, no 21884/15" in _render("[[chowdury]]")
    assert "<em>" not in _render("[[palermo]] [[chowdury|the Court]]")


@pytest.mark.parametrize("markdown", ["[[none:3]]", "[[]]", "[[a", "`[[palermo]]`"])
def test_what_is_no_citation_stays_text(markdown: str) -> None:
    assert "<a" not in _render(markdown)
    assert markdown.strip("`").strip("[]") in _render(markdown)


def test_a_quotation_is_captioned_by_its_citation() -> None:
    figure = lxml_html.fromstring(_render("::: quote palermo:3(a)\nExact *words*.\n:::"))
    assert figure.xpath("string(.//blockquote)").strip() == "Exact words."
    assert figure.xpath("string(.//figcaption/a)") == "Trafficking Protocol, art 3(a)"


def test_quotations_may_stand_in_lists_and_boxes() -> None:
    shown = _render(":::: note\n::: quote palermo:3\nOne.\n:::\n\n- ::: quote chowdury:93\n  Two.\n  :::\n::::")
    assert shown.count("<figcaption><a") == 2


@pytest.mark.parametrize(("kind", "title"), [("example", "Worked example"), ("key", "Key points"), ("note", "Note")])
def test_boxes_have_titles(kind: str, title: str) -> None:
    assert f' class="ml-box ml-{kind}"><p class="ml-box-title">{title}</p>' in _render(f"::: {kind}\nText\n:::")
    assert '<p class="ml-box-title">A &lt;b&gt; title</p>' in _render(f"::: {kind} A <b> title\nText\n:::")


def test_links_to_lessons_are_those_of_the_platform() -> None:
    assert '<a href="/jump_to_id/definition">here</a>' in _render("[here](lesson:definition)")


def test_pictures_are_those_of_the_archive() -> None:
    assert '<img class="ml-picture" src="/static/a.svg" alt="What it shows">' in _render("![What it shows](static/a.svg)")


def test_tables_scroll_and_have_headings() -> None:
    shown = _render("| a |\n|---|\n| [[palermo:3\\|b]] |")
    assert 'tabindex="0" role="region"' in shown and '<th scope="col">a</th>' in shown and ">b</a></td>" in shown


def test_a_line_has_no_paragraph() -> None:
    assert text.render_line("An *option* [[palermo]]\n", SOURCES).startswith("An <em>option</em> <a")


HOSTILE = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<b onclick='x()'>b</b>", "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))", "[a](data:text/html;base64,PHN=)", "[a](vbscript:x)",
    "![a](javascript:x)", "![a](data:image/svg+xml,x)",
    '[a](https://a.b "x\\" onclick=\\"y")', "<javascript:alert(1)>", "<style>p{}</style>", "<iframe src=//x>", "&lt;script&gt;",
    "::: note <script>x</script>\n:::", "::: quote <script>\n:::", "[[palermo|<script>x</script>]]", "[[<script>]]",
    "`<script>`",
    '![" onerror="x](static/a.svg)', "[a]: javascript:x\n\n[a]", "```\"><script>\nx\n```", "[x](lesson:javascript:alert(1))",
    '[x](lesson:"onclick="y)', "&#106;avascript:x", "[a](&#106;avascript:x)",
    "[a](\x01javascript:x)", "![x](/static/a.svg\"onload=\"y)",
]  # fmt: skip
PIECES = st.sampled_from(
    [*HOSTILE, "<", ">", '"', "'", "[", "](", ")", "[[", "]]", "|", "\n", "\n\n", "::: ", "```", "on", "=", "a"]
)
SCHEMES = ("https://", "http://", "mailto:", "/")


def _is_safe(shown: str) -> bool:
    tree = lxml_html.fromstring(f"<div>{shown}</div>")
    for node in tree.iter():
        if node.tag not in text.TAGS or any(name.startswith("on") or name == "style" for name in node.attrib):
            return False
        for name in ("href", "src"):
            # The sanitiser leaves relative addresses alone: a browser runs none of them.
            address = node.get(name, "/").strip().lower()
            if not address.startswith(SCHEMES) and ":" in address.split("/")[0]:
                return False
    return True


@pytest.mark.parametrize("markdown", HOSTILE)
def test_hostile_markdown_is_harmless(markdown: str) -> None:
    assert _is_safe(_render(markdown))
    assert _is_safe(text.render_line(markdown, SOURCES))


@given(st.lists(PIECES, max_size=12).map("".join))
@example("::: note\n")
@example("- ::: note")
def test_any_markdown_is_harmless(markdown: str) -> None:
    assert _is_safe(_render(markdown))
    assert _is_safe(text.render_line(markdown, SOURCES))


def test_a_source_can_bring_no_script() -> None:
    bad = PALERMO.model_copy(update={"link": "javascript:alert(1)", "title": '"><script>', "label": "<script>x</script>"})
    shown = text.render("[[palermo]]", [bad])
    assert _is_safe(shown) and "javascript" not in shown


def test_the_same_text_is_rendered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = text.render("A text that no other test renders, [[palermo:3]].", SOURCES)
    monkeypatch.setattr(text, "_parser", lambda: pytest.fail("rendered again"))
    assert text.render("A text that no other test renders, [[palermo:3]].", SOURCES) == first
    assert text.render("A text that no other test renders, [[palermo:3]].", [PALERMO]) == first


def test_another_label_is_another_text() -> None:
    renamed = PALERMO.model_copy(update={"label": "Palermo Protocol"})
    assert "Palermo Protocol" in text.render("[[palermo]]", [renamed])
    assert "Trafficking Protocol" in text.render("[[palermo]]", [PALERMO])
