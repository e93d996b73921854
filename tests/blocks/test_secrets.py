# SPDX-License-Identifier: AGPL-3.0-or-later
"""Nothing that was not earned leaves the server, whatever is asked."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from blocks import sample
from blocks.page import fields, tree
from blocks.runtime import ANONYMOUS, LEARNER, MASQUERADE, STRANGER, Person, Place
from migration_law import notation

QUIZ_HANDLERS = ("check", "hint", "reveal", "save_answers", "submit", "again", "studio_submit")
SECRET = re.compile(r"zq\w+?zq|(?:Label|Title|details)-(?!shown)[a-z-]+|hidden-[a-z-]+")


def found(text: str) -> set[str]:
    """The secrets in a text."""
    return set(SECRET.findall(text))


def asked(place: Place, bodies: list[Any], person: Person = LEARNER) -> Iterator[str]:
    """What every view and handler gives, and nothing of it is kept."""
    before = place.state()
    for view in ("student_view", "public_view", "author_view"):
        yield place.view(person, view)
    block = place.block(person)
    yield json.dumps([block.student_view_data(), block.index_dictionary()])
    for handler in QUIZ_HANDLERS:
        for body in bodies:
            if hasattr(block, handler):
                yield json.dumps(place.post(handler, body, person))
            place.store.db_dict = dict(before)


def everything(place: Place, bodies: list[Any], person: Person = LEARNER) -> set[str]:
    return found("\n".join(asked(place, bodies, person)))


def _nothing(names: list[str]) -> list[Any]:
    return [None, *({"question": name, "fields": [], "stage": name} for name in names)]


PEOPLE = [LEARNER, ANONYMOUS, STRANGER, MASQUERADE]


@pytest.mark.parametrize("person", PEOPLE, ids=["learner", "anonymous", "stranger", "masquerade"])
@pytest.mark.parametrize("make", [sample.quiz, sample.graded])
def test_before_any_answer_only_a_hint_can_be_had(make: Any, person: Person) -> None:
    allowed = {sample.secret(f"{name}-hint1") for name in sample.RIGHT} if person is LEARNER else set()
    assert everything(make(), _nothing(list(sample.RIGHT)), person) == allowed


def test_the_pages_do_not_tell_one_key_from_another() -> None:
    place, other = sample.quiz(), None
    data = sample.quiz_data()
    for option in data["questions"][0]["options"]:
        option["correct"] = not option.get("correct", False)
    data["questions"][2]["answer"] = False
    other = Place("law_quiz").write(notation.dump(data))
    assert place.view() == other.view()


@pytest.mark.parametrize("name", sample.RIGHT)
def test_a_wrong_answer_earns_no_more_than_its_own_feedback(name: str) -> None:
    place = sample.quiz()
    place.ok("check", {"question": name, "fields": fields(place.view(), {name: sample.WRONG[name]})})
    own = {"q-choice": "fa", "q-choices": "fb", "q-tf": "ff", "q-order": "f2"}.get(name)
    assert found(place.view()) == ({sample.secret(f"{name}-{own}")} if own else set())


def test_an_attempt_that_is_not_the_last_shows_neither_explanations_nor_the_key() -> None:
    place = sample.graded()
    page = place.ok("submit", {"fields": fields(place.view(), sample.WRONG)})["html"]
    assert found(page) == {sample.secret(word) for word in ("q-choice-fa", "q-choices-fb", "q-tf-ff", "q-order-f2")}
    assert "ml-belongs" not in page
    assert "ml-answer" not in page


def test_sources_are_listed_when_the_texts_that_cite_them_are_shown() -> None:
    place = sample.quiz()
    assert "Label-shown" in place.view()
    place.ok("check", {"question": "q-tf", "fields": fields(place.view(), {"q-tf": ["True"]})})
    assert {word for word in found(place.view()) if word.startswith("Label")} == {"Label-hidden-q-tf"}


@pytest.mark.parametrize("wish", ["never", "never_but_include_grade", "past_due"])
def test_hidden_correctness_tells_nothing(wish: str) -> None:
    """The same page for a right and for a wrong answer, but for what was chosen."""
    pages = []
    for answer in (["True"], ["False"]):
        place = sample.quiz({"show_correctness": wish})
        answered = place.ok("check", {"question": "q-tf", "fields": fields(place.view(), {"q-tf": answer})})
        again = place.post("check", {"question": "q-tf", "fields": fields(place.view(), {"q-tf": answer})})
        shown = place.post("reveal", {"question": "q-tf"})
        pages.append((answered["say"], re.sub(" checked", "", answered["html"]), again, shown))
    assert pages[0] == pages[1]
    assert pages[0][0] == "Your answer was kept."
    assert not found(pages[0][1])


# -- a case ------------------------------------------------------------------------------------------------------------


def _of(stages: tuple[str, ...], done: tuple[str, ...]) -> set[str]:
    released = {sample.secret(f"{kind}-{name}") for kind in ("title", "facts", "exhibit", "letter") for name in stages}
    earned = {sample.secret(f"c-{name}-{kind}") for name in done for kind in ("fa", "fb", "why")}
    cited = {f"Title-facts-{name}" for name in stages} | {f"Label-facts-{name}" for name in stages}
    return (
        released | earned | cited | {f"details-facts-{name}" for name in stages} | _cited(f"hidden-c-{name}" for name in done)
    )


def _cited(names: Any) -> set[str]:
    kept = list(names)
    links = {name for name in kept if name.startswith("hidden")}
    return {f"{part}-{name}" for name in kept for part in ("Title", "Label", "details")} | links


BODIES = [
    {"stage": f"stage-{stage}", "question": f"c-{question}", "fields": [], "sure": False}
    for stage in sample.STAGES
    for question in sample.STAGES
]


@pytest.mark.parametrize("done", [0, 1, 2])
def test_a_case_gives_what_was_released(done: int) -> None:
    place = sample.case()
    for name in sample.STAGES[:done]:
        place.ok("submit", {"stage": f"stage-{name}", "fields": fields(place.view(), {f"c-{name}": ["Right choice"]})})
    allowed = _of(sample.STAGES[: done + 1], sample.STAGES[:done])
    assert everything(place, BODIES) - allowed <= {sample.secret(f"c-{sample.STAGES[done]}-hint1")}
    assert everything(place, BODIES, ANONYMOUS) <= _of(sample.STAGES[:1], ())


def test_a_finished_case_gives_the_debrief_but_not_the_facilitators_sheet() -> None:
    place = sample.case()
    for name in sample.STAGES:
        place.ok("submit", {"stage": f"stage-{name}", "fields": fields(place.view(), {f"c-{name}": ["Right choice"]})})
    words = everything(place, BODIES)
    assert words == _of(sample.STAGES, sample.STAGES) | {sample.secret("debrief")} | _cited(["debriefed"])


def test_hidden_correctness_hides_the_debrief_and_the_feedback_of_a_case() -> None:
    place = sample.case({"show_correctness": "never"})
    for name in sample.STAGES:
        place.ok("submit", {"stage": f"stage-{name}", "fields": fields(place.view(), {f"c-{name}": ["Right choice"]})})
    assert everything(place, BODIES) == _of(sample.STAGES, ())


# -- tokens ------------------------------------------------------------------------------------------------------------


def test_the_order_of_rows_says_nothing() -> None:
    """Over many learners each thing stands at each place about equally often."""
    place, learners = sample.quiz(), 300
    steps: Counter[str] = Counter()
    rights: Counter[str] = Counter()
    for number in range(learners):
        page = tree(place.view(Person(id=1000 + number)))
        steps[page.xpath('//*[contains(@class, "ml-order")]//label')[0].text_content()] += 1
        rights[page.xpath('//select[@name="q-match"]')[0][1].text] += 1
    for counted in (steps, rights):
        assert len(counted) == 3
        assert all(learners / 3 - 60 < count < learners / 3 + 60 for count in counted.values())


def test_a_token_needs_the_servers_key(monkeypatch: pytest.MonkeyPatch) -> None:
    before = fields(sample.quiz().view(), sample.RIGHT)
    monkeypatch.setattr("django.utils.crypto.settings.SECRET_KEY", "another")
    after = fields(sample.quiz().view(), sample.RIGHT)
    assert not {cell.partition(":")[0] for _, cell in before} & {cell.partition(":")[0] for _, cell in after}


@pytest.mark.parametrize(
    ("question", "rows"), [("q-match", ("p1:r-p1", "p2:r-p2")), ("q-order", ("i1:1", "i2:2", "i3:3")), ("q-choice", ("b",))]
)
def test_authored_ids_are_no_answer(question: str, rows: tuple[str, ...]) -> None:
    """Not alone, and not beside a token that was offered."""
    place = sample.quiz()
    offered = [cell.partition(":")[0] for _, cell in fields(place.view(), {question: sample.RIGHT[question]})]
    mixed = [f"{token}:{row.partition(':')[2]}" for token, row in zip(offered, rows, strict=True)]
    for cells in (rows, mixed if question == "q-match" else rows):
        assert place.post("check", {"question": question, "fields": [[question, cell] for cell in cells]})[0] == 400
