# SPDX-License-Identifier: AGPL-3.0-or-later
"""What blocks are given: fields, settings, services, addresses; and what they publish."""

from __future__ import annotations

import json
import struct
import threading
from typing import Any

import pytest
from classroom import archives, toy
from classroom.test_importer import loaded
from django.test import Client
from migration_law.classroom.models import Completion, Grade, LearnerState
from migration_law.classroom.runtime import ClassroomRuntime


def post(client: Any, usage: str, name: str, data: object = None) -> Any:
    return client.post(f"/handler/{usage}/{name}", data or {}, content_type="application/json")


def publish(client: Any, usage: str, *events: list[Any]) -> Any:
    return post(client, usage, "publish", {"events": events})


def test_every_scope_is_kept_where_it_belongs(log_in: Any) -> None:
    one, two = log_in("trainee"), log_in("trainee2")
    assert post(one, "quiz", "bump", {"word": "a"}).json() == {"count": 1, "log": ["a"], "votes": 1, "suffix": ""}
    assert post(one, "quiz", "bump", {"word": "b"}).json()["log"] == ["a", "b"]
    assert post(two, "quiz", "bump").json() == {"count": 1, "log": [""], "votes": 3, "suffix": ""}
    assert post(one, "case", "bump").json()["count"] == 1
    post(one, "quiz", "remember", {"liked": "tables", "state": "GE"})
    elsewhere = one.get("/handler/case/ask").json()
    assert (elsewhere["liked"], elsewhere["state"]) == ("tables", "GE")
    assert two.get("/handler/case/ask").json()["state"] == ""
    assert LearnerState.objects.filter(account__username="trainee", scope="state", key="quiz").count() == 1


def test_a_unit_reads_all_rows_in_one_query(people: Any, course: Any, queries: Any) -> None:
    runtime = ClassroomRuntime(course, people["trainee"])

    def show() -> None:
        runtime.rows.prefetch(course.root.leaves)
        for leaf in course.root.leaves:
            runtime.get_block(leaf.usage).render("student_view", {})
        runtime.save_all()

    assert queries(show) == 1


def test_a_view_may_write_state(people: Any, log_in: Any, tmp_path: Any) -> None:
    unit = '<vertical><toy url_name="quiz">{max: 1, view: count}</toy></vertical>'
    loaded(tmp_path, archives.small(**{"vertical__quiz-unit_DOT_xml": unit}))
    client = log_in("trainee")
    client.get("/unit/quiz-unit")
    assert "<b>2</b>" in client.get("/unit/quiz-unit").text


def test_content_handed_out_is_a_copy(people: Any, course: Any) -> None:
    ClassroomRuntime(course, people["trainee"]).get_block("quiz").data["max"] = 1000
    assert ClassroomRuntime(course, None).get_block("quiz").data == {"max": 4}


def test_content_cannot_be_changed(log_in: Any, course: Any) -> None:
    for name in ("trainee", "administrator"):
        answer = post(log_in(name), "quiz", "rewrite")
        assert answer.status_code == 403
        assert "cannot be changed" in answer.json()["error"]
    assert course.nodes["quiz"].fields["data"] == {"max": 4}


def test_inherited_settings(people: Any, log_in: Any, tmp_path: Any) -> None:
    loaded(
        tmp_path,
        archives.small(
            **{
                "sequential__quiz-seq_DOT_xml": (
                    '<sequential graded="true" format="Quiz" due="2030-05-01T12:00:00Z" graceperiod="1 day 2 hours" show_correctness="past_due">'  # noqa: E501
                    '<vertical url_name="quiz-unit"/></sequential>'
                )
            }
        ),
    )
    asked = log_in("trainee").get("/handler/quiz/ask").json()
    assert asked["due"] == "2030-05-01 12:00:00+00:00"
    assert asked["start"] == "2020-01-01 00:00:00+00:00"
    assert asked["grace"] == "1 day, 2:00:00"
    assert (asked["graded"], asked["format"], asked["show"]) == (True, "Quiz", "past_due")
    practice = log_in("trainee").get("/handler/practice/ask").json()
    assert (practice["graded"], practice["due"], practice["show"]) == (False, "None", "always")


def test_the_user_service(people: Any, log_in: Any) -> None:
    asked = log_in("trainee").get("/handler/quiz/ask").json()
    assert asked["name"] == "Test Trainee"
    assert asked["opt"] == {
        "edx-platform.anonymous_user_id": people["trainee"].anonymous_id,
        "edx-platform.is_authenticated": True,
        "edx-platform.user_id": people["trainee"].pk,
        "edx-platform.username": "trainee",
        "edx-platform.user_is_staff": False,
        "edx-platform.user_role": "student",
        "edx-platform.user_preferences": {"pref-lang": "en"},
    }
    roles = {name: log_in(name).get("/handler/quiz/ask").json()["opt"] for name in ("instructor", "administrator")}
    assert roles["instructor"]["edx-platform.user_role"] == "staff"
    assert roles["administrator"]["edx-platform.user_role"] == "instructor"
    assert roles["instructor"]["edx-platform.user_is_staff"]


