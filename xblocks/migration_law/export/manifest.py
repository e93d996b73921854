# SPDX-License-Identifier: AGPL-3.0-or-later
"""The list of the blocks of a build: what a later build, or an archive that Studio exported, is compared with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from .meaning import meaning
from .policy import as_json
from .tree import Tree

FORMAT = 1


class Entry(BaseModel):
    """One block: `content` is a hash of its meaning, `grading` its type of assignment, if it counts."""

    model_config = ConfigDict(frozen=True)

    id: str
    type: str
    title: str
    parent: str = ""
    grading: str = ""
    content: str = ""


class Manifest(BaseModel):
    """The blocks of a build in course order, without the course itself; `course` is its key."""

    model_config = ConfigDict(frozen=True)

    format: Annotated[int, Field(ge=1, le=FORMAT)] = FORMAT
    course: str
    blocks: tuple[Entry, ...]


class ManifestError(Exception):
    """A manifest that can't be read, and what to do."""


class IdChange(NamedTuple):
    """An id of the last build that this one drops, renames or gives to another type of block."""

    kind: Literal["dropped", "renamed", "retyped"]
    id: str
    message: str

    def __str__(self) -> str:
        return self.message


def of(tree: Tree) -> Manifest:
    """The manifest of an archive."""
    key = tree.key
    blocks = tuple(
        Entry(
            id=block.id, type=block.type, title=block.title, parent=block.parent, content=meaning(block),
            grading=block.attributes.get("format", "") if block.attributes.get("graded") == "true" else "",
        )
        for block in tree.blocks if block.type not in ("course", "wiki")
    )  # fmt: skip
    return Manifest(course=f"course-v1:{key.get('org')}+{key.get('course')}+{key.get('url_name')}", blocks=blocks)


def dump(manifest: Manifest) -> bytes:
    """The manifest as a file."""
    return as_json(manifest.model_dump(exclude_defaults=True) | {"format": manifest.format})


def load(path: Path) -> Manifest:
    """Read a manifest; raises ManifestError."""
    try:
        return Manifest.model_validate(json.loads(path.read_bytes()))
    except OSError as error:
        raise ManifestError(f"{path} can't be read ({error.strerror}); give the manifest.json of the build") from None
    except (ValidationError, ValueError, RecursionError):
        message = f"{path} is no manifest of this release or an earlier one; give the manifest.json of the build"
        raise ManifestError(message) from None


def changes(before: Manifest, after: Manifest) -> Iterator[IdChange]:
    """What happened to the ids of the last build: each keys answers, which an id that is gone leaves behind."""
    there = {entry.id: entry for entry in after.blocks}
    known = {entry.id for entry in before.blocks}
    new = {(entry.type, entry.content): entry.id for entry in after.blocks if entry.content and entry.id not in known}
    for entry in before.blocks:
        if entry.id in there:
            if there[entry.id].type != entry.type:
                yield _retyped(entry, there[entry.id])
        elif name := new.get((entry.type, entry.content)):
            yield _renamed(entry, name)
        else:
            yield _dropped(entry)


def _retyped(entry: Entry, now: Entry) -> IdChange:
    message = f"{entry.id} was a {entry.type} and is now a {now.type}; give the new block an id of its own"
    return IdChange("retyped", entry.id, message)


def _renamed(entry: Entry, name: str) -> IdChange:
    message = f"{entry.id} ({entry.type}) is now called {name}: answers to it are left behind; give it its old id back"
    return IdChange("renamed", entry.id, message)


def _dropped(entry: Entry) -> IdChange:
    message = (
        f"{entry.id} ({entry.type}, {entry.title!r}) is gone: answers to it are left behind; put it back if you can"
    )
    return IdChange("dropped", entry.id, message)
