# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pairs of measurements -> one ratio. Absolute figures stand beside it as information only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter


class Failed(Exception):
    """A benchmark that can't go on, and why, in words for whoever ran it."""


Pair = tuple[float, float]
"""What ours took and what the peer took, measured one right after the other."""

UNITS: dict[str, Callable[[float], str]] = {
    "s": lambda value: f"{value:.2f} s" if value >= 1 else f"{value * 1e3:.3g} ms",
    "B": lambda value: f"{value / 1e6:.3g} MB" if value >= 1e6 else f"{value / 1e3:.3g} kB",
}


@dataclass(frozen=True)
class Ratio:
    """How many times the peer's figure is ours. `pairs` come from this run; `aim` is the least that is wanted."""

    name: str
    peer: str
    unit: str
    pairs: tuple[Pair, ...]
    aim: float | None = None

    @property
    def ratios(self) -> list[float]:
        """The peer's figure over ours, pair by pair."""
        return [peer / ours for ours, peer in self.pairs]

    @property
    def median(self) -> float:
        """The ratio that is reported."""
        return median(self.ratios)

    @property
    def met(self) -> bool | None:
        """Whether the aim is met; None where there is none."""
        return None if self.aim is None else self.median >= self.aim

    def as_json(self) -> dict[str, object]:
        """The ratio with its spread, and the medians of both figures."""
        return {
            "name": self.name, "peer": self.peer, "unit": self.unit, "ratio": round(self.median, 3),
            "low": round(min(self.ratios), 3), "high": round(max(self.ratios), 3), "pairs": len(self.pairs),
            "ours": median(ours for ours, _ in self.pairs), "theirs": median(theirs for _, theirs in self.pairs),
            "aim": self.aim, "met": self.met,
        }  # fmt: skip

    def cells(self) -> tuple[str, ...]:
        """The ratio as a row of the table."""
        show, figures = UNITS[self.unit], self.as_json()
        spread = f"{min(self.ratios):.2f}-{max(self.ratios):.2f}" if len(self.pairs) > 1 else "one pair"
        aim = "" if self.aim is None else f"{self.aim:g} {'met' if self.met else 'MISSED'}"
        sides = (show(float(str(figures[side]))) for side in ("ours", "theirs"))
        return (self.name, self.peer, f"{self.median:.2f}", spread, aim, *sides)


HEADINGS = ("what", "peer", "peer : ours", "min-max", "aim", "ours", "peer's")


def table(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Rows as a plain table; names to the left, figures to the right."""
    whole = [list(headings), *(list(row) for row in rows)]
    widths = [max(len(row[column]) for row in whole) for column in range(len(whole[0]))]
    return "\n".join(_line(row, widths) for row in whole)


def _line(row: list[str], widths: list[int]) -> str:
    cells = (text.ljust(width) if n < 2 else text.rjust(width) for n, (text, width) in enumerate(zip(row, widths, strict=True)))
    return "  ".join(cells).rstrip()


def timed(action: Callable[[], object], clock: Callable[[], float] = perf_counter) -> float:
    """Seconds that the action took by the clock."""
    start = clock()
    action()
    return clock() - start


def taking_turns(sides: Sequence[Callable[[], Sequence[float]]], repeats: int) -> list[Pair]:
    """One pair for each figure that the two sides give: medians of `repeats` runs of the one, then of the other."""
    ours, peer = (zip(*(side() for _ in range(repeats)), strict=True) for side in sides)
    return [(median(one), median(other)) for one, other in zip(ours, peer, strict=True)]
