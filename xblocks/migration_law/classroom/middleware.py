# SPDX-License-Identifier: AGPL-3.0-or-later
"""What happens to every request: limits, headers, plain errors."""
from __future__ import annotations

import logging
import secrets
import uuid
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError

from .settings import BODY_LIMIT

log = logging.getLogger(__name__)
Next = Callable[[HttpRequest], HttpResponse]
POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)


class BodyLimit:
    """Refuses bodies over a megabyte before anything reads them."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        from .views import errors

        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length) > BODY_LIMIT:
            return errors.answer(request, 413, "This is too much at once. A megabyte is the most that can be sent.")
        return self.get_response(request)


class SecureHeaders:
    """Sets the Content-Security-Policy, and keeps personal pages out of caches."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.nonce = secrets.token_urlsafe(12)
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY.format(nonce=request.nonce))
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class PlainErrors:
    """Turns an unexpected exception into a page that says so plainly, and logs it under a reference."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for *error*, unless Django has one for it."""
        from .views import errors

        if isinstance(error, (Http404, PermissionDenied, SuspiciousOperation, MultiPartParserError)):
            return None
        return errors.failure(request, error)


def reference(error: Exception, what: str) -> str:
    """A short name under which *error* stands in the log."""
    name = uuid.uuid4().hex[:8]
    log.error("[%s] %s", name, what, exc_info=error)
    return name


def shell_context(request: HttpRequest) -> dict[str, Any]:
    """What every page needs: the course, the nonce, the version of the shell's files."""
    from .tree import current

    tree = request.tree if hasattr(request, "tree") else current()
    return {"tree": tree, "nonce": getattr(request, "nonce", ""), "shell": shell_version()}


@cache
def shell_version() -> str:
    """Eight letters that change with the shell's own style and script."""
    folder = Path(__file__).parent / "static" / "classroom"
    return sha256(b"".join(path.read_bytes() for path in sorted(folder.iterdir()))).hexdigest()[:8]
