# SPDX-License-Identifier: AGPL-3.0-or-later
"""Fields whose values are replaced, never changed in place, so that neither reading nor saving copies them."""

from __future__ import annotations

from typing import Any

from xblock.fields import Dict, List


class _KeptDict(dict[str, Any]):
    """A dict that nobody changes: its copy is itself."""

    def __deepcopy__(self, memo: Any) -> _KeptDict:
        return self


class _KeptList(list[Any]):
    """A list that nobody changes: its copy is itself."""

    def __deepcopy__(self, memo: Any) -> _KeptList:
        return self


class FrozenDict(Dict):
    """A dict that is only ever replaced as a whole."""

    MUTABLE = False

    def __set__(self, xblock: Any, value: dict[str, Any] | None) -> None:
        super().__set__(xblock, value if value is None else _KeptDict(value))


class FrozenList(List):
    """A list that is only ever replaced as a whole."""

    MUTABLE = False

    def __set__(self, xblock: Any, value: list[Any] | None) -> None:
        super().__set__(xblock, value if value is None else _KeptList(value))
