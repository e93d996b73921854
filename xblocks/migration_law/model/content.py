# SPDX-License-Identifier: AGPL-3.0-or-later
"""A thing as plain data, and the Markdown texts in it: what archives, blocks and checks all need."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import cache
from typing import Any, get_args

from pydantic.fields import FieldInfo

from .base import Thing

KEPT = frozenset({"format", "kind"})
"""Written even where they are the default: a reader needs them before it knows what it reads."""


def plain(thing: Thing) -> dict[str, Any]:
    """The thing as JSON types, defaults left out. `type(thing).model_validate` reads it back, numbers as text too."""
    fields = type(thing).model_fields
    return {name: _plain(value) for name, value in thing if name in KEPT or value != fields[name].default}


def _plain(value: Any) -> Any:
    if isinstance(value, Thing):
        return plain(value)
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    return int(value) if isinstance(value, float) and value.is_integer() else value


def texts(thing: Thing) -> Iterator[str]:
    """Every Markdown text in the thing and in what it holds, in the order of its fields."""
    markdown = markdown_fields(type(thing))
    for name, value in thing:
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Thing):
                yield from texts(item)
            elif name in markdown and isinstance(item, str) and item:
                yield item


@cache
def markdown_fields(kind: type[Thing]) -> frozenset[str]:
    """The names of a kind's fields that are Markdown, or lists of it."""
    fields = kind.model_fields
    return frozenset(name for name, field in fields.items() if _says_markdown(field) or _holds_markdown(field.annotation))


def _says_markdown(field: object) -> bool:
    extra = field.json_schema_extra if isinstance(field, FieldInfo) else None
    return isinstance(extra, dict) and extra.get("contentMediaType") == "text/markdown"


def _holds_markdown(annotation: object) -> bool:
    """Whether a type such as `Markdown | None` or `tuple[Markdown, ...]` holds Markdown."""
    inner = [*get_args(annotation), *getattr(annotation, "__metadata__", ())]
    return any(_says_markdown(part) or _holds_markdown(part) for part in inner)
