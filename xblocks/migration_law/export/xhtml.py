# SPDX-License-Identifier: AGPL-3.0-or-later
"""HTML as a browser reads it -> the same as XML, which both the platform's html block and XML tools can read."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree
from lxml import html as lxml_html

VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
REPLACEMENT = "�"


def legal(text: str) -> str:
    """The text with each character that XML forbids shown as `�`, which the lint reports."""
    return ILLEGAL.sub(REPLACEMENT, text)


def xhtml(fragment: str) -> str:
    """An HTML fragment as well-formed XML; links out of the course open beside it, not in the unit's frame."""
    if not fragment.strip():
        return ""
    holder = lxml_html.fragment_fromstring(legal(fragment), create_parent="div")
    for element in holder.iterdescendants(etree.Element):
        _mend(element)
    inner = etree.tostring(holder, encoding="unicode", method="xml")
    return inner.removeprefix("<div>").removesuffix("</div>").strip() + "\n"


def _mend(element: Any) -> None:
    if element.tag == "a" and element.get("href", "").startswith(("http:", "https:")):
        element.set("target", "_blank")
        element.set("rel", "noopener")
    if element.tag not in VOID and element.text is None and not len(element):
        element.text = ""
