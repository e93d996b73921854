# SPDX-License-Identifier: AGPL-3.0-or-later
"""What blocks may ask of the classroom, under the names that the platform uses."""
from __future__ import annotations

import gettext
import inspect
import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from django.urls import reverse
from xblock.completable import XBlockCompletionMode
from xblock.core import XBlock
from xblock.reference.user_service import UserService, XBlockUser
from xblock.runtime import NullI18nService

from . import records
from .models import Account, Completion, Role
from .tree import Tree

# A teacher of the classroom is the platform's course staff; who administers it, the platform's instructor.
PLATFORM_ROLES = {Role.TRAINEE: "student", Role.INSTRUCTOR: "staff", Role.ADMINISTRATOR: "instructor"}
LINK = re.compile(r"""(?P<quote>["']|&quot;|&\#39;)/(?P<kind>static|jump_to_id)/(?P<path>[^"'?\#<>\s&]+)""")


class Users(UserService):
    """Tells who is asking."""

    def __init__(self, account: Account | None, language: str) -> None:
        super().__init__()
        self.account, self.language = account, language

    def get_current_user(self) -> XBlockUser:
        """The account behind the request; without one, a person who is not logged in."""
        account = self.account
        if account is None:
            user = XBlockUser(is_current_user=True)
            user.opt_attrs = _platform({"is_authenticated": False, "user_is_staff": False, "user_role": "student"})
            return user
        emails = [account.email] if account.email else []
        user = XBlockUser(is_current_user=True, emails=emails, full_name=account.full_name)
        user.opt_attrs = _platform(self._attributes(account))
        return user

    def get_anonymous_user_id(self, username: str, course_id: Any) -> str | None:
        """The anonymous id of *username*, for staff only, as on the platform."""
        if self.account is None or not self.account.is_staff:
            return None
        return Account.objects.filter(username__iexact=username).values_list("anonymous_id", flat=True).first()

    def get_user_by_anonymous_id(self, uid: str | None = None) -> Account | None:
        """The account with the anonymous id *uid*, by default the one that is asking."""
        return Account.objects.filter(anonymous_id=uid).first() if uid else self.account

    def _attributes(self, account: Account) -> dict[str, Any]:
        return {
            "anonymous_user_id": account.anonymous_id,
            "is_authenticated": True,
            "user_id": account.pk,
            "username": account.username,
            "user_is_staff": account.is_staff,
            "user_role": PLATFORM_ROLES[Role(account.role)],
            "user_preferences": {"pref-lang": self.language},
        }


def _platform(attributes: dict[str, Any]) -> dict[str, Any]:
    return {f"edx-platform.{name}": value for name, value in attributes.items()}


class Translations(NullI18nService):
    """The block's own catalogue in the reader's language, else the words as they stand in the code."""

    def __init__(self, block: XBlock, language: str) -> None:
        super().__init__()
        self._translations = catalogue(translations_folder(block), language)


def translations_folder(block: XBlock | type[XBlock]) -> str:
    """The folder beside the block's module in which its catalogues lie."""
    cls = getattr(block, "unmixed_class", block)
    return str(Path(inspect.getfile(cls)).parent / "translations")


@cache
def catalogue(folder: str, language: str) -> gettext.NullTranslations:
    """The compiled catalogue for *language* in *folder*, an empty one if there is none."""
    locale = language.replace("-", "_")
    return gettext.translation("text", folder, [locale, locale.partition("_")[0]], fallback=True)


class Completions:
    """Completion of the blocks, for the one who is asking."""

    def __init__(self, account: Account | None) -> None:
        self.account = account

    def completion_tracking_enabled(self) -> bool:
        """Always, for those who are logged in."""
        return self.account is not None

    def get_completions(self, candidates: Iterable[Any]) -> dict[Any, float]:
        """How far each of *candidates* is done, from 0 to 1."""
        keys = list(candidates)
        rows = Completion.objects.filter(account=self.account, usage__in=[str(key) for key in keys])
        found = dict(rows.values_list("usage", "value"))
        return {key: found.get(str(key), 0.0) for key in keys}

    def can_mark_block_complete_on_view(self, block: XBlock) -> bool:
        """Whether seeing the block is all there is to do."""
        mode = XBlockCompletionMode.get_mode(block)
        custom = getattr(block, "has_custom_completion", False) or getattr(block, "has_score", False)
        return mode == XBlockCompletionMode.COMPLETABLE and not custom

    def vertical_is_complete(self, item: XBlock) -> bool:
        """Whether everything in the unit is done."""
        usages = [str(usage) for usage in item.children]
        return all(value == 1.0 for value in self.get_completions(usages).values())


class Links:
    """Turns links as authors write them into links of this server."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree

    def replace_urls(self, text: str, static_replace_only: bool = False) -> str:
        """*text* with `/static/...` and, unless told otherwise, `/jump_to_id/...` replaced."""

        def replaced(found: re.Match[str]) -> str:
            kind, path = found["kind"], unquote(found["path"])
            if kind == "static" and path in self.tree.assets:
                return found["quote"] + self.asset(path)
            if kind == "jump_to_id" and not static_replace_only:
                return found["quote"] + reverse("unit", args=[path.rstrip("/")])
            return found[0]

        return LINK.sub(replaced, text)

    def asset(self, path: str) -> str:
        """The address of a file from the archive's static folder; it changes with the archive."""
        return reverse("asset", args=[self.tree.digest[:12], path])


class Publisher:
    """Passes events of blocks on to the runtime."""

    def __init__(self, publish: Callable[[XBlock, str, dict[str, Any]], None]) -> None:
        self._publish = publish

    def publish(self, block: XBlock, event_type: str, event_data: dict[str, Any]) -> None:
        """Record the event, as `runtime.publish` does."""
        self._publish(block, event_type, event_data)


class Events:
    """Scores and completion published during one request, written with the fields at its end."""

    def __init__(self, account: Account | None) -> None:
        self.account = account
        self._kept: list[tuple[str, records.Score | float]] = []

    def add(self, block: XBlock, event_type: str, data: dict[str, Any]) -> None:
        """Keep a grade or completion event; other events are none of the classroom's business."""
        usage = str(block.scope_ids.usage_id)
        if event_type == "grade":
            self._kept.append((usage, records.Score.from_event(data)))
            if not getattr(block, "has_custom_completion", False):
                self._kept.append((usage, 1.0))
        elif event_type == "completion":
            self._kept.append((usage, data["completion"]))

    def flush(self) -> None:
        """Write what was kept; call it within a transaction."""
        for usage, what in self._kept:
            if self.account is None:
                raise PermissionError("nobody is logged in, so nothing can be recorded")
            if isinstance(what, records.Score):
                records.grade(self.account, usage, what)
            else:
                records.complete(self.account, usage, what)
        self._kept.clear()

    def __bool__(self) -> bool:
        return bool(self._kept)
