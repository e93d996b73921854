# SPDX-License-Identifier: AGPL-3.0-or-later
"""What guards every handler: method, size, JSON, role, enrolment and dates. A refusal is a 4xx with a message."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from typing import Any

from webob import Request, Response
from xblock.core import XBlock

from migration_law.model.verdict import Refusal

from .who import enrolled, viewer

LARGEST_BODY = 1_000_000
"""Bytes in one request."""

Handler = Callable[[Any, dict[str, Any]], "dict[str, Any] | Refusal"]


class Refused(Exception):
    """A request that is not served: its HTTP status, and why, in words for the person."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message


def learner_handler(function: Handler) -> Callable[..., Response]:
    """A handler for a learner's POST: takes the body as a dict, gives a dict or a Refusal (400)."""
    return _handler(function, _admit_learner)


def author_handler(function: Handler) -> Callable[..., Response]:
    """A handler for an author's POST in Studio."""
    return _handler(function, _admit_author)


def _handler(function: Handler, admit: Callable[[Any], None]) -> Callable[..., Response]:
    @functools.wraps(function)
    def handler(self: Any, request: Request, suffix: str = "") -> Response:
        try:
            _require_post(request)
            admit(self)
            answer = function(self, _body(request))
        except Refused as refused:
            return _respond(refused.status, {"error": self.translate(refused.message)})
        if isinstance(answer, Refusal):
            return _respond(400, {"error": _words(self, answer)})
        return _respond(200, answer)

    return XBlock.handler(handler)


def _words(block: Any, refusal: Refusal) -> str:
    message = str(block.translate(refusal.message))
    if refusal.number is None:
        return message
    return str(block.translate("Question {number}: {message}").format(number=refusal.number, message=message))


def _require_post(request: Request) -> None:
    if request.method != "POST":
        raise Refused(405, "This address takes a POST only.")


def _body(request: Request) -> dict[str, Any]:
    if len(request.body) > LARGEST_BODY:
        raise Refused(413, "The answer is too long. Shorten it and send it again.")
    try:
        body = json.loads(request.body.decode("utf-8"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Refused(400, "The answer could not be read. Reload the page and answer again.") from None
    if not isinstance(body, dict):
        raise Refused(400, "The answer could not be read. Reload the page and answer again.")
    return body


def _no_number(name: str) -> None:
    """JSON has no NaN and no Infinity, though Python reads them."""
    raise ValueError(name)


def _admit_learner(block: Any) -> None:
    person = viewer(block)
    if person.id is None:
        raise Refused(403, "Log in to answer.")
    if person.masquerading:
        raise Refused(403, "You are viewing as a learner. Nothing is written in their name.")
    if not enrolled(block, person):
        raise Refused(403, "Enrol in the course to answer.")
    if not block.available or block.unreadable:
        raise Refused(409, "This activity is not available.")
    if block.closed and not person.staff:
        raise Refused(403, "The due date has passed. No answers are taken any more.")


def _admit_author(block: Any) -> None:
    """Only Studio has the service that knows who may write; elsewhere nobody is admitted."""
    permissions = block.runtime.service(block, "studio_user_permissions")
    course = getattr(block.scope_ids.usage_id, "context_key", None)
    may_write = permissions is not None and permissions.can_write(course)
    if not (may_write and block.is_studio and viewer(block).id is not None):
        raise Refused(403, "Only authors may change this, in Studio.")


def _respond(status: int, body: dict[str, Any]) -> Response:
    return Response(json.dumps(body).encode("utf-8"), status=status, content_type="application/json", charset="utf-8")


def named(body: dict[str, Any]) -> str:
    """The id of the question that the body names; empty, and so no question's, if it names none."""
    question = body.get("question")
    return question if isinstance(question, str) else ""


def answers_by_question(body: dict[str, Any]) -> dict[str, list[object]] | Refusal:
    """The body's `fields`, a list of [question id, cell], as cells by question."""
    fields = body.get("fields")
    grouped: dict[str, list[object]] = {}
    if not isinstance(fields, list):
        return Refusal(message="The answer could not be read. Reload the page and answer again.")
    for field in fields:
        if not (isinstance(field, list) and len(field) == 2 and isinstance(field[0], str)):
            return Refusal(message="The answer could not be read. Reload the page and answer again.")
        grouped.setdefault(field[0], []).append(field[1])
    return grouped
