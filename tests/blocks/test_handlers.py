# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whatever is sent, a handler answers with JSON, a status below 500, and a state that stays readable."""

from __future__ import annotations

import json
from typing import Any

import bson
import pytest
from blocks import sample
from blocks.page import fields
from blocks.runtime import ANONYMOUS, LEARNER, MASQUERADE, STAFF, STRANGER, Person, Place
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from webob import Request

LEARNERS = {
    "quiz": ("check", "hint", "reveal", "save_answers", "submit", "again"),
    "graded": ("check", "hint", "reveal", "save_answers", "submit", "again"),
    "case": ("hint", "save_answers", "submit"),
}
MAKE = {"quiz": sample.quiz, "graded": sample.graded, "case": sample.case}
HANDLERS = [(kind, handler) for kind, handlers in LEARNERS.items() for handler in (*handlers, "studio_submit")]
OFTEN = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

TEXT = st.text(st.characters(), max_size=20)  # with NUL and lone surrogates
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)
QUESTIONS = st.sampled_from([*sample.RIGHT, *(f"c-{name}" for name in sample.STAGES), "none"])


def _known(place: Place) -> list[str]:
    """Tokens that were offered, and forged ones."""
    offered = fields(place.view(), sample.RIGHT if place.kind == "law_quiz" else {"c-one": ["Right choice"]})
    cells = [cell for _, cell in offered]
    return [
        *cells,
        *(cell + ":1" for cell in cells),
        *(cell[:-1] for cell in cells),
        "",
        ":",
        "a",
        "b",
        "p1:r-p1",
        "i1:1",
        "true",
    ]


def _bodies(cells: list[str]) -> st.SearchStrategy[Any]:
    cell = st.sampled_from(cells) | JSON
    field = st.tuples(QUESTIONS | JSON, cell).map(list) | JSON
    return st.fixed_dictionaries({}, optional={
        "question": QUESTIONS | JSON, "stage": st.sampled_from([f"stage-{name}" for name in sample.STAGES]) | JSON,
        "fields": st.lists(field, max_size=8) | JSON, "sure": st.booleans() | JSON,
        "text": JSON, "display_name": JSON, "weight": JSON,
    })  # fmt: skip


def _sound(place: Place, response: Any) -> None:
    """The answer is JSON of the right form, and what is stored can be stored, read and shown."""
    assert response.status_code in {200, 400, 403, 405, 409, 413}
    assert response.content_type == "application/json"
    answer = json.loads(response.body)
    assert isinstance(answer, dict)
    assert (response.status_code == 200) == ("error" not in answer)
    assert all(isinstance(value, str) for value in answer.values()) or "problems" in answer
    block = place.block()
    assert not block.unreadable
    stored = {name: getattr(block, name) for name in ("work", "finished", "attempts", "earned", "possible")}
    assert bson.encode(json.loads(json.dumps(stored)))


@pytest.mark.parametrize(("kind", "handler"), HANDLERS)
def test_any_json(kind: str, handler: str) -> None:
    cells = _known(MAKE[kind]())

    @OFTEN
    @given(st.lists(_bodies(cells) | JSON, min_size=1, max_size=3))
    def run(bodies: list[Any]) -> None:
        place = MAKE[kind]()
        for body in bodies:
            _sound(place, place.raw(handler, json.dumps(body).encode()))
        assert "ml-title" in place.view()

    run()


