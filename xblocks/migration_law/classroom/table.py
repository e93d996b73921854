# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tables as CSV that spreadsheet programs open rightly and safely."""
from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse

BOM = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe(value: Any) -> Any:
    """*value* for a cell: text that a spreadsheet would take for a formula gets an apostrophe in front."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def response(name: str, rows: Iterable[Iterable[Any]]) -> HttpResponse:
    """*rows* as a download, UTF-8 with the mark by which spreadsheet programs know it."""
    text = io.StringIO(BOM, newline="")
    text.seek(len(BOM))
    csv.writer(text).writerows([safe(value) for value in row] for row in rows)
    found = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    found["Content-Disposition"] = f'attachment; filename="{name}"'
    return found
