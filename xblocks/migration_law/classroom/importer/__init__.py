# SPDX-License-Identifier: AGPL-3.0-or-later
"""Loads a course archive into the database; what learners did stays, whatever the archive brings."""
from __future__ import annotations

import os
import shutil
from collections import Counter
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.db import transaction

from ..models import Block, Course
from . import archive, olx
from .archive import Archive, ArchiveError
from .parts import Problem, Reading, Report

__all__ = ["ArchiveError", "Problem", "Report", "assets_folder", "load"]

# Raise it when what is kept of an archive changes, so that the next start reads the archive again.
FORMAT = "1"


def load(path: Path) -> Report:
    """Load the archive at *path*; ArchiveError if it is no sound course archive, or of another course."""
    digest = f"{archive.digest(path)}.{FORMAT}"
    row = Course.objects.first()
    if row and row.digest == digest and assets_folder(digest).is_dir():
        return _report(row, changed=False)
    found = archive.read(path)
    reading = olx.read(found)
    if row and row.key != reading.key:
        raise ArchiveError(f"This data folder holds {row.key}, the archive {reading.key}. Use another data folder.")
    try:
        _unpack(found, digest)
    except OSError as error:
        raise ArchiveError(f"The files of the archive cannot be unpacked: {error}.") from error
    vanished = _store(reading, digest)
    _keep_copy(path)
    _clear(assets_folder(digest))
    return _report(Course.objects.get(), True, tuple(reading.problems), vanished)


def assets_folder(digest: str) -> Path:
    """Where the static files of the archive with this digest lie."""
    return Path(settings.CLASSROOM_VAR) / "assets" / digest[:12]


def _store(reading: Reading, digest: str) -> int:
    with transaction.atomic():
        row = Course.objects.first() or Course(key=reading.key, version=0)
        row.digest, row.data, row.version = digest, reading.data, row.version + 1
        row.save()
        vanished = set(Block.objects.values_list("usage", flat=True)) - set(reading.parts)
        Block.objects.all().delete()
        Block.objects.bulk_create(
            Block(position=position, **vars(part)) for position, part in enumerate(reading.parts.values())
        )
    return len(vanished)


def _unpack(found: Archive, digest: str) -> None:
    folder = assets_folder(digest)
    fresh = folder.with_name(f"{folder.name}.{os.getpid()}")
    fresh.mkdir(parents=True)
    for path, data in found.files.items():
        if path.startswith("static/"):
            target = fresh / PurePosixPath(path).relative_to("static")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)


def _clear(folder: Path) -> None:
    for other in folder.parent.iterdir():
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)


def _keep_copy(path: Path) -> None:
    copy = Path(settings.CLASSROOM_VAR) / "course.tar.gz"
    if path.resolve() != copy:
        shutil.copyfile(path, copy.with_suffix(".new"))
        copy.with_suffix(".new").replace(copy)


def _report(row: Course, changed: bool, problems: tuple[Problem, ...] = (), vanished: int = 0) -> Report:
    rows = list(Block.objects.values_list("type", "usage", "fields", "error"))
    title = next((fields.get("display_name") or row.key for kind, _, fields, _ in rows if kind == "course"), row.key)
    known = tuple(Problem(f"{kind}/{usage}", error) for kind, usage, _, error in rows if error)
    return Report(changed, title, dict(Counter(kind for kind, *_ in rows)), problems or known, vanished)