@pytest.mark.parametrize(("kind", "handler"), HANDLERS)
def test_any_bytes_and_methods(kind: str, handler: str) -> None:
    place = MAKE[kind]()
    before = place.state()

    @settings(OFTEN, max_examples=40)
    @given(st.binary(max_size=60), st.sampled_from(["GET", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS", "POST", "BREW"]))
    def run(body: bytes, method: str) -> None:
        response = place.raw(handler, body, method=method)
        if method != "POST":
            assert response.status_code == 405
            assert "error" in json.loads(response.body)
        assert response.status_code < 500
        assert place.state() == before

    run()


DEEP = 3000
ODD = [
    b"", b"{", b"null", b"[]", b'"x"', b"1e999", b"NaN", b'{"sure": NaN}', b'{"sure": Infinity}', b"\xff\xfe{}",
    b"\xef\xbb\xbf{}",
    b"[" * DEEP, b"[" * 1_000_000, b'{"question":' + b"[" * DEEP + b"]" * DEEP + b"}", b"1" * 5000,
    b'{"fields": ' + b"1" * 5000 + b"}", b'{"fields": [["q-tf", "\\ud800"]]}', b'{"fields": [["\\u0000", "\\u0000"]]}',
]  # fmt: skip


@pytest.mark.parametrize(("kind", "handler"), HANDLERS)
def test_odd_bodies(kind: str, handler: str) -> None:
    place = MAKE[kind]()
    before = place.state()
    for body in ODD:
        response = place.raw(handler, body)
        assert 400 <= response.status_code < 500 or handler == "again"
        assert place.state() == before


@pytest.mark.parametrize("handler", ["check", "hint", "reveal"])
def test_every_depth_of_nesting(handler: str) -> None:
    """Also the depths that JSON can still be read at, but little else be done with."""
    place = sample.quiz()
    for depth in range(100, 1100, 20):
        body = b'{"fields": [], "question":' + b"[" * depth + b"]" * depth + b"}"
        assert place.raw(handler, body).status_code == 400


@pytest.mark.parametrize("word", [b"NaN", b"Infinity", b"-Infinity"])
def test_what_python_reads_as_json_and_nobody_else(word: bytes) -> None:
    place = sample.graded()
    assert place.raw("save_answers", b'{"fields": [], "sure": ' + word + b"}").status_code == 400
    assert place.raw("save_answers", b'{"fields": [], "sure": 1}').status_code == 200


def test_long_bodies() -> None:
    place = sample.graded()
    cell = fields(place.view(), {"q-tf": ["True"]})[0][1]
    for body in (
        {"fields": [["q-tf", "x" * 1_100_000]]},
        {"fields": [["q-tf", "x" * 5000]]},
        {"fields": [["q-tf", cell + "x" * 1500]]},
        {"fields": [["q-tf", f"x{number}"] for number in range(20_000)]},
        {"fields": [["q-tf", cell]] * 300},
    ):
        status, answer = place.post("save_answers", body)
        assert status in {400, 413}
        assert len(answer["error"]) < 200


@pytest.mark.parametrize(("kind", "handler"), HANDLERS)
@pytest.mark.parametrize("person", [ANONYMOUS, MASQUERADE, STRANGER], ids=["anonymous", "masquerade", "stranger"])
@pytest.mark.parametrize("body", [b"{}", b"no json", b'{"fields": [], "question": "q-tf", "stage": "stage-one", "sure": true}'])
def test_who_may_not_write(kind: str, handler: str, person: Person, body: bytes) -> None:
    place = MAKE[kind]()
    before = place.state()
    response = place.raw(handler, body, person)
    assert response.status_code == 403
    assert list(json.loads(response.body)) == ["error"]
    assert place.state() == before
    assert not place.events


def test_staff_are_admitted_without_being_enrolled() -> None:
    assert sample.graded().post("save_answers", {"fields": []}, STAFF)[0] == 200


def test_a_platform_without_enrolments_admits_everybody() -> None:
    place = sample.graded()
    block = place.block(STRANGER)
    block.runtime._services.pop("enrollments")
    request = Request.blank("/", method="POST", body=b'{"fields": []}')
    assert block.handle("save_answers", request).status_code == 200


def test_one_learner_never_touches_another() -> None:
    place, other = sample.graded(), Person(id=8)
    place.ok("submit", {"fields": fields(place.view(), sample.RIGHT)})
    assert place.block(other).attempts == 0
    tokens = fields(place.view(LEARNER), {})
    assert tokens == []
    mine = fields(sample.graded().view(LEARNER), {"q-tf": ["True"]})
    assert place.post("save_answers", {"fields": mine}, other)[0] == 400
