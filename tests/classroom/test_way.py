# SPDX-License-Identifier: AGPL-3.0-or-later
"""The whole way of one question: archive, log-in, unit, handler, grade, results."""

from __future__ import annotations

from typing import Any


def post(client: Any, usage: str, name: str, data: object, **headers: str) -> Any:
    return client.post(f"/handler/{usage}/{name}", data, content_type="application/json", headers=headers)


def test_from_the_archive_to_the_results(people: dict[str, Any], log_in: Any) -> None:
    client = log_in("trainee")
    assert "First module" in client.get("/").text
    assert '<p class="toy">Toy Quiz: <b>0</b>' in client.get("/unit/quiz-unit").text
    answer = post(client, "quiz", "publish", {"events": [["grade", {"value": 3, "max_value": 4}]]})
    assert answer.status_code == 200, answer.text
    page = " ".join(client.get("/results").text.split())
    assert "7.5 of 10" in page
    assert "75%" in page
    assert "<dt>Total</dt><dd>45%</dd>" in page