def test_nobody_can_read_but_not_write(course: Any) -> None:
    block = ClassroomRuntime(course, None).get_block("quiz")
    assert block.count == 0
    user = block.runtime.service(block, "user").get_current_user()
    assert user.opt_attrs["edx-platform.is_authenticated"] is False
    block.count = 5
    with pytest.raises(Exception, match="nobody is logged in"):
        block.save()


def test_links_are_replaced(log_in: Any, course: Any) -> None:
    page = log_in("trainee").get("/unit/read-unit").text
    digest = course.digest[:12]
    assert f'href="/asset/{digest}/facts.txt"' in page
    assert f'src="/asset/{digest}/map%20one.svg"' in page
    assert 'href="/unit/quiz-unit"' in page
    assert 'href="/static/missing.txt"' in page
    asked = log_in("trainee").get("/handler/quiz/ask", {"text": "<a href='/static/facts.txt'>"}).json()
    assert asked["text"] == f"<a href='/asset/{digest}/facts.txt'>"


def test_the_way_up_to_the_course(log_in: Any) -> None:
    path = log_in("trainee").get("/handler/quiz/ask").json()["path"]
    assert path == ["toy:quiz", "vertical:quiz-unit", "sequential:quiz-seq", "chapter:one", "course:2026"]


def test_resources_of_blocks(log_in: Any) -> None:
    client = Client()
    page = log_in("trainee").get("/unit/quiz-unit")
    nonce = page.headers["Content-Security-Policy"].split("'nonce-")[1].split("'")[0]
    assert f'<style nonce="{nonce}">.toy' in page.text
    assert f'<script nonce="{nonce}">window.toys' in page.text
    assert page.text.count("/* toy */") == 1
    assert 'data-init="Toy"' in page.text
    assert '{"text": "\\u003c/script>"}' in page.text
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    address = page.text.split('href="/resource/toy/')[1].split('"')[0]
    file = client.get(f"/resource/toy/{address}")
    assert b"font-weight" in b"".join(file.streaming_content)
    assert "immutable" in file.headers["Cache-Control"]
    assert client.get("/resource/toy/x/toy.py").status_code == 404
    assert client.get("/resource/nothing/x/public/toy.css").status_code == 404


CLAMPED = [
    ({"value": 3, "max_value": 4}, (3, 4)),
    ({"value": 9, "max_value": 4}, (4, 4)),
    ({"value": -1, "max_value": 4}, (0, 4)),
    ({"value": 0, "max_value": 0}, (0, 0)),
]


@pytest.mark.parametrize(("event", "kept"), CLAMPED)
def test_grades_are_clamped(log_in: Any, event: dict[str, Any], kept: tuple[float, float]) -> None:
    assert publish(log_in("trainee"), "quiz", ["grade", event]).status_code == 200
    grade = Grade.objects.get()
    assert (grade.account.username, grade.usage, grade.earned, grade.possible) == ("trainee", "quiz", *kept)
    assert Completion.objects.get().value == 1


@pytest.mark.parametrize(
    "event",
    [{"value": 1}, {"value": None, "max_value": 1}, {"value": "1", "max_value": 1}, {"value": True, "max_value": 1}],
)
def test_a_grade_without_numbers_is_an_error(log_in: Any, event: dict[str, Any]) -> None:
    assert publish(log_in("trainee"), "quiz", ["grade", event]).status_code == 500
    assert not Grade.objects.exists()


def test_infinite_grades_are_refused() -> None:
    from migration_law.classroom.records import Score

    for value in (float("nan"), float("inf")):
        with pytest.raises(ValueError, match="needs a number"):
            Score.from_event({"value": value, "max_value": 1})


def test_only_if_higher(log_in: Any) -> None:
    client = log_in("trainee")
    for value, only, kept in [(3, False, 3), (2, True, 3), (4, True, 4), (1, False, 1)]:
        publish(client, "quiz", ["grade", {"value": value, "max_value": 4, "only_if_higher": only}])
        assert Grade.objects.get().earned == kept


def test_a_grade_is_the_asker_s_own(log_in: Any, people: Any) -> None:
    publish(log_in("instructor"), "quiz", ["grade", {"value": 1, "max_value": 4, "user_id": people["trainee"].pk}])
    assert Grade.objects.get().account.username == "instructor"


