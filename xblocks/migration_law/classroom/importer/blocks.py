# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lets an installed XBlock read its own element: the only time that its YAML is parsed."""
from __future__ import annotations

import json
import logging
from typing import Any

from lxml import etree
from xblock.core import XBlock
from xblock.fields import Scope, ScopeIds
from xblock.plugin import PluginMissingError
from xblock.runtime import DictKeyValueStore, KvsFieldData, MemoryIdManager, Runtime

from ..inherited import Inherited
from .parts import Part

log = logging.getLogger(__name__)
KEPT = (Scope.content, Scope.settings)


class ReadingRuntime(Runtime):
    """Keeps the fields of one block in memory while it reads itself."""

    def __init__(self) -> None:
        ids = MemoryIdManager()
        store = KvsFieldData(DictKeyValueStore())
        super().__init__(ids, ids, mixins=(Inherited,), services={"field-data": store})
        self.children: list[etree._Element] = []

    def add_node_as_child(self, block: XBlock, node: etree._Element) -> None:
        """Remember the child; it is read as a block of its own."""
        self.children.append(node)

    def _unused(self, *arguments: Any, **named: Any) -> Any:
        raise NotImplementedError("A block has no address and no learner while it is being loaded.")

    handler_url = resource_url = local_resource_url = publish = _unused


def parse(
    element: etree._Element, usage: str, parent: str, settings: dict[str, Any]
) -> tuple[Part, list[etree._Element]]:
    """The part that the block makes of *element*, and its child elements; a failure is told in the part."""
    tag, runtime = str(element.tag), ReadingRuntime()
    part = Part(usage, tag, parent, settings)
    try:
        part.fields = {**_fields(element, usage, runtime), **{k: v for k, v in settings.items() if v != ""}}
    except PluginMissingError:
        part.error = f"no block of the type {tag} is installed here."
    except Exception as error:  # A block is foreign code: whatever it raises must not stop the others.
        log.warning("Loading %s/%s failed.", tag, usage, exc_info=True)
        part.error = f"the block could not be read: {error or type(error).__name__}."
    return part, [] if part.error else runtime.children


def _fields(element: etree._Element, usage: str, runtime: ReadingRuntime) -> dict[str, Any]:
    for name in ("xblock-family", "url_name"):
        element.attrib.pop(name, "")
    block_class = runtime.mixologist.mix(runtime.load_block_type(str(element.tag)))
    block = block_class.parse_xml(element, runtime, ScopeIds(None, str(element.tag), usage, usage))
    block.save()
    found: dict[str, Any] = {}
    for scope in KEPT:
        found.update(block.get_explicitly_set_fields_by_scope(scope))
    try:
        return dict(json.loads(json.dumps(found)))
    except TypeError as error:
        raise ValueError(f"its content is not plain data ({error})") from error
