# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the blocks share: their content and its way in and out of OLX, their dates, their dealings with the platform."""

from __future__ import annotations

import datetime
import hashlib
import logging
from collections.abc import Callable, Sequence
from functools import cache, cached_property
from importlib import resources
from typing import Any, ClassVar

from django.utils.crypto import salted_hmac
from lxml import etree
from pydantic import ValidationError
from web_fragments.fragment import Fragment
from xblock.completable import CompletableXBlockMixin
from xblock.core import XBlock
from xblock.fields import Float, Scope, String
from xblock.scorable import ScorableXBlockMixin, Score

from migration_law.model.base import Thing
from migration_law.model.content import plain
from migration_law.model.law import Source

from . import content
from .fields import FrozenDict, FrozenList
from .page import MONTHS, fill

log = logging.getLogger(__name__)

NOT_TAKEN = {"tags", "name"}
"""Settings of every block that are not the author's."""
NEVER_SHOWN = {"never", "never_but_include_grade"}
"""Values of `show_correctness`; XBlock names them in one place only from 6 on."""
REWRITTEN = ("/static/", "/jump_to_id/", "/course/")
"""What the platform looks for when it rewrites links; a page without any is spared the search."""
HEAVIEST = 1_000_000
"""A weight is less."""


@XBlock.needs("user", "i18n")
@XBlock.wants("completion", "replace_urls", "enrollments", "studio_user_permissions")
class LawBlock(ScorableXBlockMixin, CompletableXBlockMixin, XBlock):
    """A block whose content is one thing of the model, in YAML."""

    MODEL: ClassVar[type[Thing]]
    SCENARIO: ClassVar[str]
    SCENARIO_TITLE: ClassVar[str]
    icon_class = "problem"
    has_author_view = True

    display_name = String(scope=Scope.settings, help="The title of the activity.")
    weight = Float(scope=Scope.settings, help="What the activity counts in its assignment; its points if left out.")
    content_data: Any = FrozenDict(scope=Scope.content, help="The content as plain data.")
    sources_data: Any = FrozenList(scope=Scope.content, help="The sources that the content cites.")
    broken = String(scope=Scope.content, default="", help="A text that could not be read, kept as it came.")
    broken_why = String(scope=Scope.content, default="", help="What is wrong with it, one line a mistake.")
    earned = Float(scope=Scope.user_state, help="The points of the published score.")
    possible = Float(scope=Scope.user_state, help="Out of how many.")

    # -- content ---------------------------------------------------------------------------------------------------

    @property
    def available(self) -> bool:
        """Whether there is valid content."""
        return bool(self.content_data) and not self.broken and self.thing is not None

    @cached_property
    def thing(self) -> Any:
        """The content as its model, or None if this release can't read it."""
        try:
            return self.MODEL.model_validate(self.content_data)
        except ValidationError as error:
            log.warning("%s: the stored content is not valid: %s", self.scope_ids.usage_id, error)
            return None

    @cached_property
    def sources(self) -> Sequence[Source]:
        """The sources that the content cites."""
        return content.SOURCES.validate_python(self.sources_data or ())

    @property
    def title(self) -> str:
        """The title as shown."""
        return self.display_name or (self.content_data or {}).get("title") or self.scope_ids.block_type

    def take_text(self, text: str) -> None:
        """Make this the content; a text that does not validate is kept as it came, with what is wrong."""
        try:
            self.content_data, self.sources_data = content.read(text, self.MODEL)
            self.broken = self.broken_why = ""
        except content.ContentError as error:
            self.broken, self.broken_why = text, str(error)
        for name in ("thing", "sources"):
            self.__dict__.pop(name, None)

    @property
    def text(self) -> str:
        """The content as YAML, or the text that could not be read, untouched."""
        if self.broken:
            return self.broken
        if self.thing is None:
            return content.write(self.content_data, self.sources_data) if self.content_data else ""
        # By way of the model, as some stores sort keys and an author should find their own order.
        return content.write(plain(self.thing), [plain(source) for source in self.sources])

    # -- OLX -------------------------------------------------------------------------------------------------------

    @classmethod
    def parse_xml(cls, node: Any, runtime: Any, keys: Any, *_: Any) -> LawBlock:
        """Read the block from its element; never raises on what an author wrote."""
        block = runtime.construct_xblock_from_class(cls, keys)
        for name, value in node.items():
            field = block.fields.get(name)
            if field is not None and field.scope == Scope.settings and name not in NOT_TAKEN:
                block._take_attribute(field, value)
        text = _inner(node)
        if text.strip():
            block.take_text(text.removeprefix("\n"))
        return block

    def _take_attribute(self, field: Any, value: str) -> None:
        # The platform's own fields read YAML, dates and more, and raise what they like: a bad one must not take the block.
        try:
            taken = field.from_string(value)
            if field.name == "weight" and not 0 < taken < HEAVIEST:
                raise ValueError("a weight is a number above 0")
            setattr(self, field.name, taken)
        except Exception as error:
            log.warning("%s: the attribute %s=%r was left out: %s", self.scope_ids.usage_id, field.name, value, error)

    def add_xml_to_node(self, node: Any) -> None:
        """Write settings as attributes and the content as text; never a learner's state."""
        node.tag = self.scope_ids.block_type
        node.set("xblock-family", self.entry_point)
        for name, field in self.fields.items():
            if field.scope == Scope.settings and name not in NOT_TAKEN and field.is_set_on(self):
                value = field.read_from(self)
                if value is not None:
                    node.set(name, field.to_string(value))
        node.text = f"\n{self.text}"

    @classmethod
    def workbench_scenarios(cls) -> list[tuple[str, str]]:
        """An example for the workbench, as (title, OLX)."""
        file = resources.files("migration_law.blocks") / "scenarios" / f"{cls.SCENARIO}.xml"
        return [(cls.SCENARIO_TITLE, file.read_text("utf-8"))]

    # -- dates and correctness -------------------------------------------------------------------------------------

    def setting(self, name: str, default: Any = None) -> Any:
        """An inherited setting of the platform, where the platform has it as a field."""
        return getattr(self, name) if name in self.fields else default

    @property
    def closed(self) -> bool:
        """Whether `due` and the grace period have passed."""
        due = self.setting("due")
        grace = self.setting("graceperiod") or datetime.timedelta()
        return due is not None and datetime.datetime.now(datetime.UTC) > due + grace

    def may_show_correctness(self, finished: bool) -> bool:
        """ShowCorrectness; "past due" without a due date means once the learner has `finished`."""
        wish = self.setting("show_correctness")
        if wish == "past_due":
            return self.closed if self.setting("due") else finished
        return wish not in NEVER_SHOWN

    # -- the platform ----------------------------------------------------------------------------------------------

    def translate(self, words: str) -> str:
        """Words of the interface in the learner's language."""
        return str(self._gettext(words))

    @cached_property
    def _gettext(self) -> Callable[[str], str]:
        service = self.runtime.service(self, "i18n")
        return cache(getattr(service, "gettext", None) or service.ugettext)

    def finish(self, html: str) -> str:
        """HTML with the platform's own rewriting of /static/ and /jump_to_id/ links, where there is one."""
        if not any(address in html for address in REWRITTEN):
            return html
        service = self.runtime.service(self, "replace_urls")
        return str(service.replace_urls(html)) if service else html

    def secret(self, *parts: object) -> str:
        """A value that nobody outside the server can guess, the same for the same parts."""
        return salted_hmac("migration-law", "\0".join(map(str, (self.scope_ids.usage_id, *parts)))).hexdigest()

    @property
    def is_studio(self) -> bool:
        """Whether this runs in Studio, where nothing of a learner exists."""
        return bool(getattr(self.runtime, "is_author_mode", False)) or self.scope_ids.user_id is None

    def complete(self, share: float) -> None:
        """Tell the platform how much of the block is done, where it keeps that."""
        if not self.is_studio:
            self.emit_completion(min(1.0, max(0.0, share)))

    @cached_property
    def html_id(self) -> str:
        """What begins every id of this block on a page that may hold many."""
        return "ml-" + hashlib.blake2b(str(self.scope_ids.usage_id).encode(), digest_size=4).hexdigest()

    def url(self, handler: str) -> str:
        """The address of a handler."""
        return str(self.runtime.handler_url(self, handler))

    def date(self, day: datetime.date) -> str:
        """A date in the learner's language: 15 November 2000."""
        return self.translate(MONTHS[day.month - 1]).format(day=day.day, year=day.year)

    def page(self, template: str, **values: Any) -> str:
        """A template filled in, in the learner's language."""
        return fill(template, block=self, _=self.translate, **values)

    def fragment(self, template: str, **values: Any) -> Fragment:
        """A template as a view, with the blocks' one style and one script."""
        fragment = Fragment(self.finish(self.page(template, **values)))
        fragment.add_css_url(self.runtime.local_resource_url(self, "public/law.css"))
        fragment.add_javascript_url(self.runtime.local_resource_url(self, "public/law.js"))
        return fragment

    # -- scores ----------------------------------------------------------------------------------------------------

    def max_score(self) -> float:
        """The points that can be earned."""
        return float(self.thing.points) if self.available else 0.0

    def get_score(self) -> Score:
        """The score as published."""
        return Score(raw_earned=self.earned or 0.0, raw_possible=self.possible or self.max_score())

    def set_score(self, score: Score) -> None:
        """Keep a score."""
        self.earned, self.possible = score.raw_earned, score.raw_possible

    def publish_score(self, score: Score) -> None:
        """Keep a score and publish it as the learner's grade; clamped, and never without points."""
        if score.raw_possible > 0:
            earned = min(max(score.raw_earned, 0.0), score.raw_possible)
            self.set_score(Score(raw_earned=earned, raw_possible=score.raw_possible))
            self._publish_grade(self.get_score(), only_if_higher=False)


def _inner(node: Any) -> str:
    """The text of an element; what an author wrote as elements inside it is kept as it stands, for them to see."""
    parts = [node.text or ""]
    for child in node:
        parts.append(etree.tostring(child, encoding="unicode", with_tail=False) if isinstance(child.tag, str) else "")
        parts.append(child.tail or "")
    return "".join(parts)
