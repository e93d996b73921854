# SPDX-License-Identifier: AGPL-3.0-or-later
"""The outline of the course, and the pages behind its tabs."""
from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from ..outline import outline
from ..services import Links
from .gate import EVERYBODY, course, page, show, who


@page(EVERYBODY, "GET", "HEAD")
def home(request: HttpRequest) -> HttpResponse:
    """The course at a glance."""
    tree, account = course(request), who(request)
    whole = outline(tree, account)
    return show(request, "home", outline=whole, following=whole.next_after(account.last_unit))


@page(EVERYBODY, "GET", "HEAD")
def tab(request: HttpRequest, slug: str) -> HttpResponse:
    """A static page of the course."""
    tree = course(request)
    found = next((tab for tab in tree.data["tabs"] if tab["slug"] == slug), None)
    if found is None:
        raise Http404
    return show(request, "tab", tab=found, html=Links(tree).replace_urls(found["html"]))
