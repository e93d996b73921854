# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rendering and submitting in a process that has done so before.

Both sides live in one process and take turns, some requests of the one, then as many of the other, so that the machine's
moods, the collector's heap and the interpreter's state fall on both alike; what one could warm for the other (lxml, Django)
has long been warm. A round's figure is the median of its requests; its ratio is that of the two sides' turns. Within a turn
a side finds its own code in the processor's caches, as when a class hands in a quiz; changing sides at each request would
cost the smaller one about a fifth. The clock is the processor's: neither side waits for anything, and what else the machine
does counts for neither.
"""

from __future__ import annotations

import gc
from time import process_time

from .ratio import Pair, Ratio, taking_turns, timed
from .sides import RIGHT_OF_TEN, Side

AIM = 10


def measure(ours: Side, peer: Side, rounds: int, repeats: int, aim: float | None = AIM) -> list[Ratio]:
    """Ratios of rendering and of submitting, each learner a new one."""
    sides = [_Timed(ours), _Timed(peer)]
    gc.collect()
    gc.freeze()  # or each side's garbage collection would also walk what the other has imported
    found = [taking_turns(sides, repeats) for _ in range(rounds)]
    return [
        Ratio(f"{what}, warm", peer.name, "s", tuple(pairs[place] for pairs in found), aim)
        for place, what in enumerate(("render", "submit"))
    ]


class _Timed:
    """A side with its requests ready, warmed once."""

    def __init__(self, side: Side) -> None:
        self.side = side
        self.requests = side.requests(RIGHT_OF_TEN)
        self()

    def __call__(self) -> Pair:
        """Seconds of one new learner's page, and of handing it in."""
        self.side.forget_learner()
        return timed(self.side.render, process_time), timed(lambda: self.side.submit(self.requests), process_time)
