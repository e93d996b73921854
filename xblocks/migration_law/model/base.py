# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every thing in the model is made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

FORMAT = 1
"""The format of content and learner state that this release writes; it reads all earlier ones."""

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
"""An authored identifier: lower-case letters, digits and single hyphens; stable for ever."""

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]
"""One line of plain text, without Markdown."""

Markdown = Annotated[str, StringConstraints(min_length=1), Field(json_schema_extra={"contentMediaType": "text/markdown"})]
"""Markdown with citations such as `[[palermo:3(a)]]`."""


class Thing(BaseModel):
    """A frozen value that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=False)


def mistake(code: str, message: str) -> PydanticCustomError:
    """A mistake in content, with its stable code; the message says what to do."""
    return PydanticCustomError(code, "{text}", {"text": message})


def require_unique(ids: Iterable[str], what: str) -> None:
    """Raise a `duplicate-id` mistake if an id stands twice."""
    twice = [name for name, count in Counter(ids).items() if count > 1]
    if twice:
        raise mistake("duplicate-id", f"the id {', '.join(twice)} stands more than once among the {what}; give each its own")
