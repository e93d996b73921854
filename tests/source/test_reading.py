# SPDX-License-Identifier: AGPL-3.0-or-later
"""A course without mistakes becomes a corpus; an overlay comes on top of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from migration_law import export, source
from migration_law.model.corpus import DERIVED, Corpus
from source import course


def _corpus(root: Path, overlay: Path | None = None) -> Corpus:
    reading = source.read(root, overlay)
    assert reading.problems == ()
    assert reading.corpus is not None
    return reading.corpus


def test_the_sound_course_is_read_whole() -> None:
    corpus = _corpus(course.SOUND)
    assert corpus.course.modules == ("trafficking",)
    assert list(corpus.modules) == ["trafficking"] and list(corpus.lessons) == ["definition"]
    assert sorted(corpus.quizzes) == ["check", "final"] and list(corpus.cases) == ["builders"]
    assert list(corpus.library.instruments) == ["palermo"] and list(corpus.library.judgments) == ["chowdury"]
    assert corpus.static["elements.svg"] == (course.SOUND / "course/static/elements.svg").read_bytes()
    assert corpus.lessons["definition"].body.startswith("Trafficking has three elements")


def test_it_counts() -> None:
    assert str(source.read(course.SOUND).counts) == (
        "1 course, 1 module, 1 lesson, 2 quizzes, 3 questions, 1 case study, 1 instrument, 1 judgment, 8 citations"
    )


def test_the_ids_that_an_archive_makes_are_known_here() -> None:
    """`duplicate-id` warns of `<id>-seq` and the like; this fails when an export makes others."""
    corpus = _corpus(course.SOUND)
    authored = {"trafficking", "definition", "check", "final", "builders", "2026"}
    made = {
        Path(name).stem
        for name in export.files(corpus)
        if name.startswith(("course/html", "course/seq", "course/vert", "course/ch"))
    }
    known = authored | {f"{name}-{suffix}" for name in authored for suffix in DERIVED}
    assert made - authored and made <= known


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_files_from_windows_and_with_a_byte_order_mark_are_read_alike(ends: str, tmp_path: Path) -> None:
    root = course.copy(tmp_path)
    for path in [*root.rglob("*.yaml"), *root.rglob("*.md")]:
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", ends.encode()))
    assert _corpus(root).lessons == _corpus(course.SOUND).lessons
    assert _corpus(root).cases == _corpus(course.SOUND).cases


def test_hidden_files_and_backups_are_left_alone(tmp_path: Path) -> None:
    root = course.copy(tmp_path)
    for name in ("quizzes/.check.yaml.swp", "quizzes/.hidden/x.yaml", "quizzes/check.yaml~", "quizzes/README.md"):
        course.write(root, name, "not: [yaml")
    _corpus(root)


def test_a_link_to_a_file_inside_is_followed(tmp_path: Path) -> None:
    root = course.copy(tmp_path)
    (root / "course/static/again.svg").symlink_to("elements.svg")
    assert set(_corpus(root).static) == {"again.svg", "elements.svg", "migration-law.css"}


def _private(tmp_path: Path, path: str, *changes: tuple[str, str], public: str = "quizzes/final.yaml") -> Path:
    text = (course.SOUND / public).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    course.write(tmp_path / "private", path, text)
    return tmp_path / "private"


def test_an_overlay_replaces_a_file_of_the_same_path(tmp_path: Path) -> None:
    overlay = _private(tmp_path, "quizzes/final.yaml", ("A quiz", "A secret quiz"))
    corpus = _corpus(course.SOUND, overlay)
    assert corpus.quizzes["final"].title == "A secret quiz" and len(corpus.quizzes) == 2


def test_an_overlay_replaces_a_quiz_of_the_same_id(tmp_path: Path) -> None:
    overlay = _private(tmp_path, "quizzes/exam/spring.yaml", ("A quiz", "A secret quiz"))
    corpus = _corpus(course.SOUND, overlay)
    assert corpus.quizzes["final"].title == "A secret quiz" and len(corpus.quizzes) == 2


def test_an_overlay_replaces_a_case_of_the_same_id_and_hides_its_mistakes(tmp_path: Path) -> None:
    root = course.copy(tmp_path)
    overlay = _private(tmp_path, "case_studies/x.yaml", ("The builders", "Others"), public="case_studies/builders.yaml")
    course.change(root, "case_studies/builders.yaml", "minutes: 30", "minutes: long")
    assert _corpus(root, overlay).cases["builders"].title == "Others"


def test_an_overlay_adds_files_of_the_course(tmp_path: Path) -> None:
    course.write(tmp_path / "private", "course/static/map.png", b"PNG")
    assert _corpus(course.SOUND, tmp_path / "private").static["map.png"] == b"PNG"


def test_two_quizzes_of_an_overlay_with_one_id_are_a_mistake(tmp_path: Path) -> None:
    _private(tmp_path, "quizzes/one.yaml")
    overlay = _private(tmp_path, "quizzes/two.yaml")
    problems = source.read(course.SOUND, overlay).problems
    assert {problem.code for problem in problems} == {"duplicate-id"}
    assert {problem.file for problem in problems} == {str(overlay / "quizzes/two.yaml")}


def test_a_course_without_any_file(tmp_path: Path) -> None:
    reading = source.read(tmp_path)
    assert [problem.code for problem in reading.problems] == ["missing-course"]
    assert reading.counts == source.Counts()
