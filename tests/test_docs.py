# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the README says is true: its commands exist, its example is a valid quiz, its map is the house."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from migration_law import notation
from migration_law.cli import main
from migration_law.model.quiz import Quiz

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = sorted(
    set(re.findall(r"^\.venv/bin/migration-law ([a-z -]+?)(?: [A-Z.a-z/]+\.gz| DIR| #| EXPORT|  |$)", README, re.M))
)
SCRIPTS = sorted(set(re.findall(r"scripts/[a-z]+", README)))


def test_the_readme_names_commands_and_scripts() -> None:
    assert len(COMMANDS) >= 5
    assert {"scripts/run", "scripts/test", "scripts/bench"} <= set(SCRIPTS)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_of_the_readme_exists(command: str) -> None:
    options = [word for word in command.split() if word.startswith("--")]
    words = [word for word in command.split() if not word.startswith("--")]
    shown = CliRunner().invoke(main, [*words, "--help"])
    assert shown.exit_code == 0, shown.output
    assert all(option in shown.output for option in options)


@pytest.mark.parametrize("script", SCRIPTS)
def test_each_script_of_the_readme_can_be_run(script: str) -> None:
    assert (ROOT / script).stat().st_mode & 0o111


def test_the_example_is_a_valid_quiz() -> None:
    example = re.search(r"```yaml\n(.*?)```", README, re.S)
    assert example
    assert Quiz.model_validate(notation.load(example[1]).data).questions[0].mark(["b"]).earned == 1  # type: ignore[union-attr]


def test_the_map_names_every_part() -> None:
    house = README.split("## The map of the house")[1].split("##")[0]
    package = ROOT / "xblocks" / "migration_law"
    parts = [path.name for path in package.iterdir() if path.is_dir() or path.suffix == ".py"]
    parts = [name for name in parts if not name.startswith("_")]
    assert [name for name in parts if name not in house] == []


def test_links_and_pictures_of_the_readme_exist() -> None:
    targets = re.findall(r"\]\((?!https?:|lesson:|static/)([^)]+)\)", README)
    assert targets and [target for target in targets if not (ROOT / target).exists()] == []
