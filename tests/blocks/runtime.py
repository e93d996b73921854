# SPDX-License-Identifier: AGPL-3.0-or-later
"""A small platform for tests: one block in one course, whoever asks, and what it published."""

from __future__ import annotations

import copy
import datetime
import gettext
import json
from dataclasses import dataclass, field
from importlib import resources
from types import SimpleNamespace
from typing import Any

from lxml import etree
from migration_law.blocks.base import LawBlock
from migration_law.blocks.case_study import LawCaseStudyXBlock
from migration_law.blocks.quiz import LawQuizXBlock
from webob import Request, Response
from xblock.core import XBlockMixin
from xblock.field_data import FieldData
from xblock.fields import DateTime, Dict, JSONField, Scope, ScopeIds, String
from xblock.reference.user_service import UserService, XBlockUser
from xblock.runtime import DictKeyValueStore, KvsFieldData
from xblock.test.tools import TestRuntime

KINDS: dict[str, type[LawBlock]] = {"law_quiz": LawQuizXBlock, "law_case_study": LawCaseStudyXBlock}


class Usage(str):
    """A usage id that knows its course, as the platform's do."""

    context_key = "course-v1:Test+Law+2026"


class Timedelta(JSONField):
    """A length of time, as the platform's own field."""

    def from_json(self, value: Any) -> Any:
        return value if value is None or isinstance(value, datetime.timedelta) else datetime.timedelta(seconds=float(value))

    enforce_type = from_json

    def to_json(self, value: Any) -> Any:
        return None if value is None else value.total_seconds()

    def to_string(self, value: Any) -> str:
        return str(self.to_json(value))


class Inherited(XBlockMixin):
    """Settings that the platform mixes into every block."""

    due: Any = DateTime(scope=Scope.settings)
    graceperiod: Any = Timedelta(scope=Scope.settings)
    show_correctness: Any = String(scope=Scope.settings, default="always")
    group_access: Any = Dict(scope=Scope.settings)


@dataclass(frozen=True)
class Person:
    """Somebody who asks."""

    id: int | None = 7
    staff: bool = False
    enrolled: bool = True
    real_id: int | None = None
    locale: str = ""
    name: str = "A learner"

    @property
    def anonymous_id(self) -> str:
        return f"anonymous-{self.id}"


LEARNER = Person()
STAFF = Person(id=2, staff=True, enrolled=False)
ANONYMOUS = Person(id=None, enrolled=False)
STRANGER = Person(id=99, enrolled=False)
MASQUERADE = Person(real_id=2)


class Enrolments:
    """The platform's service of enrolments, as far as the blocks use it."""

    def __init__(self, person: Person) -> None:
        self._person = person

    def get_active_enrollments_by_course(self, course: object) -> Any:
        assert course == Usage.context_key
        return SimpleNamespace(
            filter=lambda user_id: SimpleNamespace(exists=lambda: self._person.enrolled and user_id == self._person.id)
        )


class I18n:
    """The platform's translation service: the block's own catalogue."""

    def __init__(self, locale: str) -> None:
        folder = str(resources.files("migration_law.blocks") / "translations")
        self.gettext = gettext.translation("text", folder, [locale], fallback=not locale).gettext
        self.ugettext = self.gettext


class ReplaceUrls:
    """The platform's rewriting of links, marked so that a test sees it."""

    def replace_urls(self, html: str) -> str:
        return html.replace('"/static/', '"/asset/').replace('"/jump_to_id/', '"/course/jump/')


class Permissions:
    """Studio's service of permissions."""

    def __init__(self, may_write: bool) -> None:
        self.may_write = may_write

    def can_write(self, course: object) -> bool:
        return self.may_write


def _user(person: Person) -> XBlockUser:
    user = XBlockUser(is_current_user=True, full_name=person.name)
    user.opt_attrs.update({
        "edx-platform.user_id": person.id, "edx-platform.anonymous_user_id": person.anonymous_id if person.id else None,
        "edx-platform.is_authenticated": person.id is not None, "edx-platform.user_is_staff": person.staff,
        "edx-platform.user_role": "staff" if person.staff else "student",
    })  # fmt: skip
    if person.real_id:
        user.real_user = SimpleNamespace(id=person.real_id)
    return user


