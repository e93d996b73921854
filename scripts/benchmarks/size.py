# SPDX-License-Identifier: AGPL-3.0-or-later
"""The bytes that a learner loads: the view, and the styles and scripts that it names.

The peer's script also needs jQuery, MathJax and others from the platform's page; they are left out, in its favour.
"""

from __future__ import annotations

import gzip
import sys
from collections.abc import Callable
from pathlib import Path

from .harness import RESOURCES
from .ratio import Ratio
from .sides import Side

FORMS: dict[str, Callable[[bytes], int]] = {"raw": len, "gzipped": lambda data: len(gzip.compress(data, 6, mtime=0))}


def measure(ours: Side, peer: Side) -> list[Ratio]:
    """Ratios of the view alone, and of all that is loaded for it, raw and gzipped."""
    both = [files(side) for side in (ours, peer)]
    parts: dict[str, Callable[[dict[str, bytes]], bytes]] = {"view": lambda of: of[""], "view, css, js": _all}
    return [
        Ratio(f"bytes of {part}, {form}", peer.name, "B", ((float(size(of(both[0]))), float(size(of(both[1])))),))
        for part, of in parts.items() for form, size in FORMS.items()
    ]  # fmt: skip


def _all(loaded: dict[str, bytes]) -> bytes:
    return b"".join(loaded.values())


def files(side: Side) -> dict[str, bytes]:
    """What a browser loads by address; the view's own HTML stands under the empty one. Each file once."""
    side.forget_learner()
    page = side.render()
    addresses = dict.fromkeys(resource.data for view in page for resource in view.resources if resource.kind == "url")
    html = "".join(view.content for view in page).encode()
    return {"": html} | {address: _read(side, address) for address in addresses}


def _read(side: Side, address: str) -> bytes:
    """A file of the block's package; some name theirs from the package above, as the platform's pipeline serves them."""
    home = Path(str(sys.modules[side.block.__module__].__file__)).parent
    name = address.removeprefix(RESOURCES)
    return next(folder / name for folder in (home, *home.parents) if (folder / name).is_file()).read_bytes()
