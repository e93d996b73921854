# SPDX-License-Identifier: AGPL-3.0-or-later
"""Markdown with citations -> safe HTML, cached by content."""

from __future__ import annotations

import html
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin

from migration_law.model.law import CITATION, Source, citations, quotes

BOXES = ("example", "key", "note")
LESSON_LINK = "lesson:"

TAGS = {
    "a", "abbr", "blockquote", "br", "code", "div", "em", "figcaption", "figure", "h2", "h3", "h4", "hr", "i", "img",
    "li", "ol", "p", "pre", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "class", "title"}, "img": {"src", "alt", "class"}, "div": {"class", "tabindex", "role", "aria-label"},
    "figure": {"class"}, "ol": {"start"}, "th": {"scope", "class"}, "td": {"class"},
    "p": {"class"}, "i": {"lang"},
}  # fmt: skip


class Label(NamedTuple):
    """A citation as shown: its plain words, and the page it links to."""

    words: str
    link: str
    title: str
    italic: bool


Labels = tuple[tuple[str, Label], ...]


def render(text: str, sources: Iterable[Source] = ()) -> str:
    """Markdown as safe HTML; citations are resolved in `sources`, an unknown one stays as plain text."""
    return _render(text, labels(text, sources), False)


def render_line(text: str, sources: Iterable[Source] = ()) -> str:
    """One paragraph of Markdown as safe HTML without the `<p>` around it."""
    return _render(text.strip(), labels(text, sources), True)


def labels(text: str, sources: Iterable[Source]) -> Labels:
    """What each citation in the text is shown as; only those that resolve."""
    if "[[" not in text and ":::" not in text:
        return ()
    by_id = {source.id: source for source in sources}
    wanted = {(c.id, c.locator) for c in (*citations(text), *quotes(text))}
    return tuple((f"{name}:{place}", _label(by_id[name], place)) for name, place in sorted(wanted) if name in by_id)


def _label(source: Source, locator: str) -> Label:
    return Label(source.cite(locator), source.link, source.title, source.kind == "judgment")


@lru_cache(maxsize=20_000)
def _render(text: str, known: Labels, inline: bool) -> str:
    env: dict[str, Any] = {"labels": dict(known)}
    parser = _parser()
    dirty = parser.renderInline(text, env) if inline else parser.render(text, env)
    return nh3.clean(dirty, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"https", "http", "mailto"}, link_rel=None)


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table"])
    for name in BOXES:
        parser.use(container_plugin, name, render=_box)
    parser.use(container_plugin, "quote", render=_quote)
    parser.inline.ruler.before("link", "citation", _citation)
    parser.add_render_rule("citation", _citation_html)
    parser.add_render_rule("link_open", _link_open)
    parser.add_render_rule("table_open", _table_open)
    parser.add_render_rule("table_close", _table_close)
    parser.add_render_rule("th_open", _th_open)
    parser.add_render_rule("image", _image)
    return parser


def parse(text: str) -> list[Token]:
    """The Markdown as tokens, with the lines they stand on: for whoever checks it."""
    return _parser().parse(text, {"labels": {}})


def _citation(state: Any, silent: bool) -> bool:
    found = CITATION.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        token = state.push("citation", "", 0)
        token.content = found[0]
    state.pos = found.end()
    return True


def _citation_html(renderer: Any, tokens: list[Token], index: int, options: Any, env: Any) -> str:
    citation = next(citations(tokens[index].content))
    label = env["labels"].get(f"{citation.id}:{citation.locator}")
    if label is None:
        return html.escape(citation.words or tokens[index].content)
    return _anchor(label, citation.words)


def _anchor(label: Label, words: str = "") -> str:
    name, comma, rest = label.words.partition(", ")
    shown = html.escape(words) if words else html.escape(label.words)
    if label.italic and not words:
        shown = f"<em>{html.escape(name)}</em>{comma}{html.escape(rest)}"
    return f'<a class="ml-cite" href="{html.escape(label.link)}" title="{html.escape(label.title)}">{shown}</a>'


def _box(renderer: Any, tokens: list[Token], index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    if token.nesting < 0:
        return "</div>\n"
    kind, _, title = token.info.strip().partition(" ")
    heading = f'<p class="ml-box-title">{html.escape(title.strip() or BOX_TITLES[kind])}</p>'
    return f'<div class="ml-box ml-{kind}">{heading}\n'


BOX_TITLES = {"example": "Worked example", "key": "Key points", "note": "Note"}


def _quote(renderer: Any, tokens: list[Token], index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    if token.nesting > 0:
        return '<figure class="ml-quote"><blockquote>\n'
    target = _opening(tokens, index).info.strip().partition(" ")[2].strip()
    name, _, place = target.partition(":")
    label = env["labels"].get(f"{name}:{place}")
    return f"</blockquote><figcaption>{_anchor(label) if label else html.escape(target)}</figcaption></figure>\n"


def _opening(tokens: list[Token], index: int) -> Token:
    closing = tokens[index]
    return next(t for t in reversed(tokens[:index]) if t.type == "container_quote_open" and t.level == closing.level)


def _link_open(renderer: Any, tokens: list[Token], index: int, options: Any, env: Any) -> str:
    href = str(tokens[index].attrGet("href") or "")
    if href.startswith(LESSON_LINK):
        href = f"/jump_to_id/{href.removeprefix(LESSON_LINK)}"
    return f'<a href="{html.escape(href)}">'


def _image(renderer: Any, tokens: list[Token], index: int, options: Any, env: Any) -> str:
    source = str(tokens[index].attrGet("src") or "")
    if not source.startswith(("/", "https:")):
        source = f"/{source}"
    return f'<img class="ml-picture" src="{html.escape(source)}" alt="{html.escape(tokens[index].content)}">'


def _table_open(renderer: Any, tokens: list[Token], index: int, options: Any, env: Any) -> str:
    return '<div class="ml-table" tabindex="0" role="region" aria-label="Table"><table>\n'


def _table_close(renderer: Any, tokens: list[Token], index: int, options: Any, env: Any) -> str:
    return "</table></div>\n"


def _th_open(renderer: Any, tokens: list[Token], index: int, options: Any, env: Any) -> str:
    return '<th scope="col">'
