# SPDX-License-Identifier: AGPL-3.0-or-later

"""Small course archives made by hand."""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path

Files = dict[str, bytes | str]


def write(path: Path, files: Files, root: str = "course/") -> Path:
    """A .tar.gz at *path* with *files* below *root*."""
    with tarfile.open(path, "w:gz") as tar:
        for name, data in files.items():
            content = data.encode() if isinstance(data, str) else data
            member = tarfile.TarInfo(root + name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return path


def small(**changes: bytes | str | None) -> Files:
    """A course of two modules with a lesson, two graded toys, a practice toy; *changes* by path with __ for / and a
    dot written as _DOT_; None leaves a file out."""
    return {name: data for name, data in {**SMALL, **{_path(k): v for k, v in changes.items()}}.items() if data is not None}


def _path(name: str) -> str:
    return name.replace("__", "/").replace("_DOT_", ".")


def policy(**parts: dict[str, object]) -> str:
    """policy.json of the small course, with settings of *parts* added; parts are named type__name."""
    tab = {"type": "static_tab", "name": "Handbook", "url_slug": "handbook"}
    partition = {
        "id": 50,
        "name": "Cohorts",
        "scheme": "cohort",
        "groups": [{"id": 1, "name": "Border"}, {"id": 2, "name": "Asylum"}],
    }
    course = {
        "display_name": "A Small Course",
        "start": "2020-01-01T00:00:00Z",
        "tabs": [{"type": "courseware"}, tab],
        "user_partitions": [partition],
    }
    return json.dumps({"course/2026": course, **{name.replace("__", "/"): value for name, value in parts.items()}})


GRADING = {
    "GRADER": [
        {"type": "Quiz", "short_label": "Q", "min_count": 1, "drop_count": 0, "weight": 0.6},
        {"type": "Case", "short_label": "C", "min_count": 1, "drop_count": 0, "weight": 0.4},
    ],
    "GRADE_CUTOFFS": {"Pass": 0.6},
}

SMALL: Files = {
    "course.xml": '<course url_name="2026" org="MigrationLaw" course="IML"/>',
    "course/2026.xml": '<course display_name="Small"><chapter url_name="one"/><chapter url_name="two"/></course>',
    "chapter/one.xml": '<chapter display_name="First module"><sequential url_name="read-seq"/><sequential url_name="quiz-seq"/></chapter>',  # noqa: E501
    "chapter/two.xml": '<chapter display_name="Second module"><sequential url_name="case-seq"/></chapter>',
    "sequential/read-seq.xml": '<sequential display_name="Reading"><vertical url_name="read-unit"/><vertical url_name="more-unit"/></sequential>',  # noqa: E501
    "sequential/quiz-seq.xml": '<sequential display_name="Quiz" graded="true" format="Quiz"><vertical url_name="quiz-unit"/></sequential>',  # noqa: E501
    "sequential/case-seq.xml": '<sequential display_name="Case" graded="true" format="Case"><vertical url_name="case-unit"/></sequential>',  # noqa: E501
    "vertical/read-unit.xml": '<vertical display_name="Who is a refugee?"><html url_name="read-html"/></vertical>',
    "vertical/more-unit.xml": '<vertical display_name="Try it"><toy url_name="practice" xblock-family="xblock.v1" display_name="Practice">max: 5</toy></vertical>',  # noqa: E501
    "vertical/quiz-unit.xml": '<vertical display_name="Quiz"><toy url_name="quiz" xblock-family="xblock.v1" display_name="Quiz" weight="10">max: 4</toy></vertical>',  # noqa: E501
    "vertical/case-unit.xml": '<vertical display_name="Case"><toy url_name="case" xblock-family="xblock.v1" display_name="Case" weight="20">max: 20</toy></vertical>',  # noqa: E501
    "html/read-html.xml": '<html filename="read-html" display_name="Lesson"/>',
    "html/read-html.html": (
        '<div class="ml-lesson"><p>Read the <a href="/static/facts.txt">facts</a>, look at <img src="/static/map%20one.svg" alt="Map"/>'  # noqa: E501
        ' and go on to <a href="/jump_to_id/quiz-unit">the quiz</a>. <a href="/static/missing.txt">Missing</a>.</p></div>'
    ),
    "static/facts.txt": "Facts.",
    "static/map one.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
    "static/migration-law.css": ".ml-lesson { max-width: 65ch; }",
    "tabs/handbook.html": "<p>All about it. <a href='/static/facts.txt'>Facts</a></p>",
    "policies/2026/policy.json": policy(),
    "policies/2026/grading_policy.json": json.dumps(GRADING),
}
