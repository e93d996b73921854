# SPDX-License-Identifier: AGPL-3.0-or-later
"""No test is timed: a busy machine is no mistake."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

# A browser keeps an event loop in this thread between tests; what Django then takes for a call from one is none.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
