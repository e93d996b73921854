# SPDX-License-Identifier: AGPL-3.0-or-later
"""JSON Schemas of the sources, for editors that check and complete YAML.

An editor types scalars as YAML does, where the model reads text: a key that takes text takes numbers and booleans, too.
"""

from __future__ import annotations

from typing import Any

from .descriptions import DESCRIPTIONS
from .sheet import MODELS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TITLES = {
    "course": "course/course.yaml", "module": "A module.yaml", "lesson": "The keys above a lesson",
    "instrument": "An instrument of law", "judgment": "A judgment", "quiz": "A quiz", "case": "A case study",
}  # fmt: skip

Schema = dict[str, Any]


def schemas() -> dict[str, Schema]:
    """A JSON Schema for each kind of source, by its name."""
    return {kind: _schema(kind) for kind in MODELS}


def _schema(kind: str) -> Schema:
    made = MODELS[kind].model_json_schema()
    if kind == "lesson":
        del made["properties"]["body"]
        made["required"].remove("body")
    for name, part in {MODELS[kind].__name__: made, **made.get("$defs", {})}.items():
        _describe(part, DESCRIPTIONS.get(name, {}))
    made = {**made, "title": TITLES[kind]}
    return {"$schema": DIALECT, "$id": f"urn:migration-law:schema:{kind}:1", **_as_yaml(made)}


def _describe(part: Schema, words: dict[str, str]) -> None:
    """Put words to each key; a `kind` that tells things apart must be written."""
    for key, schema in part.get("properties", {}).items():
        schema.pop("title", None)
        schema["description"] = words[key]
        if key == "kind" and "const" in schema and "kind" not in part["required"]:
            part["required"].insert(0, "kind")


def _as_yaml(schema: Any) -> Any:
    """The schema for scalars as YAML types them."""
    if isinstance(schema, list):
        return [_as_yaml(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: _as_yaml(value) for key, value in schema.items()}
    if schema.get("type") == "string" and not {"enum", "const", "format"} & schema.keys():
        made["type"] = ["string", "number", "boolean"]
    if schema.get("type") in ("integer", "number"):
        made["type"] = [schema["type"], "string"]
    return made
