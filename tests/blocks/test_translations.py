# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every word of the interface is in the catalogues, and the catalogues fit the code."""

from __future__ import annotations

import ast
import gettext
import re
import string
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from blocks import sample
from blocks.page import fields, tree
from blocks.runtime import LEARNER, Person, Place
from jinja2 import Environment
from migration_law.model.content import texts
from migration_law.model.law import citations

PACKAGE = Path(str(resources.files("migration_law")))
FOLDER = PACKAGE / "blocks" / "translations"
LOCALES = ("az", "ru", "eo")
CALLS = {"translate", "_", "Refusal", "Refused"}


def _said(call: ast.Call) -> Iterator[str]:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    if name in CALLS:
        for inside in (*call.args, *(keyword.value for keyword in call.keywords if keyword.arg in {None, "message"})):
            assert not isinstance(inside, ast.JoinedStr), f"line {inside.lineno}: words put together can't be translated"
            yield from (
                part.value for part in ast.walk(inside) if isinstance(part, ast.Constant) and isinstance(part.value, str)
            )


def _words() -> set[str]:
    """Every string that the code or a template has translated, found by reading the code another way than the extractor."""
    found: set[str] = set()
    for file in (*(PACKAGE / "blocks").glob("*.py"), *(PACKAGE / "model").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            found.update(_said(node) if isinstance(node, ast.Call) else ())
    environment = Environment(extensions=["jinja2.ext.i18n"])
    for file in (PACKAGE / "blocks" / "templates").rglob("*.html"):
        found.update(str(message) for _, _, message in environment.extract_translations(file.read_text("utf-8"), ["_"]))
    return {words for words in found if re.search("[A-Za-z]{2}", words)}


def _catalogue(locale: str) -> dict[str, str]:
    loaded: Any = gettext.translation("text", str(FOLDER), [locale])
    return {key: value for key, value in loaded._catalog.items() if key}


@pytest.mark.parametrize("locale", LOCALES)
def test_every_word_is_translated_and_none_is_left_over(locale: str) -> None:
    catalogue, words = _catalogue(locale), _words()
    assert len(words) > 90
    assert words - catalogue.keys() == set(), "run scripts/translations, then translate"
    assert catalogue.keys() - words == set(), "run scripts/translations"


def _placeholders(words: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(words)} - {None}


@pytest.mark.parametrize("locale", LOCALES)
def test_placeholders_are_the_same(locale: str) -> None:
    for words, translated in _catalogue(locale).items():
        assert _placeholders(translated) == _placeholders(words), translated
        assert "<" not in translated


@pytest.mark.parametrize("locale", LOCALES)
def test_the_compiled_catalogue_is_that_of_the_text(locale: str) -> None:
    from babel.messages import pofile

    with (FOLDER / locale / "LC_MESSAGES" / "text.po").open("rb") as file:
        written = {message.id: message.string for message in pofile.read_po(file) if message.id and not message.fuzzy}
    assert _catalogue(locale) == written


@pytest.mark.parametrize("locale", ["az", "ru"])
def test_drafts_say_that_they_are(locale: str) -> None:
    assert "# DRAFT" in (FOLDER / locale / "LC_MESSAGES" / "text.po").read_text("utf-8")[:300]


def _content_words(place: Place) -> set[str]:
    thing = place.block().thing
    said = [thing.title, *texts(thing), *(word for answer in sample.RIGHT.values() for word in answer)]
    said += [word for source in place.block().sources for word in (source.title, source.label, *source.details)]
    said += [words for question in thing.questions for words in question.item_texts().values()]
    said += [stage.title for stage in getattr(thing, "stages", ())] + [
        exhibit.title for exhibit in getattr(thing, "exhibits", ())
    ]
    said += [source.cite(citation.locator) for text in said for citation in citations(text) for source in place.block().sources]
    return {word for text in said for word in re.findall(r"\w+", text)}


@pytest.mark.parametrize("make", [sample.quiz, sample.graded, sample.case])
def test_no_word_of_the_interface_stays_english(make: Any) -> None:
    place, person = make(), Person(locale="eo")
    given = {"fields": [], "sure": True, "stage": "stage-one"}
    pages = [place.view(person), place.view(person, "public_view"), place.post("submit", given, person)[1].get("html", "")]
    for name in sample.RIGHT if make is sample.quiz else ():
        answer = fields(place.view(LEARNER), {name: sample.WRONG[name]})
        pages.append(place.ok("check", {"question": name, "fields": answer}, person)["html"])
    for page in filter(None, pages):
        shown = tree(page).text_content()
        while "⟦" in shown:
            shown = re.sub(r"⟦[^⟦⟧]*⟧", " ", shown)
        left = {word for word in re.findall(r"\w+", shown) if not word.isdigit()}
        assert left <= _content_words(place), left - _content_words(place)


def test_refusals_are_translated() -> None:
    person = Person(locale="ru")
    assert sample.quiz().post("check", {"question": "q-tf", "fields": []}, person)[1] == {"error": "Сначала выберите ответ."}
    assert sample.quiz().post("check", [], person)[1]["error"].startswith("Не удалось прочитать ответ.")
    page = sample.case().view(Person(locale="ru"))
    assert "Факты по состоянию на 1 марта 2025 г." in page
    place = sample.graded()
    both = fields(place.view(), {"q-choice": ["Right choice", "Wrong choice"]})
    refused = place.post("submit", {"fields": both, "sure": True}, person)[1]
    assert refused == {"error": "Вопрос 1: Выберите только один вариант."}
