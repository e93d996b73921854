# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages, and JSON for scripts, that say plainly what went wrong."""
from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from ..middleware import reference, shell_version

TITLES = {
    400: "This request could not be understood",
    403: "This page is not open to you",
    404: "There is no such page",
    405: "This cannot be done here",
    413: "Too much at once",
    500: "Something went wrong",
    503: "There is no course yet",
}


def answer(request: HttpRequest, status: int, message: str) -> HttpResponse:
    """*message* as JSON for a script, else as a page."""
    if for_script(request):
        return JsonResponse({"error": message}, status=status)
    tries = {"title": TITLES.get(status, "Something went wrong"), "message": message, "shell": shell_version()}
    tries["nonce"] = getattr(request, "nonce", "")
    return HttpResponse(render_to_string("classroom/error.html", tries), status=status)


def for_script(request: HttpRequest) -> bool:
    """Whether a script asks, which wants JSON."""
    return request.path.startswith("/handler/") or request.headers.get("X-Requested-With") == "XMLHttpRequest"


def failure(request: HttpRequest, error: Exception) -> HttpResponse:
    """The answer to an exception that nobody expected; a course that is missing is no mystery, though."""
    from .gate import NoCourse

    if isinstance(error, NoCourse):
        return answer(request, 503, "No course has been loaded into this classroom. Ask whoever runs it to load one.")
    name = reference(error, f"{request.method} {request.path}")
    return answer(
        request, 500, f"The server made a mistake; nothing was saved. Please try again. If it goes on, quote {name}."
    )


def log_in_first(request: HttpRequest) -> HttpResponse | None:
    """For scripts only: people are sent to the page instead."""
    return answer(request, 401, "You are logged out. Log in again, then repeat this.") if for_script(request) else None


def change_first(request: HttpRequest) -> HttpResponse | None:
    """For scripts only: people are sent to the page instead."""
    return answer(request, 403, "Choose your own password first.") if for_script(request) else None


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was open too long, or the request does not come from it."""
    return answer(request, 403, "This page is out of date. Reload it, then try again.")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return answer(request, 400, "The request was incomplete or damaged.")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return answer(request, 403, str(exception) or "Your account does not have the right to open this page.")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return answer(request, 404, "The address may be mistyped, or the page may have moved.")


def server_error(request: HttpRequest) -> HttpResponse:
    """500, for what fails outside all views."""
    return answer(request, 500, "The server made a mistake. Please try again.")
