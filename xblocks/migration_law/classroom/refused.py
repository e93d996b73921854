# SPDX-License-Identifier: AGPL-3.0-or-later
"""The root of all mistakes that the classroom tells people in one line."""
from __future__ import annotations


class Refused(Exception):
    """What cannot be done, in words for the one who asked for it."""
