# SPDX-License-Identifier: AGPL-3.0-or-later
"""Made-up single-choice questions, as long as those of the course, in the form that each side takes."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass

CASES = (
    "an adult was carried over the border in a closed lorry and put to work on a building site without pay",
    "a boy of *sixteen* was told that he would study, and was made to sell flowers until late at night",
    "a driver took money for a journey, left the passengers near the border and drove back alone",
    "a cleaner was promised a contract, and her passport was taken away *for safe keeping* on the first day",
    "a family asked for protection at the airport and was put on the next flight before anybody wrote it down",
)
ACTS = ("opens a file and asks for an interpreter", "sends the person to the transit area", "calls the police of the district",
        "writes down the words that the person used", "asks for the papers of everybody in the group",
        "lets the person rest before any question is asked")  # fmt: skip
WHYS = ("It settles the question before the facts are known, and nobody can go back to it later.",
        "It keeps what the person said, so that whoever decides later can read it in *their* own words.",
        "It may be useful, but it does not answer what the rule asks of the official at this point.")  # fmt: skip
RULES = (("border-code", "Border Code", "4(1)"), ("border-code", "Border Code", "9"), ("care-rules", "Care Rules", "2(b)"))
LINK = "https://example.org/law/{id}"


@dataclass(frozen=True)
class Option:
    """An option of a question; `text` and `feedback` are Markdown with emphasis only."""

    id: str
    text: str
    correct: bool
    feedback: str


@dataclass(frozen=True)
class Question:
    """A question with one right option. `explanation` holds citations; everything is Markdown."""

    number: int
    stem: str
    options: tuple[Option, ...]
    hint: str
    explanation: str


def question(number: int) -> Question:
    """The question of that number, always the same, unlike any other."""
    case, right = CASES[number % len(CASES)], number % 4
    stem = (
        f"File {number} of the service of Arvenia says that {case}. The official on duty has {number % 7 + 2} minutes "
        "and one telephone. Nobody else who could decide is in the building. Read the rule once more before you "
        "answer, and leave out what you only suppose. **What does the official do first?**"
    )
    return Question(number, stem, tuple(_option(number, n, n == right) for n in range(4)), _hint(number), _explanation(number))


def _option(number: int, place: int, right: bool) -> Option:
    act, why = ACTS[(number + place) % len(ACTS)], WHYS[1 if right else (number + place) % 2 * 2]
    text = f"The official {act}, and tells the colleague of shift {number * 4 + place} before going on."
    return Option("abcd"[place], text, right, f"{'Right.' if right else 'Not right.'} {why}")


def _hint(number: int) -> str:
    return f"Look at what the person in file {number} has *already* said, and to whom."


def _explanation(number: int) -> str:
    cited = ", ".join(f"[[{name}:{place}]]" for name, _, place in RULES)
    return (
        f"The rule for file {number} has three parts, and they stand in different places: {cited}. The first tells the "
        "official to listen, the second to write, the third to care. None of them lets the official *wait* until "
        "somebody else has decided who the person is."
    )


def questions(count: int, after: int = 0) -> tuple[Question, ...]:
    """`count` questions, those after the first `after`."""
    return tuple(question(number) for number in range(after + 1, after + count + 1))


def as_html(markdown: str) -> str:
    """The Markdown used here as HTML: what an author of the peer would have typed."""
    marked = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", html.escape(markdown, quote=False))
    marked = re.sub(r"\*(.+?)\*", r"<em>\1</em>", marked)
    for name, short, place in RULES:
        anchor = f'<a href="{LINK.format(id=name)}">{short}, art {place}</a>'
        marked = marked.replace(f"[[{name}:{place}]]", anchor)
    return marked


def words(markdown: str) -> str:
    """The Markdown used here as a reader sees it, without marks."""
    return markdown.replace("*", "")


def as_quiz(asked: Iterable[Question], name: str = "bench", **settings: object) -> dict[str, object]:
    """A quiz in this course's notation, as plain data."""
    return {"format": 1, "id": name, "title": "Ten questions", **settings, "questions": [_as_item(item) for item in asked]}


def _as_item(asked: Question) -> dict[str, object]:
    return {
        "kind": "choice", "id": f"q-{asked.number}", "objective": "decide", "stem": asked.stem,
        "options": [_as_option(option) for option in asked.options],
        "hints": [asked.hint], "explanation": asked.explanation,
    }  # fmt: skip


def _as_option(option: Option) -> dict[str, object]:
    right = {"correct": "true"} if option.correct else {}
    return {"id": option.id, "text": option.text, **right, "feedback": option.feedback}


def as_sources() -> list[dict[str, object]]:
    """The sources that the explanations cite, as a block carries them."""
    return [_as_source(name) for name in sorted({name for name, _, _ in RULES})]


def _as_source(name: str) -> dict[str, object]:
    short = next(short for known, short, _ in RULES if known == name)
    return {
        "id": name, "kind": "soft-law", "label": short, "title": f"{short} of Arvenia", "unit": "art",
        "link": LINK.format(id=name), "details": ["adopted 1 January 2020"],
        "places": [{"locator": place} for known, _, place in RULES if known == name],
    }  # fmt: skip


def as_problem(asked: Iterable[Question], attempts: int) -> str:
    """A problem of the peer: the same stems, options, feedback, hints and explanations, one response a question."""
    items = list(asked)
    hints = "".join(f"<hint>{as_html(item.hint)}</hint>" for item in items)
    body = "".join(_as_response(item) for item in items)
    return (
        f'<problem display_name="Ten questions" max_attempts="{attempts}" showanswer="attempted">'
        f"{body}<demandhint>{hints}</demandhint></problem>"
    )


def _as_response(asked: Question) -> str:
    choices = "".join(
        f'<choice correct="{str(option.correct).lower()}">{as_html(option.text)}'
        f"<choicehint>{as_html(option.feedback)}</choicehint></choice>"
        for option in asked.options
    )
    return (
        f"<multiplechoiceresponse><label>{as_html(asked.stem)}</label>"
        f'<choicegroup type="MultipleChoice">{choices}</choicegroup>'
        f'<solution><div class="detailed-solution"><p>Explanation</p><p>{as_html(asked.explanation)}</p></div></solution>'
        "</multiplechoiceresponse>"
    )


def as_text2qti(asked: Iterable[Question]) -> str:
    """The questions in the notation of text2qti."""
    return "Quiz title: Many questions\n\n" + "\n".join(_as_numbered(item) for item in asked)


def _as_numbered(asked: Question) -> str:
    options = "".join(
        f"{'*' if option.correct else ''}{option.id}) {option.text}\n... {option.feedback}\n" for option in asked.options
    )
    explanation = re.sub(r"\[\[(.+?)\]\]", lambda cited: f"[{cited[1]}](https://example.org/law)", asked.explanation)
    return f"1. {asked.stem}\n... {explanation}\n{options}"
