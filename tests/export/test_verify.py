# SPDX-License-Identifier: AGPL-3.0-or-later
"""What Studio exported is compared by meaning, and whatever is wrong is said in words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from export import sample, studio
from migration_law import export
from migration_law.export import VerifyReport, tar_gz, verify

Files = dict[str, bytes]
UNIT = "export/vertical/definition.xml"
HTML = "export/html/definition-text.html"


def _verify(
    tmp_path: Path, change: Callable[[Files], object] = lambda files: None, *, as_files: bool = False
) -> VerifyReport:
    made = export.build(sample.corpus(), tmp_path / "dist")
    assert made.manifest
    files = studio.exported(export.files(sample.corpus()), as_files=as_files)
    change(files)
    archive = tmp_path / "course.abc123.tar.gz"
    archive.write_bytes(tar_gz(files))
    return verify(made.manifest, archive)


@pytest.mark.parametrize("as_files", [False, True])
def test_another_layout_is_the_same_course(tmp_path: Path, as_files: bool) -> None:
    report = _verify(tmp_path, as_files=as_files)
    assert str(report) == "14 of 14 blocks arrived"
    assert report.ok


def test_another_run_is_the_same_course(tmp_path: Path) -> None:
    def move(files: Files) -> None:
        files["export/course.xml"] = b'<course url_name="autumn" org="Other" course="X"/>'
        for name in [name for name in files if "2026" in name]:
            files[name.replace("2026", "autumn")] = files.pop(name)

    assert _verify(tmp_path, move).ok


def _swap(name: str, old: str, new: str) -> Callable[[Files], object]:
    def change(files: Files) -> None:
        assert old.encode() in files[name]
        files[name] = files[name].replace(old.encode(), new.encode(), 1)

    return change


CHANGED: list[tuple[str, str, Callable[[Files], object]]] = [
    ("missing", "smuggling", lambda files: files.pop("export/vertical/smuggling.xml")),
    ("missing", "definition-check", _swap(UNIT, 'law_quiz url_name="definition-check"', 'law_quiz url_name="other"')),
    ("extra", "other", _swap(UNIT, 'law_quiz url_name="definition-check"', 'law_quiz url_name="other"')),
    (
        "type",
        "definition-text",
        _swap(
            UNIT,
            '<html url_name="definition-text"/>',
            '<problem url_name="definition-text" display_name="What it is"/>',
        ),
    ),
    ("title", "definition", _swap(UNIT, 'display_name="What it is"', 'display_name="What was it"')),
    ("title", "definition-check", _swap(UNIT, 'display_name="Check"', 'display_name="Czech"')),
    ("content", "definition-check", _swap(UNIT, '"Yes."', '"Yes!"')),
    ("content", "definition-check", _swap(UNIT, '"correct": "true"', '"correct": "false"')),
    ("content", "definition-check", _swap(UNIT, 'weight="5.5"', 'weight="6.5"')),
    ("content", "definition-check", _swap(UNIT, '"It defines trafficking."', '"It says so."')),
    ("content", "definition-check", _swap(UNIT, '"questions"', '"question"')),
    ("content", "definition-check", _swap(UNIT, "{", "[")),
    ("content", "definition-text", _swap(HTML, "Recruitment", "Transport")),
    ("content", "definition-text", _swap(HTML, "/jump_to_id/smuggling", "/jump_to_id/definition")),
    ("content", "definition-text", lambda files: files.pop(HTML)),
    ("grading", "trafficking-quiz-seq", _swap("export/sequential/trafficking-quiz-seq.xml", "Module quiz", "Homework")),
    ("grading", "builders-seq", _swap("export/sequential/builders-seq.xml", 'graded="true"', 'graded="false"')),
    (
        "parent",
        "smuggling-text",
        lambda files: (
            _swap("export/vertical/smuggling.xml", '<html url_name="smuggling-text"/>', "")(files),
            _swap(UNIT, "</vertical>", '<html url_name="smuggling-text"/></vertical>')(files),
        ),
    ),
    (
        "order",
        "trafficking",
        lambda files: (
            _swap("export/chapter/trafficking.xml", '<sequential url_name="definition-seq"/>', "")(files),
            _swap("export/chapter/trafficking.xml", "</chapter>", '<sequential url_name="definition-seq"/></chapter>')(
                files
            ),
        ),
    ),
]


@pytest.mark.parametrize(
    ("kind", "name", "change"), CHANGED, ids=[f"{kind}-{n}" for n, (kind, *_) in enumerate(CHANGED)]
)
def test_what_differs_is_found(tmp_path: Path, kind: str, name: str, change: Callable[[Files], object]) -> None:
    report = _verify(tmp_path, change)
    assert (kind, name) in {(finding.kind, finding.id) for finding in report.findings}
    assert not report.ok
    assert len({finding.id for finding in report.findings}) <= 4, report


def test_the_count_is_of_blocks_that_arrived_whole(tmp_path: Path) -> None:
    report = _verify(tmp_path, lambda files: files.pop("export/vertical/smuggling.xml"))
    first, *rest = str(report).splitlines()
    assert first == "12 of 14 blocks arrived"
    assert rest[0].startswith("  missing: smuggling (vertical, 'Smuggling') is not there; ")


def test_a_foreign_or_broken_file_is_said_in_words(tmp_path: Path) -> None:
    manifest = export.build(sample.corpus(), tmp_path).manifest
    assert manifest
    good, archive = tmp_path / "IML.2026.tar.gz", tmp_path / "x.tar.gz"
    texts = [
        str(verify(manifest, tmp_path / "gone.tar.gz")),
        str(verify(tmp_path / "gone.json", good)),
        str(verify(manifest, tmp_path)),
    ]
    for data in (
        b"",
        b"PK\x03\x04",
        tar_gz({}),
        tar_gz({"a/b.txt": b""}),
        tar_gz({"c/course.xml": b"<course"}),
        tar_gz({"course.xml": b"<a/>"}),
    ):
        archive.write_bytes(data)
        texts.append(str(verify(manifest, archive)))
    for data in (b"", b"[]", b'{"format": 9, "course": "x", "blocks": []}', b"\xff", b"[" * 100_000):
        (tmp_path / "m.json").write_bytes(data)
        texts.append(str(verify(tmp_path / "m.json", good)))
    assert all("; " in text and str(tmp_path) in text and "blocks arrived" not in text for text in texts), texts


def test_an_error_is_not_ok(tmp_path: Path) -> None:
    assert not verify(tmp_path / "a", tmp_path / "b").ok
