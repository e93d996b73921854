# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is wrong in a Markdown text: boxes, headings, HTML, links and pictures."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from markdown_it.token import Token

from migration_law import text as markdown
from migration_law.model.law import CITATION

from .boxes import boxes
from .cited import Cited, cited
from .faults import suggest
from .problem import Mistake

SUSPECT = re.compile(r"[\[\]<#]|:::|^[ \t>*+-]*(=+|-+)[ \t]*$", re.MULTILINE)
"""What a text must hold to have a mistake at all: most texts hold nothing of it and are not parsed."""

CODE = re.compile(r"`|~~~|^(?: {4}|\t)", re.MULTILINE)
"""What may be the start of code, in which nothing is a mistake."""

HTML = re.compile(
    r"""(?<!\\)<(?:!--|!doctype|\?|/\s*[a-z]|
    (?:a|abbr|b|blockquote|br|button|center|cite|code|dd|del|details|div|dl|dt|em|embed|figure|font|form|h[1-6]|hr|i|iframe|img|
    input|ins|kbd|li|link|mark|meta|object|ol|option|p|pre|q|s|script|select|small|span|strike|strong|style|sub|summary|sup|
    svg|table|tbody|td|textarea|th|thead|tr|tt|u|ul|video)\s*/?>|
    [a-z][a-z0-9-]*\s[^<>]*=[^<>]*>|[a-z]+-[a-z0-9-]+\s*/?>)""",
    re.IGNORECASE | re.VERBOSE,
)
"""A tag, a comment or the like; `a < b`, `x<y` and <https://...> are none."""

NOT_A_LINK = re.compile(r"(?<!\\)\[[^\[\]]*\]\((?:[^()]|\([^()]*\))*\)")
"""What was meant as a link but is none, such as `[a](javascript:b)` or `[a](two words)`."""

OUTSIDE = ("https://", "http://", "mailto:")
PICTURES = "static/"


@dataclass(frozen=True)
class World:
    """All that a text may name: lessons, pictures (paths under course/static/) and what may be cited."""

    lessons: Collection[str]
    pictures: Collection[str]
    cited: Cited


def mistakes(text: str, world: World, in_question: bool) -> Iterator[Mistake]:
    """The mistakes in a Markdown text."""
    if not SUSPECT.search(text):
        return
    if "[[" not in text or CODE.search(text) or SUSPECT.search(CITATION.sub("", text)):
        tokens = markdown.parse(text)
        clear = _without_code(text, tokens)
        yield from _in_tokens(text, clear, tokens, world, in_question)
        yield from (Mistake(found.start(), "raw-html", TAG) for found in HTML.finditer(clear))
        yield from boxes(clear)
        text = clear
    yield from cited(text, world.cited)


TAG = "HTML is shown to the learner as it stands; write Markdown, or `\\<` for the sign"


def _without_code(text: str, tokens: list[Token]) -> str:
    """The text with code made blank, of the same length and lines."""
    if "`" not in text and not any(token.type in ("fence", "code_block") for token in tokens):
        return text
    lines = text.split("\n")
    for token in tokens:
        if token.type in ("fence", "code_block") and token.map:
            for number in range(token.map[0], min(token.map[1], len(lines))):
                lines[number] = " " * len(lines[number])
    return re.sub(r"(?<![`\\])(`+)(?!`).*?(?<!`)\1(?!`)", _blank, "\n".join(lines), flags=re.DOTALL)


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def _in_tokens(text: str, clear: str, tokens: list[Token], world: World, in_question: bool) -> Iterator[Mistake]:
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    for token in tokens:
        start, end = (starts[min(line, len(starts) - 1)] for line in token.map or (0, len(starts) - 1))
        if token.type == "heading_open":
            yield from _heading(token, start + _indent(text[start:]), in_question)
        elif token.type == "inline":
            lines = clear[start:end] if token.map and token.map[1] < len(starts) else clear[start:]
            yield from _inline(token.children or [], _Finder(lines, start), world)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" >"))


def _heading(token: Token, offset: int, in_question: bool) -> Iterator[Mistake]:
    if in_question:
        yield Mistake(offset, "heading-in-question", "a question has no headings; write a sentence, or **bold** words")
    elif token.tag not in ("h2", "h3", "h4"):
        yield Mistake(offset, "heading-level", f"a heading of level {token.tag[1]}; write `##`, `###` or `####`")


class _Finder:
    """Finds where in some lines a piece of them stands, each time after the last one found."""

    def __init__(self, lines: str, start: int) -> None:
        self._lines, self._start, self._from = lines, start, 0

    def find(self, *pieces: str) -> int:
        """The offset in the text of the first of the pieces that is there; the start of the lines if none is."""
        for piece in pieces:
            found = self._lines.find(piece, self._from)
            if found >= 0:
                self._from = found + 1
                return self._start + found
        return self._start + _indent(self._lines)


def _inline(children: list[Token], finder: _Finder, world: World) -> Iterator[Mistake]:
    for index, token in enumerate(children):
        if token.type == "link_open" and token.markup != "autolink":
            offset = finder.find("[](" if children[index + 1].type == "link_close" else "[", "<")
            yield from _link(str(token.attrGet("href") or ""), children[index + 1], offset, world)
        elif token.type == "image":
            yield from _picture(token, finder.find("!["), world)
        elif token.type == "citation":
            finder.find("[[")
        elif token.type == "text":
            yield from _text(token.content, finder)


def _link(href: str, following: Token, offset: int, world: World) -> Iterator[Mistake]:
    if following.type == "link_close":
        yield Mistake(offset, "empty-link", "a link without words; write what it leads to between the brackets")
    if not href:
        yield Mistake(offset, "empty-link", "a link without an address; write it between the round brackets")
    elif href.startswith(markdown.LESSON_LINK):
        lesson = href.removeprefix(markdown.LESSON_LINK)
        if lesson not in world.lessons:
            cure = suggest(lesson, world.lessons) or "write the id of a lesson"
            yield Mistake(offset, "unknown-lesson", f"no lesson is called {lesson!r}; {cure}")
    elif not href.startswith(OUTSIDE):
        yield Mistake(offset, "bad-link", f"{href!r} leads nowhere; write https://..., or lesson: and the id of a lesson")


def _picture(token: Token, offset: int, world: World) -> Iterator[Mistake]:
    source = str(token.attrGet("src") or "")
    if not token.content.strip():
        yield Mistake(offset, "no-text-alternative", "say between the brackets what the picture shows")
    if not source.startswith(PICTURES):
        yield Mistake(offset, "missing-picture", f"{source!r} is not in course/static; put it there and write static/<file>")
    elif (name := source.removeprefix(PICTURES)) not in world.pictures:
        cure = suggest(name, world.pictures) or "put the file there, or correct the name"
        yield Mistake(offset, "missing-picture", f"there is no {name!r} in course/static; {cure}")


def _text(content: str, finder: _Finder) -> Iterator[Mistake]:
    for found in NOT_A_LINK.finditer(content):
        words = found[0]
        code = "empty-link" if words.endswith("]()") else "bad-link"
        message = f"{words!r} is no link; write [words](https://...) without spaces in the address"
        yield Mistake(finder.find(words), code, message)
