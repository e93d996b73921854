# SPDX-License-Identifier: AGPL-3.0-or-later
"""What pydantic says reaches nobody: each fault has a code, plain words and a path that exists."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from migration_law import export, notation, source
from migration_law.source import CODES
from migration_law.source.faults import faults, suggest
from migration_law.source.shape import strings
from migration_law.source.sheet import MODELS
from source import course

SOUND = {
    "quiz": "quizzes/check.yaml", "case": "case_studies/builders.yaml", "course": "course/course.yaml",
    "module": "course/modules/trafficking/module.yaml", "instrument": "course/law/instruments/palermo.yaml",
    "judgment": "course/law/judgments/chowdury.yaml",
}  # fmt: skip
JARGON = re.compile(r"input|pydantic|discriminator|tag\b|tuple|str\b|dict|None|valid|field", re.IGNORECASE)
LEAVES = st.none() | st.text(max_size=5) | st.sampled_from(["nan", "inf", "-1", "1e999", "true", "2025-01-01", "a" * 500])
JUNK = st.recursive(
    LEAVES, lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=5), inside, max_size=3)
)


def _paths(data: Any, path: notation.Path = ()) -> list[notation.Path]:
    steps = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(inner for step, value in steps for inner in _paths(value, (*path, step)))]


def _replaced(data: Any, path: notation.Path, value: Any) -> Any:
    if not path:
        return value
    step, *rest = path
    items = data.items() if isinstance(data, dict) else enumerate(data)
    made = {key: _replaced(item, tuple(rest), value) if key == step else item for key, item in items}
    return made if isinstance(data, dict) else list(made.values())


@pytest.mark.parametrize("kind", SOUND)
@given(draw=st.data())
def test_any_value_anywhere_is_explained(kind: str, draw: st.DataObject) -> None:
    data = notation.load(Path(course.SOUND / SOUND[kind]).read_text(encoding="utf-8")).data
    path = draw.draw(st.sampled_from(_paths(data)[1:]))
    spoiled = _replaced(data, path, draw.draw(JUNK))
    thing, found = faults(MODELS[kind], spoiled)
    assert thing is None or not found
    for fault in found:
        assert fault.code in CODES
        assert not JARGON.search(re.sub(r"'.*?'|`.*?`", "", fault.message)), fault.message
        assert ";" in fault.message, "what to do about it"
        assert fault.path in _paths(spoiled)


@pytest.mark.parametrize("kind", SOUND)
@given(draw=st.data())
def test_a_course_with_any_value_anywhere_is_refused_or_can_be_built(kind: str, draw: st.DataObject) -> None:
    data = notation.load(Path(course.SOUND / SOUND[kind]).read_text(encoding="utf-8")).data
    path = draw.draw(st.sampled_from(_paths(data)))
    with tempfile.TemporaryDirectory() as folder:
        root = course.copy(Path(folder))
        course.write(root, SOUND[kind], notation.dump(_replaced(data, path, draw.draw(JUNK))))
        reading = source.read(root)
    assert (reading.corpus is None) == bool(reading.problems)
    assert reading.corpus is None or export.files(reading.corpus)


def test_the_rules_of_a_quiz_are_looked_at_beside_its_questions() -> None:
    data = notation.load((course.SOUND / "quizzes/check.yaml").read_text(encoding="utf-8")).data
    spoiled = {**data, "attempts": "2", "questions": [{**data["questions"][0], "points": "none"}]}
    assert sorted(fault.code for fault in faults(MODELS["quiz"], spoiled)[1]) == ["practice-has-no-limit", "wrong-type"]


def test_a_near_name_is_suggested() -> None:
    assert suggest("traficking", ["trafficking", "asylum"]) == "did you mean `trafficking`?"
    assert suggest("x", ["trafficking"]) == ""


def test_strings_come_with_their_paths() -> None:
    assert list(strings({"a": ["b", {"c": "d"}], "e": None})) == [(("a", 0), "b"), (("a", 1, "c"), "d")]
