# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may open what, by which method; and what stands on the pages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from classroom import archives
from classroom.test_importer import loaded
from classroom.test_runtime import post, publish
from django.test import Client
from django.urls import get_resolver
from migration_law.classroom.models import Completion, Grade
from migration_law.classroom.tree import current

A = "administrator"
TEACHING = ("instructor", A)
ALL = ("trainee", *TEACHING)
# address -> who may open it, by which methods
PAGES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "/": (ALL, ("GET",)),
    "/account": (ALL, ("GET", "POST")),
    "/unit/quiz-unit": (ALL, ("GET",)),
    "/jump_to_id/quiz-unit": (ALL, ("GET",)),
    "/page/handbook": (ALL, ("GET",)),
    "/read/read-html": (ALL, ("POST",)),
    "/results": (ALL, ("GET",)),
    "/learners": (TEACHING, ("GET",)),
    "/learners.csv": (TEACHING, ("GET",)),
    "/learners/{trainee}": (TEACHING, ("GET",)),
    "/accounts": ((A,), ("GET",)),
    "/accounts/add": ((A,), ("GET", "POST")),
    "/accounts/import": ((A,), ("GET", "POST")),
    "/accounts/{trainee}": ((A,), ("POST",)),
    "/accounts/{trainee}/password": ((A,), ("POST",)),
    "/handler/quiz/ask": (ALL, ("GET", "POST", "PUT", "PATCH", "DELETE")),
    "/handler/quiz/ask/": (ALL, ("GET", "POST", "PUT", "PATCH", "DELETE")),
    "/handler/quiz/ask/more/still": (ALL, ("GET", "POST", "PUT", "PATCH", "DELETE")),
    "/asset/x/facts.txt": (ALL, ("GET",)),
}
# open to everybody: tested one by one below
OPEN = {"/log-in", "/log-out", "/resource/toy/x/public/toy.css"}


def test_every_address_is_in_the_table() -> None:
    assert len(get_resolver().url_patterns) == len(PAGES) + len(OPEN)


@pytest.mark.parametrize("page", PAGES)
def test_roles_and_methods(log_in: Any, people: Any, page: str) -> None:
    allowed, methods = PAGES[page]
    address = page.format(trainee=people["trainee"].pk)
    for role in ALL:
        client = log_in(role)
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
            status = client.generic(method, address).status_code
            if role not in allowed:
                assert status == 403, (role, method)
            elif method not in methods:
                assert status == 405, (role, method)
            else:
                assert status in (200, 204, 302), (role, method)


@pytest.mark.parametrize("page", PAGES)
def test_nobody_gets_in_without_logging_in(people: Any, page: str) -> None:
    client = Client(raise_request_exception=False)
    answer = client.get(page.format(trainee=people["trainee"].pk))
    if page.startswith("/handler/"):
        assert answer.status_code == 401
        assert "logged out" in answer.json()["error"]
    else:
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/log-in?next=/")


@pytest.mark.parametrize("page", [page for page, (_, methods) in PAGES.items() if "POST" in methods])
def test_posts_need_the_token(log_in: Any, people: Any, page: str) -> None:
    answer = log_in("administrator", enforce_csrf_checks=True).post(page.format(trainee=people["trainee"].pk))
    assert answer.status_code == 403
    assert "out of date" in answer.text


def test_the_token_that_scripts_send_is_taken(log_in: Any) -> None:
    client = log_in("trainee", enforce_csrf_checks=True)
    page = client.get("/unit/quiz-unit")
    assert not page.cookies["csrftoken"]["httponly"]
    headers = {"X-CSRFToken": page.cookies["csrftoken"].value}
    answer = client.post("/handler/quiz/bump", {}, content_type="application/json", headers=headers)
    assert answer.json()["count"] == 1


def test_logging_in_and_out(people: Any) -> None:
    client = Client()
    people["trainee"].set_password("correct horse")
    people["trainee"].save()
    assert "do not belong together" in client.post("/log-in", {"username": "trainee", "password": "x"}).text
    answer = client.post("/log-in", {"username": " TRAINEE ", "password": "correct horse", "next": "/results"})
    assert answer.headers["Location"] == "/results"
    cookie = answer.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert client.get("/log-out").status_code == 405
    assert client.get("/results").status_code == 200
    assert client.post("/log-out").status_code == 302
    assert client.get("/results").status_code == 302


