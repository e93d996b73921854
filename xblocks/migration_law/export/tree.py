# SPDX-License-Identifier: AGPL-3.0-or-later
"""The blocks of an Open edX archive, ours or one that Studio wrote, with every fault met on the way."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from lxml import etree

LEVELS = ("course", "chapter", "sequential", "vertical")
CUSTOM = ("law_quiz", "law_case_study", "law_sources", "law_desk")
"""Our own blocks; the last two come with the instructors' desk."""


class NotWellFormed(Exception):
    """A text that is no XML, or brings a DOCTYPE: what the parser says of it."""


class LintProblem(NamedTuple):
    """Something an importer would trip over: its stable code, its file (or block), and what to do."""

    code: str
    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.code} {self.message}"


@dataclass(frozen=True)
class Block:
    """One block as it stands in an archive: its own text (`page` is the file of an html block's), and whether it stands
    `inline` in its parent's file rather than behind a pointer."""

    type: str
    id: str
    parent: str
    file: str
    attributes: Mapping[str, str]
    text: str
    inline: bool
    page: str = ""

    @property
    def title(self) -> str:
        """Its display name."""
        return self.attributes.get("display_name", "")


@dataclass
class Tree:
    """All blocks in course order, the course itself first; `used` are the files that they came from."""

    files: Mapping[str, bytes]
    root: str = ""
    blocks: list[Block] = field(default_factory=list)
    faults: list[LintProblem] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    key: Mapping[str, str] = field(default_factory=dict)

    @property
    def run(self) -> str:
        """The run, which names the policies' folder."""
        return self.key.get("url_name", "")

    def policy(self, name: str) -> Any:
        """`policy.json` or `grading_policy.json` as data, or None where it is missing or not JSON."""
        try:
            return json.loads(self.files[f"{self.root}policies/{self.run}/{name}"])
        except (KeyError, ValueError, RecursionError):
            return None

    def fault(self, code: str, path: str, message: str) -> None:
        """Note something that an importer would trip over."""
        self.faults.append(LintProblem(code, path, message))


def read(files: Mapping[str, bytes]) -> Tree:
    """Walk from `course.xml` through all pointers. Never raises: what can't be read is a fault."""
    tree = Tree(files)
    roots = sorted(
        (name for name in files if name.rpartition("/")[2] == "course.xml"), key=lambda name: name.count("/")
    )
    if len(roots) != 1:
        tree.fault(
            "one-course-xml", "course.xml", f"there are {len(roots)} files of this name; there must be exactly one"
        )
    if roots and (element := _parse(tree, roots[0])) is not None:
        tree.root, tree.key = roots[0].removesuffix("course.xml"), dict(element.attrib)
        tree.used.add(roots[0])
        _Walk(tree).block(element, "", roots[0])
    return tree


def parse_xml(data: bytes) -> Any:
    """The root element; raises NotWellFormed. Nothing is fetched and no entity is followed."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root: Any = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise NotWellFormed(error.msg) from None
    if root.getroottree().docinfo.doctype:
        raise NotWellFormed("a DOCTYPE is not allowed")
    return root


def _parse(tree: Tree, name: str) -> Any:
    try:
        return parse_xml(tree.files[name])
    except NotWellFormed as error:
        tree.fault("xml", name, f"not well-formed ({error}); the platform would drop what is in it")
        return None


class _Walk:
    """Follows pointers, each file once, so that a circle ends."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree

    def block(self, element: Any, parent: str, file: str) -> None:
        """Note the block of an element and what it holds."""
        name, pointer = element.get("url_name", ""), is_pointer(element)
        if pointer:
            element, file = self._follow(element, name, file)
            if element is None:
                return
        attributes = {key: value for key, value in element.attrib.items() if key != "url_name"}
        text, page = self._text(element, file)
        self.tree.blocks.append(Block(str(element.tag), name, parent, file, attributes, text, not pointer, page))
        if element.tag in LEVELS:
            for child in element.iterchildren(etree.Element):
                self.block(child, name if element.tag != "course" else "", file)

    def _follow(self, element: Any, name: str, file: str) -> tuple[Any, str]:
        target = f"{self.tree.root}{element.tag}/{name.replace(':', '/')}.xml"
        if target not in self.tree.files:
            self.tree.fault(
                "broken-pointer", file, f"<{element.tag} url_name={name!r}> points to {target}, which is missing"
            )
            return None, target
        if target in self.tree.used:
            self.tree.fault("duplicate-id", file, f"{target} is pointed to twice; each block has one place")
            return None, target
        self.tree.used.add(target)
        found = _parse(self.tree, target)
        if found is not None and found.tag != element.tag:
            self.tree.fault("wrong-tag", target, f"holds <{found.tag}>, but a <{element.tag}> points to it")
            return None, target
        return found, target

    def _text(self, element: Any, file: str) -> tuple[str, str]:
        """The block's own text; that of an html block stands in a file beside it, which is named too."""
        if element.tag != "html":
            return "" if element.tag in LEVELS else "".join(element.itertext()), ""
        if element.get("filename") is None:
            inner = [element.text or "", *(etree.tostring(child, encoding="unicode") for child in element)]
            return "".join(inner), file
        target = f"{self.tree.root}html/{element.get('filename')}.html"
        self.tree.used.add(target)
        if target not in self.tree.files:
            self.tree.fault("broken-pointer", file, f"names {target}, which is missing")
        return self.tree.files.get(target, b"").decode(errors="replace"), target


def is_pointer(element: Any) -> bool:
    """Whether an element says nothing but where its block is: that is how the platform decides it."""
    keys = {"url_name", "org", "course"} if element.tag == "course" else {"url_name"}
    return set(element.attrib) == keys and not len(element) and not (element.text or "").strip()


def text_of(tree: Tree) -> Iterator[tuple[str, str]]:
    """Every text that a learner's page is made of, with the file or block that it stands in."""
    for block in tree.blocks:
        if block.text:
            yield block.page if block.type == "html" else f"{block.type}/{block.id}", block.text
