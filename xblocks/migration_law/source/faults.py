# SPDX-License-Identifier: AGPL-3.0-or-later
"""What pydantic finds wrong with plain data, in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, NamedTuple

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from migration_law.model.base import Thing
from migration_law.model.quiz import Quiz
from migration_law.notation import Document, Path, Place

from .codes import CODES
from .shape import fields, kind_at


class Fault(NamedTuple):
    """A mistake in data: the path to the value, whether its key is at fault, the code and the message."""

    path: Path
    at_key: bool
    code: str
    message: str

    def place(self, document: Document) -> Place:
        """Where it stands: at the key that it is about, or at the value."""
        for key in ABOUT.get(self.code, ()):
            if key in _at(document.data, self.path):
                return document.key_place((*self.path, key))
        return document.key_place(self.path) if self.at_key else document.place(self.path)


def _at(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


ABOUT = {
    "no-right-answer": ("options",), "several-right-answers": ("options",), "weights": ("quiz",),
    "practice-has-no-limit": ("attempts", "pass_mark"), "graded-feedback": ("feedback",),
    "no-question": ("stages",), "stage-dates": ("stages",), "unused-exhibit": ("exhibits",),
}  # fmt: skip
"""The keys that a mistake in a whole thing is about."""

ELSEWHERE = re.compile(r"among the (questions|exhibits released)|no exhibit is called")
"""What `references` finds, too, and places better."""


def faults(kind: type[Thing], data: dict[str, Any]) -> tuple[Thing | None, list[Fault]]:
    """The thing that the data is, or all that is wrong with it."""
    try:
        return kind.model_validate(data), []
    except ValidationError as error:
        found = [_fault(kind, data, detail) for detail in error.errors(include_url=False) if not _is_echo(detail)]
    if kind is Quiz:
        found.extend(fault for fault in _rules_of_quiz(data) if fault not in found)
    return None, [fault for fault in found if not ELSEWHERE.search(fault.message)]


def _rules_of_quiz(data: dict[str, Any]) -> Iterator[Fault]:
    """What is wrong with a quiz's own rules, which pydantic looks at only once the questions are right."""
    question = {"kind": "true-false", "id": "q", "objective": "o", "stem": "s", "answer": "true",
                "feedback_true": "t", "feedback_false": "f", "explanation": "e"}  # fmt: skip
    try:
        Quiz.model_validate({**data, "questions": [question]})
    except ValidationError as error:
        yield from (_fault(Quiz, data, detail) for detail in error.errors(include_url=False) if detail["type"] in CODES)


def _is_echo(detail: ErrorDetails) -> bool:
    """Whether pydantic finds a list too short only because what is in it is wrong."""
    value, context = detail["input"], detail.get("ctx") or {}
    return detail["type"] == "too_short" and isinstance(value, list) and len(value) >= context["min_length"]


def _fault(kind: type[Thing], data: dict[str, Any], detail: ErrorDetails) -> Fault:
    what = detail["type"]
    path, last = _path(data, detail["loc"])
    if what in CODES:
        return Fault(path, False, what, detail["msg"])
    if what in ("missing", "union_tag_not_found"):
        name = last if what == "missing" else "kind"
        return Fault(path, False, "missing-key", f"the key `{name}` is missing; write `{name}:` and its value")
    if what == "extra_forbidden":
        return Fault(path, True, "unknown-key", _unknown_key(kind_at(kind, data, path[:-1]), path[-1]))
    if what == "union_tag_invalid":
        path = (*path, "kind")
    code, message = _words(what, detail["input"], detail.get("ctx") or {})
    return Fault(path, False, code, message)


def _path(data: Any, loc: tuple[int | str, ...]) -> tuple[Path, str]:
    """The way to the value, without the names of kinds that pydantic puts between; and the last step of `loc`."""
    path: list[int | str] = []
    for step in loc:
        is_kind = isinstance(data, dict) and data.get("kind") == step
        inside = step in data if isinstance(data, dict) else isinstance(data, list) and isinstance(step, int)
        if inside and not is_kind:
            path.append(step)
            data = data[step]
    return tuple(path), str(loc[-1]) if loc else ""


