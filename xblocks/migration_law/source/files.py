# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which files make a course, and their bytes; nothing is read that is too large, a link outside, or not a file."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .problem import Problem

LARGEST = 50_000_000
"""Bytes in one file."""

FOLDERS = ("course", "quizzes", "case_studies")

KINDS = {
    "course": re.compile(r"course/course\.yaml"),
    "module": re.compile(r"course/modules/[^/]+/module\.yaml"),
    "lesson": re.compile(r"course/modules/[^/]+/[^/]+\.md"),
    "instrument": re.compile(r"course/law/instruments/[^/]+\.yaml"),
    "judgment": re.compile(r"course/law/judgments/[^/]+\.yaml"),
    "static": re.compile(r"course/static/.+"),
    "quiz": re.compile(r"quizzes/.+\.yaml"),
    "case": re.compile(r"case_studies/.+\.yaml"),
}
"""What a file is, by its path."""

MISNAMED = re.compile(
    r"(quizzes|case_studies|course/modules|course/law/(instruments|judgments))/.*\.(ya?ml|json)"
    r"|course/(course\.yml|modules/.*\.(md|markdown))",
    re.IGNORECASE,
)
"""What looks like a source but stands, or is called, otherwise."""


@dataclass(frozen=True)
class Found:
    """A file of the course: what it is, its path in the course, and how it is shown."""

    kind: str
    relative: str
    shown: str
    path: Path
    overlaid: bool


def find(root: Path, overlay: Path | None, problems: list[Problem]) -> list[Found]:
    """The files of a course, those of the overlay in the place of those of the same path; sorted by path."""
    found: dict[str, Found] = {}
    for base, overlaid in ((root, False), (overlay, True)):
        if base is not None:
            found.update({item.relative: item for item in _find(base, overlaid, problems)})
    return [found[name] for name in sorted(found)]


def _find(base: Path, overlaid: bool, problems: list[Problem]) -> Iterator[Found]:
    for relative, is_folder in sorted(_walk(base)):
        kind = next((kind for kind, pattern in KINDS.items() if pattern.fullmatch(relative)), None)
        shown = str(base / relative) if overlaid else relative
        path = base / relative
        if is_folder:
            problems.extend(_bad_folder(shown, path, kind))
        elif kind:
            yield Found(kind, relative, shown, path, overlaid)
        elif MISNAMED.fullmatch(relative):
            problems.append(Problem(shown, 1, 1, "wrong-name", "nothing reads this file; " + _home(relative)))


def _home(relative: str) -> str:
    if relative.startswith("course/modules"):
        return "call it course/modules/<module>/module.yaml, or <lesson>.md beside it"
    return "give it a name that ends in .yaml, in the folder that the other ones are in"


def _walk(base: Path) -> Iterator[tuple[str, bool]]:
    """Every path below the base's folders, and whether it is a folder; hidden and backup files left out."""
    for folder in FOLDERS:
        if (base / folder).is_symlink():
            yield folder, True
            continue
        for here, folders, files in os.walk(base / folder):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            where = Path(here).relative_to(base).as_posix()
            yield from ((f"{where}/{name}", True) for name in folders)
            yield from ((f"{where}/{name}", False) for name in files if not (name.startswith((".", "#")) or name.endswith("~")))


def _bad_folder(shown: str, path: Path, kind: str | None) -> Iterator[Problem]:
    if path.is_symlink():
        yield Problem(shown, 1, 1, "symbolic-link", "a link to a folder; put the folder itself here")
    elif kind and kind != "static":
        yield Problem(shown, 1, 1, "not-a-file", "a folder with the name of a file; rename it")


def read(found: Found, root: Path) -> bytes | Problem:
    """The bytes of a file, or why they are not read."""

    def refused(code: str, message: str) -> Problem:
        return Problem(found.shown, 1, 1, code, message)

    try:
        if found.path.is_symlink() and not found.path.resolve().is_relative_to(root.resolve()):
            return refused("symbolic-link", "a link to a file outside the course; put the file itself here")
        status = found.path.stat()
        if not stat.S_ISREG(status.st_mode):
            return refused("not-a-file", "this is not a file; take it out")
        if status.st_size > LARGEST:
            return refused("too-large", f"{status.st_size:,} bytes; keep a file under {LARGEST:,}")
        return found.path.read_bytes()
    except (OSError, RuntimeError) as error:
        return refused("unreadable", f"{_reason(error)}; give this user the right to read it, or take it out")


def _reason(error: OSError | RuntimeError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or "the file can't be read"


def decode(shown: str, data: bytes) -> str | Problem:
    """The text of a file, its line ends made `\\n`, or where it is not UTF-8."""
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace").rpartition("\n")
        line, column = data[: error.start].count(b"\n") + 1, len(before[2]) + 1
        return Problem(shown, line, column, "not-utf-8", "this character is not UTF-8; save the file as UTF-8")
