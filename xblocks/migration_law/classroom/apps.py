# SPDX-License-Identifier: AGPL-3.0-or-later
"""The classroom as a Django app."""
from __future__ import annotations

from importlib.util import find_spec

from django.apps import AppConfig, apps


class ClassroomConfig(AppConfig):
    """Tables, pages and signals of the classroom."""

    name = "migration_law.classroom"
    label = "classroom"
    verbose_name = "Classroom"

    def ready(self) -> None:
        """Listen for scores that people gave, where edx-submissions is installed."""
        if find_spec("submissions") and apps.is_installed("submissions"):
            from . import released

            released.connect()