def _unknown_key(kind: type[Thing] | None, key: object) -> str:
    known = list(fields(kind)) if kind else []
    return f"nothing reads the key `{key}` here; {suggest(str(key), known) or 'take it out, or use one of ' + ', '.join(known)}"


def suggest(name: str, known: Iterable[str]) -> str:
    """A question with the nearest known name, or nothing."""
    near = get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    return f"did you mean `{near[0]}`?" if near else ""


TYPES = {
    "string": ("text", "write text, in quotes or as a `|` block"),
    "int": ("a whole number", "write a number such as 2"),
    "float": ("a number", "write a number such as 0.5"),
    "finite": ("a number", "write a number such as 0.5"),
    "bool": ("true or false", "write one of the two"),
    "datetime": ("a date and time", "write it as 2026-01-31T00:00:00Z"),
    "timezone": ("a date and time", "write it as 2026-01-31T00:00:00Z"),
    "date": ("a date", "write year, month and day, such as 2025-03-31"),
    "tuple": ("a list", "write each entry on a line of its own, after `- `"),
    "list": ("a list", "write each entry on a line of its own, after `- `"),
    "model": ("something with keys", "write its keys on lines of their own, indented"),
    "dict": ("something with keys", "write its keys on lines of their own, indented"),
}
"""What is expected, by the first word of pydantic's name for the error, and how to write it."""

LIMITS = {
    "greater_than": ("above", "gt"), "greater_than_equal": ("at least", "ge"),
    "less_than": ("below", "lt"), "less_than_equal": ("at most", "le"),
}  # fmt: skip

PATTERNS = (
    ("a-z0-9]+(", "lower-case letters, digits and single hyphens", "write it such as act-means-purpose"),
    ("https", "a link that begins with https://", "write the whole address"),
    ("A-Za-z0-9_-", "letters, digits, `_` and `-`", "take the other characters out"),
    ("a-z]{2}", "a language code", "write one such as en or pt-BR"),
)
"""A piece of each pattern in the model, and what it means."""


def _words(what: str, value: object, context: Mapping[str, Any]) -> tuple[str, str]:
    """A code and message for an error of pydantic's, by its name."""
    if what == "string_pattern_mismatch":
        return "bad-value", _pattern(value, str(context.get("pattern")))
    if what in ("literal_error", "union_tag_invalid"):
        return "bad-value", _one_of(value, str(context.get("expected") or context.get("expected_tags")))
    if what in LIMITS:
        word, key = LIMITS[what]
        return "bad-value", f"should be {word} {context[key]:g}, is {_shown(value)}; change the number"
    if what in ("string_too_short", "string_too_long", "too_short", "too_long"):
        return "bad-value", _length(what, value, context)
    if (first := what.partition("_")[0]) in TYPES:
        expected, cure = TYPES[first]
        return "wrong-type", f"should be {expected}, is {_shown(value)}; {cure}"
    return "bad-value", f"{_shown(value)} is not allowed here; correct it"


def _pattern(value: object, pattern: str) -> str:
    for sign, expected, cure in PATTERNS:
        if sign in pattern:
            return f"should be {expected}, is {_shown(value)}; {cure}"
    return f"{_shown(value)} is not written as it should be; correct it"


def _one_of(value: object, expected: str) -> str:
    known = re.findall(r"'([^']*)'", expected)
    name = value.get("kind") if isinstance(value, dict) else value
    cure = suggest(name, known) if isinstance(name, str) else ""
    return f"should be one of {', '.join(known)}, is {_shown(name)}; {cure or 'choose one of them'}"


def _length(what: str, value: object, context: Mapping[str, Any]) -> str:
    unit = "characters" if what.startswith("string") else "entries"
    if what == "string_too_short":
        return "nothing is written here; write something, or take the key out if it may be left out"
    if what == "too_short":
        return f"has {context['actual_length']} {unit}; write at least {context['min_length']}"
    actual = len(value) if isinstance(value, (str, list)) else context.get("actual_length", "too many")
    return f"has {actual} {unit}; write at most {context['max_length']}"


def _shown(value: object) -> str:
    if value is None or value == "":
        return "empty"
    if isinstance(value, (list, tuple)):
        return "a list"
    if isinstance(value, str):
        return repr(value if len(value) <= 40 else f"{value[:37]}...")
    return "something with keys"
