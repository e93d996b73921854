# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rules on what learners read: well-formed pages, links and pictures that lead somewhere, characters that survive."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from migration_law import notation

from ..tree import CUSTOM, LintProblem, NotWellFormed, Tree, parse_xml, text_of

Found = Iterator[LintProblem]

HTML_FOLDERS = ("about/", "info/", "tabs/")
STATIC = re.compile(r"""(?:/static/|\]\(static/)([^\s"'<>)?#]+)""")
JUMP = re.compile(r"""/jump_to_id/([^\s"'<>)?#]+)|\]\(lesson:([^\s"'<>)?#]+)\)""")
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffd\ufffe\uffff]")
"""Control characters, separators that YAML folds away, marks of a wrong encoding. Joiners and soft hyphens are text."""
FILE_NAME = re.compile(r"[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*")


def _html_files(tree: Tree) -> Iterator[tuple[str, str]]:
    for name, data in sorted(tree.files.items()):
        inside = name.removeprefix(tree.root)
        if name.endswith(".html") and inside.startswith(HTML_FOLDERS):
            yield name, data.decode(errors="replace")


def _texts(tree: Tree) -> Iterable[tuple[str, str]]:
    return [*text_of(tree), *_html_files(tree)]


def well_formed(tree: Tree) -> Found:
    """Each page parses as XML: the platform stores it as it is, and tools read it back."""
    pages = [(block.page, block.text) for block in tree.blocks if block.type == "html"]
    for name, page in [*pages, *_html_files(tree)]:
        try:
            parse_xml(f"<div>{page}</div>".encode(errors="replace"))
        except NotWellFormed as error:
            yield LintProblem("html", name, f"not well-formed ({error}); close each tag and escape & and <")


def content(tree: Tree) -> Found:
    """The text of our own blocks is YAML that can be read."""
    for block in tree.blocks:
        if block.type in CUSTOM and block.text.strip():
            try:
                notation.load(block.text)
            except notation.NotationError as error:
                yield LintProblem("content", f"{block.type}/{block.id}", f"{error}; the block would show an error")


def static(tree: Tree) -> Found:
    """Each picture and style sheet that a page names is there."""
    for name, page in _texts(tree):
        for target in sorted(set(STATIC.findall(page))):
            if f"{tree.root}static/{target}" not in tree.files:
                yield LintProblem(
                    "missing-static", name, f"static/{target} is missing; add it to course/static, or take it out"
                )


def jumps(tree: Tree) -> Found:
    """Each link inside the course leads to a block."""
    known = {block.id for block in tree.blocks}
    for name, page in _texts(tree):
        for target in sorted({jump or lesson for jump, lesson in JUMP.findall(page)} - known):
            yield LintProblem("missing-target", name, f"no block is called {target!r}; correct the link")


def characters(tree: Tree) -> Found:
    """No character that XML, YAML or the platform's store would change or refuse."""
    titles = [(f"{block.type}/{block.id}", title) for block in tree.blocks for title in block.attributes.values()]
    for name, page in [*_texts(tree), *titles]:
        for found in sorted(set(FORBIDDEN.findall(page))):
            yield LintProblem("character", name, f"the character U+{ord(found):04X} would not survive; take it out")


def file_names(tree: Tree) -> Found:
    """Names that every system keeps as they are."""
    for name in tree.files:
        if not FILE_NAME.fullmatch(name):
            yield LintProblem("file-name", name, "use letters A to Z, digits, dots, hyphens and underscores only")


RULES = (well_formed, content, static, jumps, characters, file_names)
