# SPDX-License-Identifier: AGPL-3.0-or-later
"""Runs the benchmark and prints its ratios: python -m benchmarks [--quick] [--json] [--check]"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from dataclasses import asdict, dataclass, field
from importlib import import_module
from importlib.metadata import version
from typing import Any

from . import build
from .ratio import HEADINGS, Failed, Ratio, table

PEERS = ("xblocks-contrib", "text2qti")
EXPLANATION = """\
A ratio is the peer's figure over ours, from the same run: above 1, ours is faster or smaller. Median of the pairs.
Ours: a law_quiz of ten questions. problem: the platform's own problem with the same ten, the faster of its two forms;
ten problems: one a question, as Studio makes them. The figures to the right are of this machine and this moment only."""


@dataclass(frozen=True)
class Extent:
    """How much is measured: rounds, requests a round, and questions of the built course."""

    cold: int
    warm: int
    repeats: int
    builds: int
    questions: int


FULL = Extent(cold=7, warm=15, repeats=10, builds=2, questions=10_000)
QUICK = Extent(cold=3, warm=5, repeats=5, builds=1, questions=1_000)


@dataclass
class Report:
    """All that a run found."""

    ratios: list[Ratio] = field(default_factory=list)
    notes: list[build.Note] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The report as plain data."""
        return {
            "python": platform.python_version(), "cores": os.cpu_count(), "peers": {name: version(name) for name in PEERS},
            "ratios": [ratio.as_json() for ratio in self.ratios], "notes": [asdict(note) for note in self.notes],
        }  # fmt: skip

    def __str__(self) -> str:
        peers = ", ".join(f"{name} {version(name)}" for name in PEERS)
        about = f"Python {platform.python_version()}, {os.cpu_count()} cores; {peers}"
        rows = table(HEADINGS, (ratio.cells() for ratio in self.ratios))
        return "\n\n".join([f"{EXPLANATION}\n{about}", rows, "\n".join(["For information:", *map(str, self.notes)])])


def measure(extent: Extent, say: Any) -> Report:
    """Measure everything. Builds come first: their memory is counted right only while this process is small."""
    report = Report()
    say(f"building a course of {extent.questions:,} questions ...")
    report.ratios, report.notes = build.measure(extent.questions, extent.builds)
    say("cold starts ...")
    report.ratios[:0] = import_module("benchmarks.cold").measure(extent.cold)
    say("warm requests ...")
    report.ratios[:0] = _in_this_process(extent)
    return report


def _in_this_process(extent: Extent) -> list[Ratio]:
    warm, size = import_module("benchmarks.warm"), import_module("benchmarks.size")
    ours, peer, ten = import_module("benchmarks.check").checked()
    found: list[Ratio] = warm.measure(ours, peer, extent.warm, extent.repeats)
    found += warm.measure(ours, ten, max(3, extent.warm // 3), max(3, extent.repeats // 3), aim=None)
    return found + list(size.measure(ours, peer))


OPTIONS = {
    "--quick": "a short run, for a first look",
    "--json": "print the report as JSON",
    "--check": "measure nothing: see that all sides show and mark the same questions",
}


def _arguments() -> argparse.Namespace:
    about = "Measures the blocks and the build against public peers."
    parser = argparse.ArgumentParser(prog="scripts/bench", description=about)
    for option, words in OPTIONS.items():
        parser.add_argument(option, action="store_true", help=words)
    return parser.parse_args()


def main() -> int:
    """The exit status: 0, or 1 if something that is needed is missing or fails."""
    chosen = _arguments()
    try:
        if chosen.check:
            print(json.dumps(import_module("benchmarks.check").scores()))
            return 0
        report = measure(QUICK if chosen.quick else FULL, lambda words: print(words, file=sys.stderr))
    except (Failed, ImportError) as error:
        print(f"The benchmark stopped: {error}", file=sys.stderr)
        return 1
    print(json.dumps(report.as_json(), indent=2) if chosen.json else report)
    return 0


if __name__ == "__main__":
    sys.exit(main())
