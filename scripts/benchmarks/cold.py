# SPDX-License-Identifier: AGPL-3.0-or-later
"""The first request of a fresh process: imports, then the first page with compiled templates and rendered Markdown.

Each measurement is a process of its own that knows one side only: in a common process the second side would find lxml,
Django and the field machinery warmed by the first. The processes of the two sides alternate.
"""

from __future__ import annotations

import json
import sys

from . import content, harness, sides
from .child import run
from .ratio import Pair, Ratio, timed

AIM = 3
STEPS = ("start", "render", "submit")


def measure(rounds: int) -> list[Ratio]:
    """Ratios of the first page and the first submission; importing the block is shown, but nobody waits for it."""
    found = [(_figures("law_quiz"), _figures("problem")) for _ in range(rounds)]
    return [Ratio(f"{step}, cold", "problem", "s", _pairs(found, step), None if step == "import" else AIM) for step in STEPS]


def _pairs(found: list[tuple[dict[str, float], dict[str, float]]], step: str) -> tuple[Pair, ...]:
    return tuple((ours[step], peer[step]) for ours, peer in found)


def _figures(name: str) -> dict[str, float]:
    figures: dict[str, float] = json.loads(run("-m", "benchmarks.cold", name).output)
    return figures


def first(name: str) -> dict[str, float]:
    """Seconds of each step in this process, which must be fresh."""
    start = timed(lambda: _start(name))
    side = sides.side(name, content.questions(10))
    render = timed(side.render)
    requests = side.requests(sides.RIGHT_OF_TEN)
    side.forget_learner()
    return {"start": start, "render": render, "submit": timed(lambda: side.submit(requests))}


def _start(name: str) -> None:
    harness.start_django(*sides.APPS[name])
    sides.block_of(name)


if __name__ == "__main__":
    print(json.dumps(first(sys.argv[1])))
