# SPDX-License-Identifier: AGPL-3.0-or-later
"""A quiz with every kind of question and a case of three stages, every hidden text of which holds a word of its own."""

from __future__ import annotations

from typing import Any

from blocks.runtime import Place
from migration_law import notation

RIGHT: dict[str, Any] = {
    "q-choice": ["Right choice"],
    "q-choices": ["Good one", "Good two"],
    "q-tf": ["True"],
    "q-match": {"Left one": "Fits one", "Left two": "Fits two"},
    "q-order": {"Step one": "1", "Step two": "2", "Step three": "3"},
}
WRONG: dict[str, Any] = {
    "q-choice": ["Wrong choice"],
    "q-choices": ["Bad one"],
    "q-tf": ["False"],
    "q-match": {"Left one": "Fits two", "Left two": "Fits one"},
    "q-order": {"Step one": "3", "Step two": "2", "Step three": "1"},
}


def secret(name: str) -> str:
    """A word that stands nowhere but in one hidden text."""
    return f"zq{name.replace('-', '')}zq"


def _common(name: str, kind: str, **more: Any) -> dict[str, Any]:
    hidden = {
        "hints": [secret(f"{name}-hint1"), secret(f"{name}-hint2")],
        "explanation": f"{secret(f'{name}-why')} [[hidden-{name}]]",
    }
    return {"kind": kind, "id": name, "objective": "aim", "stem": f"Stem of {name} [[shown]]", **hidden, **more}


def choice(name: str = "q-choice") -> dict[str, Any]:
    options = [
        {"id": "a", "text": "Wrong choice", "feedback": secret(f"{name}-fa")},
        {"id": "b", "text": "Right choice", "correct": True, "feedback": secret(f"{name}-fb")},
    ]
    return _common(name, "choice", options=options)


def questions() -> list[dict[str, Any]]:
    """A question of each kind."""
    several = [
        {"id": "a", "text": "Good one", "correct": True, "feedback": secret("q-choices-fa")},
        {"id": "b", "text": "Bad one", "feedback": secret("q-choices-fb")},
        {"id": "c", "text": "Good two", "correct": True, "feedback": secret("q-choices-fc")},
    ]
    pairs = [
        {"id": "p1", "left": "Left one", "right": "Fits one", "feedback": secret("q-match-f1")},
        {"id": "p2", "left": "Left two", "right": "Fits two", "feedback": secret("q-match-f2")},
    ]
    items = [
        {"id": f"i{n}", "text": f"Step {word}", "feedback": secret(f"q-order-f{n}")}
        for n, word in enumerate(("one", "two", "three"), 1)
    ]
    return [
        choice(),
        _common("q-choices", "choices", options=several, points=2),
        _common("q-tf", "true-false", answer=True, feedback_true=secret("q-tf-ft"), feedback_false=secret("q-tf-ff")),
        _common("q-match", "match", pairs=pairs, extra=["Fits nothing"]),
        _common("q-order", "order", items=items),
    ]  # fmt: skip


POINTS = 6


def source(name: str) -> dict[str, Any]:
    return {
        "id": name, "kind": "treaty", "label": f"Label-{name}", "title": f"Title-{name}", "unit": "art",
        "link": f"https://example.org/{name}", "details": [f"details-{name}"],
    }  # fmt: skip


def _sources(*hidden: str) -> list[dict[str, Any]]:
    return [source("shown"), *(source(name) for name in hidden)]


def quiz_data(**rules: Any) -> dict[str, Any]:
    hidden = [f"hidden-{name}" for name in RIGHT]
    given = {name: value for name, value in rules.items() if value is not None}
    return {
        "format": 1, "id": "sample", "title": "Sample quiz", "intro": "An introduction.", **given,
        "questions": questions(), "sources": _sources(*hidden),
    }  # fmt: skip


def quiz(settings: dict[str, Any] | None = None, **rules: Any) -> Place:
    """A practice quiz, or with `purpose="graded"` another, in its place."""
    return Place("law_quiz").write(notation.dump(quiz_data(**rules)), **(settings or {}))


def graded(settings: dict[str, Any] | None = None, **rules: Any) -> Place:
    return quiz(settings, **{"purpose": "graded", "attempts": 2, "pass_mark": 0.5, **rules})


STAGES = ("one", "two", "three")


def case_data() -> dict[str, Any]:
    stages = [
        {"id": f"stage-{name}", "title": f"Title {secret(f'title-{name}')}", "date": f"2025-03-0{day}",
         "facts": f"{secret(f'facts-{name}')} [[facts-{name}]]", "exhibits": [f"exhibit-{name}"],
         "questions": [choice(f"c-{name}")]}
        for day, name in enumerate(STAGES, 1)
    ]  # fmt: skip
    exhibits = [
        {"id": f"exhibit-{name}", "title": secret(f"exhibit-{name}"), "kind": "letter", "text": secret(f"letter-{name}")}
        for name in STAGES
    ]
    cited = [*(f"facts-{name}" for name in STAGES), *(f"hidden-c-{name}" for name in STAGES), "debriefed", "facilitated"]
    return {
        "format": 1, "id": "sample-case", "title": "Sample case", "module": "m", "objectives": ["aim"], "minutes": 10,
        "intro": "An introduction.", "exhibits": exhibits, "stages": stages, "debrief": f"{secret('debrief')} [[debriefed]]",
        "facilitator": f"{secret('facilitator')} [[facilitated]]", "sources": _sources(*cited),
    }  # fmt: skip


def case(settings: dict[str, Any] | None = None) -> Place:
    """A case study in its place."""
    return Place("law_case_study").write(notation.dump(case_data()), **(settings or {}))
