# SPDX-License-Identifier: AGPL-3.0-or-later
"""Files: those of the archive, for people who are logged in, and those in the packages of blocks, for everybody."""
from __future__ import annotations

import mimetypes
from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from xblock.core import XBlock
from xblock.exceptions import DisallowedFileError
from xblock.plugin import PluginMissingError

from ..importer import assets_folder
from ..runtime import fingerprint
from .gate import EVERYBODY, course, page

FOREVER = "max-age=31536000, immutable"
# Text that a browser would run is shown without any rights of this site.
ACTIVE = ("image/svg+xml", "text/html", "application/xhtml+xml", "text/xml", "application/xml")
HARMLESS = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"


@page(EVERYBODY, "GET", "HEAD")
def asset(request: HttpRequest, digest: str, path: str) -> HttpResponse:
    """A file from the archive's static folder."""
    tree = course(request)
    if path not in tree.assets:
        raise Http404
    if digest != tree.digest[:12]:
        return redirect("asset", tree.digest[:12], path)
    return _sent((assets_folder(tree.digest) / path).open("rb"), path, f"private, {FOREVER}")


def resource(request: HttpRequest, block_type: str, version: str, path: str) -> HttpResponse:
    """A public file in the package of an installed block."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET"])
    try:
        block = XBlock.load_class(block_type)
        file = block.open_local_resource(path)
    except (PluginMissingError, DisallowedFileError, OSError, ValueError) as error:
        raise Http404 from error
    caching = f"public, {FOREVER}" if version == fingerprint(block_type, path) else "public, no-cache"
    return _sent(file, path, caching)


def _sent(file: object, path: str, caching: str) -> FileResponse:
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    response = FileResponse(file, content_type=kind, filename=Path(path).name)
    response["Cache-Control"] = caching
    if kind in ACTIVE:
        response["Content-Security-Policy"] = HARMLESS
    return response
