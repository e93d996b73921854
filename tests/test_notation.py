# SPDX-License-Identifier: AGPL-3.0-or-later
"""YAML in, plain strings out, and back again; whatever is clever or hostile is refused with a place."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from migration_law import notation
from migration_law.notation import NotationError, Place

ALLOWED = st.characters(exclude_categories=["Cs"]).filter(
    lambda char: char.isprintable() or char in "\n\t\x85\u2028\u00a0\u3000"
)
TEXT = st.text(ALLOWED, max_size=30) | st.sampled_from([
    "", " ", "\n", "\n\n", " a", "a ", "a\n", "\na", "a\n\n b\n", "  a\n b", "- a", "a: b", "a #b", "#", "'", '"', "[[a]]",
    "{", "&a", "*a", "!a",
    "|", ">", "%", "@", "`", "?", "null", "~", "true", "no", "1", "0x1", "1e3", "2021-10-07", "---", "...",
    "<<", "=", "a\tb", "\t", "a\n\tb",
    "\ufeff", "a\r\nb", "a\rb", "\x85", "a\u2028b", "a\x07", "long " * 60, "é\n日本\n😀",
])  # fmt: skip
DATA = st.recursive(
    TEXT, lambda inside: st.lists(inside, max_size=4) | st.dictionaries(TEXT, inside, max_size=4), max_leaves=15
)


@given(DATA)
@example({"a": [{"b": " x\ny"}]})
@example([["\n a\n"]])
def test_what_is_written_is_read_back(data: notation.Data) -> None:
    assert notation.load(notation.dump(data)).data == data


@given(st.text(max_size=60) | st.text("[]{}:,-?|>&*!%@`'\"# \n\tab", max_size=60))
@example("\ud800")
@example("\0")
@example("a: &a [*a, *a]")
def test_any_text_is_read_or_refused(text: str) -> None:
    document = notation.scan(text)
    for mistake in document.mistakes:
        assert 1 <= mistake.place.line <= text.count("\n") + len(text.splitlines()) + 2 and mistake.place.column >= 1
        assert ";" in mistake.message
    if not document.mistakes:
        assert notation.load(text).data == document.data


@pytest.mark.parametrize("scalar", ["2021-10-07", "NO", "9.10", "0o17", "1_000", "null", "~", "1:30", "true", ".inf", "0x1F"])
def test_scalars_are_text(scalar: str) -> None:
    assert notation.load(f"a: {scalar}").data == {"a": scalar}


def test_nothing_written_is_none_and_quoted_nothing_is_text() -> None:
    assert notation.load("a:\nb: ''\nc: |\n").data == {"a": None, "b": "", "c": ""}
    assert notation.load("# only a comment\n").data is None


@pytest.mark.parametrize(("text", "expected"), [
    ("a: 1\nb: 2\na: 3", "3:1 duplicate-key"),
    ("a:\n  - &x b", "2:5 yaml-anchor"),
    ("a: *x", "1:4 yaml-anchor"),
    ("a: !!python/object:os.system x", "1:4 yaml-tag"),
    ("a: !x [b]", "1:4 yaml-tag"),
    ("a: [[palermo]]", "1:4 unquoted-citation"),
    ("a: [[palermo:3(a)]] says", "1:4 unquoted-citation"),
    ("a: b: c", "1:5 yaml-syntax"),
    ("a: 'b", "1:6 yaml-syntax"),
    ("? [a]\n: b", "1:3 yaml-syntax"),
    ("a\n---\nb", "3:1 yaml-syntax"),
    ("a: \x01", "1:4 yaml-character"),
    ("a:\n  b\ud800", "2:4 yaml-character"),
    ("[" * 3 + " x", "1:1 unquoted-citation"),
    ("{a: " * 31, "1:121 too-deep"),
    ("x" * 2_000_001, "1:1 too-large"),
])  # fmt: skip
def test_a_mistake_has_a_place_and_a_code(text: str, expected: str) -> None:
    with pytest.raises(NotationError) as caught:
        notation.load(text)
    error = caught.value
    assert f"{error.place.line}:{error.place.column} {error.code}" == expected
    assert str(error).startswith(expected.replace(" ", ": "))


def test_all_mistakes_are_found_at_once() -> None:
    document = notation.scan("a: 1\na: 2\nb: [[x]]\nc: &y z\nd: !t u\ne: 'open")
    assert [(mistake.place.line, mistake.code) for mistake in document.mistakes] == [
        (2, "duplicate-key"), (3, "unquoted-citation"), (4, "yaml-anchor"), (5, "yaml-tag"), (6, "yaml-syntax"),
    ]  # fmt: skip
    assert document.data is None


def test_what_can_be_read_is_read_beside_the_mistakes() -> None:
    assert notation.scan("a: 1\na: 2\nb: &y z").data == {"a": "1", "b": "z"}


def test_every_value_and_key_has_a_place() -> None:
    document = notation.load("a:\n  - b: c\n    d: |\n      e\n  - [f, 'g']\n")
    assert document.place(("a",)) == Place(2, 3)
    assert document.place(("a", 0, "d")) == Place(3, 8)
    assert document.key_place(("a", 0, "d")) == Place(3, 5)
    assert document.place(("a", 1, 1)) == Place(5, 9)
    assert document.place(("a", 0, "none")) == document.place(("a", 0)) == Place(2, 5)
    assert document.key_place(("none",)) == Place(1, 1)


@pytest.mark.parametrize("text", [
    "[" * 100_000, "{a: " * 100_000, "- " * 100_000, "a: &a [" + "*a, " * 10_000 + "]",
    "? " * 100_000, "'" * 200_001, "!" * 100_000,
])  # fmt: skip
def test_hostile_texts_end(text: str) -> None:
    assert notation.scan(text).mistakes


def test_several_lines_are_written_as_a_block() -> None:
    assert notation.dump({"a": "one\ntwo\n", "b": ["c"], "d": []}) == "a: |\n  one\n  two\nb:\n  - c\nd: []\n"


@pytest.mark.parametrize(("text", "expected"), [
    ("---\nid: a\n---\nBody\n", ("\nid: a\n", "Body\n", 3)),
    ("--- \nid: a\n--- \n", ("\nid: a\n", "", 3)),
    ("---\n---\n---\nmore", ("\n\n", "---\nmore", 2)),
])  # fmt: skip
def test_front_matter(text: str, expected: tuple[str, str, int]) -> None:
    assert notation.split_front_matter(text) == expected


@pytest.mark.parametrize("text", ["", "Body", "---\nid: a\n", "\n---\nid: a\n---\n"])
def test_no_front_matter(text: str) -> None:
    with pytest.raises(NotationError, match="no-front-matter"):
        notation.split_front_matter(text)


def test_a_kind_of_dict_or_list_is_written_as_one() -> None:
    class Kept(dict[str, object]): ...

    class Row(list[str]): ...

    assert notation.dump(Kept(a=Row(["b"]))) == notation.dump({"a": ["b"]})
