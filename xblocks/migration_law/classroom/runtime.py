# SPDX-License-Identifier: AGPL-3.0-or-later
"""The runtime of the classroom: gives blocks their fields, their services and their addresses."""
from __future__ import annotations

import hashlib
import json
import logging
from functools import cache
from typing import Any

from django.db import transaction
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from web_fragments.fragment import Fragment
from xblock.core import XBlock
from xblock.exceptions import DisallowedFileError, NoSuchUsage
from xblock.fields import ScopeIds
from xblock.plugin import PluginMissingError
from xblock.runtime import IdReader, KvsFieldData, MemoryIdManager, Runtime

from . import services
from .containers import OWN, Unavailable
from .inherited import Inherited
from .models import Account
from .state import LearnerRows, Store
from .tree import Tree

log = logging.getLogger(__name__)


class Ids(IdReader):
    """Usages of the loaded course; a definition has the name of its usage."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree

    def get_definition_id(self, usage_id: str) -> str:
        if usage_id not in self.tree.nodes:
            raise NoSuchUsage(repr(usage_id))
        return self.tree.nodes[usage_id].usage

    def get_block_type(self, def_id: str) -> str:
        return self.tree.nodes[def_id].type

    def get_usage_id_from_aside(self, aside_id: Any) -> Any:
        raise NoSuchUsage(repr(aside_id))

    get_definition_id_from_aside = get_usage_id_from_aside
    get_aside_type_from_usage = get_usage_id_from_aside
    get_aside_type_from_definition = get_usage_id_from_aside


class ClassroomRuntime(Runtime):
    """One request of one account, or of nobody: then nothing can be written."""

    def __init__(self, tree: Tree, account: Account | None, language: str = "") -> None:
        self.tree, self.account = tree, account
        self.language = language or (account.language if account else "") or tree.language
        self.rows = LearnerRows(account)
        self.events = services.Events(account)
        self.course_id = tree.key
        super().__init__(Ids(tree), MemoryIdManager(), mixins=(Inherited,), services=self._offered())

    def _offered(self) -> dict[str, Any]:
        return {
            "field-data": KvsFieldData(Store(self.tree, self.rows)),
            "user": services.Users(self.account, self.language),
            "completion": services.Completions(self.account),
            "replace_urls": services.Links(self.tree),
            "publish": services.Publisher(self.publish),
        }

    @property
    def user_id(self) -> int | None:
        """The account's number, which blocks see as the user id."""
        return self.account.pk if self.account else None

    @user_id.setter
    def user_id(self, value: Any) -> None:
        """Nothing: a request belongs to one account."""

    def save_all(self) -> None:
        """Write changed fields and published events in one transaction, if there are any."""
        if not (self.rows or self.events):
            return
        with transaction.atomic():
            self.rows.flush()
            self.events.flush()

    # Blocks

    def load_block_type(self, block_type: str) -> type[XBlock]:
        """The classroom's own parts first, then what is installed."""
        return OWN.get(block_type) or super().load_block_type(block_type)

    def get_block(self, usage_id: str, for_parent: XBlock | None = None) -> XBlock:
        """The block named *usage_id*; a block that failed to load comes as one that says so."""
        node = self.tree.nodes.get(usage_id)
        if node is None:
            raise NoSuchUsage(repr(usage_id))
        keys = ScopeIds(self.user_id, node.type, node.usage, node.usage)
        return self.construct_xblock_from_class(self._class(node.type, node.error), keys, for_parent=for_parent)

    def _class(self, block_type: str, error: str) -> type[XBlock]:
        try:
            return Unavailable if error else self.load_block_type(block_type)
        except PluginMissingError:
            log.error("No block of the type %s is installed any more.", block_type)
            return Unavailable

    def applicable_aside_types(self, block: XBlock) -> list[str]:
        """None: the classroom has no asides."""
        return []

    def service(self, block: XBlock, service_name: str) -> Any:
        """A service, where translations are those of the block that asks."""
        found = super().service(block, service_name)
        return services.Translations(block, self.language) if service_name == "i18n" else found

    def publish(self, block: XBlock, event_type: str, event_data: dict[str, Any]) -> None:
        """Keep a grade or completion event until the end of the request."""
        self.events.add(block, event_type, event_data)

    # Addresses

    def handler_url(
        self, block: XBlock, handler_name: str, suffix: str = "", query: str = "", thirdparty: bool = False
    ) -> str:
        """The address of a handler; ValueError if the block has no such handler."""
        if not is_handler(block, handler_name):
            raise ValueError(f"{handler_name!r} is not a handler of {block.scope_ids.block_type}")
        arguments = [str(block.scope_ids.usage_id), handler_name, *([suffix] if suffix else [])]
        return reverse("handler", args=arguments) + (f"?{query}" if query else "")

    def resource_url(self, resource: str) -> str:
        """The address of one of the classroom's own static files."""
        return static(f"classroom/{resource}")

    def local_resource_url(self, block: XBlock, uri: str) -> str:
        """The address of a file in the block's package; it changes with the file."""
        block_type = block.scope_ids.block_type
        return reverse("resource", args=[block_type, fingerprint(block_type, uri), uri])

    # Views

    def wrap_xblock(self, block: XBlock, view: str, frag: Fragment, context: Any) -> Fragment:
        """The block's HTML in an element that names the block."""
        wrapped = Fragment()
        wrapped.add_fragment_resources(frag)
        if block.scope_ids.block_type in ("course", "chapter", "sequential", "vertical"):
            wrapped.add_content(frag.content)
            return wrapped
        text = services.Links(self.tree).replace_urls(frag.body_html())
        attributes = format_html_join("", ' {}="{}"', self._attributes(block, view, frag))
        # The content is the block's own HTML, made by installed code.
        wrapped.add_content(f"<div{attributes}>{text}{_arguments(frag)}</div>")
        return wrapped

    def _attributes(self, block: XBlock, view: str, frag: Fragment) -> list[tuple[str, str]]:
        usage, block_type = str(block.scope_ids.usage_id), block.scope_ids.block_type
        found = [("class", f"xblock xblock-{view}"), ("id", f"part-{usage}"), ("data-usage", usage)]
        found += [("data-block-type", block_type), ("data-handlers", reverse("handler", args=[usage, "-"])[:-1])]
        if frag.js_init_fn:
            found += [("data-init", frag.js_init_fn), ("data-runtime-version", str(frag.js_init_version))]
        return found


def _arguments(frag: Fragment) -> str:
    if frag.json_init_args is None:
        return ""
    text = json.dumps(frag.json_init_args).replace("<", "\\u003c")
    return mark_safe(f'<script type="json/xblock-args" class="xblock_json_init_args">{text}</script>')


def is_handler(block: XBlock, name: str) -> bool:
    """Whether *name* is a handler; asks the class, so that no property runs by being named in an address."""
    return bool(getattr(getattr(type(block), name, None), "_is_xblock_handler", False))


@cache
def fingerprint(block_type: str, uri: str) -> str:
    """Twelve letters that change with the content of a file of the block's package; "0" if there is no such file."""
    try:
        with XBlock.load_class(block_type).open_local_resource(uri) as file:
            return hashlib.sha256(file.read()).hexdigest()[:12]
    except (DisallowedFileError, OSError, ValueError):
        return "0"
