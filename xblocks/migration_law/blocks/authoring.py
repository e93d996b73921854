# SPDX-License-Identifier: AGPL-3.0-or-later
"""What authors see in Studio: the block as a preview, and its YAML to edit."""

from __future__ import annotations

import re
from typing import Any

from web_fragments.fragment import Fragment

from migration_law.model.verdict import Refusal

from .base import HEAVIEST
from .handlers import author_handler

UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 does not allow."""


class AuthoringMixin:
    """The author's preview and editor of a block."""

    def author_view(self: Any, context: Any = None) -> Fragment:
        """The preview in Studio; of a text that can't be read, what is wrong with it."""
        if self.broken:
            return self.fragment("broken.html", lines=self.broken_why.splitlines())
        return self.student_view(context)

    def studio_view(self: Any, context: Any = None) -> Fragment:
        """The editor: title, weight, and the content as YAML."""
        fragment = self.fragment("studio.html", lines=self.broken_why.splitlines())
        fragment.add_javascript_url(self.runtime.local_resource_url(self, "public/studio.js"))
        fragment.initialize_js("LawStudio")
        return fragment

    @author_handler
    def studio_submit(self: Any, body: dict[str, Any]) -> dict[str, Any] | Refusal:
        """Keep what an author wrote: `text`, `display_name`, `weight`. A text with mistakes is kept, and they are listed."""
        text, name, weight = body.get("text"), body.get("display_name"), body.get("weight")
        if not isinstance(text, str) or not isinstance(name, str):
            return Refusal(message="The form could not be read. Reload the page; copy your text first.")
        if UNWRITABLE.search(text + name):
            return Refusal(message="The text holds a control character, which no archive can carry. Take it out.")
        number = _weight(weight)
        if isinstance(number, Refusal):
            return number
        self.take_text(text)
        self.display_name, self.weight = name.strip() or None, number
        return {"problems": self.broken_why.splitlines()}


def _weight(weight: object) -> float | None | Refusal:
    """A weight from the form: empty for none, else a number above 0."""
    if weight in (None, ""):
        return None
    try:
        number = float(weight) if isinstance(weight, (str, int, float)) else 0.0
    except (ValueError, OverflowError):
        number = 0.0
    return number if 0 < number < HEAVIEST else Refusal(message="The weight must be a number above 0, or empty.")
