# SPDX-License-Identifier: AGPL-3.0-or-later
"""The built wheel, installed in an empty environment, carries everything that the blocks need."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CONSTRAINTS = ROOT / "scripts" / "constraints.txt"

PROBE = """
import json, django
from django.conf import settings
settings.configure(SECRET_KEY="x")
from importlib.metadata import entry_points
from xblock.core import XBlock
import migration_law
found = {}
for name in ("law_quiz", "law_case_study"):
    block = XBlock.load_class(name)
    found[name] = {
        "file": migration_law.__file__,
        "style": len(block.open_local_resource("public/law.css").read()),
        "script": len(block.open_local_resource("public/law.js").read()),
        "scenarios": len(block.workbench_scenarios()),
    }
from migration_law.blocks.page import fill
print(json.dumps(found))
"""


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command and give what it prints; what it says on failure is shown."""
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as built from a copy of the source tree, so that nothing is left in the checkout."""
    tree = tmp_path_factory.mktemp("tree")
    files = run("git", "ls-files", "--cached", "--others", "--exclude-standard", cwd=ROOT).split("\n")
    for name in filter(None, files):
        if name.split("/")[0] in {"xblocks", "setup.cfg", "pyproject.toml", "README.md", "LICENSE"} and (ROOT / name).is_file():
            target = tree / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((ROOT / name).read_bytes())
    run(sys.executable, "-m", "build", "--wheel", "--outdir", tree / "dist", cwd=tree)
    return next((tree / "dist").glob("*.whl"))


def test_the_wheel_carries_every_file_of_the_package(wheel: Path) -> None:
    package = ROOT / "xblocks" / "migration_law"
    tracked = run("git", "ls-files", "--cached", "--others", "--exclude-standard", "xblocks/migration_law", cwd=ROOT)
    wanted = {name.removeprefix("xblocks/") for name in tracked.split() if (ROOT / name).is_file() and name[-3:] != ".md"}
    assert (package / "blocks").is_dir() and wanted
    assert wanted - set(zipfile.ZipFile(wheel).namelist()) == set()


def test_the_blocks_load_from_the_wheel_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "empty", with_pip=True)
    python = tmp_path / "empty" / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", "--constraint", CONSTRAINTS, wheel, cwd=tmp_path)
    found = json.loads(run(python, "-W", "ignore", "-c", PROBE, cwd=tmp_path))
    assert set(found) == {"law_quiz", "law_case_study"}
    for facts in found.values():
        assert str(tmp_path) in facts["file"]
        assert facts["style"] > 1000 and facts["script"] > 500 and facts["scenarios"] >= 1
