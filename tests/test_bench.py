# SPDX-License-Identifier: AGPL-3.0-or-later
"""The benchmark compares like with like: same run, same questions, same marks. Nothing here is timed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def scripts() -> Iterator[None]:
    sys.path.insert(0, str(ROOT / "scripts"))
    yield
    sys.path.remove(str(ROOT / "scripts"))


@pytest.fixture(scope="module")
def checked() -> Any:
    """What the sides show and earn; makes the environment of the peers where it isn't there yet."""
    run = subprocess.run([ROOT / "scripts" / "bench", "--check"], capture_output=True, text=True, timeout=600)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def test_a_ratio_is_that_of_its_own_pairs() -> None:
    from benchmarks.ratio import Ratio

    ratio = Ratio("render", "problem", "s", ((1.0, 10.0), (4.0, 8.0), (2.0, 10.0)), aim=5)
    assert ratio.ratios == [10.0, 2.0, 5.0]
    assert ratio.median == 5.0 and ratio.met is True
    assert Ratio("render", "problem", "s", ((1.0, 4.0),), aim=5).met is False


def test_the_json_of_a_ratio() -> None:
    from benchmarks.ratio import Ratio

    shape = Ratio("render", "problem", "s", ((1.0, 10.0), (4.0, 8.0)), aim=5).as_json()
    assert shape == {
        "name": "render", "peer": "problem", "unit": "s", "ratio": 6.0, "low": 2.0, "high": 10.0, "pairs": 2,
        "ours": 2.5, "theirs": 9.0, "aim": 5, "met": True,
    }  # fmt: skip


def test_the_report_is_json_and_a_table() -> None:
    from benchmarks.build import Note
    from benchmarks.ratio import HEADINGS, Ratio, table

    note = Note("build", 1.5, 2_000_000, "3 blocks")
    assert str(note) == "build: 1.50 s, 2 MB; 3 blocks"
    found = [Ratio("render", "problem", "s", ((0.001, 0.01),)), Ratio("bytes", "problem", "B", ((1000.0, 2500.0),))]
    lines = table(HEADINGS, [ratio.cells() for ratio in found]).splitlines()
    assert lines[1].split() == ["render", "problem", "10.00", "one", "pair", "1", "ms", "10", "ms"]
    assert lines[2].split() == ["bytes", "problem", "2.50", "one", "pair", "1", "kB", "2.5", "kB"]


def test_sides_take_turns_and_pair_within_a_round() -> None:
    """Two sides that slow down together keep their ratio."""
    from benchmarks.ratio import taking_turns

    turns: list[str] = []
    render, submit = taking_turns([_clock(turns, "ours", 1.0), _clock(turns, "peer", 10.0)], 3)
    assert turns == ["ours"] * 3 + ["peer"] * 3
    assert render[1] / render[0] == submit[1] / submit[0] == 10.0
    assert (render[0], submit[0]) == (3.0, 6.0)


def _clock(turns: list[str], name: str, seconds: float) -> Callable[[], tuple[float, float]]:
    def side() -> tuple[float, float]:
        turns.append(name)
        slow = 1 + turns.count(name)
        return seconds * slow, 2 * seconds * slow

    return side


def test_both_sides_show_the_same_ten_questions(checked: Any) -> None:
    assert set(checked) == {"law_quiz", "problem", "ten problems"}
    assert {side["questions"] for side in checked.values()} == {10}
    ours = checked["law_quiz"]["options"]
    assert all(len(options) == 4 for options in ours) and len({word for options in ours for word in options}) == 40
    assert checked["problem"]["options"] == checked["ten problems"]["options"] == ours


def test_both_sides_give_the_same_points(checked: Any) -> None:
    assert [side["earned"] for side in checked.values()] == [{"10": [10, 10], "7": [7, 10], "0": [0, 10]}] * 3


def test_a_folder_of_questions_is_a_course_without_mistakes(tmp_path: Path) -> None:
    from benchmarks import content, folder
    from migration_law import source

    folder.write(tmp_path, 60)
    read = source.read(tmp_path)
    assert [str(problem) for problem in read.problems] == [] and read.corpus
    asked = [question for quiz in read.corpus.quizzes.values() for question in quiz.questions]
    assert {question.stem for question in asked} == {question.stem for question in content.questions(60)}


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    """Without the peers it ends with status 1 and says which is missing."""
    (tmp_path / "benchmarks").symlink_to(ROOT / "scripts" / "benchmarks")
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    command = [sys.executable, "-m", "benchmarks", "--check"]
    run = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120)
    assert run.returncode == 1
    assert run.stderr.startswith("The benchmark stopped: No module named")
    assert "Traceback" not in run.stderr
