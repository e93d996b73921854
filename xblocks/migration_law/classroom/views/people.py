# SPDX-License-Identifier: AGPL-3.0-or-later
"""Accounts: for administrators all of them, for everybody one's own."""
from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.debug import sensitive_post_parameters

from .. import accounts
from ..models import ROLES, Account, Role
from ..tree import current
from .gate import ADMINISTERING, EVERYBODY, page, show, who

KEEP_ONE = "This is the only administrator. Make somebody else an administrator first."


LABELS = {"full_name": "Full name", "username": "User name", "email": "E-mail (not required)", "group": "Group"}
HINTS = {"username": "Letters, digits and . _ - + @ only"}


def groups() -> list[str]:
    """The names of the course's content groups."""
    tree = current()
    return list(tree.groups) if tree else []


class Add(forms.ModelForm):
    """One new account."""

    class Meta:
        model = Account
        fields = ("full_name", "username", "email", "role", "group")
        labels = LABELS
        help_texts = HINTS

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        if names := groups():
            self.fields["group"] = forms.ChoiceField(choices=[("", "None"), *((n, n) for n in names)], required=False)
        else:
            del self.fields["group"]

    def clean_username(self) -> str:
        """Lower case, as it is kept."""
        return str(self.cleaned_data["username"]).lower()


class Choose(PasswordChangeForm):
    """One's own new password."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["old_password"].label = "Present password"
        self.fields["new_password1"].label = "New password"
        self.fields["new_password2"].label = "New password again"
        self.fields["old_password"].widget.attrs.pop("autofocus", None)

    def clean_new_password1(self) -> str:
        """Not the present one."""
        password = str(self.cleaned_data["new_password1"])
        if self.user.check_password(password):
            raise ValidationError("Choose a password that differs from the present one.")
        return password


@page(ADMINISTERING, "GET", "HEAD")
def everybody(request: HttpRequest) -> HttpResponse:
    """All accounts."""
    return show(request, "accounts", people=Account.objects.all(), roles=ROLES, add=Add())


@page(ADMINISTERING, "GET", "HEAD", "POST")
def add(request: HttpRequest) -> HttpResponse:
    """Add one account and show its password once."""
    form = Add(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return show(request, "add_account", form=form)
    made = accounts.make([accounts.Wanted(**form.cleaned_data)])
    return show(request, "passwords", made=made)


@page(ADMINISTERING, "GET", "HEAD", "POST")
def bring_in(request: HttpRequest) -> HttpResponse:
    """Add accounts from a CSV file: first a preview, then all of them or none."""
    if request.method != "POST":
        return show(request, "import_accounts", columns=accounts.COLUMNS, groups=groups())
    file = request.FILES.get("file")
    text = file.read() if file else request.POST.get("text", "").encode()
    sheet = accounts.read_sheet(text, groups())
    if request.POST.get("confirmed") and not sheet.mistakes:
        return show(request, "passwords", made=accounts.make(sheet.wanted))
    shown = "" if sheet.mistakes else text.decode("utf-8-sig")
    return show(request, "import_accounts", columns=accounts.COLUMNS, groups=groups(), sheet=sheet, text=shown)


@page(ADMINISTERING, "POST")
def reset(request: HttpRequest, number: int) -> HttpResponse:
    """A new password for somebody, shown once."""
    account = get_object_or_404(Account, pk=number)
    return show(request, "passwords", made=[accounts.Made(account, accounts.reset_password(account))])


@page(ADMINISTERING, "POST")
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Change somebody's role or group, or close and open the account."""
    account = get_object_or_404(Account, pk=number)
    wanted = {name: request.POST[name] for name in ("role", "group", "active") if name in request.POST}
    problem = _change(account, wanted)
    if problem:
        messages.error(request, problem)
    else:
        messages.success(request, f"{account.full_name}: saved.")
    return redirect("accounts")


def _change(account: Account, wanted: dict[str, str]) -> str:
    if wanted.get("role", account.role) not in list(Role) or wanted.get("group", "") not in ("", *groups()):
        return "There is no such role or group."
    loses = wanted.get("role", account.role) != Role.ADMINISTRATOR or wanted.get("active") == "no"
    if loses and accounts.last_administrator(account):
        return KEEP_ONE
    account.role, account.group = wanted.get("role", account.role), wanted.get("group", account.group)
    account.is_active = wanted.get("active", "yes" if account.is_active else "no") == "yes"
    account.save()
    return ""


@sensitive_post_parameters()
@page(EVERYBODY, "GET", "HEAD", "POST", unchanged_password=True)
def own(request: HttpRequest) -> HttpResponse:
    """One's own account: change the password."""
    account = who(request)
    form = Choose(account, request.POST or None)
    if request.method == "POST" and form.is_valid():
        account.must_change = False
        form.save()
        update_session_auth_hash(request, account)
        messages.success(request, "Your new password is set.")
        return redirect("home")
    return show(request, "account", form=form)
