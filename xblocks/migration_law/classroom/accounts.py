# SPDX-License-Identifier: AGPL-3.0-or-later
"""Making accounts: one by one or from a CSV file, each with a generated password."""
from __future__ import annotations

import csv
import io
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction

from .models import Account, Role

# No letters or digits that look alike on paper.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
COLUMNS = ("username", "full_name", "email", "role", "group")
REQUIRED = ("username", "full_name")


@dataclass(frozen=True)
class Wanted:
    """An account to be made."""

    username: str
    full_name: str
    email: str = ""
    role: str = Role.TRAINEE
    group: str = ""


@dataclass(frozen=True)
class Made:
    """An account with the password that nobody can look up later."""

    account: Account
    password: str


@dataclass(frozen=True)
class Mistake:
    """What is wrong in which line of a file."""

    line: int
    message: str

    def __str__(self) -> str:
        return f"Line {self.line}: {self.message}"


@dataclass
class Sheet:
    """A CSV file as read: usable only if there are no mistakes."""

    wanted: list[Wanted] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)


def generated_password() -> str:
    """Twelve random letters and digits in three groups: easy to read out, about 59 bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))


def faults(wanted: Wanted, groups: Iterable[str] = ()) -> list[str]:
    """Everything that keeps *wanted* from being made, in words."""
    account = _account(wanted)
    found = []
    try:
        account.full_clean(exclude=["password"])
    except ValidationError as error:
        found = [f"{name.replace('_', ' ')}: {' '.join(texts)}" for name, texts in error.message_dict.items()]
    if not all(value.isprintable() for value in vars(wanted).values()):
        found.append("there are signs in it that nobody can see; type it again.")
    if wanted.group and wanted.group not in groups:
        known = ", ".join(groups) or "none"
        found.append(f"group: the course has no group {wanted.group!r}; it has: {known}.")
    return found


def make(wanted: Iterable[Wanted]) -> list[Made]:
    """Make all accounts or, if one fails, none."""
    with transaction.atomic():
        return [_made(_account(one)) for one in wanted]


def reset_password(account: Account) -> str:
    """A new generated password for *account*, which ends its sessions and has to be changed at the next log-in."""
    password = generated_password()
    account.set_password(password)
    account.must_change = True
    account.save()
    return password


def last_administrator(account: Account) -> bool:
    """Whether nobody could administer without *account*."""
    others = Account.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exclude(pk=account.pk)
    return account.role == Role.ADMINISTRATOR and not others.exists()


def read_sheet(data: bytes, groups: Iterable[str] = ()) -> Sheet:
    """The accounts in a CSV file with a heading line, and all that is wrong with it, line by line."""
    sheet, groups = Sheet(), list(groups)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Sheet(mistakes=[Mistake(1, "the file is not UTF-8. Save it as 'CSV UTF-8'.")])
    reader = csv.DictReader(io.StringIO(text, newline=""), dialect=_dialect(text), restkey="", strict=True)
    try:
        headings = [str(name or "").strip().lower() for name in reader.fieldnames or []]
        sheet.mistakes += _heading_mistakes(headings)
        if not sheet.mistakes:
            reader.fieldnames = headings
            _read_lines(reader, sheet, groups)
    except csv.Error as error:
        sheet.mistakes.append(Mistake(reader.reader.line_num, f"this is not sound CSV ({error})."))
    if not sheet.wanted and not sheet.mistakes:
        sheet.mistakes.append(Mistake(1, "the file names no accounts."))
    return sheet


def _dialect(text: str) -> type[csv.Dialect]:
    heading = text.partition("\n")[0]
    return type("Sheet", (csv.excel,), {"delimiter": max(",;\t", key=heading.count)})


def _heading_mistakes(headings: list[str]) -> list[Mistake]:
    found = [Mistake(1, f"the column {name!r} is missing.") for name in REQUIRED if name not in headings]
    unknown = [name for name in headings if name not in COLUMNS]
    found += [Mistake(1, f"the column {name!r} is unknown; use {', '.join(COLUMNS)}.") for name in unknown]
    twice = {name for name in headings if headings.count(name) > 1}
    return found + [Mistake(1, f"the column {name!r} comes twice.") for name in sorted(twice)]


def _read_lines(reader: csv.DictReader[str], sheet: Sheet, groups: list[str]) -> None:
    seen: dict[str, int] = {}
    for row in reader:
        line = reader.line_num
        if "" in row:
            sheet.mistakes.append(Mistake(line, "there are more cells than headings."))
            continue
        cells = {name: (value or "").strip() for name, value in row.items()}
        wanted = Wanted(**{**cells, "role": cells.get("role", "").lower() or Role.TRAINEE})
        name = wanted.username.lower()
        sheet.mistakes += [Mistake(line, fault) for fault in faults(wanted, groups)]
        if name in seen:
            sheet.mistakes.append(Mistake(line, f"{wanted.username} is in line {seen[name]} already."))
        seen.setdefault(name, line)
        sheet.wanted.append(wanted)


def _account(wanted: Wanted) -> Account:
    return Account(
        username=wanted.username.lower(), full_name=wanted.full_name, email=wanted.email, role=wanted.role,
        group=wanted.group, must_change=True,
    )


def _made(account: Account) -> Made:
    password = generated_password()
    account.set_password(password)
    account.full_clean()
    account.save()
    return Made(account, password)
