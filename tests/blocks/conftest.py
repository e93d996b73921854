# SPDX-License-Identifier: AGPL-3.0-or-later
"""The one Django setting that the blocks need, without configuring Django for the tests of other parts."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest


@pytest.fixture(autouse=True, scope="session")
def _secret_key() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.utils.crypto.settings", SimpleNamespace(SECRET_KEY="a key for tests"))
        yield
