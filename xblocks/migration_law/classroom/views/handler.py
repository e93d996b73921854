# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where the scripts of blocks post: one transaction a request, JSON for everything that goes wrong."""
from __future__ import annotations

import webob
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from xblock.django.request import django_to_webob_request, webob_to_django_response

from .. import access
from ..runtime import ClassroomRuntime, is_handler
from ..state import ReadOnly
from .errors import answer
from .gate import EVERYBODY, course, page, who

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")


@page(EVERYBODY, *METHODS)
def handler(request: HttpRequest, usage: str, name: str, suffix: str = "") -> HttpResponse:
    """Let the block *usage* answer; what it changed is saved once, or not at all if it failed."""
    tree, account = course(request), who(request)
    node = tree.nodes.get(usage)
    why = access.refusal(tree, node, account) if node else None
    if node is None or (why and why.opens is None):
        return answer(request, 404, "There is no such part in this course.")
    if why:
        return answer(request, 403, "This part of the course is not open yet.")
    try:
        return _handled(request, ClassroomRuntime(tree, account), usage, name, suffix)
    except ReadOnly:
        return answer(request, 403, "The content of the course cannot be changed here.")


def _handled(request: HttpRequest, runtime: ClassroomRuntime, usage: str, name: str, suffix: str) -> HttpResponse:
    # The write lock is taken first: a second post waits until the first has been saved, and then sees it.
    with transaction.atomic():
        runtime.rows.prefetch([runtime.tree.nodes[usage]])
        block = runtime.get_block(usage)
        if not is_handler(block, name):
            return answer(request, 404, "This part of the course cannot do that.")
        found = block.handle(name, django_to_webob_request(request), suffix)
        runtime.save_all()
        # Within the transaction, since a streamed answer may still read fields.
        return webob_to_django_response(found if isinstance(found, webob.Response) else webob.Response(status=204))
