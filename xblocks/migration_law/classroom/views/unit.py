# SPDX-License-Identifier: AGPL-3.0-or-later
"""A unit: the page on which blocks are shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.csrf import ensure_csrf_cookie
from web_fragments.fragment import Fragment

from .. import access, records
from ..grading import completable
from ..middleware import reference
from ..models import Account
from ..outline import page_title
from ..runtime import ClassroomRuntime
from ..services import Links
from ..tree import Node, Tree
from .gate import EVERYBODY, course, page, show, who

LESSON_STYLE = "migration-law.css"


@dataclass(frozen=True)
class Shown:
    """One block on the page: its HTML, and whether it is a text to be read to its end."""

    node: Node
    html: str
    is_text: bool
    done: bool


@ensure_csrf_cookie
@page(EVERYBODY, "GET", "HEAD")
def unit(request: HttpRequest, usage: str) -> HttpResponse:
    """The page with the block *usage*; for a part that is no page, the page on which it stands."""
    tree, account = course(request), who(request)
    node = tree.nodes.get(usage)
    place = node.unit if node else None
    if node is None or place is None:
        raise Http404
    if place is not node:
        return redirect_to(place, node)
    why = access.refusal(tree, node, account)
    if why is not None:
        return closed(request, node, why)
    return _open(request, tree, node, account)


def redirect_to(place: Node, node: Node) -> HttpResponse:
    """To the page *place*, down to *node* if it stands there."""
    anchor = f"#part-{node.usage}" if node in place.leaves else ""
    response = redirect("unit", place.usage)
    response["Location"] += anchor
    return response


def closed(request: HttpRequest, node: Node, why: access.Refusal) -> HttpResponse:
    """A plain page with the day on which *node* opens; no page at all if it is not for this account."""
    if why.opens is None:
        raise Http404
    response = show(request, "closed", node=node, opens=why.opens)
    response.status_code = 403
    return response


def _open(request: HttpRequest, tree: Tree, node: Node, account: Account) -> HttpResponse:
    leaves = [leaf for leaf in node.leaves if access.refusal(tree, leaf, account) is None]
    runtime = ClassroomRuntime(tree, account)
    runtime.rows.prefetch(leaves)
    fragments = {leaf.usage: _rendered(request, runtime, leaf) for leaf in leaves}
    runtime.save_all()
    _remember(account, node)
    done = records.completed(account)
    blocks = [_shown(tree, leaf, fragments[leaf.usage], done) for leaf in leaves]
    before, after = neighbours(tree, node, account)
    texts = [block for block in blocks if block.is_text]
    heading = page_title(node)
    return show(
        request,
        "unit",
        node=node,
        heading=heading,
        said_below=says_itself(blocks, heading),
        module=node.path[1],
        blocks=blocks,
        before=before,
        after=after,
        unread=[block for block in texts if not block.done],
        texts=texts,
        due=runtime.get_block(node.usage).due,
        now=timezone.now(),
        **resources(tree, fragments.values()),
    )


def says_itself(blocks: list[Shown], heading: str) -> bool:
    """Whether the page's first part, an activity, begins with the same title as the page."""
    return bool(blocks) and not blocks[0].is_text and blocks[0].node.title == heading


def _rendered(request: HttpRequest, runtime: ClassroomRuntime, node: Node) -> Fragment:
    try:
        return runtime.get_block(node.usage).render("student_view", {})
    except Exception as error:  # Foreign code failed: the rest of the page is still worth showing.
        name = reference(error, f"showing {node.usage}")
        return Fragment(f'<p class="notice" role="alert">This part could not be shown. Please quote {name}.</p>')


def _shown(tree: Tree, node: Node, fragment: Fragment, done: dict[str, float]) -> Shown:
    return Shown(node, fragment.content, node.type == "html" and not node.error, done.get(node.usage, 0) >= 1)


def _remember(account: Account, node: Node) -> None:
    if account.last_unit != node.usage:
        Account.objects.filter(pk=account.pk).update(last_unit=str(node.usage))


def neighbours(tree: Tree, node: Node, account: Account) -> tuple[Node | None, Node | None]:
    """The pages before and after *node* that *account* may know of."""
    units = [unit for unit in tree.units if unit is node or access.sees(tree, unit, account)]
    here = units.index(node)
    return (units[here - 1] if here else None), (units[here + 1] if here + 1 < len(units) else None)


def resources(tree: Tree, fragments: Any) -> dict[str, list[dict[str, str]]]:
    """Styles and scripts that the blocks ask for, each once, in their order; each is an address or a text."""
    found: dict[tuple[str, str], str] = {}
    for fragment in fragments:
        for item in fragment.resources:
            found.setdefault((item.kind, item.data), item.mimetype)
    lessons = [("url", Links(tree).asset(LESSON_STYLE))] if LESSON_STYLE in tree.assets else []
    styles = lessons + [key for key, mimetype in found.items() if mimetype == "text/css"]
    scripts = [key for key, mimetype in found.items() if mimetype in ("application/javascript", "text/javascript")]
    return {"styles": _items(styles), "scripts": _items(scripts)}


def _items(keys: list[tuple[str, str]]) -> list[dict[str, str]]:
    return [{kind: data} for kind, data in keys]


@page(EVERYBODY, "POST")
def mark_read(request: HttpRequest, usage: str) -> HttpResponse:
    """Record that a text was read to its end; a script gets no page, a person the page again."""
    tree, account = course(request), who(request)
    node = tree.nodes.get(usage)
    if node is None or node.type != "html" or usage not in completable(tree):
        raise Http404
    if access.refusal(tree, node, account) is not None:
        raise Http404
    with transaction.atomic():
        records.complete(account, str(node.usage))
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return HttpResponse(status=204)
    return redirect_to(node.unit or node, node)
