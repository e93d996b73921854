# SPDX-License-Identifier: AGPL-3.0-or-later
"""The model -> {path: bytes}: the Open edX archive, its lint, its manifest, and whether it arrived."""

from __future__ import annotations

from .archive import ArchiveError, tar_gz, untar_gz
from .build import BuildReport, build
from .lint import LintProblem, lint, lint_archive
from .manifest import IdChange, Manifest, ManifestError
from .olx import content, files
from .verify import Finding, VerifyReport, verify

__all__ = [
    "ArchiveError", "BuildReport", "Finding", "IdChange", "LintProblem", "Manifest", "ManifestError", "VerifyReport",
    "build", "content", "files", "lint", "lint_archive", "tar_gz", "untar_gz", "verify",
]  # fmt: skip
