# SPDX-License-Identifier: AGPL-3.0-or-later
"""The blocks in the plain xblock-sdk workbench, which is no platform of ours."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]


@pytest.mark.workbench
def test_a_visit(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "workbench.settings", "PYTHONPATH": str(TESTS)}
    command = [sys.executable, "-m", "blocks.in_workbench"]
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert done.stdout.endswith("visited\n"), done.stderr[-3000:]
