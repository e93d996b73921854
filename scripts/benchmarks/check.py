# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whether the sides can be compared: the same questions shown, the same answers marked alike. Nothing is timed here."""

from __future__ import annotations

from . import content, harness, sides
from .ratio import Failed

ASKED = content.questions(10)
NAMES = ("law_quiz", "problem", "ten problems")


def checked() -> list[sides.Side]:
    """The sides, each seen to show every stem and option, and to give 10, 7 and 0 points where they are due."""
    harness.start_django(sides.PEER_APP)
    made = [sides.side(name, ASKED) for name in NAMES]
    for side in made:
        _shows_all(side)
        for right in (10, sides.RIGHT_OF_TEN, 0):
            _marks(side, right)
    return made


def _shows_all(side: sides.Side) -> None:
    side.forget_learner()
    shown = " ".join(" ".join(sides.page_of(page).text_content().split()) for page in side.render())
    wanted = [words for item in ASKED for words in (item.stem, *(option.text for option in item.options))]
    missing = [words for words in wanted if content.words(words) not in shown]
    if missing:
        raise Failed(f"{side.name} does not show {len(missing)} of {len(wanted)} stems and options: {missing[0]}")


def _marks(side: sides.Side, right: int) -> None:
    found = score(side, right)
    if found != (right, len(ASKED)):
        raise Failed(f"{side.name} gives {found.earned} of {found.possible} for {right} right answers of {len(ASKED)}")


def score(side: sides.Side, right: int) -> sides.Score:
    """What a new learner earns with the first `right` questions answered rightly and the rest wrongly."""
    side.forget_learner()
    requests = side.requests(right)
    scores = [published for published, _ in side.submit(requests)]
    return sides.Score(sum(one.earned for one in scores), sum(one.possible for one in scores))


def scores() -> dict[str, dict[str, object]]:
    """For each side what it shows and earns."""
    return {side.name: _summary(side) for side in checked()}


def _summary(side: sides.Side) -> dict[str, object]:
    side.forget_learner()
    cells = [question for page in side.render() for question in sides.cells_of(page)]
    return {
        "questions": len(cells), "options": [[cell.words for cell in question] for question in cells],
        "earned": {right: list(score(side, right)) for right in (10, sides.RIGHT_OF_TEN, 0)},
    }  # fmt: skip
