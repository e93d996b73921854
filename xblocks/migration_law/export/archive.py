# SPDX-License-Identifier: AGPL-3.0-or-later
"""Files in memory <-> a .tar.gz: the same files give the same bytes; read as if a stranger had sent it."""

from __future__ import annotations

import gzip
import io
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

MOST_MEMBERS = 50_000
"""Members that Studio accepts."""
LARGEST = 512 * 1024**2
"""Bytes unpacked that are read here, since they are held in memory; Studio accepts four times as much."""
HIGHEST_RATIO = 200
"""Bytes unpacked over bytes packed that Studio accepts."""
RATIO_COUNTS_FROM = 10 * 1024**2
"""Unpacked bytes under which a high ratio is no sign of a bomb: an empty tar block packs better than 200 to 1."""


class ArchiveError(Exception):
    """An archive that must not be unpacked: a stable code, the member, and what to do."""

    def __init__(self, code: str, path: str, message: str) -> None:
        super().__init__(f"{path}: {code} {message}" if path else f"{code} {message}")
        self.code, self.path, self.message = code, path, message


def tar_gz(files: Mapping[str, bytes]) -> bytes:
    """The files as a gzipped tar: sorted names, fixed times and owners, so that it depends on nothing but them."""
    packed = io.BytesIO()
    with (
        gzip.GzipFile(filename="", mode="wb", fileobj=packed, compresslevel=9, mtime=0) as zipped,
        tarfile.open(fileobj=zipped, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        for name in sorted(files):
            tar.addfile(_member(name, files[name]), io.BytesIO(files[name]))
    return packed.getvalue()


def _member(name: str, data: bytes) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode, member.mtime = len(data), 0o644, 0
    return member


def untar_gz(packed: bytes) -> dict[str, bytes]:
    """The files in a gzipped tar; raises ArchiveError for links, devices, paths outside, doubles, bombs."""
    try:
        with tarfile.open(fileobj=io.BytesIO(_unzip(packed)), mode="r:") as tar:
            return dict(_members(tar))
    except (tarfile.TarError, ValueError, UnicodeError):
        raise ArchiveError(
            "not-an-archive", "", "this is no .tar.gz; give the file that Studio's Export made"
        ) from None


def _unzip(packed: bytes) -> bytes:
    most = max(RATIO_COUNTS_FROM, min(LARGEST, len(packed) * HIGHEST_RATIO))
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(packed)) as zipped:
            data = zipped.read(most + 1)
    except (OSError, EOFError, zlib.error):
        raise ArchiveError(
            "not-an-archive", "", "this is no whole .tar.gz; give the file that Studio's Export made"
        ) from None
    if len(data) > most:
        message = f"it unpacks to over {most:,} bytes, or {HIGHEST_RATIO} times its size; leave large files out"
        raise ArchiveError("too-large", "", message)
    return data


def _members(tar: tarfile.TarFile) -> Iterator[tuple[str, bytes]]:
    seen: set[str] = set()
    for number, member in enumerate(tar, 1):
        if number > MOST_MEMBERS:
            raise ArchiveError("too-many-members", "", f"more than {MOST_MEMBERS:,} members; leave some files out")
        name = _safe_name(member)
        if member.isdir():
            continue
        if name in seen:
            raise ArchiveError("double-member", name, "the file is there twice; keep one of them")
        seen.add(name)
        yield name, _read(tar, member)


def _safe_name(member: tarfile.TarInfo) -> str:
    path = PurePosixPath(member.name)
    if path.is_absolute() or ".." in path.parts or "\\" in member.name or "\0" in member.name:
        raise ArchiveError("outside", member.name, "the path leads outside the archive; take the file out")
    if not (member.isreg() or member.isdir()):
        raise ArchiveError("link", member.name, "links and devices are not allowed; put the file itself there")
    return str(path)


def _read(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    opened = tar.extractfile(member)
    return opened.read() if opened else b""
