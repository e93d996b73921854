# SPDX-License-Identifier: AGPL-3.0-or-later
"""A classroom for tests: Django on a data folder of its own, and a real server in a thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from migration_law.classroom.settings import configure

ROLES = ("trainee", "instructor", "administrator")


@dataclass(frozen=True)
class Server:
    """A running classroom: where it is, and the password of each account by user name."""

    base_url: str
    accounts: dict[str, str]


def use(var: Path) -> None:
    """Let this process work on *var*: Django starts once, later calls only change the folder."""
    from django.conf import settings

    if not settings.configured:
        configure(var, ["testserver"])
        # Real hashing takes a third of a second an account.
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    from django.db import connections

    connections.close_all()
    var.mkdir(parents=True, exist_ok=True)
    settings.CLASSROOM_VAR = str(var)
    for place in (connections.settings["default"], connections["default"].settings_dict):
        place["NAME"] = str(var / "classroom.sqlite3")
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def add_accounts(*names: str, fresh: bool = False) -> dict[str, str]:
    """Accounts named after roles (`trainee`, `trainee2`, ...) with their passwords; *fresh* ones must change them."""
    from migration_law.classroom import accounts

    made = accounts.make(
        accounts.Wanted(name, f"Test {name.title()}", role=name.rstrip("0123456789")) for name in names
    )
    for one in made:
        one.account.must_change = fresh
        one.account.save()
    return {one.account.username: one.password for one in made}


@contextmanager
def running(archive: Path, var: Path, *names: str) -> Iterator[Server]:
    """A server on a free port with the course in *archive* and accounts *names*, by default one of each role."""
    use(var)
    from migration_law.classroom.importer import load

    load(archive)
    accounts = add_accounts(*(names or ROLES))
    with serving() as base_url:
        yield Server(base_url, accounts)


@contextmanager
def serving() -> Iterator[str]:
    """The address of a server for the data folder in use."""
    from migration_law.classroom.server import create

    server = create("127.0.0.1", 0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.close()
        server.task_dispatcher.shutdown()
        thread.join(5)
