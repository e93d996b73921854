# SPDX-License-Identifier: AGPL-3.0-or-later
"""What olxcleaner, which Studio can run on an import, says of an archive."""

from __future__ import annotations

import sys
import tarfile
import tempfile
from pathlib import Path

from olxcleaner import validate

OUR_BLOCKS = ["law_quiz", "law_case_study", "law_sources", "law_desk"]


def findings(archive: Path) -> str:
    """How many errors and warnings it finds."""
    with tempfile.TemporaryDirectory(prefix="bench-") as place, tarfile.open(archive) as packed:
        packed.extractall(place, filter="data")
        course = next(Path(place).rglob("course.xml"))
        _, errors, _ = validate(str(course), allowed_xblocks=OUR_BLOCKS)
    levels = [error.level for error in errors.errors]
    return f"{levels.count('ERROR')} errors, {levels.count('WARNING')} warnings"


if __name__ == "__main__":
    print(findings(Path(sys.argv[1])))
