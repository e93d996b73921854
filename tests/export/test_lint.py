# SPDX-License-Identifier: AGPL-3.0-or-later
"""Each rule of the lint finds the archive that breaks it, and only that rule speaks."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Callable
from typing import Any

import pytest
from export import sample
from migration_law import export
from migration_law.export import lint, lint_archive, tar_gz

Files = dict[str, bytes]
Break = Callable[[Files], object]

C = "course/"
POLICY = f"{C}policies/2026/policy.json"
GRADING = f"{C}policies/2026/grading_policy.json"
UNIT = f"{C}vertical/definition.xml"
HTML = f"{C}html/definition-text.html"


def swap(name: str, old: str, new: str) -> Break:
    """Replace words in a file that has them."""

    def change(files: Files) -> None:
        assert old.encode() in files[name]
        files[name] = files[name].replace(old.encode(), new.encode())

    return change


def put(name: str, text: str) -> Break:
    """Add or replace a file."""
    return lambda files: files.update({name: text.encode()})


def drop(name: str) -> Break:
    """Take a file away."""
    return lambda files: files.pop(name)


def policy(**changes: Any) -> Break:
    """Change settings of the course; None takes one away."""

    def change(files: Files) -> None:
        data = json.loads(files[POLICY])
        settings = data["course/2026"] | changes
        data["course/2026"] = {name: value for name, value in settings.items() if value is not None}
        files[POLICY] = json.dumps(data).encode()

    return change


def grader(**changes: Any) -> Break:
    """Change the first grader."""

    def change(files: Files) -> None:
        data = json.loads(files[GRADING])
        data["GRADER"][0] |= changes
        files[GRADING] = json.dumps(data).encode()

    return change


def grading(**changes: Any) -> Break:
    """Change the grading policy."""
    return lambda files: files.update({GRADING: json.dumps(json.loads(files[GRADING]) | changes).encode()})


def custom_as_file(files: Files) -> None:
    """Write a quiz as a pointer and a file, as a built-in block would be."""
    unit = files[UNIT].decode()
    start, end = unit.index("<law_quiz"), unit.index("</law_quiz>") + len("</law_quiz>")
    files[f"{C}law_quiz/definition-check.xml"] = unit[start:end].encode()
    files[UNIT] = (unit[:start] + '<law_quiz url_name="definition-check"/>' + unit[end:]).encode()


def large(files: Files) -> None:
    """Give a lesson more text than a block may have."""
    files[HTML] += b"<p>" + b"x" * 1_000_000 + b"</p>"


TAB = {"type": "courseware", "name": "Course"}
BROKEN: list[tuple[str, str, Break]] = [
    ("one-course-xml", "course.xml", drop(f"{C}course.xml")),
    ("one-course-xml", "course.xml", put(f"{C}static/course.xml", "<course/>")),
    ("course-pointer", f"{C}course.xml", swap(f"{C}course.xml", 'org="Org"', 'org="Org" start="2026"')),
    ("xml", UNIT, swap(UNIT, "</vertical>", "")),
    ("xml", UNIT, swap(UNIT, "<vertical ", '<!DOCTYPE v [<!ENTITY e "e">]><vertical ')),
    ("broken-pointer", f"{C}chapter/trafficking.xml", drop(f"{C}sequential/smuggling-seq.xml")),
    ("broken-pointer", f"{C}html/smuggling-text.xml", drop(f"{C}html/smuggling-text.html")),
    ("wrong-tag", f"{C}vertical/smuggling.xml", put(f"{C}vertical/smuggling.xml", "<sequential display_name='x'/>")),
    ("unused-file", f"{C}html/lost.xml", put(f"{C}html/lost.xml", "<html/>")),
    ("unused-file", f"{C}html/lost.html", put(f"{C}html/lost.html", "<p/>")),
    ("duplicate-id", UNIT, swap(UNIT, 'url_name="definition-check"', 'url_name="definition"')),
    (
        "duplicate-id",
        f"{C}vertical/trafficking-quiz-unit.xml",
        swap(UNIT, 'url_name="definition-check"', 'url_name="trafficking-quiz"'),
    ),
    (
        "duplicate-id",
        f"{C}vertical/smuggling.xml",
        swap(f"{C}vertical/smuggling.xml", "smuggling-text", "definition-text"),
    ),
    ("no-id", UNIT, swap(UNIT, 'url_name="definition-check" ', "")),
    ("bad-id", UNIT, swap(UNIT, 'definition-check" x', 'definition check" x')),
    ("no-title", UNIT, swap(UNIT, '<vertical display_name="What it is"', "<vertical")),
    ("no-title", POLICY, policy(display_name=None)),
    (
        "unknown-tag",
        UNIT,
        swap(UNIT, "</vertical>", '<unheard_of url_name="x" display_name="x">y</unheard_of></vertical>'),
    ),
    ("unknown-tag", UNIT, swap(UNIT, "</vertical>", '<chapter url_name="x" display_name="x">y</chapter></vertical>')),
    ("custom-pointer", f"{C}law_quiz/definition-check.xml", custom_as_file),
    ("no-family", UNIT, swap(UNIT, ' xblock-family="xblock.v1"', "")),
    (
        "empty-block",
        UNIT,
        swap(UNIT, "</vertical>", '<law_quiz url_name="x" display_name="x" xblock-family="xblock.v1"/></vertical>'),
    ),
    (
        "empty-container",
        f"{C}vertical/smuggling.xml",
        put(f"{C}vertical/smuggling.xml", '<vertical display_name="x"/>'),
    ),
    ("too-large", HTML, large),
    ("policy", POLICY, drop(POLICY)),
    ("policy", POLICY, put(POLICY, "{")),
    ("policy", POLICY, put(POLICY, "[" * 100_000)),
    ("policy", POLICY, put(POLICY, "[]")),
    ("policy", POLICY, swap(POLICY, "course/2026", "course/2025")),
    ("policy-block", POLICY, swap(POLICY, '"course/2026"', '"html/gone": {}, "course/2026"')),
    ("policy-block", POLICY, swap(POLICY, '"course/2026"', '"html/definition-text": 3, "course/2026"')),
    ("set-twice", f"{C}course/2026.xml", swap(f"{C}course/2026.xml", "<course>", '<course display_name="x">')),
    ("no-start", POLICY, policy(start=None)),
    ("date", POLICY, policy(start="1 January 2026")),
    ("tabs", POLICY, policy(tabs=[])),
    ("tabs", POLICY, policy(tabs=["courseware"])),
    ("tabs", POLICY, policy(tabs=[{"type": "progress", "name": "Progress"}, TAB])),
    ("tabs", POLICY, policy(tabs=[TAB, {"type": "static_tab", "name": "x"}])),
    ("tabs", POLICY, policy(tabs=[TAB, {"type": "static_tab", "url_slug": "x"}])),
    ("tabs", POLICY, policy(tabs=[TAB, {"type": "static_tab", "name": "x", "url_slug": "x"}])),
    ("advanced-modules", POLICY, policy(advanced_modules=["law_quiz"])),
    ("missing-static", POLICY, policy(course_image="gone.png")),
    ("missing-static", HTML, drop(f"{C}static/ladder.svg")),
    ("missing-static", "law_quiz/definition-check", swap(UNIT, "text: This", "text: '![x](static/gone.svg)' #")),
    ("missing-target", HTML, swap(HTML, "/jump_to_id/smuggling", "/jump_to_id/gone")),
    ("missing-target", "law_quiz/definition-check", swap(UNIT, "explanation: So.", "explanation: '[x](lesson:gone)'")),
    ("html", HTML, swap(HTML, "</table>", "")),
    ("html", HTML, swap(HTML, "Four", "&nbsp;")),
    ("html", f"{C}about/overview.html", swap(f"{C}about/overview.html", "<p>", "<p><br>")),
    ("content", "law_quiz/definition-check", swap(UNIT, "id: definition-check\n", "id: [\n")),
    ("content", "law_quiz/definition-check", swap(UNIT, "id: definition-check\n", "id: a\nid: b\n")),
    ("character", HTML, swap(HTML, "Four", "Four\u2028")),
    ("character", "vertical/definition", swap(UNIT, 'display_name="What it is"', 'display_name="What \ufffd is"')),
    ("file-name", f"{C}static/a b.png", put(f"{C}static/a b.png", "")),
    ("file-name", f"{C}static/é.png", put(f"{C}static/é.png", "")),
    ("grading-policy", GRADING, drop(GRADING)),
    ("grading-policy", GRADING, put(GRADING, '{"GRADER": [3]}')),
    ("grading-policy", GRADING, grading(GRADE_CUTOFFS={})),
    ("grading-policy", GRADING, grading(GRADE_CUTOFFS={"Pass": 60})),
    ("grader", GRADING, grader(drop_count=None)),
    ("grader", GRADING, grader(type="Case study")),
    ("weights", GRADING, grader(weight=0.5)),
    ("no-grader", f"{C}sequential/trafficking-quiz-seq.xml", grader(type="Homework")),
    ("unused-grader", GRADING, grader(type="Homework")),
    ("min-count", GRADING, grader(min_count=2)),
    ("drop-count", GRADING, grader(drop_count=1)),
]


def test_what_we_write_is_clean() -> None:
    assert lint(export.files(sample.corpus())) == []
    assert lint_archive(tar_gz(export.files(sample.corpus()))) == []


@pytest.mark.parametrize(
    ("code", "path", "breaks"), BROKEN, ids=[f"{code}-{number}" for number, (code, *_) in enumerate(BROKEN)]
)
def test_each_rule_finds_what_breaks_it(code: str, path: str, breaks: Break) -> None:
    files = export.files(sample.corpus())
    breaks(files)
    problems = lint(files)
    assert (code, path) in {(problem.code, problem.path) for problem in problems}, problems
    assert all(problem.message and str(problem).startswith(problem.path) for problem in problems)


def test_every_code_has_a_broken_archive() -> None:
    """A rule that no test breaks may as well not be there."""
    import re
    from pathlib import Path

    folder = Path(export.__file__).parent
    sources = [folder / "tree.py", *(folder / "lint").glob("*.py")]
    codes = {
        code for source in sources for code in re.findall(r'(?:LintProblem|fault)\(\s*"([a-z-]+)"', source.read_text())
    }
    assert codes == {code for code, *_ in BROKEN}


def test_a_circle_of_pointers_ends() -> None:
    files = export.files(sample.corpus())
    files[UNIT] = b'<vertical display_name="x"><vertical url_name="definition"/></vertical>'
    assert "duplicate-id" in {problem.code for problem in lint(files)}


def test_problems_of_the_archive_itself() -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        link = tarfile.TarInfo("course/course.xml")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    assert [problem.code for problem in lint_archive(packed.getvalue())] == ["link"]
    assert [problem.code for problem in lint_archive(b"")] == ["not-an-archive"]
