# SPDX-License-Identifier: AGPL-3.0-or-later
"""The commands, as an author sees them: what they print, and their exit status."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from migration_law import __version__
from migration_law.cli import main
from source import course


def _run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_check_of_a_sound_course_says_so_in_one_line() -> None:
    result = _run("check", course.SOUND)
    assert result.exit_code == 0
    assert result.stdout == (
        "1 course, 1 module, 1 lesson, 2 quizzes, 3 questions, 1 case study, 1 instrument, 1 judgment, 8 citations:"
        " no mistakes\n"
    )


def test_check_prints_every_mistake_and_fails(tmp_path: Path) -> None:
    root = course.copy(tmp_path)
    course.change(root, "quizzes/check.yaml", "Which one?", "See [[none]].")
    course.change(root, "course/course.yaml", "weight: 0.4", "weight: 0.5")
    result = _run("check", root)
    assert result.exit_code == 1
    assert [line.split(" ")[1] for line in result.stdout.splitlines()] == ["weights", "unknown-instrument"]
    assert result.stderr.endswith("citations: 2 mistakes\n")


def test_check_is_of_this_folder_if_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(course.SOUND)
    assert _run("check").exit_code == 0


def test_check_of_a_folder_without_a_course(tmp_path: Path) -> None:
    result = _run("check", tmp_path)
    assert result.exit_code == 1
    assert result.stdout == (
        "course/course.yaml:1:1: missing-course there is no course here; write course/course.yaml, or name the folder that"
        " holds course/\n"
    )
    assert result.stderr == "1 mistake\n"


@pytest.mark.parametrize(
    "arguments", [("check", "/no/such"), ("build", "/no/such"), ("check", __file__), ("build", ".", "--with", "/no")]
)
def test_a_wrong_folder_is_named(arguments: tuple[str, ...]) -> None:
    result = _run(*arguments)
    assert result.exit_code == 2
    assert "Error: Invalid value for" in result.stderr


def test_what_a_file_is_called_can_not_drive_the_terminal(tmp_path: Path) -> None:
    root = course.copy(tmp_path)
    course.write(root, "quizzes/\x1b[31m.yaml", "a: [")
    result = _run("check", root)
    assert result.exit_code == 1 and "\x1b" not in result.stdout and "\\x1b[31m.yaml:2:1: yaml-syntax " in result.stdout


def test_build_and_verify(tmp_path: Path) -> None:
    result = _run("build", course.SOUND, "--out", tmp_path / "dist")
    assert result.exit_code == 0, result.output
    archive = tmp_path / "dist" / "T.2026.tar.gz"
    assert result.stdout.startswith(f"{archive}: 11 blocks (1 chapter")
    result = _run("verify", archive, "--manifest", tmp_path / "dist" / "manifest.json")
    assert (result.exit_code, result.stdout) == (0, "11 of 11 blocks arrived\n")


def test_build_writes_nothing_from_sources_with_mistakes(tmp_path: Path) -> None:
    root = course.copy(tmp_path)
    course.change(root, "quizzes/check.yaml", "Which one?", "See [[none]].")
    result = _run("build", root, "--out", tmp_path / "dist")
    assert result.exit_code == 1 and "unknown-instrument" in result.stdout
    assert not (tmp_path / "dist").exists()


def test_build_with_a_private_bank(tmp_path: Path) -> None:
    secret = (course.SOUND / "quizzes/final.yaml").read_text(encoding="utf-8").replace("A quiz", "The examination")
    course.write(tmp_path / "private", "quizzes/exam.yaml", secret)
    assert _run("build", course.SOUND, "--out", tmp_path / "dist", "--with", tmp_path / "private").exit_code == 0
    assert "The examination" in (tmp_path / "dist" / "manifest.json").read_text(encoding="utf-8")


def test_build_warns_of_ids_that_are_gone(tmp_path: Path) -> None:
    root = course.copy(tmp_path)
    assert _run("build", root, "--out", tmp_path / "dist").exit_code == 0
    for path in ("quizzes/final.yaml", "course/modules/trafficking/module.yaml"):
        text = (root / path).read_text(encoding="utf-8")
        course.write(root, path, text.replace("id: final", "id: closing").replace("quiz: final", "quiz: closing"))
    result = _run("build", root, "--out", tmp_path / "dist")
    assert result.exit_code == 0 and "warning: " in result.stderr and "final" in result.stderr


@pytest.mark.parametrize("spoil", ["dist", "dist/manifest.json"])
def test_build_where_it_can_not_write(spoil: str, tmp_path: Path) -> None:
    course.write(tmp_path, spoil, "no manifest")
    result = _run("build", course.SOUND, "--out", tmp_path / "dist")
    assert result.exit_code in (1, 2) and "Error: " in result.stderr


def test_verify_of_what_is_no_archive(tmp_path: Path) -> None:
    _run("build", course.SOUND, "--out", tmp_path)
    course.write(tmp_path, "export.tar.gz", "nothing")
    result = _run("verify", tmp_path / "export.tar.gz", "--manifest", tmp_path / "manifest.json")
    assert result.exit_code == 1 and result.stderr.startswith("Error: "), result.output


def test_schema_prints_or_writes(tmp_path: Path) -> None:
    printed = json.loads(_run("schema").stdout)
    assert set(printed) == {"course", "module", "lesson", "instrument", "judgment", "quiz", "case"}
    assert _run("schema", "--out", tmp_path / "new").exit_code == 0
    assert json.loads((tmp_path / "new" / "quiz.json").read_text(encoding="utf-8")) == printed["quiz"]
    assert _run("schema", "--out", __file__).exit_code == 2
    course.write(tmp_path, "file", "x")
    assert _run("schema", "--out", tmp_path / "file" / "inside").stderr.startswith("Error: ")


def test_version_and_help() -> None:
    assert _run("--version").stdout == f"migration-law, version {__version__}\n"
    shown = _run("--help").stdout
    assert all(command in shown for command in ("build", "check", "classroom", "schema", "verify"))


def _python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


def test_without_click_one_line_says_what_to_install() -> None:
    done = _python("import sys; sys.modules['click'] = None; from migration_law.cli import main")
    assert done.returncode == 1
    assert done.stderr == "The command needs more than the blocks do. Install it with: pip install 'migration-law[author]'\n"


def test_without_the_classroom_one_line_says_what_to_install() -> None:
    code = "import sys; sys.modules['django'] = sys.modules['migration_law.classroom.commands'] = None;"
    code += " from migration_law.cli import main;"
    done = _python(f"{code} main(['classroom', 'serve', '--port', '1'])")
    assert done.returncode == 1
    assert done.stderr.endswith("Install it with: pip install 'migration-law[classroom]'\n") and done.stderr.count("\n") == 1
    assert _python(f"{code} main(['--help'])").returncode == 0


def test_check_imports_no_platform() -> None:
    code = "import sys; from migration_law.cli import main; main(['check', sys.argv[1]], standalone_mode=False)"
    code += "; heavy = {'django', 'xblock', 'jinja2', 'migration_law.classroom', 'migration_law.export'}"
    code += "; print(sorted(heavy & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code, str(course.SOUND)], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1] == "[]", done.stderr