def test_custom_completion(log_in: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(toy.Toy, "has_custom_completion", True, raising=False)
    client = log_in("trainee")
    publish(client, "quiz", ["grade", {"value": 1, "max_value": 4}])
    assert not Completion.objects.exists()
    publish(client, "quiz", ["completion", {"completion": 0.5}])
    assert Completion.objects.get().value == 0.5
    assert publish(client, "quiz", ["completion", {"completion": 2}]).status_code == 500
    publish(client, "quiz", ["unheard_of", {}])
    assert Completion.objects.get().value == 0.5


def test_a_handler_that_fails_leaves_nothing_behind(log_in: Any, caplog: pytest.LogCaptureFixture) -> None:
    answer = post(log_in("trainee"), "quiz", "fail")
    assert answer.status_code == 500
    message = answer.json()["error"]
    assert "nothing was saved" in message
    assert "secret" not in answer.text
    assert not LearnerState.objects.exists()
    assert not Grade.objects.exists()


def test_a_view_that_fails_spoils_only_its_own_part(people: Any, log_in: Any, tmp_path: Any) -> None:
    unit = '<vertical><toy url_name="quiz">{max: 1, view: fail}</toy><toy url_name="other">max: 1</toy></vertical>'
    loaded(tmp_path, archives.small(**{"vertical__quiz-unit_DOT_xml": unit}))
    page = log_in("trainee").get("/unit/quiz-unit")
    assert page.status_code == 200
    assert "could not be shown" in page.text
    assert "Toy" in page.text
    assert "not today" not in page.text


def test_two_posts_at_once_lose_nothing(log_in: Any) -> None:
    slow, fast = log_in("trainee"), log_in("trainee")
    toy.ENTERED.clear()
    toy.GO_ON.clear()
    answers: dict[str, Any] = {}

    def send(name: str, client: Any, data: dict[str, Any]) -> None:
        from django.db import connection

        answers[name] = post(client, "quiz", "bump", data).json()
        connection.close()

    first = threading.Thread(target=send, args=("slow", slow, {"wait": True, "word": "slow"}))
    second = threading.Thread(target=send, args=("fast", fast, {"word": "fast"}))
    first.start()
    assert toy.ENTERED.wait(10)
    second.start()
    second.join(0.3)
    assert "fast" not in answers, "the second post did not wait for the first"
    toy.GO_ON.set()
    first.join(20)
    second.join(20)
    assert answers["fast"]["log"] == ["slow", "fast"]
    assert LearnerState.objects.get(scope="state").data == {"count": 2, "log": ["slow", "fast"]}


def write_catalogue(path: Any, original: str, translated: str) -> None:
    """A compiled catalogue with one entry, as msgfmt writes it."""
    source, target = original.encode() + b"\0", translated.encode() + b"\0"
    header = b"Content-Type: text/plain; charset=UTF-8\n\0"
    texts = b"\0" + source + header + target
    places = [
        (0, 0),
        (len(source) - 1, 1),
        (len(header) - 1, 1 + len(source)),
        (len(target) - 1, 1 + len(source) + len(header)),
    ]
    start = 28 + 8 * len(places)
    path.parent.mkdir(parents=True)
    numbers = [0x950412DE, 0, 2, 28, 44, 0, 0, *(n for length, at in places for n in (length, at + start))]
    path.write_bytes(struct.pack(f"<{len(numbers)}I", *numbers) + texts)


def test_translations_come_from_beside_the_block(
    log_in: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch, people: Any
) -> None:
    from migration_law.classroom import services

    write_catalogue(tmp_path / "ka" / "LC_MESSAGES" / "text.mo", "Submit", "გაგზავნა")
    monkeypatch.setattr(services, "translations_folder", lambda block: str(tmp_path))
    client = log_in("trainee")
    assert client.get("/handler/quiz/ask").json()["submit"] == "Submit"
    people["trainee"].language = "ka"
    people["trainee"].save()
    assert client.get("/handler/quiz/ask").json()["submit"] == "გაგზავნა"


def test_completion_service(people: Any, course: Any) -> None:
    runtime = ClassroomRuntime(course, people["trainee"])
    service = runtime.service(runtime.get_block("quiz"), "completion")
    unit = runtime.get_block("quiz-unit")
    assert not service.vertical_is_complete(unit)
    Completion.objects.create(account=people["trainee"], usage="quiz", value=1)
    assert service.vertical_is_complete(unit)
    assert service.can_mark_block_complete_on_view(runtime.get_block("read-html"))
    assert not service.can_mark_block_complete_on_view(runtime.get_block("quiz"))


def test_json_is_stored_as_it_was_written(log_in: Any) -> None:
    post(log_in("trainee"), "quiz", "bump", {"word": "Ärger, беда, ბრალი"})
    row = LearnerState.objects.get(scope="state")
    assert json.loads(json.dumps(row.data))["log"] == ["Ärger, беда, ბრალი"]
