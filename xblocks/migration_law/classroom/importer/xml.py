# SPDX-License-Identifier: AGPL-3.0-or-later
"""XML of an archive, parsed without anything that reaches outside it."""
from __future__ import annotations

from lxml import etree

from .archive import ArchiveError


class Broken(Exception):
    """Why a file of the archive could not be used."""


def parse(files: dict[str, bytes], path: str) -> etree._Element:
    """The root element of the file at *path*; Broken tells what is wrong with it."""
    if path not in files:
        raise Broken(f"the archive has no {path}.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        return etree.fromstring(files[path], parser)
    except etree.XMLSyntaxError as error:
        raise Broken(f"{path} is not well-formed XML: {error.msg}.") from error


def course(files: dict[str, bytes]) -> tuple[str, str, str]:
    """Organisation, course and run as course.xml names them; ArchiveError if it does not."""
    try:
        root = parse(files, "course.xml")
    except Broken as error:
        raise ArchiveError(str(error)) from error
    found = tuple(root.get(name, "") for name in ("org", "course", "url_name"))
    if root.tag != "course" or not all(found):
        raise ArchiveError("course.xml does not name org, course and url_name.")
    return found[0], found[1], found[2]
