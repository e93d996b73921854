# SPDX-License-Identifier: AGPL-3.0-or-later
"""What Studio's Export makes of an archive of ours: another folder, other attributes and spaces, the same meaning."""

from __future__ import annotations

import json
import re
from typing import Any

from lxml import etree
from lxml import html as lxml_html
from migration_law import notation


def exported(files: dict[str, bytes], *, as_files: bool = False) -> dict[str, bytes]:
    """The files as Studio writes them; `as_files` puts our own blocks into files of their own."""
    made = {name.replace("course/", "export/", 1): _file(name, data) for name, data in files.items()}
    if as_files:
        for name in [name for name in made if "/vertical/" in name]:
            made |= _split(name, made[name])
    made["export/assets/assets.xml"] = b"<assets/>"
    made["export/policies/assets.json"] = b"{}"
    made["export/drafts/vertical/draft.xml"] = (
        b'<vertical display_name="A draft" parent_url="block-v1:x" index_in_children_list="0"/>'
    )
    made["export/tabs/added.html"] = b"<p>Added"
    return made


def _file(name: str, data: bytes) -> bytes:
    if name.endswith("policy.json"):
        return json.dumps(json.loads(data), sort_keys=True, indent=4).encode()
    if "/html/" in name and name.endswith(".html"):
        return _html(data)
    return _xml(data) if name.endswith(".xml") else data


def _html(data: bytes) -> bytes:
    """As a browser's editor gives it back: entities, no slashes, attributes in another order, no line ends."""
    holder = lxml_html.fragment_fromstring(data.decode(), create_parent="div")
    for element in holder.iter("a", "img", "div"):
        attributes = sorted(element.attrib.items(), reverse=True)
        element.attrib.clear()
        element.attrib.update(attributes)
    text = lxml_html.tostring(holder, encoding="ascii").decode()
    return re.sub(r">\n<", ">  <", text.removeprefix("<div>").removesuffix("</div>")).encode()


def _xml(data: bytes) -> bytes:
    root: Any = etree.fromstring(data)
    for element in root.iter():
        if element.tag in ("law_quiz", "law_case_study"):
            element.text = "\n" + _yaml(element.text) + "  \n"
    if root.tag in ("vertical", "sequential", "chapter"):
        root.set("visible_to_staff_only", "false")
    return etree.tostring(root, pretty_print=True, encoding="utf-8")


def _yaml(text: str) -> str:
    """Another way of writing the same YAML: keys sorted, no blocks."""
    return json.dumps(notation.load(text).data, ensure_ascii=False, sort_keys=True, indent=1)


def _split(name: str, data: bytes) -> dict[str, bytes]:
    root: Any = etree.fromstring(data)
    made = {}
    for element in root.xpath("law_quiz|law_case_study"):
        own = element.get("url_name")
        made[f"export/{element.tag}/{own}.xml"] = etree.tostring(element, with_tail=False, encoding="utf-8")
        element.getparent().replace(element, etree.Element(element.tag, url_name=own))
    return made | {name: etree.tostring(root, encoding="utf-8")}
