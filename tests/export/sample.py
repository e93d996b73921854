# SPDX-License-Identifier: AGPL-3.0-or-later
"""A small course, built in Python, with one of everything that an archive can hold."""

from __future__ import annotations

from typing import Any

from migration_law.model.case_study import CaseStudy
from migration_law.model.corpus import Corpus
from migration_law.model.course import Course, Lesson, Module
from migration_law.model.law import Instrument, Judgment, Library
from migration_law.model.quiz import Quiz

PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>\n'
PHOTO = b"\x89PNG\r\n\x1a\n"

BODY = """\
Start with [[palermo:3(a)]] & read [[chowdury]]. Four alphabets: право, სამართალი, իրավունք, law.

![A ladder of < three > steps](static/ladder.svg)

| Act | Means |
|---|---|
| Recruitment | |

::: example At the border
A guard finds `a < b`. See [the next lesson](lesson:smuggling).
:::

::: quote palermo:3(b)
The consent of a victim shall be irrelevant.
:::

More: [a page](https://example.org/?a=1&b=2), [[protocol-guide:5]], [[directive]], [[committee]].
"""


def question(name: str, **changes: Any) -> dict[str, Any]:
    """A question with one right option, as the sources would give it."""
    return {
        "kind": "choice",
        "id": name,
        "objective": "define",
        "stem": "Which one?\n\n    indented & <code>\n",
        "options": [
            {"id": "a", "text": "This [[palermo:3(a)]]", "correct": True, "feedback": "Yes."},
            {"id": "b", "text": "ის, это, սա ]]>", "feedback": "No."},
        ],
        "explanation": "Because of [[palermo:3(a)]].\n\n\n",
        **changes,
    }


MATCH: dict[str, Any] = {
    "kind": "match",
    "id": "q-match",
    "objective": "define",
    "stem": "Match.",
    "explanation": "So.",
    "points": 2.5,
    "pairs": [
        {"id": "p1", "left": "Left", "right": "Right", "feedback": "F [[chowdury:93]]"},
        {"id": "p2", "left": "Up", "right": "Down", "feedback": "F"},
    ],
    "extra": ["yes"],
}
ORDER: dict[str, Any] = {
    "kind": "order",
    "id": "q-order",
    "objective": "define",
    "stem": "Order.",
    "explanation": "So.",
    "items": [
        {"id": "i1", "text": "One", "feedback": "See [[directive]]"},
        {"id": "i2", "text": "2"},
        {"id": "i3", "text": "no"},
    ],
}
TRUE: dict[str, Any] = {
    "kind": "true-false",
    "id": "q-true",
    "objective": "define",
    "stem": "So?",
    "answer": False,
    "explanation": "So.",
    "feedback_true": "T",
    "feedback_false": "F",
    "hints": ["Look at [[committee]]"],
}


def library() -> Library:
    """A treaty, an act of EU law, soft law, a committee's view and a judgment."""
    source = {"source": "Text read.", "link": "https://example.org/law?a=1&b=2"}
    treaty: dict[str, Any] = {
        "id": "palermo",
        "kind": "treaty",
        "short": "Trafficking Protocol",
        "verified": True,
    } | source
    provision = {"number": "3", "parts": ["(a)", "(b)"], "says": "It defines trafficking."}
    treaty |= {"title": "Protocol on Trafficking", "adopted": "2000-11-15", "in_force": "2003-12-25"}
    guide = {"number": "5", "says": "It guides.", "verified": False}
    return Library(
        [
            Instrument(**treaty, series="2237 UNTS 319", provisions=[provision]),
            Instrument(
                **source,
                id="directive",
                kind="eu-law",
                title="Directive <1>",
                short="Directive",
                adopted="2011-04-05",
                verified=False,
            ),
            Instrument(
                **source,
                id="protocol-guide",
                kind="soft-law",
                title="Guide",
                short="Guide",
                unit="principle",
                adopted="2002-05-20",
                verified=True,
                provisions=[guide],
            ),
            Instrument(
                **source,
                id="committee",
                kind="committee-view",
                title="X v Y",
                short="X v Y",
                unit="paragraph",
                adopted="2019-01-02",
                verified=True,
            ),
        ],
        [
            Judgment(
                **source,
                id="chowdury",
                name="Chowdury and Others v Greece",
                body="European Court of Human Rights",
                date="2017-03-30",
                reference="no 21884/15",
                holding="Forced labour & trafficking.",
                paragraphs=["93"],
                verified=True,
            ),
        ],
    )


def course(**changes: Any) -> Course:
    """The course itself."""
    data = {
        "org": "Org",
        "number": "IML",
        "run": "2026",
        "title": "Law & people",
        "language": "en",
        "start": "2026-01-01T00:00:00Z",
        "end": "2036-01-01T00:00:00Z",
        "image": "course.png",
        "overview": "What binds a State when **people** move.\n\nMore [[palermo]].\n",
        "grading": {
            "quiz": {"type": "Module quiz", "short": "Quiz", "weight": 0.6},
            "case": {"type": "Case study", "short": "Case", "weight": 0.4},
            "pass_mark": 0.6,
        },
        "modules": ["trafficking"],
    }
    return Course(**(data | changes))


def case(**changes: Any) -> CaseStudy:
    """A case study of two stages."""
    data = {
        "id": "builders",
        "title": "The builders",
        "module": "trafficking",
        "objectives": ["define"],
        "minutes": 45,
        "intro": "You are an inspector.",
        "debrief": "Issue, [[chowdury]].",
        "facilitator": "Ask twice.",
        "exhibits": [{"id": "contract", "title": "Contract", "kind": "contract", "text": "1. No pay."}],
        "stages": [
            {
                "id": "one",
                "title": "Arrival",
                "date": "2025-03-03",
                "facts": "F",
                "exhibits": ["contract"],
                "questions": [question("c-1")],
            },
            {"id": "two", "title": "Later", "date": "2025-03-04", "facts": "G", "questions": [TRUE | {"id": "c-2"}]},
        ],
    }
    return CaseStudy(**(data | changes))


def corpus(**changes: Any) -> Corpus:
    """The whole course; `changes` replace parts of it."""
    module = Module(
        id="trafficking",
        title="Trafficking",
        summary="S",
        objectives=[{"id": "define", "text": "Say what it is & is not."}],
        lessons=["definition", "smuggling"],
        quiz="trafficking-quiz",
        cases=["builders"],
    )
    first = Lesson(
        id="definition",
        title="What it is",
        summary="S",
        objectives=["define"],
        minutes=15,
        check="definition-check",
        body=BODY,
    )
    second = Lesson(
        id="smuggling", title="Smuggling", summary="S", objectives=["define"], minutes=1, body="Nothing is cited.\n"
    )
    check = Quiz(
        id="definition-check",
        title="Check",
        intro="Read `x`:\n\n  two\n",
        questions=[question("q-1"), MATCH, ORDER, TRUE],
    )
    graded = Quiz(
        id="trafficking-quiz",
        title="Quiz",
        purpose="graded",
        attempts=2,
        pass_mark=0.6,
        questions=[question("q-2", difficulty="hard")],
    )
    parts: dict[str, Any] = {
        "course": course(),
        "modules": {"trafficking": module},
        "lessons": {"definition": first, "smuggling": second},
        "quizzes": {"definition-check": check, "trafficking-quiz": graded},
        "cases": {"builders": case()},
        "library": library(),
        "static": {
            "migration-law.css": b".ml-lesson { color: inherit; }\n",
            "ladder.svg": PICTURE,
            "course.png": PHOTO,
        },
    }
    return Corpus(**(parts | changes))