class _UserService(UserService):
    def get_current_user(self) -> Any:
        return self._user


class LawRuntime(TestRuntime):
    """A runtime for one request."""

    def __init__(self, place: Place, person: Person, studio: bool, may_write: bool | None) -> None:
        services: dict[str, Any] = {
            "field-data": place.data, "user": _UserService(user=_user(person)), "i18n": I18n(person.locale),
            "enrollments": Enrolments(person), "replace_urls": ReplaceUrls(),
        }  # fmt: skip
        if may_write is not None:
            services["studio_user_permissions"] = Permissions(may_write)
        super().__init__(services=services, mixins=(Inherited,))
        self.place, self.is_author_mode = place, studio

    def handler_url(self, block: Any, handler: str, *_: Any, **__: Any) -> str:
        return f"/handler/{block.scope_ids.usage_id}/{handler}"

    def local_resource_url(self, block: Any, uri: str) -> str:
        return f"/resource/{uri}"

    def publish(self, block: Any, event_type: str, event_data: Any) -> None:
        self.place.events.append((event_type, event_data))


@dataclass
class Place:
    """One block in a course: its content, everybody's state, and what was published."""

    kind: str
    usage: Usage = field(default_factory=lambda: Usage("block-v1:Test+Law+2026+type@law+block@one"))
    store: DictKeyValueStore = field(default_factory=DictKeyValueStore)
    events: list[tuple[str, Any]] = field(default_factory=list)

    @property
    def data(self) -> FieldData:
        return KvsFieldData(self.store)

    def block(self, person: Person = LEARNER, *, studio: bool = False, may_write: bool | None = None) -> Any:
        """A fresh instance, as each request has one."""
        runtime = LawRuntime(self, person, studio, may_write)
        user = None if studio else person.id
        return runtime.construct_xblock_from_class(KINDS[self.kind], ScopeIds(user, self.kind, self.usage, self.usage))

    def write(self, text: str, **settings: Any) -> Place:
        """Make this the content, as an import does."""
        block = self.block(studio=True)
        block.take_text(text)
        for name, value in settings.items():
            setattr(block, name, value)
        block.save()
        return self

    def view(self, person: Person = LEARNER, view: str = "student_view", **studio: Any) -> str:
        """The HTML of a view."""
        return str(self.block(person, **studio).render(view).content)

    def raw(self, handler: str, body: bytes, person: Person = LEARNER, method: str = "POST", **studio: Any) -> Response:
        """What a handler answers; the state is saved as the platform does."""
        block = self.block(person, **studio)
        response = block.handle(handler, Request.blank("/", method=method, body=body))
        block.save()
        return response

    def post(self, handler: str, body: Any = None, person: Person = LEARNER, **studio: Any) -> tuple[int, dict[str, Any]]:
        """The status and the JSON that a handler answers."""
        response = self.raw(handler, json.dumps({} if body is None else body).encode(), person, **studio)
        return response.status_code, json.loads(response.body)

    def ok(self, handler: str, body: Any = None, person: Person = LEARNER) -> dict[str, Any]:
        """The JSON of a handler that must serve."""
        status, answer = self.post(handler, body, person)
        assert status == 200, answer
        return answer

    def published(self, kind: str) -> list[Any]:
        """What was published of a kind."""
        return [data for event, data in self.events if event == kind]

    def state(self) -> Any:
        """Everything that is stored."""
        return copy.deepcopy(self.store.db_dict)

    def olx(self) -> etree._Element:
        """The block as exported."""
        node = etree.Element("unknown")
        self.block(studio=True).add_xml_to_node(node)
        return node


def parsed(olx: str | etree._Element, kind: str = "") -> Place:
    """The place of a block that was imported."""
    node = etree.fromstring(olx) if isinstance(olx, str) else olx
    place = Place(kind or node.tag)
    runtime = LawRuntime(place, Person(id=None), True, None)
    keys = ScopeIds(None, place.kind, place.usage, place.usage)
    KINDS[place.kind].parse_xml(node, runtime, keys).save()
    return place
