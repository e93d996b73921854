# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every code that a Problem can have, with what it means."""

from __future__ import annotations

FILES = {
    "missing-course": "there is no course/course.yaml",
    "empty-file": "a file with nothing in it",
    "not-utf-8": "a file in another encoding than UTF-8",
    "not-a-file": "a folder, pipe or device where a file is expected",
    "unreadable": "a file that may not be read",
    "symbolic-link": "a link to a folder, or to a file outside the course",
    "too-large": "a file over 50 MB, or a text over 2,000,000 characters",
    "wrong-name": "a file whose name or folder makes it one that nothing reads",
    "block-too-large": "a quiz or case study over 1 MB, more than a block may hold",
    "bad-character": "a control character, which XML does not allow",
}

NOTATION = {
    "yaml-syntax": "a line that is not YAML",
    "yaml-character": "a character that YAML does not allow",
    "yaml-anchor": "an anchor or alias",
    "yaml-tag": "a tag",
    "duplicate-key": "a key that stands twice",
    "unquoted-citation": "a plain value that begins with a citation",
    "too-deep": "nesting too deep",
    "no-front-matter": "a lesson without its keys between two lines `---`",
}

VALUES = {
    "unknown-key": "a key that nothing reads",
    "missing-key": "a key that must be there",
    "wrong-type": "a value of another kind than expected",
    "bad-value": "a value of the right kind that is not allowed",
    "no-right-answer": "a question without a right answer",
    "several-right-answers": "a `choice` with more than one right answer",
    "practice-has-no-limit": "a practice quiz with attempts or a pass mark",
    "graded-feedback": "a graded quiz that gives feedback after each question",
    "no-question": "a case study that asks nothing",
    "stage-dates": "stages that are not in order of date",
    "unused-exhibit": "an exhibit that no stage releases",
    "weights": "weights that do not add up to 1",
    "duplicate-id": "an id that is taken",
}

REFERENCES = {
    "unknown-module": "a module that does not exist",
    "unknown-lesson": "a lesson that does not exist",
    "unknown-quiz": "a quiz that does not exist",
    "unknown-case": "a case study that does not exist",
    "unknown-objective": "an objective that does not exist",
    "unknown-exhibit": "an exhibit that does not exist",
    "unknown-instrument": "an instrument or judgment that does not exist",
    "unknown-article": "a place that an instrument does not have",
    "unknown-paragraph": "a paragraph that a judgment does not list",
    "unlisted-module": "a module that the course does not list",
    "unlisted-lesson": "a lesson that no module lists",
    "used-twice": "a lesson, quiz or case study that is shown in two places",
    "wrong-module": "a lesson or case study in another module than it says",
    "graded-check": "a graded quiz under a lesson",
    "practice-quiz": "a practice quiz as the quiz of a module",
}

MARKDOWN = {
    "malformed-citation": "a citation that is not closed, empty, or not `[[id:place]]`",
    "citation-in-plain-text": "a citation in a field that shows plain text",
    "raw-html": "HTML, which is shown as text",
    "unknown-box": "a box of a kind that does not exist",
    "unclosed-box": "a box without its closing `:::`, or a `:::` without its box",
    "empty-link": "a link without an address or without words",
    "bad-link": "a link to nothing: relative, or to another part of a page",
    "missing-picture": "a picture that is not in course/static",
    "no-text-alternative": "a picture without a text alternative",
    "heading-level": "a heading of level 1, 5 or 6",
    "heading-in-question": "a heading in a question",
}

CODES = FILES | NOTATION | VALUES | REFERENCES | MARKDOWN
"""The meaning of each code. A code never changes its meaning."""
