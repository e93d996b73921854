# SPDX-License-Identifier: AGPL-3.0-or-later
"""A process measured from outside: what it printed, its seconds and its greatest memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import IO

from .ratio import Failed

LONGEST = 120
"""Seconds that a process may take."""


@dataclass(frozen=True)
class Child:
    """A finished process. `memory` is its greatest resident size in bytes."""

    output: str
    seconds: float
    memory: int


def run(*arguments: str, cwd: Path | None = None, home: Path | None = None) -> Child:
    """Run this Python with the arguments; raises Failed if it ends with an error or takes too long.

    Linux counts what this process held when it started the other, so measure memory before anything large is imported.
    """
    environment = os.environ | ({"HOME": str(home)} if home else {})
    command = ["timeout", str(LONGEST), sys.executable, *arguments]
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        start = perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=err, cwd=cwd, env=environment)
        _, status, used = os.wait4(process.pid, 0)
        seconds = perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said = (_all(err).strip() or _all(out).strip()).splitlines()[-5:]
            raise Failed(f"{' '.join(arguments)} ended with {process.returncode}\n" + "\n".join(said))
        return Child(_all(out), seconds, used.ru_maxrss * 1024)


def _all(stream: IO[str]) -> str:
    stream.seek(0)
    return stream.read()
