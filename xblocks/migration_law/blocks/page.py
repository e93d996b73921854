# SPDX-License-Identifier: AGPL-3.0-or-later
"""The blocks' templates, compiled once."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template


def _(words: str) -> str:
    """Marks words for the catalogue; they are translated where they are shown."""
    return words


def _environment() -> Environment:
    # No sandbox: the templates are the package's own, never an author's, and it would double the time of a page.
    environment = Environment(
        loader=PackageLoader("migration_law.blocks"), autoescape=True, trim_blocks=True, lstrip_blocks=True,
        undefined=StrictUndefined, auto_reload=False,
    )  # fmt: skip
    environment.filters["points"] = points
    return environment


def _compiled(environment: Environment) -> dict[str, Template]:
    """Every template, compiled when a server starts, so that no learner waits for it."""
    return {name: environment.get_template(name) for name in environment.list_templates()}


def points(number: float) -> str:
    """Points as people write them: 2, 1.5, 0.67."""
    return f"{round(number, 2):g}"


MONTHS = (
    _("{day} January {year}"), _("{day} February {year}"), _("{day} March {year}"), _("{day} April {year}"),
    _("{day} May {year}"), _("{day} June {year}"), _("{day} July {year}"), _("{day} August {year}"),
    _("{day} September {year}"), _("{day} October {year}"), _("{day} November {year}"), _("{day} December {year}"),
)  # fmt: skip
"""A date in each month: languages decline the month, and put the parts in an order of their own."""


def fill(template: str, **values: Any) -> str:
    """The template as HTML."""
    return TEMPLATES[template].render(**values)


TEMPLATES = _compiled(_environment())
