# SPDX-License-Identifier: AGPL-3.0-or-later
"""Saving the data folder in one file, and putting it back."""
from __future__ import annotations

import os
import shutil
import sqlite3
import tarfile
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from .refused import Refused

DATABASE = "classroom.sqlite3"
KEY = "secret.key"
# What SQLite keeps beside its file is in the copy already; logs and earlier backups are no data.
LEFT_OUT = (f"{DATABASE}-wal", f"{DATABASE}-shm", DATABASE, "backups", "classroom.log")


class BackupError(Refused):
    """Why a backup could not be made or used, in words."""


def save(var: Path, target: Path) -> Path:
    """Write all of *var* to *target* (.tar.gz), consistent even while the server runs."""
    if not (var / DATABASE).is_file():
        raise BackupError(f"{var} holds no classroom.")
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f"{target.name}.{os.getpid()}")
    try:
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / DATABASE
            _copy_database(var / DATABASE, copy)
            _pack(var, copy, fresh, target)
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)
    return target


def _copy_database(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)


def _pack(var: Path, database: Path, fresh: Path, target: Path) -> None:
    # The backup holds the key and password hashes: nobody else may read it.
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "wb") as file, tarfile.open(fileobj=file, mode="w:gz") as tar:
        tar.add(database, f"var/{DATABASE}")
        for path in sorted(var.iterdir()):
            if not path.name.startswith(LEFT_OUT) and path.resolve() not in (fresh.resolve(), target.resolve()):
                tar.add(path, f"var/{path.name}")


def restore(source: Path, var: Path) -> Path | None:
    """Put the backup *source* in the place of *var*; returns where the replaced folder is kept, if there was one."""
    var.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=var.parent, prefix=".restore-") as folder:
        _unpack(source, Path(folder))
        fresh = Path(folder) / "var"
        _check(fresh)
        kept = _set_aside(var)
        shutil.move(fresh, var)
    var.chmod(0o700)
    return kept


def _unpack(source: Path, folder: Path) -> None:
    try:
        with tarfile.open(source, "r:gz") as tar:
            tar.extractall(folder, filter="data")
    except (tarfile.TarError, OSError, EOFError) as error:
        raise BackupError(f"{source} is no sound backup: {error}.") from error


def _check(folder: Path) -> None:
    if not (folder / DATABASE).is_file() or not (folder / KEY).is_file():
        raise BackupError("This file is no backup of a classroom.")
    try:
        with closing(sqlite3.connect(folder / DATABASE)) as database:
            sound = database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            database.execute("SELECT count(*) FROM classroom_account").fetchone()
    except sqlite3.DatabaseError as error:
        raise BackupError(f"The database in the backup is damaged: {error}.") from error
    if not sound:
        raise BackupError("The database in the backup is damaged.")


def _set_aside(var: Path) -> Path | None:
    if not var.exists():
        return None
    kept = var.with_name(f"{var.name}.replaced-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}")
    var.rename(kept)
    return kept
