# SPDX-License-Identifier: AGPL-3.0-or-later
"""A classroom with the real course, in a process of its own: prints where it is, and ends with its standard input."""

from __future__ import annotations

import json
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
ACCOUNTS = ("trainee", "trainee2", "trainee3", "trainee4", "instructor", "administrator")


def main(folder: Path) -> None:
    """Build the course into the folder, serve it, and say how to get in."""
    sys.path.insert(0, str(TESTS))
    from classroom.server import running
    from migration_law import export, source

    reading = source.read(TESTS.parent)
    if reading.corpus is None:
        sys.exit("\n".join(map(str, reading.problems)))
    report = export.build(reading.corpus, folder / "dist", previous=None)
    with running(report.archive, folder / "var", *ACCOUNTS) as server:
        print(json.dumps({"base_url": server.base_url, "accounts": server.accounts}), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
