# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads a course archive into memory and refuses whatever could do harm."""
from __future__ import annotations

import gzip
import hashlib
import io
import tarfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from ..refused import Refused

MEMBERS = 50_000
UNPACKED = 1024 * 1024 * 1024
RATIO = 200
# Small archives of text compress well without being bombs.
ALWAYS_FINE = 20 * 1024 * 1024


class ArchiveError(Refused):
    """What is wrong with an archive, in words for the one who loads it."""


@dataclass(frozen=True)
class Archive:
    """The files below the one root folder of an archive, by their paths within it."""

    files: dict[str, bytes]
    digest: str


def digest(path: Path) -> str:
    """The SHA-256 of the file at *path*; ArchiveError if it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ArchiveError(f"{path} cannot be read: {error.strerror}.") from error


def read(path: Path) -> Archive:
    """Everything in the archive at *path*; ArchiveError if it is broken, too large or hostile."""
    name = digest(path)
    limit = min(UNPACKED, max(ALWAYS_FINE, RATIO * path.stat().st_size))
    try:
        with path.open("rb") as file:
            files = _members(file, limit)
    except (tarfile.TarError, EOFError, OSError, zlib.error, ValueError) as error:
        raise ArchiveError(f"{path.name} is not a sound .tar.gz archive: {error}.") from error
    return Archive(_below_root(files), name)


class _Capped(io.RawIOBase):
    """A decompressed stream that stops when more comes out than an honest archive holds."""

    def __init__(self, file: gzip.GzipFile, limit: int) -> None:
        self._file, self._left = file, limit

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self._left -= len(data)
        if self._left < 0:
            raise ArchiveError("The archive unpacks to far more than a course needs. It is refused.")
        return data


def _members(file: IO[bytes], limit: int) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    capped: Any = _Capped(gzip.GzipFile(fileobj=file), limit)
    with tarfile.open(fileobj=capped, mode="r|") as tar:
        for number, member in enumerate(tar):
            if number >= MEMBERS:
                raise ArchiveError(f"The archive holds more than {MEMBERS:,} files.")
            _check(member, files)
            if member.isfile():
                content = tar.extractfile(member)
                files[_clean(member.name)] = content.read() if content else b""
    return files


def _check(member: tarfile.TarInfo, files: dict[str, bytes]) -> None:
    if not (member.isfile() or member.isdir()):
        raise ArchiveError(f"{member.name!r} is a link or a device. An archive may hold only files and folders.")
    if _clean(member.name) in files:
        raise ArchiveError(f"{member.name!r} is in the archive twice.")


def _clean(name: str) -> str:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or "\0" in name:
        raise ArchiveError(f"{name!r} points outside the archive.")
    return str(path)


def _below_root(files: dict[str, bytes]) -> dict[str, bytes]:
    roots = [path for path in files if PurePosixPath(path).name == "course.xml" and path.count("/") <= 1]
    if len(roots) != 1:
        raise ArchiveError("This is no course archive: it should hold exactly one course.xml, in its one folder.")
    prefix = roots[0].removesuffix("course.xml")
    return {path.removeprefix(prefix): data for path, data in files.items() if path.startswith(prefix)}
