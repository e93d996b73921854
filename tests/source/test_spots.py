# SPDX-License-Identifier: AGPL-3.0-or-later
"""A place in a value is found in the file, in whatever style the value is written."""

from __future__ import annotations

import pytest
from migration_law import notation
from migration_law.notation import Place
from migration_law.source.spots import spot


@pytest.mark.parametrize(("text", "path", "expected"), [
    ("a: one HERE two", ("a",), (1, 8)),
    ("a: 'one HERE two'", ("a",), (1, 9)),
    ('a: "one HERE two"', ("a",), (1, 9)),
    ("a:\n  - x\n  - HERE", ("a", 1), (3, 5)),
    ("a: |\n  one\n  two HERE\n", ("a",), (3, 7)),
    ("a: |\n\n  one\n\n    HERE\n", ("a",), (5, 5)),
    ("a: |2\n    HERE\n", ("a",), (2, 5)),
    ("a: |-\n  HERE\n", ("a",), (2, 3)),
    ("a: {b: [x, HERE]}", ("a", "b", 1), (1, 12)),
    ("HERE", (), (1, 1)),
    ("é: ü HERE", ("é",), (1, 6)),
])  # fmt: skip
def test_a_place_is_found(text: str, path: notation.Path, expected: tuple[int, int]) -> None:
    assert _spot(text, path) == Place(*expected)
    line = text.split("\n")[expected[0] - 1]
    assert line[expected[1] - 1 :].startswith("HERE")


@pytest.mark.parametrize(("text", "start"), [
    ("a: >\n  one\n  HERE\n", (1, 4)),
    ("a: one\n  two HERE\n", (1, 4)),
    ('a: "one\\tHERE"', (1, 4)),
    ("a: 'it''s HERE'", (1, 4)),
])  # fmt: skip
def test_where_it_is_unclear_the_place_is_that_of_the_value(text: str, start: tuple[int, int]) -> None:
    assert _spot(text, ("a",)) == Place(*start)


def _spot(text: str, path: notation.Path) -> Place:
    document = notation.load(text)
    value = document.data
    for step in path:
        value = value[step]
    return spot(text.split("\n"), document.place(path), value, value.index("HERE"))
