"""The HTML of a written page: what is on the list passes, all else is told with its line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from markupsafe import Markup

import samples
from fieldguide.allowlist import Converter, converter, faults
from fieldguide.markers import expand

PATH = "content/page.md"
VOCABULARY: dict[str, Callable[..., object]] = {"mark": lambda: Markup('<a href="/x">"x"</a>')}


@pytest.fixture(scope="module")
def guide() -> Converter:
    """Markdown as the guide has it."""
    return converter(samples.ROOT)


def told(guide: Converter, markdown: str) -> list[str]:
    """What is said of a page: line, and message."""
    page = expand(markdown, PATH, VOCABULARY)
    problems = guide.check(page, PATH, 1)
    assert all(problem.path == PATH and problem.hint for problem in problems)
    return [f"{problem.line}: {problem.message}" for problem in problems]


def element(tag: str) -> str:
    return f"the element `<{tag}>` is not allowed"


def attribute(name: str, tag: str) -> str:
    return f"the attribute `{name}` of `<{tag}>` is not allowed"


def address(text: str) -> str:
    return f"the address `{text}` is not allowed"


def unlike(text: str) -> str:
    return f"the address `{text}` is not read by all browsers alike"


def picture(text: str) -> str:
    return f"the picture `{text}` is not a file of the project"


COMMENT = "a comment in HTML is not allowed"
UNBALANCED = "an element, tag or comment is not closed, or one is closed that was not opened"
DEEP = "too much within each other"

ATTACKS = {
    "script in a line": ("One.\n\nA <script>go()</script>", [f"3: {element('script')}"]),
    "script as a block": ("One.\n\n<script>\ngo()\n</script>", [f"3: {element('script')}"]),
    "after the same in code": (
        "`<script>`\n\n```html\n<script>\n```\n\n    <script>\n\n<script>go()</script>\n",
        [f"9: {element('script')}"],
    ),
    "three in three lines": (
        "<b onclick=a>x</b>\n<b onclick=a>x</b>\n\nNone.\n\n<b onclick=a>x</b>\n",
        [f"{line}: {attribute('onclick', 'b')}" for line in (1, 2, 6)],
    ),
    "upper case": ("<ScRiPt>go()</sCrIpT>", [f"1: {element('script')}"]),
    "SVG": (
        "<svg><a xlink:href='javascript:go()'><text>x</text></a></svg>",
        [f"1: {element('svg')}", f"1: {attribute('xlink:href', 'a')}", f"1: {element('text')}"],
    ),
    "SVG that animates": (
        "<svg><set attributeName=onmouseover to=go()></set></svg>",
        [f"1: {element('svg')}", f"1: {element('set')}"],
    ),
    "MathML": (
        "<math><mtext>x</mtext></math>",
        [f"1: {element('math')}", f"1: {element('mtext')}"],
    ),
    "a frame": ("<iframe srcdoc='<script>go()</script>'></iframe>", [f"1: {element('iframe')}"]),
    "an object": ("<object data=x.swf></object>", [f"1: {element('object')}"]),
    "a base": ("<base href=https://evil.example/>", [f"1: {element('base')}"]),
    "a refresh": (
        "<meta http-equiv=refresh content='0;url=https://evil.example'>",
        [f"1: {element('meta')}"],
    ),
    "a style sheet": (
        "<style>@import 'https://evil.example'</style>",
        [f"1: {element('style')}"],
    ),
    "a form": (
        "<form action=https://evil.example><input type=password></form>",
        [f"1: {element('form')}", "1: the attribute `type` may not be `password`"],
    ),
    "a body": ("<body onload=go()>", [f"1: {element('body')}"]),
    "an element nobody knows": ("<go-go>x</go-go>", [f"1: {element('go-go')}"]),
    "event handler": (
        "One.\n\n<p onmouseover='go()'>x</p>",
        [f"3: {attribute('onmouseover', 'p')}"],
    ),
    "event handler over two lines": ("<b\nonclick=go()>x</b>", [f"2: {attribute('onclick', 'b')}"]),
    "a slash for a space": ("<b/onclick=go()>x</b>", [f"1: {attribute('onclick', 'b')}"]),
    "style": ("<p style='position:fixed'>x</p>", [f"1: {attribute('style', 'p')}"]),
    "a picture of several": (
        "<img srcset='https://x.example 1x'>",
        [f"1: {attribute('srcset', 'img')}"],
    ),
    "attribute list on a heading": (
        "One.\n\n# T {: onclick=go() }",
        [f"3: {attribute('onclick', 'h1')}"],
    ),
    "attribute list on a paragraph": (
        'One.\n\nTwo.\n{: style="color:red" }',
        [f"4: {attribute('style', 'p')}"],
    ),
    "attribute list on a link": ("[x](y){: onclick=go()}", [f"1: {attribute('onclick', 'a')}"]),
    "attribute list on code": ("`x`{: onclick=go()}", [f"1: {attribute('onclick', 'code')}"]),
    "attribute list on a picture": (
        "![x](y.png){: onload=go()}",
        [f"1: {attribute('onload', 'img')}"],
    ),
    "Markdown in HTML": (
        "<div markdown onclick=go()>\n\n*x*\n\n</div>",
        [f"1: {attribute('onclick', 'div')}"],
    ),
    "HTML in Markdown in HTML": (
        "<div markdown>\n\n*<b onclick=go()>x</b>*\n\n</div>",
        [f"3: {attribute('onclick', 'b')}"],
    ),
    "title of a note": (
        '!!! note "<img src=x onerror=go()>"\n\n    x',
        [f"1: {attribute('onerror', 'img')}"],
    ),
    "title of a tab": (
        '=== "<iframe>"\n\n    x',
        [f"1: {element('iframe')}", f"1: {UNBALANCED}"],
    ),
    "in the table of contents": (
        "One.\n\n## X {: data-toc-label='&lt;script&gt;' onclick=go() }",
        [f"3: {attribute('onclick', 'h2')}"],
    ),
    "columns aligned": (
        "| a |\n| --: |\n| b |",
        [f"2: {attribute('style', 'th')}", f"3: {attribute('style', 'td')}"],
    ),
    "javascript": ("[x](javascript:go())", [f"1: {address('javascript:go()')}"]),
    "vbscript": ('[x](vbscript:go "t")', [f"1: {address('vbscript:go')}"]),
    "data": ("<a href='data:text/html,x'>x</a>", [f"1: {address('data:text/html,x')}"]),
    "file": ("[x](file:///etc/passwd)", [f"1: {address('file:///etc/passwd')}"]),
    "blob, in capitals": ("[x](BLOB:x)", [f"1: {address('BLOB:x')}"]),
    "an app": (
        "[x](ms-word:ofe|u|https://x.example)",
        [f"1: {address('ms-word:ofe|u|https://x.example')}"],
    ),
    "in angle brackets": ("[x](<javascript:go()>)", [f"1: {address('javascript:go()')}"]),
    "by reference": (
        "[x][y]\n\nOne.\n\n[y]: javascript:go()\n",
        [f"5: {address('javascript:go()')}"],
    ),
    "a picture by reference": (
        "![x][y]\n\n[y]: data:image/svg+xml,x",
        [f"3: {picture('data:image/svg+xml,x')}"],
    ),
    "somebody else's picture": (
        "![x](https://x.example/y.png)",
        [f"1: {picture('https://x.example/y.png')}"],
    ),
    "entity in a scheme": (
        "<a href='&#x6A;avascript:go()'>x</a>",
        [f"1: {address('javascript:go()')}"],
    ),
    "entity for the colon": ("[x](javascript&colon;go())", [f"1: {address('javascript:go()')}"]),
    "tab in a scheme": (
        "<a href='java&Tab;script:go()'>x</a>",
        [f"1: {unlike('java?script:go()')}"],
    ),
    "line end in a scheme": (
        "<a href='java&#10;script:go()'>x</a>",
        [f"1: {unlike('java?script:go()')}"],
    ),
    "space before": ("<a href=' javascript:go()'>x</a>", [f"1: {unlike(' javascript:go()')}"]),
    "control before": ("<a href='&#1;javascript:go()'>x</a>", [f"1: {unlike('?javascript:go()')}"]),
    "no scheme": ("[x](//evil.example)", [f"1: {unlike('//evil.example')}"]),
    "a backslash": (r"<a href='/\evil.example'>x</a>", ["1: " + unlike(r"/\evil.example")]),
    "half a scheme": ("[x](https:evil.example)", [f"1: {address('https:evil.example')}"]),
    "comment": ("One.\n\n<!-- x -->", [f"3: {COMMENT}"]),
    "comment that ends at once": (
        "<!--><script>go()</script>-->",
        [f"1: {COMMENT}", f"1: {element('script')}"],
    ),
    "PHP": ("<?php echo 1 ?>", [f"1: {COMMENT}"]),
    "CDATA": ("<![CDATA[ x ]]>", [f"1: {COMMENT}"]),
    "not closed": ("One.\n\n<div>\n\nTwo.", [f"3: {UNBALANCED}"]),
    "closed too often": ("One.\n\nTwo </article> three.\n\nFour.", [f"3: {UNBALANCED}"]),
    "a tag that swallows": (
        'One.\n\n<div>\n<b c="x\n\n</div>\n\nTwo.',
        [f"3: {UNBALANCED}"],
    ),
    "marker in a tag": ("One.\n\n<b {{ mark() }}>x</b>", ["3: a marker in the tag `<b>`"]),
    "marker in an attribute": ("<b title='{{ mark() }}'>x</b>", ["1: a marker in the tag `<b>`"]),
    "marker in an address": ("[x]({{ mark() }})", ["1: a marker in the tag `<a>`"]),
    "after a marker of three lines": (
        "{{ mark(\n\n) }}\n\n<b onclick=go()>x</b>",
        [f"5: {attribute('onclick', 'b')}"],
    ),
    "the theme's settings": (
        "<span id=__config>{}</span>",
        ["1: the attribute `id` may not be `__config`"],
    ),
    "quotations": (">" * 60 + " x", [f"1: {DEEP}"]),
    "lists": ("One.\n\n" + "- " * 3000 + "x", [f"1: {DEEP}"]),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_what_is_not_on_the_list_is_told_with_its_line(guide: Converter, name: str) -> None:
    markdown, problems = ATTACKS[name]
    assert told(guide, markdown) == problems


@pytest.mark.parametrize(
    "markdown",
    [
        "# A *title* {: #here .big }\n\n> [a](b.md#c 'D'), <https://ok.example>, <a@b.example>",
        "![picture](x/y.png){: width=300 }\n\n[mail](mailto:a@b.example) [top](#here) [up](../)",
        "| a | b |\n| - | - |\n| 1 | `<script>` |\n\n1. one\n2. two\n    - three",
        '*[HTML]: "><script>\n\nHTML',
        '=== "One"\n\n    x\n\n=== "Two"\n\n    y\n\n??? note "More"\n\n    z',
        "!!! tip\n\n    !!! note\n\n        q",
        "```python\nprint('<script>')\n```\n\n    <script>\n\n`<b onclick=x>` &lt;b&gt;",
        "<div class='fg-ways' markdown>\n\n- [x](y.md)\n\n</div>\n\nH<sub>2</sub>O <kbd>x</kbd>",
        "{{ mark() }} and *{{ mark() }}*\n\n<b>{{ mark() }}</b>",
        "<img src=x onerror=go()",  # Markdown itself takes it for text.
        "[x](https://ok.example/a:b?c=javascript:d#e) [y](a/b:c)",
    ],
)
def test_what_is_on_the_list_passes(guide: Converter, markdown: str) -> None:
    assert told(guide, markdown) == []


def test_nothing_in_a_page_stands_for_its_end(guide: Converter) -> None:
    """A tag that is open at the end swallows what shows where the end is."""
    found = [fault.message for fault in faults('<aside onclick=go()></aside><b c="')]
    assert found == [element("aside"), UNBALANCED]


def test_of_very_many_some_are_told(guide: Converter) -> None:
    assert len(told(guide, "<b onclick=x>x</b>\n" * 50)) == 20


def test_a_page_that_was_fine_is_not_converted_again(guide: Converter) -> None:
    page = expand("Fine.", PATH, {})
    assert guide.check(page, PATH, 1) == []
    guide._markdown, kept = None, guide._markdown
    try:
        assert guide.check(page, PATH, 1) == []
    finally:
        guide._markdown = kept


def test_settings_are_those_of_the_site(tmp_path: Path) -> None:
    listed = "# T {: onclick=x }"
    assert faults(converter(tmp_path)(listed)) == []  # Without the extension it is only text.
    extensions = "[attr_list, toc: {permalink: !!python/name:os.x }]"
    settings = f"site_name: !ENV [X, y]\nmarkdown_extensions: {extensions}\n"
    samples.put(tmp_path, "mkdocs.yml", settings)
    assert [fault.message for fault in faults(converter(tmp_path)(listed))] == [
        attribute("onclick", "h1")
    ]
