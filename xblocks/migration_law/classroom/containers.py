# SPDX-License-Identifier: AGPL-3.0-or-later
"""The parts of a course that hold the blocks: private to the classroom, not registered as entry points."""
from __future__ import annotations

from typing import Any

from web_fragments.fragment import Fragment
from xblock.completable import XBlockCompletionMode
from xblock.core import XBlock
from xblock.fields import Scope, String


class Container(XBlock):
    """A part that holds other parts and shows them one after the other."""

    has_children = True
    completion_mode = XBlockCompletionMode.AGGREGATOR
    display_name = String(scope=Scope.settings, default="")

    def student_view(self, context: dict[str, Any] | None = None) -> Fragment:
        """All children in their order."""
        fragment = Fragment()
        for shown in self.runtime.render_children(self, "student_view", context):
            fragment.add_fragment_resources(shown)
            fragment.add_content(shown.content)
        return fragment


class CourseBlock(Container):
    """The course."""


class Chapter(Container):
    """A module."""


class Sequential(Container):
    """A group of units."""


class Vertical(Container):
    """A unit: what one page shows."""


@XBlock.wants("completion")
class Html(XBlock):
    """A lesson. It counts as done when the learner has read to its end."""

    display_name = String(scope=Scope.settings, default="")
    data = String(scope=Scope.content, default="")

    def student_view(self, context: dict[str, Any] | None = None) -> Fragment:
        """The text as its author wrote it."""
        return Fragment(self.data)


class Unavailable(XBlock):
    """A block that could not be loaded. Whoever loaded the course was told why."""

    completion_mode = XBlockCompletionMode.EXCLUDED
    display_name = String(scope=Scope.settings, default="")

    def student_view(self, context: dict[str, Any] | None = None) -> Fragment:
        """A plain word instead of the block."""
        return Fragment('<p class="notice">This part of the course is not available. Please tell your instructor.</p>')


CONTAINERS: dict[str, type[XBlock]] = {
    "course": CourseBlock,
    "chapter": Chapter,
    "sequential": Sequential,
    "vertical": Vertical,
}
OWN: dict[str, type[XBlock]] = {**CONTAINERS, "html": Html}
