# SPDX-License-Identifier: AGPL-3.0-or-later
"""A course of any number of questions as a folder of sources, written for the build to read."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from .content import LINK, RULES, Question, as_quiz, as_text2qti, questions

TEN = 10
LESSONS_A_MODULE = 50

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>\n'
BODY = """\
## What the rule asks

The file of an official in Arvenia is written for somebody who was not there: [[border-code:9]]. Write **who**, *when*
and what was said, in the words of the person.

| First | Then |
|---|---|
| Listen | Write |
| Care | Decide |

::: example At the border
A guard hears two sentences and writes down one. The second would have changed the decision: [[care-rules:2(b)]].
:::
"""


def write(root: Path, count: int) -> None:
    """Write a course with `count` questions into the empty folder `root`: ten graded ones, and ten under each lesson."""
    lessons = [_lesson(root, number) for number in range(count // TEN - 1)]
    modules = [lessons[start : start + LESSONS_A_MODULE] for start in range(0, len(lessons), LESSONS_A_MODULE)]
    names = [_module(root, number, held) for number, held in enumerate(modules)]
    _put(root / "course" / "course.yaml", _course(names))
    for name, short in sorted({(name, short) for name, short, _ in RULES}):
        _put(root / "course" / "law" / "instruments" / f"{name}.yaml", _instrument(name, short))
    _text(root / "course" / "static" / "course.svg", PICTURE)
    for empty in ("course/law/judgments", "case_studies"):
        (root / empty).mkdir(parents=True, exist_ok=True)


def _lesson(root: Path, number: int) -> str:
    module, name = f"module-{number // LESSONS_A_MODULE}", f"lesson-{number}"
    asked = questions(TEN, after=(number + 1) * TEN)
    head = {
        "id": name, "title": f"Lesson {number}", "summary": f"What to write in file {number}.",
        "objectives": [f"decide-{module}"], "minutes": "15", "check": f"check-{number}",
    }  # fmt: skip
    _put(root / "quizzes" / module / f"check-{number}.yaml", _quiz(asked, f"check-{number}", module, "practice"))
    _text(root / "course" / "modules" / module / f"{name}.md", f"---\n{_yaml(head)}---\n{BODY}")
    return name


def _quiz(asked: tuple[Question, ...], name: str, module: str, purpose: str) -> dict[str, Any]:
    quiz: dict[str, Any] = as_quiz(asked, name, purpose=purpose)
    for item in quiz["questions"]:
        item["objective"] = f"decide-{module}"
    return quiz


def _module(root: Path, number: int, lessons: list[str]) -> str:
    name = f"module-{number}"
    objective = {"id": f"decide-{name}", "text": "Decide what to write down first."}
    quiz = {} if number else {"quiz": _graded(root, name)}
    data = {"id": name, "title": f"Module {number}", "summary": "Files.", "objectives": [objective], "lessons": lessons}
    _put(root / "course" / "modules" / name / "module.yaml", data | quiz)
    return name


def _graded(root: Path, module: str) -> str:
    _put(root / "quizzes" / module / "graded.yaml", _quiz(questions(TEN), "graded", module, "graded"))
    return "graded"


def _course(modules: list[str]) -> dict[str, Any]:
    quiz = {"type": "Module quiz", "short": "Quiz", "weight": "0.6"}
    return {
        "format": "1", "org": "Bench", "number": "BENCH", "run": "2026", "title": "A large course", "language": "en",
        "start": "2026-01-01T00:00:00Z", "end": "2036-01-01T00:00:00Z", "image": "course.svg",
        "overview": "Many questions.", "modules": modules,
        "grading": {"quiz": quiz, "case": {"type": "Case study", "short": "Case", "weight": "0.4"}, "pass_mark": "0.6"},
    }  # fmt: skip


def _instrument(name: str, short: str) -> dict[str, Any]:
    return {
        "id": name, "kind": "soft-law", "title": f"{short} of Arvenia", "short": short, "adopted": "2020-01-01",
        "link": LINK.format(id=name), "source": "Made up.", "verified": "true",
        "provisions": [_provision(place) for known, _, place in RULES if known == name],
    }  # fmt: skip


def _provision(place: str) -> dict[str, Any]:
    number, bracket, part = place.partition("(")
    return {"number": number, **({"parts": [bracket + part]} if bracket else {})}


def _yaml(data: dict[str, Any]) -> str:
    return str(import_module("migration_law.notation").dump(data))


def _put(path: Path, data: dict[str, Any]) -> None:
    _text(path, _yaml(data))


def _text(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    place, asked = Path(sys.argv[1]), int(sys.argv[2])
    write(place, asked)
    _text(place / "quiz.txt", as_text2qti(questions(asked)))
