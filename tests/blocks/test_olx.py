# SPDX-License-Identifier: AGPL-3.0-or-later
"""In and out of OLX: nothing an author wrote is lost, and nothing of a learner leaves."""

from __future__ import annotations

import bson
import pytest
from blocks import sample
from blocks.page import fields
from blocks.runtime import KINDS, parsed
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from migration_law import notation

ALPHABETS = "Tərcümə: şəxs «человек» ადამიანი մարդ"


def _olx(text: str, **attributes: str) -> etree._Element:
    node = etree.Element("law_quiz", {"url_name": "one", **attributes})
    node.text = f"\n{text}"
    return etree.fromstring(etree.tostring(node))


@pytest.mark.parametrize("kind", KINDS)
def test_the_scenarios_are_read_and_written_and_read(kind: str) -> None:
    ((_, olx),) = KINDS[kind].workbench_scenarios()
    place = parsed(olx)
    block = place.block()
    assert (block.available, block.broken_why) == (True, "")
    again = parsed(etree.tostring(place.olx(), encoding="unicode")).block()
    assert (again.content_data, again.sources_data) == (block.content_data, block.sources_data)
    assert (again.display_name, again.weight) == (block.display_name, block.weight)


@pytest.mark.parametrize("make", [sample.quiz, sample.case])
def test_content_is_what_the_platforms_store_takes(make: object) -> None:
    block = make().block()  # type: ignore[operator]
    stored = {"content": block.content_data, "sources": block.sources_data, "broken": block.broken}
    assert bson.decode(bson.encode(stored)) == stored


@pytest.mark.parametrize(
    "text",
    [
        "format: 1\nid: [unclosed\n",
        "format: 2\nid: newer\nmagic: true\n",
        "- a list\n",
        "just words",
        "format: 1\nid: x\n\n\n  # a comment\n\ttab and trailing spaces   \n\n",
        f'format: 1\ntitle: "{ALPHABETS}"\n',
        "format: &a 1\nid: *a\n",
        "<script>alert(1)</script> & more\n",
        "sources: 7\n",
        "format: 1\nsources:\n  - id: 7\n",
    ],
)
def test_a_text_that_cannot_be_read_is_kept_letter_for_letter(text: str) -> None:
    place = parsed(_olx(text))
    assert place.block().broken == text
    assert place.block().broken_why
    assert etree.fromstring(etree.tostring(place.olx())).text == f"\n{text}"
    assert "This activity is not available." in place.view()
    assert place.block().broken_why.splitlines()[0].split(":")[0].isdigit()
    assert "<li><code>" in place.view(view="author_view")
    assert "<script>alert" not in place.view(view="author_view")
    assert place.post("hint", {"question": "x", "fields": []})[0] == 409
    assert place.block().max_score() == 0.0


def test_a_mistake_in_a_source_is_shown_where_it_stands() -> None:
    data = sample.quiz_data()
    del data["sources"][0]["link"]
    text = notation.dump(data)
    line = text[: text.index("- id: shown")].count("\n") + 1
    assert parsed(_olx(text)).block().broken_why.startswith(f"{line}:5: missing sources.0.link")


def test_cdata_is_read() -> None:
    text = notation.dump(sample.quiz_data(intro=f"a < b & {ALPHABETS}"))
    place = parsed(f"<law_quiz><![CDATA[\n{text}]]></law_quiz>")
    assert place.block().thing.intro == f"a < b & {ALPHABETS}"
    assert parsed(etree.tostring(place.olx(), encoding="unicode")).block().content_data == place.block().content_data


def test_elements_in_the_text_are_kept_for_the_author_to_see() -> None:
    text = notation.dump(sample.quiz_data(intro="A HERE word."))
    place = parsed(f"<law_quiz>{text.replace('HERE', '<b>bold</b><!-- unseen -->')}</law_quiz>")
    assert place.block().thing.intro == "A <b>bold</b> word."
    assert "&lt;b&gt;bold&lt;/b&gt;" in place.view()


@pytest.mark.parametrize("weight", ["heavy", "", "NaN", "inf", "-1", "0", "1e9"])
def test_a_bad_weight_is_left_out(weight: str) -> None:
    block = parsed(_olx(notation.dump(sample.quiz_data()), weight=weight)).block()
    assert block.weight is None
    assert block.available


@pytest.mark.parametrize(("name", "value"), [("due", "soon"), ("group_access", "{["), ("graceperiod", "long")])
def test_a_bad_setting_of_the_platform_does_not_take_the_block(name: str, value: str) -> None:
    assert parsed(_olx(notation.dump(sample.quiz_data()), **{name: value})).block().available


def test_settings_of_the_platform_travel() -> None:
    place = parsed(_olx("x", due="2026-12-01T12:00:00Z", show_correctness="never", display_name=ALPHABETS, weight="2.5"))
    node = parsed(place.olx()).olx()
    assert (node.get("show_correctness"), node.get("display_name"), node.get("weight")) == ("never", ALPHABETS, "2.5")
    assert node.get("due", "").startswith("2026-12-01T12:00:00")
    assert (node.tag, node.get("xblock-family")) == ("law_quiz", "xblock.v1")


@pytest.mark.parametrize("name", ["attempts", "work", "finished", "earned", "content_data", "broken", "parent", "children"])
def test_an_attribute_never_sets_state_or_content(name: str) -> None:
    block = parsed(_olx(notation.dump(sample.quiz_data()), **{name: "1"})).block()
    plain = parsed(_olx(notation.dump(sample.quiz_data()))).block()
    assert getattr(block, name, None) == getattr(plain, name, None)
    assert block.available


def test_a_learners_state_is_never_written() -> None:
    place = sample.graded()
    before = etree.tostring(place.olx())
    place.ok("submit", {"fields": fields(place.view(), sample.WRONG)})
    block = place.block()
    node = etree.Element("x")
    block.add_xml_to_node(node)
    assert etree.tostring(node) == etree.tostring(place.olx()) == before


def test_empty_elements_are_blocks_without_content() -> None:
    block = parsed("<law_quiz display_name='Empty'/>").block()
    assert (block.available, block.text, block.broken) == (False, "", "")


XML_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t", exclude_characters="\ufffe\uffff"))
YAML_LIKE = st.lists(st.sampled_from([*"abc: -\n[]{}&*!|>'\"#%@`,?<1~\t", "format: 1\n", "  ", "questions:\n"])).map("".join)


@given(st.one_of(XML_TEXT, YAML_LIKE))
def test_no_text_raises(text: str) -> None:
    place = parsed(_olx(text))
    assert place.block().text == (text if text.strip() else "")
    assert "not available" in place.view()


# YAML 1.1 folds these three rare line ends.
PRINTED = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x85\u2028\u2029"), min_size=1)


@given(PRINTED)
def test_any_words_come_back_from_an_archive(words: str) -> None:
    place = sample.quiz()
    block = place.block(studio=True)
    block.content_data = {**block.content_data, "intro": words}
    block.save()
    again = parsed(etree.tostring(place.olx(), encoding="unicode")).block()
    assert again.content_data["intro"] == words
