# SPDX-License-Identifier: AGPL-3.0-or-later
"""Results: one's own, and for those who teach, everybody's."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from .. import access, table
from ..grading import Results, Scored, completion_of, grades_of, results, scored_blocks
from ..models import Account, Role
from ..tree import Tree
from .gate import EVERYBODY, TEACHING, course, page, show, who


@dataclass(frozen=True)
class Learner:
    """One line of the table of learners."""

    account: Account
    results: Results
    completion: int


SORTS = {
    "name": lambda learner: (learner.account.full_name.casefold(), learner.account.username),
    "completion": lambda learner: (-learner.completion, learner.account.full_name.casefold()),
    "total": lambda learner: (-learner.results.total, learner.account.full_name.casefold()),
}


@page(EVERYBODY, "GET", "HEAD")
def mine(request: HttpRequest) -> HttpResponse:
    """One's own results."""
    return _page(request, who(request))


@page(TEACHING, "GET", "HEAD")
def theirs(request: HttpRequest, number: int) -> HttpResponse:
    """The results of one learner."""
    return _page(request, get_object_or_404(Account, pk=number))


def _page(request: HttpRequest, account: Account) -> HttpResponse:
    tree = course(request)
    reached = learners(tree, [account])[0]
    return show(request, "results", learner=account, results=reached.results, completion=reached.completion)


def learners(tree: Tree, accounts: list[Account]) -> list[Learner]:
    """The results of all *accounts*, in two queries."""
    grades, completion = grades_of(accounts), completion_of(tree, accounts)
    scored = scored_blocks(tree)
    return [
        Learner(one, results(tree, _visible(tree, scored, one), grades.get(one.pk, {})), completion.get(one.pk, 0))
        for one in accounts
    ]


def _visible(tree: Tree, scored: tuple[Scored, ...], account: Account) -> list[Scored]:
    return [block for block in scored if access.sees(tree, block.node, account)]


@page(TEACHING, "GET", "HEAD")
def everybody(request: HttpRequest) -> HttpResponse:
    """The table of learners and graded work: found by name, sorted by name, completion or total."""
    tree, words = course(request), request.GET.get("q", "").strip()
    sort = request.GET.get("sort", "name")
    sort = sort if sort in SORTS else "name"
    rows = sorted(learners(tree, list(_found(words))), key=SORTS[sort])
    scored = tuple(block for block in scored_blocks(tree) if block.format)
    table_rows = [(row, _cells(scored, row)) for row in rows]
    return show(request, "learners", scored=scored, rows=table_rows, sort=sort, words=words)


def _found(words: str) -> QuerySet[Account]:
    people = Account.objects.filter(role=Role.TRAINEE, is_active=True)
    for word in words.split():
        people = people.filter(
            Q(full_name__icontains=word) | Q(username__icontains=word) | Q(email__icontains=word) | Q(group__iexact=word)
        )
    return people


def _cells(scored: tuple[Scored, ...], learner: Learner) -> list[Any]:
    rows = {row.scored.node.usage: row for row in learner.results.rows}
    return [rows.get(block.node.usage) for block in scored]


@page(TEACHING, "GET", "HEAD")
def download(request: HttpRequest) -> HttpResponse:
    """The table of learners as CSV, practice included: points by block, completion and total in per cent."""
    tree = course(request)
    scored = scored_blocks(tree)
    head = ["User name", "Name", "E-mail", "Group", "Completion %", "Total %"]
    head += [f"{block.label} (of {block.possible:g})" for block in scored]
    rows = [[*_person(one), *_points(scored, one)] for one in learners(tree, list(_found(request.GET.get("q", ""))))]
    return table.response("learners.csv", [head, *rows])


def _person(learner: Learner) -> list[Any]:
    account = learner.account
    named = [account.username, account.full_name, account.email, account.group]
    return [*named, learner.completion, learner.results.total]


def _points(scored: tuple[Scored, ...], learner: Learner) -> list[Any]:
    return ["" if row is None or row.earned is None else round(row.earned, 2) for row in _cells(scored, learner)]
