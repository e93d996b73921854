# SPDX-License-Identifier: AGPL-3.0-or-later
"""The addresses of the classroom."""
from __future__ import annotations

from django.urls import path

from .views import entrance, errors, files, handler, home, people, results, unit

urlpatterns = [
    path("", home.home, name="home"),
    path("log-in", entrance.log_in, name="log-in"),
    path("log-out", entrance.log_out, name="log-out"),
    path("account", people.own, name="account"),
    path("unit/<str:usage>", unit.unit, name="unit"),
    path("jump_to_id/<str:usage>", unit.unit),
    path("page/<str:slug>", home.tab, name="tab"),
    path("read/<str:usage>", unit.mark_read, name="mark-read"),
    path("results", results.mine, name="results"),
    path("learners", results.everybody, name="learners"),
    path("learners.csv", results.download, name="learners-csv"),
    path("learners/<int:number>", results.theirs, name="learner"),
    path("accounts", people.everybody, name="accounts"),
    path("accounts/add", people.add, name="add-account"),
    path("accounts/import", people.bring_in, name="import-accounts"),
    path("accounts/<int:number>", people.change, name="change-account"),
    path("accounts/<int:number>/password", people.reset, name="reset-password"),
    path("handler/<str:usage>/<str:name>", handler.handler, name="handler"),
    path("handler/<str:usage>/<str:name>/", handler.handler),
    path("handler/<str:usage>/<str:name>/<path:suffix>", handler.handler, name="handler"),
    path("asset/<str:digest>/<path:path>", files.asset, name="asset"),
    path("resource/<str:block_type>/<str:version>/<path:path>", files.resource, name="resource"),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
