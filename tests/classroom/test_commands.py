# SPDX-License-Identifier: AGPL-3.0-or-later
"""The commands, run as people run them: in a process of their own; and backups, saved and put back."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import stat
import subprocess
import sys
import tarfile
import urllib.request
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from classroom import archives
from migration_law.classroom import backup
from migration_law.classroom.backup import BackupError

RUN = "from migration_law.classroom.commands import classroom; classroom()"


def command(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", RUN, *arguments], cwd=folder, capture_output=True, text=True, timeout=120
    )


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the small course was prepared, without the toy blocks that only tests know."""
    folder = tmp_path_factory.mktemp("commands")
    archives.write(folder / "small.tar.gz", archives.small())
    answer = command(folder, "prepare", "small.tar.gz")
    assert answer.returncode == 0, answer.stderr
    assert re.search(r"^Loaded: A Small Course – 2 modules, 4 units, \d+ parts\.$", answer.stdout, re.M)
    assert re.search(r"^  administrator  [a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}$", answer.stdout, re.M)
    assert "toy/quiz: no block of the type toy is installed here." in answer.stderr
    return folder


def test_the_second_prepare_is_quiet(prepared: Path) -> None:
    answer = command(prepared, "prepare", "small.tar.gz")
    assert answer.stdout.startswith("Already loaded: A Small Course")
    assert "Passwords" not in answer.stdout


def test_the_key_is_private(prepared: Path) -> None:
    assert stat.S_IMODE((prepared / "var" / "secret.key").stat().st_mode) == 0o600
    assert stat.S_IMODE((prepared / "var").stat().st_mode) == 0o700
    assert (prepared / "var" / "course.tar.gz").read_bytes() == (prepared / "small.tar.gz").read_bytes()


def test_accounts(prepared: Path) -> None:
    assert "  demo-one  " in command(prepared, "add-account", "demo-one", "Demo One").stdout
    assert "already exists" in command(prepared, "add-account", "Demo-One", "Demo One").stderr
    (prepared / "people.csv").write_text("username,full_name,group\nann,Ann Test,Border\nbob,Bob Test,Sea\n")
    refused = command(prepared, "import-accounts", "people.csv")
    assert refused.returncode == 1
    assert "Line 3: group" in refused.stderr
    assert "Nothing has been saved" in refused.stderr
    (prepared / "people.csv").write_text("username,full_name,group\nann,Ann Test,Border\n")
    assert "  ann  " in command(prepared, "import-accounts", "people.csv").stdout
    assert "  ann  " in command(prepared, "reset-password", "ANN").stdout
    assert "no account zoe" in command(prepared, "reset-password", "zoe").stderr
    assert "  instructor  " in command(prepared, "demo").stdout
    again = command(prepared, "demo")
    assert again.returncode == 0
    assert "there already" in again.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["prepare", "nothing.tar.gz"], "does not exist"),
        (["prepare", "rubbish.tar.gz"], "not a sound .tar.gz"),
        (["--var", "empty"], "No such option"),
        (["serve", "--var", "empty"], "holds no course yet"),
        (["backup", "--var", "none", "x.tar.gz"], "holds no classroom"),
        (["restore", "rubbish.tar.gz"], "no sound backup"),
        (["prepare", "--var", "rubbish.tar.gz/x", "small.tar.gz"], "rubbish.tar.gz/x"),
    ],
)
def test_errors_are_one_line(prepared: Path, arguments: list[str], words: str) -> None:
    (prepared / "rubbish.tar.gz").write_text("rubbish")
    answer = command(prepared, *arguments)
    assert answer.returncode != 0
    assert words in answer.stderr
    assert "Traceback" not in answer.stderr


def test_the_server_serves(prepared: Path) -> None:
    arguments = [sys.executable, "-W", "ignore", "-u", "-c", RUN, "serve", "--port", "0"]
    with subprocess.Popen(
        arguments, cwd=prepared, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            found = re.search(r"http://localhost:(\d+)/", process.stdout.readline())
            assert found
            place = f"http://127.0.0.1:{found[1]}"
            page = fetch(f"{place}/log-in")
            assert "A Small Course" in page
            style = re.search(r'href="(/shell/classroom/classroom\.css\?[0-9a-f]{8})"', page)
            assert style
            assert "--accent" in fetch(place + style[1])
            taken = command(prepared, "serve", "--port", found[1])
            assert taken.returncode == 1
            assert "in use" in taken.stderr
        finally:
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=20)
    assert (process.returncode, errors) == (0, "")


def fetch(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as answer:
        return str(answer.read().decode())


def count(var: Path, table: str) -> int:
    with closing(sqlite3.connect(var / backup.DATABASE)) as database:
        return int(database.execute(f"SELECT count(*) FROM classroom_{table}").fetchone()[0])


def test_backup_and_restore(people: Any, var: Path, tmp_path: Path) -> None:
    from classroom.server import add_accounts

    target = backup.save(var, tmp_path / "saved" / "backup.tar.gz")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    before = count(var, "account")
    add_accounts("trainee9")
    from django.db import connections

    connections.close_all()
    kept = backup.restore(target, var)
    assert kept is not None
    assert count(var, "account") == before
    assert count(kept, "account") == before + 1
    assert (var / "course.tar.gz").is_file()
    assert any((var / "assets").rglob("facts.txt"))
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_restored_key_is_the_old_one(people: Any, var: Path, tmp_path: Path) -> None:
    (var / "secret.key").write_text("old")
    (var / "secret.key").chmod(0o600)
    target = backup.save(var, tmp_path / "backup.tar.gz")
    assert backup.restore(target, tmp_path / "fresh" / "var") is None
    restored = tmp_path / "fresh" / "var" / "secret.key"
    assert restored.read_text() == "old"
    assert stat.S_IMODE(restored.stat().st_mode) == 0o600


def test_a_backup_into_the_folder_itself_leaves_itself_out(people: Any, var: Path) -> None:
    for _ in range(2):
        target = backup.save(var, var / "mine.tar.gz")
    with tarfile.open(target) as tar:
        assert not any("mine.tar.gz" in name for name in tar.getnames())


def spoilt(kind: str, people: Any, var: Path, folder: Path) -> Path:
    target = backup.save(var, folder / "backup.tar.gz")
    with tarfile.open(target) as tar:
        tar.extractall(folder / "open", filter="data")
    inner = folder / "open" / "var"
    if kind == "no key":
        (inner / "secret.key").unlink()
    elif kind == "damaged":
        data = bytearray((inner / backup.DATABASE).read_bytes())
        data[4096:40960] = os.urandom(36864)
        (inner / backup.DATABASE).write_bytes(bytes(data))
    elif kind == "other database":
        (inner / backup.DATABASE).unlink()
        with closing(sqlite3.connect(inner / backup.DATABASE)) as database:
            database.execute("CREATE TABLE t (x)")
    elif kind == "link":
        (inner / "evil").symlink_to("/etc/passwd")
    with tarfile.open(target, "w:gz") as tar:
        tar.add(inner, "var")
    if kind == "cut":
        target.write_bytes(target.read_bytes()[:2000])
    return target


@pytest.mark.parametrize("kind", ["no key", "damaged", "other database", "link", "cut"])
def test_a_spoilt_backup_changes_nothing(people: Any, var: Path, tmp_path: Path, kind: str) -> None:
    target = spoilt(kind, people, var, tmp_path)
    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises(BackupError):
        backup.restore(target, var)
    assert count(var, "account") == 4
    assert sorted(path.name for path in tmp_path.iterdir()) == before
