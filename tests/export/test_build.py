# SPDX-License-Identifier: AGPL-3.0-or-later
"""A build writes both files or neither, and says what happened to the ids of the last one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from export import sample
from migration_law import export
from migration_law.export import ManifestError, build
from migration_law.model.corpus import Corpus
from migration_law.model.quiz import Quiz


def _with_check(quiz: Quiz) -> Corpus:
    """The sample with another quiz under its first lesson."""
    lesson = sample.corpus().lessons["definition"].model_copy(update={"check": quiz.id})
    quizzes = {quiz.id: quiz, "trafficking-quiz": sample.corpus().quizzes["trafficking-quiz"]}
    return sample.corpus(quizzes=quizzes, lessons={**sample.corpus().lessons, "definition": lesson})


def _other(name: str) -> Quiz:
    return Quiz(id=name, title="Other", questions=[sample.TRUE])


def test_it_writes_the_archive_and_the_manifest(tmp_path: Path) -> None:
    report = build(sample.corpus(), tmp_path / "new" / "dist")
    assert report.ok and report.archive and report.manifest
    assert sorted(path.name for path in report.archive.parent.iterdir()) == ["IML.2026.tar.gz", "manifest.json"]
    assert export.untar_gz(report.archive.read_bytes()) == export.files(sample.corpus())
    assert report.blocks == len(json.loads(report.manifest.read_text())["blocks"]) == 14
    assert report.counts["law_quiz"] == 2


def test_the_manifest_says_what_was_sent(tmp_path: Path) -> None:
    made = build(sample.corpus(), tmp_path).manifest
    assert made
    manifest = json.loads(made.read_text())
    blocks = {block["id"]: block for block in manifest["blocks"]}
    assert (manifest["format"], manifest["course"]) == (1, "course-v1:Org+IML+2026")
    assert blocks["trafficking-quiz-seq"]["grading"] == "Module quiz"
    assert blocks["definition-check"] | {"content": ""} == {
        "id": "definition-check",
        "type": "law_quiz",
        "title": "Check",
        "parent": "definition",
        "content": "",
    }


def test_a_problem_stops_the_build_and_leaves_the_last_one(tmp_path: Path) -> None:
    build(sample.corpus(), tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    report = build(sample.corpus(static={}), tmp_path)
    assert not report.ok and report.archive is None
    assert {problem.code for problem in report.problems} == {"missing-static"}
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_the_same_build_changes_nothing(tmp_path: Path) -> None:
    build(sample.corpus(), tmp_path)
    assert build(sample.corpus(), tmp_path).changes == ()


def test_a_dropped_id_is_said(tmp_path: Path) -> None:
    build(sample.corpus(), tmp_path)
    changes = build(_with_check(_other("other-check")), tmp_path).changes
    assert [(change.kind, change.id) for change in changes] == [("dropped", "definition-check")]
    assert "put it back" in str(changes[0])


def test_a_renamed_block_is_recognised_by_its_content(tmp_path: Path) -> None:
    """The id stands in the content too; it is not what the block says."""
    build(sample.corpus(), tmp_path)
    quiz = sample.corpus().quizzes["definition-check"].model_copy(update={"id": "new-check"})
    changes = build(_with_check(quiz), tmp_path).changes
    assert [(change.kind, change.id) for change in changes] == [("renamed", "definition-check")]
    assert "new-check" in str(changes[0])


def test_an_id_with_another_type_is_said(tmp_path: Path) -> None:
    build(sample.corpus(), tmp_path)
    module = sample.corpus().modules["trafficking"].model_copy(update={"quiz": "builders", "cases": ()})
    quizzes = {"builders": _other("builders"), "definition-check": sample.corpus().quizzes["definition-check"]}
    changes = build(sample.corpus(modules={"trafficking": module}, quizzes=quizzes), tmp_path).changes
    assert ("retyped", "builders") in {(change.kind, change.id) for change in changes}


def test_an_edited_block_keeps_its_id(tmp_path: Path) -> None:
    build(sample.corpus(), tmp_path)
    assert build(_with_check(_other("definition-check")), tmp_path).changes == ()


def test_previous_is_read_before_it_is_overwritten(tmp_path: Path) -> None:
    last = build(sample.corpus(), tmp_path / "last").manifest
    assert build(_with_check(_other("x-check")), tmp_path / "now", previous=last).changes
    assert not build(_with_check(_other("x-check")), tmp_path / "other").changes


def test_a_previous_that_can_t_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match="can't be read"):
        build(sample.corpus(), tmp_path, previous=tmp_path / "gone.json")
    (tmp_path / "manifest.json").write_text("{}")
    with pytest.raises(ManifestError, match="is no manifest"):
        build(sample.corpus(), tmp_path)
