"""What a marker may be, where it may stand, and that its HTML comes through Markdown whole."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markupsafe import Markup

from fieldguide.facts import Mention
from fieldguide.markers import Block, Expanded, expand
from fieldguide.selections import NotKnown


def model(key: str, text: str = "") -> Mention:
    if key != "alpha":
        raise NotKnown("model", key, ["alpha"])

    def term(name: str) -> Markup:
        return Markup("<b>{}</b>").format(name)

    link = Markup('<a href="a/">{}</a>').format(text or "Alpha")
    return Mention(link, released=lambda: "26 November 2024", term=lambda: term)


def count(*words: object, **filters: object) -> str:
    return f"{len(words)} & {len(filters)}"


def table(title: str = "T") -> Block:
    return Block("<table><tr><td>{}</td></tr></table>").format(title)


VOCABULARY: dict[str, Callable[..., object]] = {
    "model": model,
    "count": count,
    "table": lambda title="T": Block(table(title)),
    "fail": lambda: {}["gone"],
}


def expanded(markdown: str, first_line: int = 1) -> Expanded:
    return expand(markdown, "content/a.md", VOCABULARY, first_line)


def html(markdown: str) -> str:
    """What one inline marker gives."""
    found = expanded(markdown)
    assert found.problems == []
    return found.fill(found.markdown)


def told(markdown: str, first_line: int = 1) -> list[str]:
    problems = [str(problem) for problem in expanded(markdown, first_line).problems]
    return [line.removeprefix("content/a.md:") for line in problems]


# Allowed


@pytest.mark.parametrize(
    ("marker", "result"),
    [
        ('{{ model("alpha") }}', '<a href="a/">Alpha</a>'),
        ("{{model('alpha')}}", '<a href="a/">Alpha</a>'),
        ('{{ model(key="alpha", text="A") }}', '<a href="a/">A</a>'),
        ('{{\n  model(\n    "alpha"\n  )\n}}', '<a href="a/">Alpha</a>'),
        ('{{ model("alpha").released }}', "26 November 2024"),
        ('{{ model("alpha").term("x") }}', "<b>x</b>"),
        ("{{ count() }}", "0 &amp; 0"),
        ('{{ count("a", 1, 1.5, true, none, ["b", "c"], d="e") }}', "6 &amp; 1"),
        ("{{ table() }}", "<table><tr><td>T</td></tr></table>"),
        ('{{ model("alpha", "<b>&\\"") }}', '<a href="a/">&lt;b&gt;&amp;&#34;</a>'),
        ('{{ model("alpha", "} }") }}', '<a href="a/">} }</a>'),
    ],
)
def test_a_marker_is_one_call_or_an_attribute_of_it(marker: str, result: str) -> None:
    assert html(marker) == result


def test_what_is_no_marker_stays() -> None:
    text = "a {b} c {# d #} {% set e = 1 %} }} f {: .g } $${h}$$\n"
    assert expanded(text).markdown == text
    assert expanded(text).slots == []
    assert told(text) == []


def test_markers_stand_in_a_row() -> None:
    assert html("{{ count() }}{{ count(1) }}, {{ count(1, 2) }}") == (
        "0 &amp; 01 &amp; 0, 2 &amp; 0"
    )


# Refused

TOO_MUCH = "is more than a marker may be. Use one call, such as `{{ model("


@pytest.mark.parametrize(
    "expression",
    [
        *('"text"', "5", "true", "none", "['a']", "()"),
        *("1 + 1", 'model("alpha") ~ "x"', "-count()", "not count()", "count() * 2"),
        *("count() | upper", 'count()|join(",")', '"%s" | format(count())'),
        *("count()[0]", 'model("alpha")["term"]', "VOCABULARY['count']", "count()[0:1]"),
        *("count() if true else 1", "count() == 1", "count() is defined", "count() in [1]"),
        *("{'a': 1}", "(count(), 1)", "count(**{})", "count({})", "count(1 + 1)"),
        *('model("alpha").__class__', "model.__globals__", 'model("alpha")._link'),
        *('model("alpha").__init__()', "model.__call__('alpha')", "count.__self__"),
        *('count().format("x")', "count().upper()", "count().join([])", "count().zfill(9)"),
        *('model("alpha").released.upper()', "count().unescape()", "count().striptags()"),
        *('count(model("alpha").__class__)', "count(a=model.__globals__)"),
        "count(*[1] * 9)",
    ],
)
def test_more_than_a_call_is_refused(expression: str) -> None:
    [problem] = told("{{ " + expression + " }}")
    assert TOO_MUCH in problem or "unknown marker" in problem
    if "VOCABULARY" not in expression:
        assert problem.startswith(f"1:1: `{expression}` {TOO_MUCH}")


@pytest.mark.parametrize(
    ("marker", "problem"),
    [
        ('{{ modle("alpha") }}', "unknown marker `modle`. Did you mean `model`?"),
        ("{{ range(9) }}", "unknown marker `range`."),
        ("{{ self }}", "unknown marker `self`."),
        ("{{ count(self) }}", "unknown marker `self`."),
        ("{{ count(lipsum) }}", "unknown marker `lipsum`."),
        ('{{ model("alpah") }}', "unknown model `alpah`. Did you mean `alpha`?"),
        ('{{ model("zzz") }}', "unknown model `zzz`."),
        (
            '{{ model("alpha").relesed }}',
            "unknown attribute `relesed`. Did you mean `released`?",
        ),
        ("{{ model.released }}", "unknown attribute `released`."),
        ("{{ model }}", "`model` is not called. Write `model(…)`."),
        (
            '{{ model("alpha").term }}',
            '`model("alpha").term` is not called. Write `model("alpha").term(…)`.',
        ),
        (
            "{{ model() }}",
            "`model()` fails: model() missing 1 required positional argument: 'key'.",
        ),
        (
            '{{ model("alpha", colour=1) }}',
            '`model("alpha", colour=1)` fails: model() got an unexpected keyword argument'
            " 'colour'.",
        ),
        ("{{ fail() }}", "`fail()` fails: 'gone'."),
        ("{{ count(1e999) }}", "`count(1e999)` is more than a marker may be."),
        ("{{ }}", "the marker is empty. Write a call into it, or delete it."),
        ("{{}}", "the marker is empty. Write a call into it, or delete it."),
        ('{{ model("alpha" }}', "cannot be read (unexpected '}', expected ')')."),
        ("{{ model('alpha) }}", 'cannot be read (unexpected char "\'" at 9).'),
        ("{{ count() count() }}", "`count() count()` cannot be read (expected token 'end of"),
        ("{{ count()\n  count() }}", "`count() count()` cannot be read (expected token 'end of"),
        ("{{ {% raw %} }}", "cannot be read"),
        ("{{ count() {# x #} }}", "cannot be read"),
        ("{{{ count() }}}", "cannot be read"),
        ("{{ " + "(" * 3000 + " }}", "the marker is nested too deeply. Use one call."),
        ("{{ count(" + "[" * 300 + "]" * 300 + ") }}", "the marker is nested too deeply."),
    ],
)
def test_a_wrong_marker_is_told(marker: str, problem: str) -> None:
    [found] = told(marker)
    assert found.startswith("1:1: ")
    assert problem in found
    assert "\n" not in found


def test_a_marker_that_is_not_closed_is_told() -> None:
    assert told("a\n\nb {{ count()\n\nc") == ["3:3: a marker is not closed. End it with `}}`."]
    [first] = told("{{ count() and {{ count() }}")
    assert first.startswith("1:1: `count() and {{ count()` cannot be read")
    assert told("{{ count() }} {{ count() }") == ["1:15: a marker is not closed. End it with `}}`."]


def test_a_wrong_marker_stays_readable_and_harmless() -> None:
    found = expanded('{{ "<script>" }}')
    assert found.fill(found.markdown) == "{{ &#34;&lt;script&gt;&#34; }}"


def test_every_wrong_marker_is_told_in_its_line_and_column() -> None:
    text = "ä {{ a() }} {{ b() }}\n\nx\n  {{\n  c() }}\n\n{{ count() }} {{ d() }}\n"
    places = [problem.split(": ")[0] for problem in told(text)]
    assert places == ["1:3", "1:13", "4:3", "7:15"]
    later = [problem.split(": ")[0] for problem in told(text, first_line=11)]
    assert later == ["11:3", "11:13", "14:3", "17:15"]


# Where markers stand

HEADING = "a marker in a heading. Put it into the text below."


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("# {{ count() }}", "1:3"),
        ("### a {{ count() }} b", "1:7"),
        ("> ## {{ count() }}", "1:6"),
        ("{{ count() }}\n===", "1:1"),
        ("a\n\nb {{ count() }}\n---\n\nc", "3:3"),
    ],
)
def test_a_marker_in_a_heading_is_told(text: str, place: str) -> None:
    assert told(text) == [f"{place}: {HEADING}"]


@pytest.mark.parametrize(
    "text",
    ["a # {{ count() }}", "# a\n{{ count() }}", "a\n{{ count() }}\n---", "{{ count() }}\n-a"],
)
def test_a_marker_near_a_heading_is_not(text: str) -> None:
    assert told(text) == []


ALONE = "this marker makes a block. Give it a line of its own."
APART = "this marker makes a block. Leave an empty line before and after it."


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a {{ table() }}", f"1:3: {ALONE}"),
        ("{{ table() }}.", f"1:1: {ALONE}"),
        ("- {{ table() }}", f"1:3: {ALONE}"),
        ("| {{ table() }} |", f"1:3: {ALONE}"),
        ("a\n{{ table() }}", f"2:1: {APART}"),
        ("{{ table() }}\nb", f"1:1: {APART}"),
    ],
)
def test_a_block_in_a_text_is_told(text: str, problem: str) -> None:
    assert told(text) == [problem]


@pytest.mark.parametrize(
    "text",
    [
        "{{ table() }}",
        "a\n\n{{ table() }}\n\nb",
        "  {{ table() }}  ",
        "## a\n{{ table() }}\n## b",
        "<div markdown>\n{{ table() }}\n</div>",
        '=== "Tab"\n\n    {{ table() }}\n',
        "!!! note\n    {{ table() }}\n",
        "- a\n\n    {{ table() }}\n",
    ],
)
def test_a_block_by_itself_is_fine(text: str) -> None:
    assert told(text) == []


# Code

CODE = [
    "`{{ nothing() }}`",
    "``a ` {{ nothing() }}``",
    "`a\n{{ nothing() }}`",
    "```\n{{ nothing() }}\n```",
    "``` jinja title='{{ nothing() }}'\n\n{{ nothing() }}\n\n```",
    "~~~\n{{ nothing() }}\n```\n{{ nothing() }}\n~~~",
    "````\n```\n{{ nothing() }}\n```\n{{ nothing() }}\n````",
    "```\n{{ nothing() }}",
    "- a\n\n    ```\n\n    {{ nothing() }}\n\n    ```",
    "> ```\n> {{ nothing() }}\n> ```",
    "<pre>\n{{ nothing() }}\n\n{{ nothing( }}\n</pre>",
    '<pre class="x"><code>{{ nothing() }}</code></pre>',
    "<code>{{ nothing() }}</code>",
    "`{{ unclosed`",
]


@pytest.mark.parametrize("code", CODE)
def test_code_is_left_as_it_is(code: str) -> None:
    found = expanded(code)
    assert found.markdown == code
    assert (found.slots, found.problems) == ([], [])


@pytest.mark.parametrize("code", [code for code in CODE if code.count("```\n") != 1])
def test_markers_before_and_after_code_are_evaluated(code: str) -> None:
    found = expanded(f"{{{{ count() }}}}\n\n{code}\n\n{{{{ count() }}}}\n")
    assert (len(found.slots), found.problems) == (2, [])
    assert code in found.markdown


def test_a_lone_backtick_does_not_hide_what_follows() -> None:
    found = expanded("a ` b\n\n{{ count() }}\n\nc ` d\n")
    assert len(found.slots) == 1


# Through Markdown


def converted(markdown: str) -> str:
    found = expanded(markdown)
    assert found.problems == []
    converter = Markdown(
        extensions=[
            *("abbr", "admonition", "attr_list", "md_in_html", "tables", "toc"),
            *("pymdownx.details", "pymdownx.superfences", "pymdownx.tabbed"),
        ],
        extension_configs={"pymdownx.tabbed": {"alternate_style": True}},
    )
    return found.fill(converter.convert(found.markdown))


LINK = '<a href="a/">Alpha</a>'
TABLE = "<table><tr><td>T</td></tr></table>"


@pytest.mark.parametrize(
    ("markdown", "result"),
    [
        ("a {{ model('alpha') }} b", f"<p>a {LINK} b</p>"),
        ("**{{ model('alpha') }}**, *{{ count() }}*", f"<strong>{LINK}</strong>, <em>0 &amp; 0"),
        ("- {{ model('alpha') }}\n- {{ count() }}", f"<li>{LINK}</li>\n<li>0 &amp; 0</li>"),
        ("a | b\n--|--\n{{ model('alpha') }} | c", f"<td>{LINK}</td>\n<td>c</td>"),
        ("[{{ count() }}](x.md)", '<a href="x.md">0 &amp; 0</a>'),
        ("> {{ model('alpha') }}", f"<p>{LINK}</p>"),
        ('{{ model("alpha", "*a* _b_ `c` [d](e)") }}', '<a href="a/">*a* _b_ `c` [d](e)</a>'),
        ('{{ model("alpha", "HTML") }}\n\n*[HTML]: x', '<a href="a/">HTML</a>'),
        ("{{ table() }}", TABLE),
        ("a\n\n{{ table() }}\n\nb", f"<p>a</p>\n{TABLE}\n<p>b</p>"),
        ("<div markdown>\n{{ table() }}\n</div>", f"<div>\n{TABLE}\n</div>"),
        ("!!! note\n\n    {{ table() }}\n", f"{TABLE}\n</div>"),
        ('=== "A"\n\n    {{ table() }}\n', f"{TABLE}\n</div>"),
        ("- a\n\n    {{ table() }}\n", f"<p>a</p>\n{TABLE}\n</li>"),
        ("## a\n{{ table() }}\n## b", f'<h2 id="a">a</h2>\n{TABLE}\n<h2 id="b">b</h2>'),
        ("`{{ table() }}`", "<code>{{ table() }}</code>"),
        ("```\n{{ table() }}\n```", "<code>{{ table() }}\n</code>"),
        ("    {: .x }\n\na {{ count() }}\n{: .y }", '<p class="y">a 0 &amp; 0</p>'),
    ],
)
def test_html_comes_through_markdown_whole(markdown: str, result: str) -> None:
    assert result in converted(markdown)


def test_no_slot_is_left_and_each_is_filled_once() -> None:
    text = "\n\n".join(f"a {{{{ count({', '.join('1' * n)}) }}}} b" for n in range(25))
    result = converted(text)
    assert not {"\ue000", "\ue001", "\ue002"} & set(result)
    assert [f"a {n} &amp; 0 b" in result for n in range(25)] == [True] * 25


def test_what_fills_a_slot_is_not_searched_for_slots() -> None:
    found = Expanded("", [], [])
    text = found.add(Markup("\ue0001\ue001")) + found.add(Markup("x"))
    assert found.fill(text) == "\ue0001\ue001x"


def test_a_block_takes_the_place_of_its_paragraph() -> None:
    found = Expanded("", [], [])
    block, words = found.add(Block("<hr>")), found.add(Markup("<b>"))
    assert found.fill(f"<p>{block}</p><p>{words}</p>") == "<hr><p><b></p>"


# Whatever stands in a page

PIECES = st.sampled_from(
    [
        *("{{", "}}", " ", "\n", "\n\n", "`", "```", "~~~", "# ", "---", "<pre>", "</pre>"),
        *("model", "count", "table", "'alpha'", ".", "released", "__class__", "|", "(", ")"),
        *("[", "]", "é", "{%", "%}", "{#", "#}", "1", "+", ",", "=", "*", '"', "\\"),
        *("self", "loop", "not", "if", "else"),
    ]
)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=40))
def test_no_page_whatever_raises(text: str) -> None:
    found = expanded(text)
    for problem in found.problems:
        assert 1 <= problem.line <= text.count("\n") + 1
        assert 1 <= problem.column <= max(map(len, text.split("\n"))) + 1
    if not found.problems and "{{" not in text:
        assert found.markdown == text


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.lists(PIECES, min_size=1, max_size=12).map(" ".join))
def test_no_expression_whatever_raises(text: str) -> None:
    found = expanded("{{ " + text + " }}")
    for slot in found.slots:
        assert "object at 0x" not in slot
        assert "__class__" not in slot or found.problems