@pytest.mark.parametrize("there", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_logging_in_leads_nowhere_else(people: Any, there: str) -> None:
    people["trainee"].set_password("correct horse")
    people["trainee"].save()
    answer = Client().post("/log-in", {"username": "trainee", "password": "correct horse", "next": there})
    assert answer.headers["Location"] == "/"


def test_attempts_are_limited_by_name_and_address(people: Any) -> None:
    people["trainee"].set_password("correct horse")
    people["trainee"].save()
    wrong, right = {"username": "trainee", "password": "x"}, {"username": "trainee", "password": "correct horse"}
    for _ in range(5):
        last = Client().post("/log-in", wrong, REMOTE_ADDR="10.0.0.1")
    assert last.status_code == 429
    assert "quarter of an hour" in last.text
    assert Client().post("/log-in", right, REMOTE_ADDR="10.0.0.1").status_code == 429
    assert Client().post("/log-in", right, REMOTE_ADDR="10.0.0.2").status_code == 302


def test_attempts_are_limited_in_total(people: Any) -> None:
    wrong = {"username": "trainee", "password": "x"}
    for number in range(20):
        assert Client().post("/log-in", wrong, REMOTE_ADDR=f"10.0.1.{number}").status_code == 200
    assert Client().post("/log-in", wrong, REMOTE_ADDR="10.0.2.1").status_code == 429
    assert Client().post("/log-in", {**wrong, "username": "instructor"}, REMOTE_ADDR="10.0.2.1").status_code == 200


def test_a_generated_password_has_to_be_changed_first(people: Any) -> None:
    from migration_law.classroom.accounts import reset_password

    password = reset_password(people["trainee"])
    client = Client()
    client.post("/log-in", {"username": "trainee", "password": password})
    assert client.get("/").headers["Location"] == "/account"
    assert client.get("/handler/quiz/ask").status_code == 403
    assert "only for the first log-in" in client.get("/account").text
    change = {"old_password": password, "new_password1": password, "new_password2": password}
    assert "differs from the present" in client.post("/account", change).text
    change = {"old_password": password, "new_password1": "trainee", "new_password2": "trainee"}
    assert client.post("/account", change).status_code == 200
    change = {"old_password": password, "new_password1": "quiet otter lamp", "new_password2": "quiet otter lamp"}
    assert client.post("/account", change).status_code == 302
    assert "new password is set" in client.get("/").text


def test_a_closed_account_is_out_at_once(log_in: Any, people: Any) -> None:
    trainee = log_in("trainee")
    assert trainee.get("/").status_code == 200
    log_in("administrator").post(f"/accounts/{people['trainee'].pk}", {"active": "no"})
    assert trainee.get("/").status_code == 302
    assert post(trainee, "quiz", "bump").status_code == 401


def test_headers(log_in: Any) -> None:
    page = log_in("trainee").get("/")
    assert page.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["Cache-Control"] == "private, no-store"
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]
    assert "http" not in page.headers["Content-Security-Policy"]


def test_pages_have_what_every_page_needs(log_in: Any, people: Any) -> None:
    client = log_in("administrator")
    for page, (_, methods) in PAGES.items():
        if "GET" in methods and not page.startswith(("/handler", "/asset", "/learners.csv", "/jump")):
            text = client.get(page.format(trainee=people["trainee"].pk)).text
            assert '<html lang="en">' in text
            assert '<meta name="viewport"' in text
            assert text.count("<h1") == 1, page
            assert "//" not in text.replace("<!DOCTYPE", "").replace("http://www.w3.org", ""), page


@pytest.mark.parametrize("address", ["/nothing", "/unit/nothing", "/page/nothing", "/asset/x/nothing", "/learners/999"])
def test_404(log_in: Any, address: str) -> None:
    answer = log_in("instructor").get(address)
    assert answer.status_code == 404
    assert "There is no such page" in answer.text


HANDLERS = [
    ("nothing", "bump", 404),
    ("quiz", "nothing", 404),
    ("quiz", "not_a_handler", 404),
    ("quiz", "save", 404),
    ("quiz", "__class__", 404),
    ("quiz", "student_view", 404),
    ("quiz", "runtime", 404),
    ("read-html", "bump", 404),
    ("quiz-unit", "render", 404),
    ("2026", "bump", 404),
]


@pytest.mark.parametrize(("usage", "name", "status"), HANDLERS)
def test_only_handlers_can_be_called(log_in: Any, usage: str, name: str, status: int) -> None:
    answer = post(log_in("trainee"), usage, name)
    assert answer.status_code == status
    assert answer.json()["error"]


def test_handlers_get_their_suffix(log_in: Any) -> None:
    assert post(log_in("trainee"), "quiz", "bump/a/b").json()["suffix"] == "a/b"
    assert log_in("trainee").get("/handler/quiz/bump").status_code == 405


