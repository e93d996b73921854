# SPDX-License-Identifier: AGPL-3.0-or-later
"""A visit to the plain workbench, in a process of its own: the workbench settles Django for good."""

from __future__ import annotations

import json
import re

import django
from blocks.page import fields, texts
from django.core.management import call_command
from django.test import Client

django.setup()
call_command("migrate", run_syncdb=True, verbosity=0)
CLIENT = Client()


def page(scenario: str, view: str = "", student: str = "anna") -> str:
    response = CLIENT.get(f"/scenario/{scenario}/{view}", {"student": student})
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def post(html: str, handler: str, body: object, student: str = "anna") -> tuple[int, dict[str, str]]:
    url = re.search(rf'"(/handler/[^"]+/{handler}/[^"]*)"', html)
    assert url, handler
    response = CLIENT.post(url[1].replace("student_1", student), json.dumps(body), content_type="application/json")
    return response.status_code, response.json()


def quiz() -> None:
    html = page("law_quiz.0")
    status, answer = post(html, "check", {"question": "sq-child", "fields": fields(html, {"sq-child": ["True"]})})
    assert (status, answer["say"]) == (200, "Right."), answer
    assert texts(page("law_quiz.0"), "ml-verdict") == ["Right. Points: 1 of 1"]
    assert post(html, "hint", [])[0] == 400


def case() -> None:
    html = page("law_case_study.0")
    given = fields(html, {"sc-consent": ["False"]})
    status, answer = post(html, "submit", {"stage": "call", "fields": given})
    assert status == 200, answer
    assert "Two days later" in answer["html"]
    assert len(texts(page("law_case_study.0"), "ml-stage-title")) == 2
    assert len(texts(page("law_case_study.0", student="boris"), "ml-stage-title")) == 1


def studio() -> None:
    html = page("law_quiz.0", "studio_view/")
    assert "<textarea" in html
    status, answer = post(html.replace("data-ml-url=", ""), "studio_submit", {"text": "x", "display_name": "x"})
    assert (status, answer) == (403, {"error": "Only authors may change this, in Studio."})


def resources() -> None:
    for name in ("law.css", "law.js", "studio.js"):
        assert CLIENT.get(f"/resource/law_quiz/public/{name}").status_code == 200


if __name__ == "__main__":
    assert "A quiz on migration law" in CLIENT.get("/").content.decode()
    for visit in (quiz, case, studio, resources):
        visit()
    print("visited")
