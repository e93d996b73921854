# SPDX-License-Identifier: AGPL-3.0-or-later
"""A hash of what a block means: the same after Studio has laid out its XML, YAML or HTML in another way."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from lxml import etree
from lxml import html as lxml_html
from pydantic import ValidationError

from migration_law import notation
from migration_law.model.case_study import CaseStudy
from migration_law.model.content import plain
from migration_law.model.law import Source
from migration_law.model.quiz import Quiz

from .tree import CUSTOM, LEVELS, Block

MODELS: dict[str, type[Quiz | CaseStudy]] = {"law_quiz": Quiz, "law_case_study": CaseStudy}
NOISE = frozenset({"target", "rel", "data-mce-href", "data-mce-src"})
"""Attributes that Studio's editor adds or drops by itself."""


def meaning(block: Block) -> str:
    """The hash of a block's own content, without its id and place; empty for one that only holds others."""
    if block.type in LEVELS:
        return ""
    if block.type in CUSTOM:
        return _hash([_weight(block.attributes.get("weight")), _content(block)])
    return _hash(_html(block.text))


def _hash(data: Any) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=True).encode()).hexdigest()[:32]


def _weight(written: str | None) -> float | str | None:
    try:
        return float(written) if written is not None else None
    except ValueError:
        return written


def _content(block: Block) -> Any:
    """The content as the model reads it; where it does not, as YAML; where it is no YAML, as words."""
    try:
        data = notation.load(block.text).data
    except notation.NotationError:
        return block.text.split()
    return _modelled(data, MODELS[block.type]) if block.type in MODELS and isinstance(data, dict) else data


def _modelled(data: dict[str, Any], model: type[Quiz | CaseStudy]) -> Any:
    sources = data.get("sources") or []
    try:
        thing = plain(model.model_validate({key: value for key, value in data.items() if key != "sources"}))
        return [_nameless(thing), [plain(Source.model_validate(source)) for source in sources]]
    except (ValidationError, TypeError):
        return _nameless(data)


def _nameless(data: dict[str, Any]) -> dict[str, Any]:
    """The content without the block's id, so that a block under a new id is recognised."""
    return {key: value for key, value in data.items() if key != "id"}


def _html(text: str) -> list[Any]:
    """Tags with their attributes, and words: white space and ways of writing characters don't count."""
    try:
        holder = lxml_html.fragment_fromstring(text, create_parent="div")
    except (etree.ParserError, ValueError):
        return text.split()
    return list(_walk(holder))


def _walk(element: Any) -> list[Any]:
    found: list[Any] = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if not isinstance(node.tag, str):
            words = node.tail if event == "end" else None
        elif event == "start":
            found.append([node.tag, sorted(_attributes(node))])
            words = node.text
        else:
            found.append(f"/{node.tag}")
            words = node.tail
        found.extend((words or "").split())
    return found


def _attributes(node: Any) -> list[tuple[str, str]]:
    return [(name, " ".join(value.split())) for name, value in node.attrib.items() if name not in NOISE]
