# SPDX-License-Identifier: AGPL-3.0-or-later
"""Files -> model; every mistake as a value with its place."""

from .codes import CODES
from .problem import Problem
from .reading import Counts, Reading, read

__all__ = ["CODES", "Counts", "Problem", "Reading", "read"]
