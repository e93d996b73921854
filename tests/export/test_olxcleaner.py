# SPDX-License-Identifier: AGPL-3.0-or-later
"""olxcleaner, which Studio can run on an import, has nothing to say about the archive."""

from __future__ import annotations

from pathlib import Path

import olxcleaner
from export import sample
from migration_law.export import files, tar_gz, untar_gz
from migration_law.export.tree import CUSTOM


def _complaints(folder: Path, members: dict[str, bytes]) -> list[str]:
    for name, data in members.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    _, store, _ = olxcleaner.validate(str(folder / "course"), allowed_xblocks=list(CUSTOM))
    return [f"{error.filename}: {error.description}" for error in store.errors]


def test_no_error_and_no_warning(tmp_path: Path) -> None:
    assert _complaints(tmp_path, untar_gz(tar_gz(files(sample.corpus())))) == []


def test_it_would_speak_up(tmp_path: Path) -> None:
    members = files(sample.corpus())
    del members["course/html/definition-text.html"]
    assert len(_complaints(tmp_path, members)) > 0
