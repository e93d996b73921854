# SPDX-License-Identifier: AGPL-3.0-or-later
"""Loading archives: good ones, hostile ones, changed ones."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path
from typing import Any

import pytest
from classroom import archives, server
from migration_law.classroom.importer import ArchiveError, assets_folder, load
from migration_law.classroom.importer import archive as reading
from migration_law.classroom.models import Block, Completion, Grade, LearnerState
from migration_law.classroom.tree import current


def loaded(tmp_path: Path, files: archives.Files, name: str = "changed.tar.gz") -> Any:
    return load(archives.write(tmp_path / name, files))


def places(report: Any) -> dict[str, str]:
    return {problem.place: problem.message for problem in report.problems}


def test_a_sound_course(course: Any) -> None:
    assert course.title == "A Small Course"
    assert course.key == "course-v1:MigrationLaw+IML+2026"
    assert [node.usage for node in course.units] == ["read-unit", "more-unit", "quiz-unit", "case-unit"]
    assert course.nodes["quiz"].fields == {"data": {"max": 4}, "display_name": "Quiz", "weight": 10.0}
    assert course.nodes["quiz"].settings["format"] == "Quiz"
    assert course.nodes["quiz"].settings["start"].startswith("2020-01-01")
    assert course.data["tabs"][0]["slug"] == "handbook"
    assert course.groups == {"Border": 1, "Asylum": 2}
    assert (assets_folder(course.digest) / "map one.svg").is_file()


def test_counts(var: Path, archive: Path) -> None:
    report = load(archive)
    assert report.changed
    assert report.counts["vertical"] == 4
    assert report.counts["toy"] == 3
    assert report.title == "A Small Course"


def test_the_same_archive_again_does_nothing(course: Any, archive: Path) -> None:
    report = load(archive)
    assert not report.changed
    assert report.counts["toy"] == 3
    assert current() is course


def test_a_changed_archive_keeps_what_learners_did(people: Any, tmp_path: Path) -> None:
    trainee = people["trainee"]
    Grade.objects.create(account=trainee, usage="case", earned=1, possible=2)
    Completion.objects.create(account=trainee, usage="case", value=1)
    LearnerState.objects.create(account=trainee, scope="state", key="case", data={"count": 3})
    without = archives.small(course__2026_DOT_xml='<course><chapter url_name="one"/></course>')
    report = loaded(tmp_path, without)
    assert report.changed
    assert report.vanished == 4
    assert "case" not in current().nodes
    assert (Grade.objects.count(), Completion.objects.count(), LearnerState.objects.count()) == (1, 1, 1)
    loaded(tmp_path, archives.small(static__facts_DOT_txt="New facts."), "back.tar.gz")
    assert "case" in current().nodes
    assert (assets_folder(current().digest) / "facts.txt").read_text() == "New facts."
    assert len(list(assets_folder("x").parent.iterdir())) == 1


def test_a_failed_reload_leaves_the_course_as_it_was(course: Any, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="another data folder"):
        loaded(tmp_path, archives.small(course_DOT_xml='<course url_name="2027" org="MigrationLaw" course="IML"/>'))
    assert current() is course


BROKEN = {
    "raises": ('<vertical><toy url_name="quiz">raise: up</toy></vertical>', "toy/quiz", "could not be read"),
    "bad YAML": ('<vertical><toy url_name="quiz">a: [</toy></vertical>', "toy/quiz", "could not be read"),
    "unknown": (
        '<vertical><law_oracle url_name="quiz" display_name="x"/></vertical>',
        "law_oracle/quiz",
        "no block of the type",
    ),
    "no file": ('<vertical><html url_name="gone"/></vertical>', "html/gone", "no html/gone.xml"),
    "no body": ('<vertical><html url_name="gone" filename="gone"/></vertical>', "html/gone", "no html/gone.html"),
    "malformed": ("<vertical><toy></vertical>", "vertical/quiz-unit", "not well-formed"),
    "entity": (
        '<!DOCTYPE v [<!ENTITY e SYSTEM "file:///etc/passwd">]><vertical><html url_name="gone">&e;',
        "vertical/quiz-unit",
        "not well-formed",
    ),
    "taken name": ('<vertical><toy url_name="case">max: 1</toy></vertical>', "toy/case", "already taken"),
    "slash in name": ('<vertical><toy url_name="a/b">max: 1</toy></vertical>', "toy/a/b", "no address"),
    "dots for name": ('<vertical><toy url_name="..">max: 1</toy></vertical>', "toy/..", "no address"),
    "bad date": ('<vertical due="someday"><toy url_name="quiz">max: 1</toy></vertical>', "vertical/quiz-unit", "due="),
}


@pytest.mark.parametrize("name", BROKEN)
def test_one_broken_part_is_named_and_stops_no_other(var: Path, tmp_path: Path, name: str) -> None:
    unit, place, words = BROKEN[name]
    report = loaded(tmp_path, archives.small(vertical__quiz__unit_DOT_xml=None, **{"vertical__quiz-unit_DOT_xml": unit}))
    # A name that is taken goes to whoever comes first; every other part must be there.
    assert words in {**places(report), **({"toy/case": "already taken"} if name == "taken name" else {})}[place]
    assert "practice" in current().nodes
    assert not current().nodes["practice"].error


def test_entities_stay_unread(var: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("do not tell")
    unit = f'<!DOCTYPE v [<!ENTITY e SYSTEM "file://{secret}">]><vertical><html url_name="x" display_name="x">&e;</html></vertical>'  # noqa: E501
    loaded(tmp_path, archives.small(**{"vertical__quiz-unit_DOT_xml": unit}))
    assert "do not tell" not in str(list(Block.objects.values_list("fields", flat=True)))


def test_policies_override_and_are_checked(var: Path, tmp_path: Path) -> None:
    policy = archives.policy(
        sequential__nowhere={"due": "2030-01-01"},
        **{"sequential__quiz-seq": {"due": "2030-01-01T00:00:00Z", "graceperiod": "rubbish"}},
    )
    report = loaded(tmp_path, archives.small(policies__2026__policy_DOT_json=policy))
    assert len(report.problems) == 2
    assert current().nodes["quiz"].settings["due"].startswith("2030-01-01")


@pytest.mark.parametrize("text", ["{", None])
def test_an_unusable_policy_is_said(var: Path, tmp_path: Path, text: str | None) -> None:
    report = loaded(
        tmp_path, archives.small(policies__2026__grading__policy_DOT_json=None, policies__2026__policy_DOT_json=text)
    )
    assert any(problem.place == "policies/2026/policy.json" for problem in report.problems)


def hostile(path: Path, *members: tarfile.TarInfo, alone: bool = False) -> Path:
    """The small course with *members* added, or an archive of nothing else."""
    with tarfile.open(path, "w:gz") as tar:
        for name, data in ({} if alone else archives.small()).items():
            content = data.encode() if isinstance(data, str) else data
            tar.addfile(member("course/" + name, size=len(content)), io.BytesIO(content))
        for one in members:
            tar.addfile(one, io.BytesIO(b"x" * one.size))
    return path


def member(name: str, kind: bytes = tarfile.REGTYPE, link: str = "", size: int = 0) -> tarfile.TarInfo:
    found = tarfile.TarInfo(name)
    found.type, found.linkname, found.size = kind, link, size
    return found


HOSTILE = {
    "symbolic link": (member("course/static/x", tarfile.SYMTYPE, "/etc/passwd"), "a link or a device"),
    "hard link": (member("course/static/x", tarfile.LNKTYPE, "course/course.xml"), "a link or a device"),
    "device": (member("course/static/x", tarfile.CHRTYPE), "a link or a device"),
    "pipe": (member("course/static/x", tarfile.FIFOTYPE), "a link or a device"),
    "absolute": (member("/course/static/x"), "outside the archive"),
    "upwards": (member("course/static/../../../x"), "outside the archive"),
    "folder upwards": (member("course/../../x", tarfile.DIRTYPE), "outside the archive"),
    "backslash": (member("course/static/..\\x"), "outside the archive"),
    "twice": (member("course/course.xml"), "twice"),
    "two courses": (member("other/course.xml"), "exactly one course.xml"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_archive_is_refused(var: Path, tmp_path: Path, name: str) -> None:
    one, words = HOSTILE[name]
    with pytest.raises(ArchiveError, match=words):
        load(hostile(tmp_path / "hostile.tar.gz", one))
    assert current() is None
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize(("name", "words"), [("course/other.xml", "exactly one"), ("course/course.xml", "well-formed")])
def test_an_archive_without_a_course_is_refused(var: Path, tmp_path: Path, name: str, words: str) -> None:
    with pytest.raises(ArchiveError, match=words):
        load(hostile(tmp_path / "empty.tar.gz", member(name), alone=True))


def test_course_xml_has_to_name_the_course(var: Path, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="does not name"):
        loaded(tmp_path, archives.small(course_DOT_xml='<course url_name="2026"/>'))


def test_a_file_where_a_folder_is_needed(var: Path, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="unpacked"):
        loaded(tmp_path, {**archives.small(), "static/facts.txt/below": "x"})


def test_bombs_are_refused_while_they_unpack(var: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "ALWAYS_FINE", 1000)
    monkeypatch.setattr(reading, "RATIO", 20)
    with pytest.raises(ArchiveError, match="far more"):
        loaded(tmp_path, archives.small(static__bomb_DOT_bin=b"0" * 10_000_000))
    monkeypatch.setattr(reading, "MEMBERS", 3)
    with pytest.raises(ArchiveError, match="more than 3 files"):
        loaded(tmp_path, archives.small())


@pytest.mark.parametrize("content", [b"", b"no archive", b"\x1f\x8b\x08cut"])
def test_rubbish_is_refused(var: Path, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "rubbish.tar.gz"
    path.write_bytes(content)
    with pytest.raises(ArchiveError):
        load(path)


def test_a_cut_archive_is_refused(var: Path, archive: Path) -> None:
    archive.write_bytes(archive.read_bytes()[:-200])
    with pytest.raises(ArchiveError):
        load(archive)


def test_yaml_is_parsed_at_the_load_only(people: Any, log_in: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import yaml

    monkeypatch.setattr(yaml, "safe_load", lambda text: pytest.fail("YAML was parsed in a request"))
    assert log_in("trainee").get("/unit/quiz-unit").status_code == 200


def test_a_block_that_failed_shows_as_not_available(var: Path, tmp_path: Path) -> None:
    loaded(tmp_path, archives.small(**{"vertical__quiz-unit_DOT_xml": BROKEN["raises"][0]}))
    server.add_accounts("trainee")
    from django.test import Client
    from migration_law.classroom.models import Account

    client = Client()
    client.force_login(Account.objects.get(), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/unit/quiz-unit")
    assert page.status_code == 200
    assert "not available" in page.text
    assert client.get("/results").status_code == 200
    answer = client.post("/handler/quiz/bump", {}, content_type="application/json")
    assert answer.status_code == 404
