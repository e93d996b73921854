# SPDX-License-Identifier: AGPL-3.0-or-later
"""Walks an archive's course tree and reads every part of it, whatever happens to its neighbours."""
from __future__ import annotations

from typing import Any

from lxml import etree

from .. import inherited
from ..containers import CONTAINERS
from . import blocks, policies, xml
from .archive import Archive
from .parts import Part, Problem, Reading
from .xml import Broken


def read(archive: Archive) -> Reading:
    """The course in *archive*: all that can be read, and a problem for all that cannot."""
    org, course, run = xml.course(archive.files)
    reading = Reading(f"course-v1:{org}+{course}+{run}")
    walker = _Walker(archive.files, reading)
    walker.visit(etree.Element("course", url_name=run), "")
    policies.apply(archive.files, run, reading)
    return reading


class _Walker:
    """Goes down the tree; what fails becomes a part that says why."""

    def __init__(self, files: dict[str, bytes], reading: Reading) -> None:
        self.files, self.reading = files, reading

    def visit(self, element: etree._Element, parent: str) -> None:
        """Read *element* and all below it as a child of *parent*."""
        tag, usage = str(element.tag), element.get("url_name") or self._invented(element, parent)
        try:
            if tag in CONTAINERS:
                self._container(self._followed(element), usage, parent)
            elif tag == "html":
                self.reading.add(self._html(self._followed(element), usage, parent))
            else:
                self._block(element, usage, parent)
        except Broken as error:
            self.reading.add(Part(usage, tag, parent, {"display_name": element.get("display_name", "")}, str(error)))

    def _invented(self, element: etree._Element, parent: str) -> str:
        usage = f"{parent}-{element.tag}-{len(self.reading.parts)}"
        self.reading.problems.append(Problem(f"{element.tag} in {parent}", "it has no url_name, so its state may be lost."))
        return usage

    def _followed(self, element: etree._Element) -> etree._Element:
        if set(element.attrib) != {"url_name"} or len(element) or (element.text or "").strip():
            return element
        return xml.parse(self.files, f"{element.tag}/{element.get('url_name', '').replace(':', '/')}.xml")

    def _container(self, element: etree._Element, usage: str, parent: str) -> None:
        if not self.reading.add(Part(usage, str(element.tag), parent, self._settings(element, usage))):
            return
        for child in element:
            if isinstance(child.tag, str) and child.tag not in ("wiki", "textbook"):
                self.visit(child, usage)

    def _html(self, element: etree._Element, usage: str, parent: str) -> Part:
        fields = self._settings(element, usage)
        name = element.get("filename")
        if name is None:
            fields["data"] = (element.text or "") + "".join(etree.tostring(child, encoding="unicode") for child in element)
        elif f"html/{name}.html" not in self.files:
            raise Broken(f"the archive has no html/{name}.html.")
        else:
            fields["data"] = self.files[f"html/{name}.html"].decode("utf-8", "replace")
        return Part(usage, "html", parent, fields)

    def _settings(self, element: etree._Element, usage: str) -> dict[str, Any]:
        fields: dict[str, Any] = {"display_name": element.get("display_name", "")}
        for name in sorted(inherited.NAMES & set(element.attrib)):
            try:
                fields[name] = inherited.read(name, element.get(name))
            except ValueError as error:
                self.reading.problems.append(Problem(f"{element.tag}/{usage}", f"{error}; the setting is left out."))
        return fields

    def _block(self, element: etree._Element, usage: str, parent: str) -> None:
        settings = self._settings(element, usage)
        part, children = blocks.parse(element, usage, parent, settings)
        if self.reading.add(part):
            for child in children:
                self.visit(child, usage)
