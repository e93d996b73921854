# SPDX-License-Identifier: AGPL-3.0-or-later
"""From an offset in a value to the line and column of the file."""

from __future__ import annotations

from migration_law.notation import Place


def spot(lines: list[str], start: Place, value: str, offset: int) -> Place:
    """Where the character at `offset` of a YAML value stands, given where the value starts; that start if it is unclear."""
    first = lines[start.line - 1][start.column - 1 :] if start.line <= len(lines) else ""
    if first[:1] in ("|", ">"):
        return _in_block(lines, start, value, offset, folded=first[0] == ">")
    return _in_line(first, start, value, offset)


def _in_block(lines: list[str], start: Place, value: str, offset: int, folded: bool) -> Place:
    """In a literal block each line of the value is the end of a line of the file."""
    before = value[:offset]
    number, column = before.count("\n"), len(before) - before.rfind("\n") - 1
    row = start.line + number
    line = value.split("\n")[number]
    if folded or row >= len(lines) or not lines[row].endswith(line):
        return start
    return Place(row + 1, len(lines[row]) - len(line) + column + 1)


def _in_line(first: str, start: Place, value: str, offset: int) -> Place:
    """On one line, up to the offset, a value stands as it is, after its quote if it has one."""
    quoted = first[:1] in ("'", '"')
    if not first[quoted:].startswith(value[: offset + 1]):
        return start
    return Place(start.line, start.column + quoted + offset)
