# SPDX-License-Identifier: AGPL-3.0-or-later
"""Fields whose values are replaced, never changed in place, so that reading one copies nothing."""

from __future__ import annotations

from xblock.fields import Dict, List


class FrozenDict(Dict):
    """A dict that is only ever replaced as a whole."""

    MUTABLE = False


class FrozenList(List):
    """A list that is only ever replaced as a whole."""

    MUTABLE = False
