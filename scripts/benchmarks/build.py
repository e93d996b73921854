# SPDX-License-Identifier: AGPL-3.0-or-later
"""Building a course: this course's build against text2qti, each a process of its own, from source files to one archive.

Both read the same questions. Ours also checks every citation, writes lessons and a manifest, and lints the archive;
text2qti also renders the questions' Markdown, which our blocks do when they are shown.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .child import Child, run
from .ratio import UNITS, Ratio

ROOT = Path(__file__).resolve().parents[2]
PEER = "text2qti"
QUIZ = "quiz.txt"
"""What text2qti reads, beside the course."""
START_OURS = "from migration_law.cli import main; main()"
START_PEER = "from text2qti.cmdline import main; main()"


@dataclass(frozen=True)
class Note:
    """A figure without a peer, for information."""

    name: str
    seconds: float
    memory: int
    says: str

    def __str__(self) -> str:
        return f"{self.name}: {UNITS['s'](self.seconds)}, {UNITS['B'](self.memory)}; {self.says}"


def measure(count: int, rounds: int) -> tuple[list[Ratio], list[Note]]:
    """Seconds and greatest memory for `count` questions; and notes on the archive and on the real course."""
    with _course(count) as place:
        found = [(_ours(place, place / "out"), _theirs(place)) for _ in range(rounds)]
        notes = [_cleaned(next((place / "out").glob("*.tar.gz"))), _real(place / "real")]
    seconds = tuple((ours.seconds, peer.seconds) for ours, peer in found)
    memory = tuple((float(ours.memory), float(peer.memory)) for ours, peer in found)
    name = f"build, {count:,} questions"
    return [Ratio(name, PEER, "s", seconds), Ratio(f"{name}, memory", PEER, "B", memory)], notes


@contextmanager
def _course(count: int) -> Iterator[Path]:
    """A course and the peer's file, written by a process of its own so that this one stays small."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        place = Path(name)
        shutil.copytree(ROOT / "course" / "static", place / "course" / "static")
        run("-m", "benchmarks.folder", name, str(count))
        yield place


def _ours(root: Path, out: Path) -> Child:
    return run("-c", START_OURS, "build", str(root), "--out", str(out))


def _theirs(place: Path) -> Child:
    """text2qti, with a home of its own, since it writes its settings there."""
    return run("-c", START_PEER, QUIZ, cwd=place, home=place)


def _real(out: Path) -> Note:
    child = _ours(ROOT, out)
    return Note("build of the course itself", child.seconds, child.memory, child.output.splitlines()[0].partition(": ")[2])


def _cleaned(archive: Path) -> Note:
    child = run("-m", "benchmarks.cleaned", str(archive))
    return Note("olxcleaner on the built archive", child.seconds, child.memory, child.output.strip())
