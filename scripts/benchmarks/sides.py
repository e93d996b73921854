# SPDX-License-Identifier: AGPL-3.0-or-later
"""The two sides: this course's `law_quiz`, and the `problem` of xblocks-contrib, with the same questions in the same store."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, NamedTuple
from urllib.parse import urlencode

from lxml import etree
from lxml import html as lxml_html
from web_fragments.fragment import Fragment
from webob import Request
from xblock.core import XBlock

from . import content
from .harness import Platform, Store, keys, post

ATTEMPTS = 2
RIGHT_OF_TEN = 7
"""How many of ten questions are answered rightly where submitting is measured."""


class Score(NamedTuple):
    """What a side published as the learner's grade."""

    earned: float
    possible: float


class Cell(NamedTuple):
    """A radio button as shown: what choosing it sends, and its words."""

    name: str
    value: str
    words: str


@dataclass
class Side:
    """One or more blocks that show the same questions on one page, to one learner."""

    name: str
    kind: str
    block: type[XBlock]
    store: Store
    asked: tuple[tuple[content.Question, ...], ...]
    """The questions, block by block."""

    def _blocks(self, platform: Platform) -> list[Any]:
        numbers = range(len(self.asked))
        return [platform.construct_xblock_from_class(self.block, keys(self.kind, f"b{number}")) for number in numbers]

    def fill(self) -> None:
        """Import the blocks as a course import would, and keep them."""
        for number, asked in enumerate(self.asked):
            node = etree.fromstring(self.olx(asked))
            block = self.block.parse_xml(node, Platform(self.store), keys(self.kind, f"b{number}"))
            block.save()

    def forget_learner(self) -> None:
        """Let the next request be a new learner's."""
        self.store.forget_learner()

    def render(self) -> list[Fragment]:
        """One request for the page: each block's view, with what it writes kept."""
        platform = Platform(self.store)
        return [platform.render(block, "student_view", {}) for block in self._blocks(platform)]

    def submit(self, requests: Sequence[Request]) -> list[Any]:
        """One request a block: all its questions answered. Gives the published scores and the answers' HTML."""
        return [self._submit(number, request) for number, request in enumerate(requests)]

    def _submit(self, number: int, request: Request) -> tuple[Score, str]:
        platform = Platform(self.store)
        answer = self.hand_in(self._blocks(platform)[number], request)
        grade = [event for kind, event in platform.published if kind == "grade"][-1]
        return Score(grade["value"], grade["max_value"]), str(answer)

    def requests(self, right: int) -> list[Request]:
        """What a browser would post to answer everything, the first `right` questions of all rightly."""
        pages = zip(self.asked, self.render(), strict=True)
        keyed = [(item, cells) for asked, page in pages for item, cells in zip(asked, cells_of(page), strict=True)]
        chosen = [_choose(item, cells, n < right) for n, (item, cells) in enumerate(keyed)]
        sizes = [len(asked) for asked in self.asked]
        return [self.request(chosen[sum(sizes[:n]) : sum(sizes[: n + 1])]) for n in range(len(sizes))]

    def olx(self, asked: Iterable[content.Question]) -> str:
        """The block in a course archive."""
        raise NotImplementedError

    def request(self, chosen: Iterable[Cell]) -> Request:
        """What a browser posts."""
        raise NotImplementedError

    def hand_in(self, block: Any, request: Request) -> str:
        """Post to the block's handler; the HTML that comes back."""
        raise NotImplementedError


class Ours(Side):
    """This course's quiz."""

    def olx(self, asked: Iterable[content.Question]) -> str:
        notation = import_module("migration_law.notation")
        settings = {"purpose": "graded", "attempts": str(ATTEMPTS), "feedback": "after-attempt"}
        text = notation.dump({**content.as_quiz(asked, **settings), "sources": content.as_sources()})
        node = etree.Element("law_quiz", {"display_name": "Ten questions"})
        node.text = f"\n{text}"
        return etree.tostring(node, encoding="unicode")

    def request(self, chosen: Iterable[Cell]) -> Request:
        body = json.dumps({"fields": [[cell.name, cell.value] for cell in chosen]})
        return Request.blank("/", method="POST", body=body.encode(), content_type="application/json")

    def hand_in(self, block: Any, request: Request) -> str:
        return str(post(block, "submit", request)["html"])


class Peer(Side):
    """The platform's own problem."""

    def olx(self, asked: Iterable[content.Question]) -> str:
        return content.as_problem(asked, ATTEMPTS)

    def request(self, chosen: Iterable[Cell]) -> Request:
        body = urlencode([(cell.name, cell.value) for cell in chosen])
        return Request.blank("/", method="POST", body=body.encode(), content_type="application/x-www-form-urlencoded")

    def hand_in(self, block: Any, request: Request) -> str:
        return str(post(block, "xmodule_handler", request, "problem_check")["contents"])


PEER_APP = "xblocks_contrib.problem.capa"
APPS: dict[str, tuple[str, ...]] = {"law_quiz": (), "problem": (PEER_APP,), "ten problems": (PEER_APP,)}
"""The Django apps that a side brings; a platform loads them when it starts."""
CLASSES = {
    "law_quiz": (Ours, "migration_law.blocks.quiz", "LawQuizXBlock"),
    "problem": (Peer, "xblocks_contrib.problem", "ProblemBlock"),
    "ten problems": (Peer, "xblocks_contrib.problem", "ProblemBlock"),
}


def block_of(name: str) -> type[XBlock]:
    """The class of a side's block; importing it is part of a cold start."""
    _, module, block = CLASSES[name]
    found: type[XBlock] = getattr(import_module(module), block)
    return found


def side(name: str, asked: Iterable[content.Question]) -> Side:
    """A side with its blocks in its store: one block for all questions, or for "ten problems" one a question."""
    groups = tuple((item,) for item in asked) if name == "ten problems" else (tuple(asked),)
    block = block_of(name)
    made: Side = CLASSES[name][0](name, "law_quiz" if name == "law_quiz" else "problem", block, Store(), groups)
    made.fill()
    return made


def cells_of(page: Fragment) -> list[list[Cell]]:
    """The radio buttons of a view, question by question, in the order of the page."""
    tree = page_of(page)
    found: dict[str, list[Cell]] = {}
    for button in tree.xpath("//input[@type='radio']"):
        label = button.xpath("ancestor::label | //label[@for=$id]", id=button.get("id") or "")[0]
        name = str(button.get("name"))
        found.setdefault(name, []).append(Cell(name, str(button.get("value")), " ".join(label.text_content().split())))
    return list(found.values())


def page_of(page: Fragment) -> Any:
    """The view as a browser has it once its script has run: the peer's travels in an attribute."""
    tree: Any = lxml_html.document_fromstring(f"<div>{page.content}</div>")
    inside = "".join(str(element.get("data-content")) for element in tree.xpath("//*[@data-content]"))
    return lxml_html.document_fromstring(f"<div>{inside}</div>") if inside else tree


def _choose(asked: content.Question, cells: Iterable[Cell], right: bool) -> Cell:
    """The button of the right option, or of a wrong one, found by its words."""
    wanted = next(content.words(option.text) for option in asked.options if option.correct is right)
    return next(cell for cell in cells if cell.words == wanted)
