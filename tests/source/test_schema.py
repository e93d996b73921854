# SPDX-License-Identifier: AGPL-3.0-or-later
"""The schemas take what the model takes, as an editor reads it, and say what each key is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from migration_law import notation
from migration_law.source.files import KINDS
from migration_law.source.schema import schemas
from migration_law.source.sheet import MODELS
from source import course

REAL = Path(__file__).resolve().parents[2]
SCHEMAS = schemas()


class _Editor(yaml.SafeLoader):
    """Types scalars as YAML 1.2 does: numbers, true and false, but no dates."""


_Editor.yaml_implicit_resolvers = {}
_Editor.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"(true|false)$"), list("tf"))
_Editor.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"[-+]?[0-9]+$"), list("-+0123456789"))
_Editor.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"[-+]?[0-9]+\.[0-9]+$"), list("-+0123456789"))
_Editor.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"(~|null|)$"), ["~", "n", ""])


def _files() -> list[tuple[str, Path]]:
    found = []
    for root in (course.SOUND, REAL):
        for path in sorted([*root.glob("course/**/*"), *root.glob("quizzes/**/*"), *root.glob("case_studies/**/*")]):
            name = path.relative_to(root).as_posix()
            found += [(kind, path) for kind in MODELS if KINDS[kind].fullmatch(name) and path.is_file()]
    return found


def _as_an_editor_reads(path: Path) -> Any:
    text = path.read_text(encoding="utf-8")
    return yaml.load(notation.split_front_matter(text)[0] if path.suffix == ".md" else text, Loader=_Editor)


def test_every_kind_of_source_is_there() -> None:
    assert {kind for kind, _ in _files()} == set(SCHEMAS)


@pytest.mark.parametrize("kind", SCHEMAS)
def test_a_schema_is_one(kind: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[kind])
    assert SCHEMAS[kind]["$id"] == f"urn:migration-law:schema:{kind}:1"
    assert SCHEMAS[kind]["title"] and SCHEMAS[kind]["description"]


@pytest.mark.parametrize(("kind", "path"), _files(), ids=lambda value: value.name if isinstance(value, Path) else value)
def test_a_file_validates(kind: str, path: Path) -> None:
    errors = Draft202012Validator(SCHEMAS[kind]).iter_errors(_as_an_editor_reads(path))
    assert [f"{error.json_path}: {error.message}" for error in errors] == []


@pytest.mark.parametrize("kind", SCHEMAS)
def test_every_key_is_described(kind: str) -> None:
    parts = [SCHEMAS[kind], *SCHEMAS[kind].get("$defs", {}).values()]
    assert [key for part in parts for key, schema in part["properties"].items() if not schema.get("description")] == []


def test_an_unknown_key_and_a_wrong_value_are_refused() -> None:
    quiz = _as_an_editor_reads(course.SOUND / "quizzes/check.yaml")
    check = Draft202012Validator(SCHEMAS["quiz"])
    assert not check.is_valid({**quiz, "purpos": "graded"})
    assert not check.is_valid({**quiz, "purpose": "exam"})
    assert not check.is_valid({key: value for key, value in quiz.items() if key != "title"})


def test_text_may_look_like_a_number() -> None:
    quiz = _as_an_editor_reads(course.SOUND / "quizzes/check.yaml")
    quiz["questions"][0]["options"][0]["text"] = 9.10
    assert Draft202012Validator(SCHEMAS["quiz"]).is_valid(quiz)