def test_bodies_are_limited(log_in: Any) -> None:
    client = log_in("trainee")
    big = client.post("/handler/quiz/bump", b" " * (1024 * 1024 + 1), content_type="application/json")
    assert big.status_code == 413
    assert "megabyte" in big.json()["error"]
    assert client.post("/handler/quiz/bump", b"{", content_type="application/json").status_code == 400
    fits = b'{"word": "' + b"a" * (1024 * 1024 - 100) + b'"}'
    assert client.post("/handler/quiz/bump", fits, content_type="application/json").status_code == 200


def test_an_unexpected_error_shows_a_reference_and_no_trace(log_in: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from migration_law.classroom import outline

    def broken(*_: Any) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(outline.records, "completed", broken)
    answer = log_in("trainee").get("/")
    assert answer.status_code == 500
    assert "Something went wrong" in answer.text
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text


def test_without_a_course(var: Any) -> None:
    from classroom.server import add_accounts
    from migration_law.classroom.models import Account

    add_accounts("administrator")
    client = Client(raise_request_exception=False)
    client.force_login(Account.objects.get(), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/").status_code == 503
    assert "no course yet" in client.get("/").text
    assert client.get("/accounts").status_code == 200


LATER = (datetime.now(UTC) + timedelta(days=30)).isoformat()


@pytest.mark.parametrize("level", ["chapter__one", "sequential__quiz-seq", "vertical__quiz-unit"])
def test_what_has_not_started_is_closed_to_trainees(log_in: Any, people: Any, tmp_path: Any, level: str) -> None:
    loaded(tmp_path, archives.small(policies__2026__policy_DOT_json=archives.policy(**{level: {"start": LATER}})))
    client = log_in("trainee")
    page = client.get("/unit/quiz-unit")
    assert page.status_code == 403
    assert "opens on" in page.text
    assert "opens on" in client.get("/").text
    assert post(client, "quiz", "bump").status_code == 403
    assert log_in("instructor").get("/unit/quiz-unit").status_code == 200


def hidden(client: Any) -> bool:
    answers = [client.get("/unit/quiz-unit").status_code, post(client, "quiz", "bump").status_code]
    assert answers in ([404, 404], [200, 200])
    listed = [page for page in ("/", "/results") if "quiz" in client.get(page).text.replace("case", "")]
    assert bool(listed) == (answers == [200, 200])
    return answers == [404, 404]


@pytest.mark.parametrize("level", ["sequential__quiz-seq", "vertical__quiz-unit"])
def test_what_is_for_staff_does_not_exist_for_trainees(log_in: Any, people: Any, tmp_path: Any, level: str) -> None:
    loaded(
        tmp_path,
        archives.small(policies__2026__policy_DOT_json=archives.policy(**{level: {"visible_to_staff_only": True}})),
    )
    assert hidden(log_in("trainee"))
    assert not hidden(log_in("instructor"))


def test_what_is_for_a_group_is_for_that_group(log_in: Any, people: Any, tmp_path: Any) -> None:
    policy = archives.policy(**{"vertical__quiz-unit": {"group_access": {"50": [2]}}})
    loaded(tmp_path, archives.small(policies__2026__policy_DOT_json=policy))
    assert hidden(log_in("trainee"))
    log_in("administrator").post(f"/accounts/{people['trainee'].pk}", {"group": "Asylum"})
    assert not hidden(log_in("trainee"))
    log_in("administrator").post(f"/accounts/{people['trainee'].pk}", {"group": "Border"})
    assert hidden(log_in("trainee"))


def test_a_lesson_is_read(log_in: Any) -> None:
    client = log_in("trainee")
    assert "Mark as read" in client.get("/unit/read-unit").text
    assert client.post("/read/read-html").headers["Location"] == "/unit/read-unit#part-read-html"
    assert client.post("/read/read-html", headers={"X-Requested-With": "XMLHttpRequest"}).status_code == 204
    assert Completion.objects.get().value == 1
    assert "Mark as read" not in client.get("/unit/read-unit").text
    assert client.post("/read/quiz").status_code == 404
    assert client.post("/read/nothing").status_code == 404


def test_the_way_through_the_course(log_in: Any) -> None:
    client = log_in("trainee")
    assert "Begin: Who is a refugee?" in client.get("/").text
    page = client.get("/unit/read-unit").text
    assert "Reading: Who is a refugee?" in page
    assert 'rel="next" href="/unit/more-unit"' in page
    assert 'rel="prev"' not in page
    client.post("/read/read-html")
    home = client.get("/").text
    assert "Continue: Try it" in home
    assert "25%" in home
    for usage in ("practice", "quiz", "case"):
        publish(client, usage, ["grade", {"value": 1, "max_value": 1}])
    home = client.get("/").text
    assert "100%" in home
    assert "You have done everything" in home
    assert 'href="/results"' in client.get("/unit/case-unit").text


def test_addresses_of_other_parts_lead_to_their_unit(log_in: Any) -> None:
    client = log_in("trainee")
    assert client.get("/unit/quiz").headers["Location"] == "/unit/quiz-unit#part-quiz"
    assert client.get("/jump_to_id/quiz-seq").headers["Location"] == "/unit/quiz-unit"
    assert client.get("/unit/one").headers["Location"] == "/unit/read-unit"


def test_results(log_in: Any) -> None:
    client = log_in("trainee")
    publish(client, "quiz", ["grade", {"value": 4, "max_value": 4}])
    publish(client, "practice", ["grade", {"value": 5, "max_value": 5}])
    page = client.get("/results").text
    assert "<dd>60%</dd>" in page
    assert "Passed" in page
    assert "practice" in page
    publish(client, "case", ["grade", {"value": 10, "max_value": 20}])
    assert "<dd>80%</dd>" in client.get("/results").text


def test_the_table_of_learners(log_in: Any, people: Any) -> None:
    Grade.objects.create(account=people["trainee2"], usage="quiz", earned=4, possible=4)
    Completion.objects.create(account=people["trainee2"], usage="quiz", value=1)
    client = log_in("instructor")

    def names(query: str) -> list[str]:
        return [one for one in ("Trainee2", "Trainee<") if one in client.get("/learners" + query).text]

    assert names("") == ["Trainee2", "Trainee<"]
    assert names("?q=trainee2") == ["Trainee2"]
    assert names("?q=nobody") == []
    by_total = client.get("/learners?sort=total").text
    assert by_total.index("Trainee2") < by_total.index("Test Trainee<")
    assert client.get("/learners?sort=nonsense").status_code == 200
    assert "60%" in client.get(f"/learners/{people['trainee2'].pk}").text


def test_pages_take_few_queries(log_in: Any, queries: Any) -> None:
    from classroom.server import add_accounts

    client = log_in("instructor")
    client.get("/learners")
    few = queries(lambda: client.get("/learners"))
    add_accounts(*(f"trainee{number}" for number in range(3, 30)))
    assert queries(lambda: client.get("/learners")) == few == 6
    client.get("/unit/read-unit")
    assert queries(lambda: client.get("/unit/read-unit")) == 5


def test_the_download(log_in: Any, people: Any) -> None:
    people["trainee"].full_name = '=HYPERLINK("http://example.org")'
    people["trainee"].save()
    Grade.objects.create(account=people["trainee"], usage="quiz", earned=3, possible=4)
    answer = log_in("instructor").get("/learners.csv")
    assert answer.content.startswith(b"\xef\xbb\xbfUser name,Name,")
    assert "attachment" in answer.headers["Content-Disposition"]
    line = next(line for line in answer.text.splitlines() if line.startswith("trainee,"))
    assert line == 'trainee,"\'=HYPERLINK(""http://example.org"")",,,0,45,,7.5,'


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\tx", "\rx"])
def test_cells_are_no_formulas(cell: str) -> None:
    from migration_law.classroom.table import safe

    assert safe(cell) == f"'{cell}"
    assert safe(-1.5) == -1.5
    assert safe("a=1") == "a=1"


def test_assets(log_in: Any) -> None:
    client = log_in("trainee")
    digest = current().digest[:12]
    assert client.get("/asset/older/facts.txt").headers["Location"] == f"/asset/{digest}/facts.txt"
    file = client.get(f"/asset/{digest}/facts.txt")
    assert b"".join(file.streaming_content) == b"Facts."
    assert "immutable" in file.headers["Cache-Control"]
    picture = client.get(f"/asset/{digest}/map%20one.svg")
    assert "sandbox" in picture.headers["Content-Security-Policy"]
    picture.close()
    for path in ("../../secret.key", "%2e%2e/%2e%2e/secret.key", "/etc/passwd"):
        assert client.get(f"/asset/{digest}/{path}").status_code == 404


def test_the_tab(log_in: Any, course: Any) -> None:
    page = log_in("trainee").get("/page/handbook").text
    assert "All about it" in page
    assert f"/asset/{course.digest[:12]}/facts.txt" in page
