# SPDX-License-Identifier: AGPL-3.0-or-later
"""A corpus -> the archive and its manifest in a folder, both or neither."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from migration_law.model.corpus import Corpus

from . import manifest as manifests
from .archive import tar_gz
from .lint import lint, lint_archive
from .manifest import IdChange, Manifest
from .olx import files
from .tree import LintProblem, read

MANIFEST = "manifest.json"


@dataclass(frozen=True)
class BuildReport:
    """What a build made: its files (None if a problem stopped it), its blocks by type, what changed since the last."""

    archive: Path | None
    manifest: Path | None
    counts: Mapping[str, int]
    problems: tuple[LintProblem, ...] = ()
    changes: tuple[IdChange, ...] = ()

    @property
    def blocks(self) -> int:
        """All blocks together."""
        return sum(self.counts.values())

    @property
    def ok(self) -> bool:
        """Whether the archive was written."""
        return not self.problems


def build(corpus: Corpus, out: Path, *, previous: Path | None = None) -> BuildReport:
    """Write `<course>.<run>.tar.gz` and `manifest.json` into `out`, unless the lint finds a problem.

    `previous` is the manifest that the ids are compared with, by default the one that stands in `out`. Raises
    ManifestError if that manifest can't be read, OSError if `out` can't be written.
    """
    members = files(corpus)
    manifest = manifests.of(read(members))
    packed = tar_gz(members)
    counts = dict(Counter(entry.type for entry in manifest.blocks))
    problems = tuple(lint(members)) or tuple(lint_archive(packed))
    changes = tuple(_changes(manifest, previous, out / MANIFEST))
    if problems:
        return BuildReport(None, None, counts, problems, changes)
    archive = out / f"{corpus.course.number}.{corpus.course.run}.tar.gz"
    _write(out, {archive.name: packed, MANIFEST: manifests.dump(manifest)})
    return BuildReport(archive, out / MANIFEST, counts, (), changes)


def _changes(manifest: Manifest, previous: Path | None, standing: Path) -> list[IdChange]:
    if previous is None and not standing.exists():
        return []
    return list(manifests.changes(manifests.load(previous or standing), manifest))


def _write(out: Path, made: Mapping[str, bytes]) -> None:
    """Write all files beside their places, then put them there, so that no half file is ever seen."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out, prefix=".build-") as folder:
        for name, data in made.items():
            Path(folder, name).write_bytes(data)
        for name in made:
            os.replace(Path(folder, name), out / name)
