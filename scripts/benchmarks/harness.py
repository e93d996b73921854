# SPDX-License-Identifier: AGPL-3.0-or-later
"""A small platform for both sides: fields kept as JSON in memory, the services that blocks ask for, and requests.

Both sides get the same runtime, store and services, and every request builds a new runtime and block, as a platform does.
"""

from __future__ import annotations

import json
import re
from types import SimpleNamespace
from typing import Any

import django
import simplejson  # type: ignore[import-untyped]
from django.conf import settings
from django.core.cache import cache
from django.utils import translation
from opaque_keys.edx.locator import BlockUsageLocator, CourseLocator
from webob import Request, Response
from xblock.core import XBlockMixin
from xblock.fields import Boolean, DateTime, Scope, ScopeIds, String, Timedelta, UserScope
from xblock.reference.user_service import UserService, XBlockUser
from xblock.runtime import KeyValueStore, KvsFieldData, Runtime

from .ratio import Failed

LEARNER = 7
RESOURCES = "/static/xblock/resources/"
COURSE = CourseLocator("Org", "IML", "2026")


def start_django(*apps: str) -> None:
    """Set Django up as a platform in production has it: no debugging, templates compiled once."""
    templates = {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}
    settings.configure(SECRET_KEY="bench", DEBUG=False, TEMPLATES=[templates], INSTALLED_APPS=apps, USE_TZ=True)
    django.setup()


class Store(KeyValueStore):
    """Fields by key, each as JSON text; a learner's fields can be forgotten.

    The JSON is simplejson's, as in the platform: it writes a score as an object, where the standard library writes a list.
    """

    def __init__(self) -> None:
        self.kept: dict[tuple[bool, Any, str], str] = {}

    def get(self, key: KeyValueStore.Key) -> Any:
        return simplejson.loads(self.kept[_place(key)])

    def set(self, key: KeyValueStore.Key, value: Any) -> None:
        self.kept[_place(key)] = simplejson.dumps(value)

    def delete(self, key: KeyValueStore.Key) -> None:
        del self.kept[_place(key)]

    def has(self, key: KeyValueStore.Key) -> bool:
        return _place(key) in self.kept

    def forget_learner(self) -> None:
        """Drop all that was kept for learners; what authors wrote stays."""
        self.kept = {place: value for place, value in self.kept.items() if not place[0]}


def _place(key: KeyValueStore.Key) -> tuple[bool, Any, str]:
    return key.scope.user == UserScope.ONE, key.block_scope_id, key.field_name


class Links:
    """The platform's rewriting of links, with patterns as costly as its own, since it runs over all HTML."""

    PATTERNS = [
        re.compile(rf"""(?x)(?P<quote>\\?['"])(?P<prefix>{prefix})(?P<rest>.*?)(?P=quote)""")
        for prefix in ("/static/(?!nowhere)", "/jump_to_id/", "/course/")
    ]

    def replace_urls(self, text: str, static_replace_only: bool = False) -> str:
        """The text with links to files, units and pages of the course made whole."""
        for pattern in self.PATTERNS:
            text = pattern.sub(r"\g<quote>/courses/bench/\g<prefix>\g<rest>\g<quote>", text)
        return text


class Words:
    """Translation through Django's catalogues, which is where a platform ends up."""

    gettext = staticmethod(translation.gettext)
    ngettext = staticmethod(translation.ngettext)


SANDBOX = SimpleNamespace(can_execute_unsafe_code=lambda: False, get_python_lib_zip=lambda: None)


class Learner(UserService):
    """The `user` service of a platform, for one learner."""

    def get_current_user(self) -> XBlockUser:
        """The learner with the attributes that blocks read."""
        known = {
            "user_id": LEARNER, "username": "k", "is_authenticated": True, "user_is_staff": False, "user_role": "student",
            "anonymous_user_id": "anonymous-7", "deprecated_anonymous_user_id": "anonymous-7",
        }  # fmt: skip
        user = XBlockUser(is_current_user=True, full_name="K")
        user.opt_attrs = {f"edx-platform.{name}": value for name, value in known.items()}
        return user


class Inherited(XBlockMixin):
    """The settings that a platform mixes into every block."""

    graded = Boolean(scope=Scope.settings, default=False)
    due = DateTime(scope=Scope.settings)
    graceperiod = Timedelta(scope=Scope.settings)
    show_correctness = String(scope=Scope.settings, default="always")


class Platform(Runtime):
    """The runtime of one request; keeps what blocks publish."""

    resources_fs = None
    is_author_mode = False

    def __init__(self, store: Store) -> None:
        services = {
            "field-data": KvsFieldData(store), "user": Learner(), "i18n": Words(), "replace_urls": Links(), "cache": cache,
            "sandbox": SANDBOX, "xqueue": SimpleNamespace(waittime=0),
        }  # fmt: skip
        super().__init__(id_reader=None, id_generator=None, services=services, mixins=(Inherited,))
        self.published: list[tuple[str, dict[str, Any]]] = []

    def service(self, block: Any, service_name: str) -> Any:
        """The service, or None where this platform has none."""
        return self._services.get(service_name)

    def get_policy(self, usage_id: Any) -> dict[str, Any]:
        """Settings beside the content: none."""
        return {}

    def publish(self, block: Any, event_type: str, event_data: dict[str, Any]) -> None:
        self.published.append((event_type, event_data))

    def handler_url(self, block: Any, handler_name: str, suffix: str = "", query: str = "", thirdparty: bool = False) -> str:
        return f"/courses/{COURSE}/xblock/{block.scope_ids.usage_id}/handler/{handler_name}/{suffix}"

    def local_resource_url(self, block: Any, uri: str) -> str:
        return RESOURCES + uri

    def resource_url(self, resource: str) -> str:
        return f"/static/{resource}"

    def get_block(self, usage_id: Any, for_parent: Any = None) -> Any:
        raise NotImplementedError("a block of the benchmark stands alone")

    def applicable_aside_types(self, block: Any) -> list[str]:
        return []

    def parse_asides(self, *_: Any) -> list[Any]:
        return []


def keys(kind: str, name: str) -> ScopeIds:
    """The ids of a block, as the LMS gives them."""
    usage = BlockUsageLocator(COURSE, kind, name)
    return ScopeIds(LEARNER, kind, usage, usage)


def post(block: Any, handler: str, request: Request, suffix: str = "") -> dict[str, Any]:
    """What a handler of the block answers; raises Failed where it refuses."""
    response: Response = block.handle(handler, request, suffix)
    if response.status_code != 200:
        raise Failed(f"{handler} answered {response.status_code}: {response.text[:300]}")
    answer: dict[str, Any] = json.loads(response.body)
    return answer
