# SPDX-License-Identifier: AGPL-3.0-or-later
"""A fresh data folder with the small course for every test that asks for it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from classroom import archives, server, toy

# The modules of tests import tables, so Django has to be up before they are read.
_folder = tempfile.TemporaryDirectory(prefix="classroom-")
server.use(Path(_folder.name))


@pytest.fixture(scope="session", autouse=True)
def _toy() -> None:
    toy.register()


@pytest.fixture(scope="session")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with tables and nothing in them: copying is faster than migrating."""
    folder = tmp_path_factory.mktemp("template")
    server.use(folder)
    from django.db import connections

    connections["default"].cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connections.close_all()
    return folder


@pytest.fixture
def var(_template: Path, tmp_path: Path) -> Iterator[Path]:
    """An empty data folder in use."""
    folder = tmp_path / "var"
    folder.mkdir()
    (folder / "classroom.sqlite3").write_bytes((_template / "classroom.sqlite3").read_bytes())
    (folder / "secret.key").write_text("key")
    server.use(folder)
    yield folder
    from django.db import connections

    connections.close_all()


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """The small course."""
    return archives.write(tmp_path / "small.tar.gz", archives.small())


@pytest.fixture
def course(var: Path, archive: Path) -> Any:
    """The small course, loaded."""
    from migration_law.classroom.importer import load
    from migration_law.classroom.tree import current

    assert load(archive).problems == ()
    return current()


@pytest.fixture
def people(course: Any) -> dict[str, Any]:
    """One account of each role, and a second trainee, by user name."""
    from migration_law.classroom.models import Account

    server.add_accounts("trainee", "trainee2", "instructor", "administrator")
    return {account.username: account for account in Account.objects.all()}


@pytest.fixture
def log_in(people: dict[str, Any]) -> Callable[..., Any]:
    """Makes a Django test client that is logged in under a user name."""
    from django.test import Client

    def make(name: str, **options: Any) -> Client:
        client = Client(raise_request_exception=False, **options)
        client.force_login(people[name], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return make


@pytest.fixture
def queries() -> Callable[[Callable[[], Any]], int]:
    """Tells how many queries a call makes."""
    from django.db import connection

    def count(call: Callable[[], Any]) -> int:
        seen: list[str] = []

        def watch(execute: Any, sql: str, *rest: Any) -> Any:
            seen.append(sql)
            return execute(sql, *rest)

        with connection.execute_wrapper(watch):
            call()
        return len(seen)

    return count
