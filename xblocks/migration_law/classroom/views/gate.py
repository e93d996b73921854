# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may open which page, and by which method: every view passes through here."""
from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render

from ..models import Account, Role
from ..tree import Tree, current
from . import errors

View = Callable[..., HttpResponse]
EVERYBODY = (Role.TRAINEE, Role.INSTRUCTOR, Role.ADMINISTRATOR)
TEACHING = (Role.INSTRUCTOR, Role.ADMINISTRATOR)
ADMINISTERING = (Role.ADMINISTRATOR,)


def page(roles: tuple[Role, ...], *methods: str, unchanged_password: bool = False) -> Callable[[View], View]:
    """Let *roles* through by *methods*; whoever still has a generated password goes to change it first."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return errors.log_in_first(request) or redirect_to_login(request.get_full_path())
            account = cast(Account, request.user)
            if account.role not in roles:
                raise PermissionDenied
            if account.must_change and not unchanged_password:
                return errors.change_first(request) or redirect("account")
            if (request.method or "") not in methods:
                return HttpResponseNotAllowed(methods)
            return view(request, *args, **named)

        return checked

    return decorate


def course(request: HttpRequest) -> Tree:
    """The loaded course; NoCourse if there is none yet."""
    tree = current()
    if tree is None:
        raise NoCourse
    request.tree = tree
    return tree


def who(request: HttpRequest) -> Account:
    """The account behind the request; call it in views that passed the gate."""
    return cast(Account, request.user)


class NoCourse(Exception):
    """No archive has been loaded yet."""


def show(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    """The page made from *template*."""
    return render(request, f"classroom/{template}.html", context)
