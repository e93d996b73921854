# SPDX-License-Identifier: AGPL-3.0-or-later
"""A Studio export against the manifest of the build: did every block arrive, and as it was sent?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from . import manifest as manifests
from .archive import ArchiveError, untar_gz
from .manifest import Entry, Manifest, ManifestError
from .tree import read

Kind = Literal["missing", "type", "title", "parent", "order", "grading", "content", "extra"]
LARGEST_PACKED = 2 * 1024**3


class Finding(NamedTuple):
    """One difference between what was sent and what is there."""

    kind: Kind
    id: str
    message: str


@dataclass(frozen=True)
class VerifyReport:
    """What arrived; `error` says why nothing could be compared. `str` is for people."""

    total: int = 0
    arrived: int = 0
    findings: tuple[Finding, ...] = ()
    error: str | None = None

    @property
    def ok(self) -> bool:
        """Whether every block arrived as it was sent, and nothing else is there."""
        return self.error is None and not self.findings

    def __str__(self) -> str:
        if self.error is not None:
            return self.error
        lines = [f"{self.arrived} of {self.total} blocks arrived", *(f"{f.kind}: {f.message}" for f in self.findings)]
        return "\n  ".join(lines)


def verify(manifest: Path, archive: Path) -> VerifyReport:
    """Compare a `.tar.gz` from Studio's Export with the manifest of the build that was imported. Never raises."""
    try:
        sent = manifests.load(manifest)
        files = untar_gz(_bytes(archive))
    except ManifestError as error:
        return VerifyReport(error=str(error))
    except ArchiveError as error:
        return VerifyReport(error=f"{archive}: {error.path + ': ' if error.path else ''}{error.message}")
    tree = read(files)
    if len(tree.blocks) < 2:
        return VerifyReport(error=f"{archive} holds no course; give the .tar.gz that Studio's Export made")
    return compare(sent, manifests.of(tree))


def _bytes(archive: Path) -> bytes:
    try:
        if archive.stat().st_size > LARGEST_PACKED:
            raise ArchiveError("too-large", "", "larger than any course; give the file that Studio's Export made")
        return archive.read_bytes()
    except OSError as error:
        raise ArchiveError("unreadable", "", f"it can't be read ({error.strerror}); check the name") from None


def compare(sent: Manifest, there: Manifest) -> VerifyReport:
    """The differences between two manifests; a block with another type or content has not arrived."""
    found = {entry.id: entry for entry in there.blocks}
    findings = [finding for entry in sent.blocks for finding in _differences(entry, found.get(entry.id))]
    findings += [*_order(sent, there), *_extra(sent, there)]
    lost = {finding.id for finding in findings if finding.kind in ("missing", "type", "title", "content")}
    return VerifyReport(len(sent.blocks), len(sent.blocks) - len(lost), tuple(findings))


def _differences(sent: Entry, there: Entry | None) -> Iterator[Finding]:
    name = f"{sent.id} ({sent.type}, {sent.title!r})"
    if there is None:
        yield Finding("missing", sent.id, f"{name} is not there; import the archive again, and look at Studio's log")
    elif there.type != sent.type:
        yield Finding("type", sent.id, f"{name} is a {there.type}; is the migration-law package installed there?")
    else:
        yield from _changes(name, sent, there)


def _changes(name: str, sent: Entry, there: Entry) -> Iterator[Finding]:
    if there.title != sent.title:
        yield Finding("title", sent.id, f"{name} is called {there.title!r}")
    if there.parent != sent.parent:
        yield Finding(
            "parent", sent.id, f"{name} stands in {there.parent or 'the course'}, not in {sent.parent or 'the course'}"
        )
    if there.grading != sent.grading:
        yield Finding(
            "grading", sent.id, f"{name} counts as {there.grading or 'nothing'}, not as {sent.grading or 'nothing'}"
        )
    if there.content != sent.content:
        yield Finding(
            "content", sent.id, f"{name} has another content; it was edited in Studio, or did not arrive whole"
        )


def _order(sent: Manifest, there: Manifest) -> Iterator[Finding]:
    """Parents whose children, as far as they are there, stand in another order."""
    for parent in dict.fromkeys(entry.parent for entry in sent.blocks):
        before, after = _children(sent, parent), _children(there, parent)
        common = set(before) & set(after)
        if [item for item in before if item in common] != [item for item in after if item in common]:
            yield Finding("order", parent, f"what {parent or 'the course'} holds stands in another order")


def _children(manifest: Manifest, parent: str) -> list[str]:
    return [entry.id for entry in manifest.blocks if entry.parent == parent]


def _extra(sent: Manifest, there: Manifest) -> Iterator[Finding]:
    known = {entry.id for entry in sent.blocks}
    for entry in there.blocks:
        if entry.id not in known:
            message = f"{entry.id} ({entry.type}, {entry.title!r}) is not from the build; it was added in Studio"
            yield Finding("extra", entry.id, message)
