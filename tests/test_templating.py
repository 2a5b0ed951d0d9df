"""What a template gives is what Jinja itself would give."""

from __future__ import annotations

from typing import Any

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError
from markupsafe import Markup

from fieldguide.templating import Templates

SHARED = """{% macro cell(text, end='.') %}<td>{{ text }}{{ end }}</td>
{{ caller(1) if caller is defined else '' }}{% endmacro %}"""
PAGE = """{% import "shared" as s %}
{% for value in values %}{{ value }} {{ s.cell(value, end=value) }} {{ value ~ "<" }}
{{ loop.cycle("odd", "even") }} {{ word(value) | upper }}
{{ value | string | e | replace("a", "b") }}
{% endfor %}{% call(x) s.cell("<") %}{{ x }}{% endcall %}{% include "more" %}"""
SOURCES = {
    "shared": SHARED,
    "page": PAGE,
    "more": "{{ values[0] }}{% set x %}<b>{{ values[0] }}</b>{% endset %}{{ x }}{{ x ~ 1 }}",
}
VALUES: list[Any] = [
    *("", "plain", "a & b < c > d \" e ' f", "&amp;", "“–”", Markup("<b>bold &amp; safe</b>")),
    *(None, True, 0, 1.5, ["<", Markup("<")], {"<": ">"}, ValueError("<broken>")),
]


def _environment(kind: type[Environment]) -> Environment:
    return kind(loader=DictLoader(SOURCES), autoescape=True, undefined=StrictUndefined)


def test_every_value_comes_out_as_jinja_would_put_it() -> None:
    given = {"values": VALUES, "word": lambda value: f"<i>{value}"}
    ours, jinja = (_environment(kind) for kind in (Templates, Environment))
    made = ours.get_template("page").render(given)
    assert made == jinja.get_template("page").render(given)
    assert "&lt;broken&gt;" in made


def test_what_is_not_defined_is_no_silence() -> None:
    for source in ("{{ nothing }}", "{{ nothing() }}", "{{ [].nothing }}"):
        with pytest.raises(UndefinedError):
            _environment(Templates).from_string(source).render()
