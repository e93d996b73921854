# SPDX-License-Identifier: AGPL-3.0-or-later
"""The schemas that the wheel carries are those of the models."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner
from migration_law.cli import main

SHIPPED = Path(__file__).resolve().parent.parent / "xblocks" / "migration_law" / "schemas"


def test_the_shipped_schemas_are_current(tmp_path: Path) -> None:
    made = CliRunner().invoke(main, ["schema", "--out", str(tmp_path)])
    assert made.exit_code == 0, made.output
    written = {path.name: path.read_text() for path in tmp_path.iterdir()}
    shipped = {path.name: path.read_text() for path in SHIPPED.iterdir() if path.suffix == ".json"}
    assert written and shipped == written, "run: migration-law schema --out xblocks/migration_law/schemas"
