# SPDX-License-Identifier: AGPL-3.0-or-later
"""Each code has an example, and each example gives exactly the problems that it says."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from migration_law import source
from migration_law.source import CODES
from source import course

WRITTEN = {path.stem: path for path in sorted(course.MISTAKES.glob("*.txt"))}


QUESTION = (
    "  - {{kind: true-false, id: large-{0}, objective: define, stem: {1},"
    " answer: true, feedback_true: a, feedback_false: b, explanation: c}}\n"
)


def _large_quiz() -> str:
    """A quiz of ten questions of 110,000 characters each."""
    return "id: large\ntitle: Large\nquestions:\n" + "".join(QUESTION.format(n, "word " * 22_000) for n in range(10))


def _too_large(root: Path) -> None:
    course.write(root, "quizzes/large.yaml", "")
    os.truncate(root / "quizzes/large.yaml", 50_000_001)


def _outside(root: Path) -> None:
    course.write(root.parent, "outside.yaml", "id: outside\n")
    (root / "quizzes/outside.yaml").symlink_to(root.parent / "outside.yaml")
    (root / "quizzes/folder").symlink_to(root.parent)


def _pipe(root: Path) -> None:
    os.mkfifo(root / "quizzes/pipe.yaml")
    (root / "quizzes/folder.yaml").mkdir()


MADE: dict[str, tuple[Callable[[Path], object], list[str]]] = {
    "missing-course": (
        lambda root: (root / "course/course.yaml").unlink(),
        ["course/course.yaml:1:1: missing-course there is no course here; write course/course.yaml, or name the folder that"
         " holds course/"],
    ),
    "not-utf-8": (
        lambda root: course.write(root, "quizzes/extra.yaml", b"id: extra\ntitle: Caf\xe9\n"),
        ["quizzes/extra.yaml:2:11: not-utf-8 this character is not UTF-8; save the file as UTF-8"],
    ),
    "not-a-file": (
        _pipe,
        ["quizzes/folder.yaml:1:1: not-a-file a folder with the name of a file; rename it",
         "quizzes/pipe.yaml:1:1: not-a-file this is not a file; take it out"],
    ),
    "unreadable": (
        lambda root: (root / "quizzes/loop.yaml").symlink_to("loop.yaml"),
        ["quizzes/loop.yaml:1:1: unreadable the file can't be read; give this user the right to read it, or take it out"],
    ),
    "symbolic-link": (
        _outside,
        ["quizzes/folder:1:1: symbolic-link a link to a folder; put the folder itself here",
         "quizzes/outside.yaml:1:1: symbolic-link a link to a file outside the course; put the file itself here"],
    ),
    "too-large": (
        _too_large,
        ["quizzes/large.yaml:1:1: too-large 50,000,001 bytes; keep a file under 50,000,000"],
    ),
    "block-too-large": (
        lambda root: course.write(root, "quizzes/large.yaml", _large_quiz()),
        ["quizzes/large.yaml:1:1: block-too-large 1,101,596 bytes in the archive; split it, as a block holds 1,000,000"],
    ),
}  # fmt: skip
"""Mistakes that no text file can hold: what makes them, and the problems."""


def test_each_code_has_an_example_and_each_example_a_code() -> None:
    assert sorted([*WRITTEN, *MADE]) == sorted(CODES)


@pytest.mark.parametrize("code", WRITTEN)
def test_a_written_mistake(code: str, tmp_path: Path) -> None:
    root = course.copy(tmp_path)
    expected = course.spoil(root, WRITTEN[code].read_text(encoding="utf-8"))
    reading = source.read(root)
    assert [str(problem) for problem in reading.problems] == expected
    assert code in {problem.code for problem in reading.problems}
    assert reading.corpus is None


@pytest.mark.parametrize("code", MADE)
def test_a_made_mistake(code: str, tmp_path: Path) -> None:
    root = course.copy(tmp_path)
    make, expected = MADE[code]
    make(root)
    assert [str(problem) for problem in source.read(root).problems] == expected


def test_everything_at_once(tmp_path: Path) -> None:
    """A broken file does not hide the mistakes of others, nor one mistake the next in its file."""
    root = course.copy(tmp_path)
    course.write(root, "quizzes/broken.yaml", "id: broken\n  title: [")
    course.change(root, "course/modules/trafficking/definition.md", "## The elements", "# The elements\n\n[[none]] <b>x</b>")
    course.change(root, "case_studies/builders.yaml", "Clause 1.", "Clause 1 of [[none]].")
    course.change(root, "case_studies/builders.yaml", "minutes: 30", "minutes: long")
    found = [(problem.file, problem.line, problem.code) for problem in source.read(root).problems]
    lesson, case = "course/modules/trafficking/definition.md", "case_studies/builders.yaml"
    assert found == [
        (case, 6, "wrong-type"), (case, 12, "unknown-instrument"), (lesson, 11, "heading-level"),
        (lesson, 13, "unknown-instrument"), (lesson, 13, "raw-html"), (lesson, 13, "raw-html"),
        ("quizzes/broken.yaml", 2, "yaml-syntax"),
    ]  # fmt: skip


@pytest.mark.parametrize("file", sorted(path.relative_to(course.SOUND).as_posix() for path in course.SOUND.rglob("*.*")))
def test_a_file_that_can_not_be_read_brings_no_false_alarm(file: str, tmp_path: Path) -> None:
    root = course.copy(tmp_path)
    text = (root / file).read_text(encoding="utf-8")
    course.write(root, file, text.replace("---\n", "---\n\tx\n", 1) if file.endswith(".md") else text + "\t: [\n")
    assert {problem.file for problem in source.read(root).problems} <= {file}
