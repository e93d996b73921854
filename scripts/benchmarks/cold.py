# SPDX-License-Identifier: AGPL-3.0-or-later
"""The first requests of a fresh process: whatever was not compiled, rendered or cached at its start is, now.

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
STEPS = {"start": None, "render": AIM, "start + render": AIM, "submit": AIM}
"""What is measured, and its aim; a process is started once, so that nobody waits for the start alone."""


def measure(rounds: int) -> list[Ratio]:
    """Ratios of starting (Django, the side's apps and its block), of the first page, and of the first submission."""
    found = [(_figures("law_quiz"), _figures("problem")) for _ in range(rounds)]
    return [Ratio(f"{step}, cold", "problem", "s", _pairs(found, step), aim) for step, aim in STEPS.items()]


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
    submit = timed(lambda: side.submit(requests))
    return {"start": start, "render": render, "start + render": start + render, "submit": submit}


def _start(name: str) -> None:
    harness.start_django(*sides.APPS[name])
    sides.block_of(name)


if __name__ == "__main__":
    print(json.dumps(first(sys.argv[1])))
