# SPDX-License-Identifier: AGPL-3.0-or-later
"""Logging in and out."""
from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters

from .. import throttle
from .gate import show

NAME = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
WORD = {"autocomplete": "current-password"}
TOO_OFTEN = "Too many attempts with a wrong password. Wait a quarter of an hour, then try again."


class LogIn(forms.Form):
    """Name and password."""

    username = forms.CharField(label="User name", max_length=150, widget=forms.TextInput(attrs=NAME))
    password = forms.CharField(label="Password", max_length=1000, strip=False, widget=forms.PasswordInput(attrs=WORD))


@sensitive_post_parameters("password")
def log_in(request: HttpRequest) -> HttpResponse:
    """The log-in page."""
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "POST"])
    if request.user.is_authenticated:
        return redirect(_next(request))
    form = LogIn(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _try(request, form)
    return show(request, "log_in", form=form, next=_next(request))


def _try(request: HttpRequest, form: LogIn) -> HttpResponse:
    username = form.cleaned_data["username"].strip().lower()
    if throttle.exhausted(request, username):
        return locked_out(request)
    account = authenticate(request, username=username, password=form.cleaned_data["password"])
    if account is None:
        form.add_error(None, "This user name and password do not belong together, or the account is closed.")
        return show(request, "log_in", form=form, next=_next(request))
    login(request, account)
    return redirect(_next(request))


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else "/"


def locked_out(request: HttpRequest, *_: Any) -> HttpResponse:
    """The log-in page, closed for a while."""
    form = LogIn(request.POST)
    form.full_clean()
    form.add_error(None, TOO_OFTEN)
    response = show(request, "log_in", form=form, next=_next(request))
    response.status_code = 429
    return response


def log_out(request: HttpRequest) -> HttpResponse:
    """Log out, by POST only, so that no link can do it."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    logout(request)
    return redirect("log-in")
