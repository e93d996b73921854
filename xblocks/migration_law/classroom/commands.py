# SPDX-License-Identifier: AGPL-3.0-or-later
"""The commands of the classroom. Django starts only inside them."""
from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from .accounts import Made
    from .importer import Report

VAR = click.option(
    "--var", type=click.Path(file_okay=False, path_type=Path), default=Path("var"), show_default=True,
    help="The folder that holds the data of this classroom.",
)
FILE = click.Path(dir_okay=False, path_type=Path)
EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def classroom() -> None:
    """Run the course on this machine, with log-ins and grades."""


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turns what can go wrong into one line and an exit code."""
    import sqlite3

    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError

    from .refused import Refused

    try:
        yield
    except Refused as error:
        raise click.ClickException(str(error)) from error
    except (DatabaseError, sqlite3.Error) as error:
        raise click.ClickException(f"The database of the data folder cannot be used: {error}.") from error
    except (OSError, ImproperlyConfigured) as error:
        raise click.ClickException(str(error)) from error


def start(var: Path, hosts: tuple[str, ...] = (), behind_https: bool = False) -> None:
    """Start Django on the data folder and bring its tables up to date."""
    from .settings import configure

    configure(var, hosts, behind_https)
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


@classroom.command()
@VAR
@click.argument("archive", type=EXISTING)
def prepare(archive: Path, var: Path) -> None:
    """Load the course ARCHIVE (.tar.gz), and make the administrator if there is none."""
    with plain_errors():
        start(var)
        from .importer import load

        tell(load(archive))
        first_administrator()


def tell(report: Report) -> None:
    """Print what a load did and all that went wrong in it."""
    counts = report.counts
    units, blocks = counts.get("vertical", 0), sum(counts.values())
    state = "Loaded" if report.changed else "Already loaded"
    click.echo(f"{state}: {report.title} – {counts.get('chapter', 0)} modules, {units} units, {blocks} parts.")
    if report.vanished:
        click.echo(f"{report.vanished} earlier parts are gone; what learners did in them is kept.")
    for problem in report.problems:
        click.secho(f"Not available – {problem}" if "/" in problem.place else str(problem), fg="yellow", err=True)


def first_administrator() -> None:
    """Make the account `administrator` unless somebody administers already."""
    from .accounts import Wanted, make
    from .models import Account, Role

    if not Account.objects.filter(role=Role.ADMINISTRATOR).exists():
        print_passwords(make([Wanted("administrator", "Administrator", role=Role.ADMINISTRATOR)]))


def print_passwords(made: list[Made]) -> None:
    """Print generated passwords, the only time that they are shown."""
    click.echo("Passwords for the first log-in, shown only now:")
    for one in made:
        click.echo(f"  {one.account.username}  {one.password}")


@classroom.command()
@VAR
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on; 0.0.0.0 for the network.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option("--name", "names", multiple=True, help="A further name under which people reach this machine.")
@click.option("--behind-https", is_flag=True, help="A proxy on this machine serves HTTPS and passes requests on.")
def serve(var: Path, host: str, port: int, names: tuple[str, ...], behind_https: bool) -> None:
    """Start the server; Ctrl-C ends it."""
    with plain_errors():
        start(var, (host, *names), behind_https)
        from .tree import current

        if current() is None:
            raise click.ClickException(f"{var} holds no course yet. Load one with: prepare ARCHIVE")
        from .server import create

        server = create(host, port, behind_https)
        shown = "localhost" if host in ("0.0.0.0", "::", "127.0.0.1") else host
        click.echo(f"The course is at http://{shown}:{getattr(server, 'effective_port', port)}/ – Ctrl-C ends it.")
        server.run()


@classroom.command("add-account")
@VAR
@click.argument("username")
@click.argument("full_name")
@click.option("--email", default="")
@click.option("--role", type=click.Choice(["trainee", "instructor", "administrator"]), default="trainee")
@click.option("--group", default="", help="The learner's content group.")
def add_account(var: Path, username: str, full_name: str, email: str, role: str, group: str) -> None:
    """Add an account and print its first password."""
    with plain_errors():
        start(var)
        from . import accounts

        wanted = accounts.Wanted(username, full_name, email, role, group)
        if faults := accounts.faults(wanted, course_groups()):
            raise click.ClickException(" ".join(faults))
        print_passwords(accounts.make([wanted]))


def course_groups() -> list[str]:
    """The names of the content groups of the loaded course."""
    from .tree import current

    tree = current()
    return list(tree.groups) if tree else []


@classroom.command("import-accounts")
@VAR
@click.argument("file", type=EXISTING)
def import_accounts(var: Path, file: Path) -> None:
    """Add the accounts in a CSV FILE: all of them or, if a line is wrong, none."""
    with plain_errors():
        start(var)
        from . import accounts

        sheet = accounts.read_sheet(file.read_bytes(), course_groups())
        for mistake in sheet.mistakes:
            click.echo(str(mistake), err=True)
        if sheet.mistakes:
            raise click.ClickException("Nothing has been saved.")
        print_passwords(accounts.make(sheet.wanted))


@classroom.command("reset-password")
@VAR
@click.argument("username")
def reset_password(var: Path, username: str) -> None:
    """Give an account a new generated password and print it."""
    with plain_errors():
        start(var)
        from . import accounts
        from .models import Account

        account = Account.objects.filter(username__iexact=username).first()
        if account is None:
            raise click.ClickException(f"There is no account {username}.")
        print_passwords([accounts.Made(account, accounts.reset_password(account))])


@classroom.command()
@VAR
@click.argument("file", type=FILE)
def backup(var: Path, file: Path) -> None:
    """Save everything to FILE (.tar.gz); the server may keep running."""
    with plain_errors():
        from .backup import save

        click.echo(f"Saved to {save(var, file)}. Keep it private: it holds everybody's data.")


@classroom.command()
@VAR
@click.argument("file", type=EXISTING)
def restore(var: Path, file: Path) -> None:
    """Put a backup back. End the server first; the replaced folder is kept."""
    with plain_errors():
        from .backup import restore as put_back

        kept = put_back(file, var)
        click.echo(f"Restored to {var}." + (f" What was there is now in {kept}." if kept else ""))


@classroom.command()
@VAR
def demo(var: Path) -> None:
    """Add the accounts trainee and instructor to try things out."""
    with plain_errors():
        start(var)
        from .accounts import Wanted, make
        from .models import Account

        wanted = [Wanted("trainee", "Demo Trainee"), Wanted("instructor", "Demo Instructor", role="instructor")]
        missing = [one for one in wanted if not Account.objects.filter(username=one.username).exists()]
        if missing:
            print_passwords(make(missing))
        else:
            click.echo("The demo accounts are there already; reset-password gives them new passwords.")
