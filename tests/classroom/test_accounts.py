# SPDX-License-Identifier: AGPL-3.0-or-later
"""Making and changing accounts."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from migration_law.classroom import accounts
from migration_law.classroom.models import Account

GOOD = (
    "username,full_name,email,role,group\nNina.Test,Nina Test,nina@example.org,,Border\nomar,Omar Test,,instructor,\n"
)


def sheet(text: str | bytes) -> accounts.Sheet:
    return accounts.read_sheet(text if isinstance(text, bytes) else text.encode(), ["Border"])


@pytest.mark.parametrize(
    "text", [GOOD, "\ufeff" + GOOD, GOOD.replace(",", ";"), GOOD.replace(",", "\t"), GOOD.replace("\n", "\r\n")]
)
def test_a_sound_sheet(var: Any, text: str) -> None:
    found = sheet(text)
    assert found.mistakes == []
    assert [(one.username, one.role, one.group) for one in found.wanted] == [
        ("Nina.Test", "trainee", "Border"),
        ("omar", "instructor", ""),
    ]


BAD = {
    "no name": ("username,full_name\nnina,\n", 2, "full name"),
    "bad sign": ("username,full_name\nni na,Nina\n", 2, "username"),
    "bad mail": ("username,full_name,email\nnina,Nina,nowhere\n", 2, "email"),
    "bad role": ("username,full_name,role\nnina,Nina,king\n", 2, "role"),
    "bad group": ("username,full_name,group\nnina,Nina,Sea\n", 2, "it has: Border"),
    "twice": ("username,full_name\nnina,Nina\nNINA,Nina\n", 3, "in line 2 already"),
    "column missing": ("username\nnina\n", 1, "'full_name' is missing"),
    "column unknown": ("username,full_name,shoe\nnina,Nina,38\n", 1, "'shoe' is unknown"),
    "column twice": ("username,full_name,username\nnina,Nina,x\n", 1, "twice"),
    "too many cells": ("username,full_name\nnina,Nina,more\n", 2, "more cells"),
    "empty": ("", 1, "missing"),
    "only headings": ("username,full_name\n", 1, "no accounts"),
    "not UTF-8": ("username,full_name\nnina,J\u00e9r\u00f4me\n".encode("latin-1"), 1, "not UTF-8"),
    "open quotes": ('username,full_name\nnina,"Nina\n', 2, "sound CSV"),
    "control sign": ("username,full_name\nnina,Ni\0na\n", 2, ""),
}


@pytest.mark.parametrize("name", BAD)
def test_mistakes_name_their_line(var: Any, name: str) -> None:
    text, line, words = BAD[name]
    found = sheet(text)
    assert any(mistake.line == line and words in mistake.message for mistake in found.mistakes), found.mistakes


def test_all_mistakes_are_told_and_nothing_is_saved(log_in: Any) -> None:
    client, before = log_in("administrator"), Account.objects.count()
    text = "username,full_name\nfine,Fine\n,No Name\ntrainee,Taken\n"
    page = client.post("/accounts/import", {"file": BytesIO(text.encode())}).text
    assert "Nothing has been saved" in page
    assert "Line 3" in page
    assert "Line 4" in page
    client.post("/accounts/import", {"text": text, "confirmed": "yes"})
    assert Account.objects.count() == before


def test_preview_then_import(log_in: Any) -> None:
    client, before = log_in("administrator"), Account.objects.count()
    page = client.post("/accounts/import", {"file": BytesIO(GOOD.encode())})
    assert "These 2 accounts" in page.text
    assert Account.objects.count() == before
    page = client.post("/accounts/import", {"text": GOOD.replace("\n", "\r\n"), "confirmed": "yes"})
    assert Account.objects.count() == before + 2
    nina = Account.objects.get(username="nina.test")
    assert (nina.role, nina.group, nina.must_change) == ("trainee", "Border", True)
    password = page.text.split("<td>nina.test</td><td><code>")[1].split("<")[0]
    assert nina.check_password(password)
    answer = Client().post("/log-in", {"username": "nina.test", "password": password})
    assert answer.status_code == 302


def test_adding_one(log_in: Any) -> None:
    client = log_in("administrator")
    form = {"username": "Lea", "full_name": "Lea Test", "email": "", "role": "trainee"}
    assert "<td>lea</td>" in client.post("/accounts/add", form).text
    again = client.post("/accounts/add", form)
    assert "already exists" in again.text
    assert Account.objects.filter(username__iexact="lea").count() == 1
    assert (
        client.post("/accounts/add", {**form, "username": "max", "role": "king"}).text.count("Select a valid choice")
        == 1
    )


def test_a_reset_password_is_shown_once_and_logs_out(log_in: Any, people: Any) -> None:
    trainee = log_in("trainee")
    page = log_in("administrator").post(f"/accounts/{people['trainee'].pk}/password").text
    password = page.split("<code>")[1].split("<")[0]
    account = Account.objects.get(username="trainee")
    assert account.check_password(password)
    assert account.must_change
    assert trainee.get("/").headers["Location"].startswith("/log-in")


def test_changing_roles(log_in: Any, people: Any) -> None:
    client, pk = log_in("administrator"), people["trainee"].pk
    client.post(f"/accounts/{pk}", {"role": "instructor"})
    assert Account.objects.get(pk=pk).role == "instructor"
    for nonsense in ({"role": "king"}, {"group": "Sea"}):
        client.post(f"/accounts/{pk}", nonsense)
        assert "no such role" in client.get("/accounts").text
    assert Account.objects.get(pk=pk).role == "instructor"


@pytest.mark.parametrize("change", [{"role": "trainee"}, {"active": "no"}])
def test_one_administrator_stays(log_in: Any, people: Any, change: dict[str, str]) -> None:
    client, address = log_in("administrator"), f"/accounts/{people['administrator'].pk}"
    client.post(address, change)
    assert "only administrator" in client.get("/accounts").text
    client.post(f"/accounts/{people['instructor'].pk}", {"role": "administrator"})
    client.post(address, change)
    account = Account.objects.get(username="administrator")
    assert (account.role, account.is_active) != ("administrator", True)


def test_generated_passwords() -> None:
    made = {accounts.generated_password() for _ in range(200)}
    assert len(made) == 200
    assert all(len(password) == 14 and not set(password) & set("ilo01") for password in made)
