# SPDX-License-Identifier: AGPL-3.0-or-later
"""A small course without mistakes, and ways to spoil a copy of it."""

from __future__ import annotations

import shutil
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOUND = HERE / "sound"
MISTAKES = HERE / "mistakes"


def copy(to: Path) -> Path:
    """A copy of the sound course."""
    return Path(shutil.copytree(SOUND, to / "course-copy"))


def write(root: Path, path: str, content: str | bytes) -> None:
    """Write one file of a course."""
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(content.encode() if isinstance(content, str) else content)


def change(root: Path, path: str, old: str, new: str) -> None:
    """Replace a piece of a file that stands in it once."""
    text = (root / path).read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
    write(root, path, text.replace(old, new))


def spoil(root: Path, example: str) -> list[str]:
    """Put an example's files and changes into a course; returns the problems that it expects.

    An example is sections that begin with `=== <path>` (a file), `=== change <path>` (old text, a line `=>`, new text) or
    `=== problems` (a line each).
    """
    expected: list[str] = []
    for section in example.split("=== ")[1:]:
        head, _, content = section.partition("\n")
        if head == "problems":
            expected = content.splitlines()
        elif head.startswith("change "):
            old, new = content.removesuffix("\n").split("\n=>\n")
            change(root, head.removeprefix("change "), old, new)
        else:
            write(root, head, content)
    return expected
