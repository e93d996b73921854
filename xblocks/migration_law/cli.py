# SPDX-License-Identifier: AGPL-3.0-or-later
"""The command `migration-law`."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

try:
    import click
except ModuleNotFoundError:
    sys.exit("The command needs more than the blocks do. Install it with: pip install 'migration-law[author]'")

from migration_law import __version__

if TYPE_CHECKING:
    from migration_law.source import Reading

ROOT = click.Path(exists=True, file_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


class _Commands(click.Group):
    """The commands; `classroom` is imported only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), "classroom"])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return _classroom() if cmd_name == "classroom" else super().get_command(ctx, cmd_name)


def _classroom() -> click.Command:
    try:
        from migration_law.classroom.commands import classroom
    except ModuleNotFoundError as error:
        return _not_installed(error.name or "")
    return classroom


def _not_installed(name: str) -> click.Command:
    @click.command("classroom", context_settings={"ignore_unknown_options": True}, add_help_option=False,
                   short_help="The local server; needs pip install 'migration-law[classroom]'.")  # fmt: skip
    @click.argument("arguments", nargs=-1)
    def missing(arguments: tuple[str, ...]) -> None:
        raise click.ClickException(f"{name} is not installed. Install it with: pip install 'migration-law[classroom]'")

    return missing


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="migration-law")
def main() -> None:
    """Check, build and teach a course on international migration law."""


@main.command()
@click.argument("root", type=ROOT, default=Path())
@click.option("--with", "overlay", type=ROOT, help="A folder whose quizzes, case studies and course files come on top.")
def check(root: Path, overlay: Path | None) -> None:
    """Find every mistake in the sources in ROOT (here, if left out).

    Each mistake is one line: file, line, column, code, what is wrong, and what to do. Exit status 1 if there are any.
    """
    click.echo(f"{_sound(root, overlay).counts}: no mistakes")


def _sound(root: Path, overlay: Path | None) -> Reading:
    """The sources, if nothing is wrong with them; otherwise prints what is, and ends."""
    from migration_law import source

    reading = source.read(root, overlay)
    for problem in reading.problems:
        click.echo(_printable(str(problem)))
    if reading.problems:
        count = len(reading.problems)
        read = f"{reading.counts}: " if reading.counts.courses else ""
        click.echo(f"{read}{count:,} {'mistake' if count == 1 else 'mistakes'}", err=True)
        sys.exit(1)
    return reading


def _printable(line: str) -> str:
    """A line without the control characters that a source or file name may bring to a terminal."""
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in line)


@main.command()
@click.argument("root", type=ROOT, default=Path())
@click.option("--out", type=FOLDER, default=Path("dist"), show_default=True, help="Where the archive and its manifest go.")
@click.option("--with", "overlay", type=ROOT, help="A folder whose quizzes, case studies and course files come on top.")
def build(root: Path, out: Path, overlay: Path | None) -> None:
    """Write the Open edX archive of the course in ROOT. Nothing is written if the sources have mistakes."""
    reading = _sound(root, overlay)
    from migration_law import export

    assert reading.corpus is not None
    try:
        report = export.build(reading.corpus, out)
    except export.ManifestError as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise _not_written(out, error) from None
    for change in report.changes:
        click.echo(f"warning: {change}", err=True)
    for problem in report.problems:
        click.echo(str(problem))
    if not report.ok:
        raise click.ClickException("nothing was written: the archive would not import as it should")
    click.echo(f"{report.archive}: {report.blocks} blocks ({_counted(report.counts)})")
    click.echo(f"{report.manifest}: what `migration-law verify` compares with")


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items()))


@main.command()
@click.argument("archive", type=FILE, metavar="EXPORT.tar.gz")
@click.option("--manifest", type=FILE, default=Path("dist/manifest.json"), show_default=True, help="The manifest of the build.")
def verify(archive: Path, manifest: Path) -> None:
    """Compare a course exported from Studio with the manifest of what was imported."""
    from migration_law import export

    report = export.verify(manifest, archive)
    if report.error:
        raise click.ClickException(report.error)
    click.echo(str(report))
    sys.exit(0 if report.ok else 1)


@main.command()
@click.option("--out", type=FOLDER, help="A folder for one file a kind of source; printed if left out.")
def schema(out: Path | None) -> None:
    """Write the JSON Schemas of the sources, for editors that check and complete."""
    from migration_law.source.schema import schemas

    written = schemas()
    if out is None:
        click.echo(_json(written))
        return
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, content in written.items():
            (out / f"{name}.json").write_text(_json(content) + "\n", encoding="utf-8")
    except OSError as error:
        raise _not_written(out, error) from None
    click.echo(f"{out}: {len(written)} schemas")


def _not_written(out: Path, error: OSError) -> click.ClickException:
    return click.ClickException(f"{error.filename or out}: {error.strerror or error}; name another folder with --out")


def _json(data: Any) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False)


if __name__ == "__main__":
    main()
