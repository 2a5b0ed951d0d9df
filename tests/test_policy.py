"""The content security policy: what a page has of its own is let through, and nothing else."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest

from fieldguide.policy import Policy

META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
# Scripts that stand in a page and are no data.
INLINE = re.compile(r"<script(?![^>]*(?: src=|json))[^>]*>(.*?)</script>", re.DOTALL)
PAGE = (
    '<!doctype html><html><head>\n<meta charset="utf-8">\n<title>x</title></head>'
    "<body>{}<article>{}</article></body></html>"
)


def digest(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def rules(html: str) -> dict[str, set[str]]:
    """What a page's policy says: sources by directive."""
    [policy] = META.findall(html)
    parts = [part.split() for part in policy.split("; ")]
    return {name: set(sources) for name, *sources in parts}


def test_scripts_of_the_theme_are_let_through_by_what_is_in_them() -> None:
    one, two = "let a = '<b>' && 1\n", 'if (1 < 2) f("</p>é")'
    body = f"<script>{one}</script><p>x</p><script type=module>{two}</script>"
    found = rules(Policy().on(PAGE.format(body, "x")))
    assert found["script-src"] == {"'self'", digest(one), digest(two)}
    assert found["default-src"] == {"'none'"}
    assert found["style-src"] == {"'self'"}


@pytest.mark.parametrize(
    ("body", "article"),
    [
        ("", "<p>x</p><script>evil()</script>"),
        ('<script src="x.js"></script>', "<div><script type=module>evil()</script></div>"),
        ('<script type="application/json">{}</script>', "<b onclick='evil()'>x</b>"),
    ],
)
def test_nothing_else_is(body: str, article: str) -> None:
    assert rules(Policy().on(PAGE.format(body, article)))["script-src"] == {"'self'"}


def test_the_policy_stands_before_all_that_it_is_about() -> None:
    html = Policy().on(PAGE.format("", ""))
    assert re.search(r'<head>\s*<meta charset="utf-8"><meta http-equiv="Content-Sec', html)
    assert Policy().on("<head><title>x</title>").startswith("<head><meta http-equiv=")


def test_the_site_lets_through_what_its_pages_do() -> None:
    policy = Policy()
    for script in ("one", "two"):
        policy.on(PAGE.format(f"<script>{script}</script>", ""))
    first, *lines = policy.headers().splitlines()
    headers = dict(line.strip().split(": ", 1) for line in lines)
    assert first == "/*"
    assert all(line.startswith("  ") for line in lines)
    assert headers["Content-Security-Policy"].endswith("; frame-ancestors 'none'")
    assert digest("one") in headers["Content-Security-Policy"]
    assert digest("two") in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert len(max(lines, key=len)) < 2000  # More than that some hosts do not read.


def test_every_page_of_the_site_has_the_policy_of_its_own_scripts(site: Path) -> None:
    allowed = (site / "_headers").read_text(encoding="utf-8")
    pages = list(site.rglob("*.html"))
    assert len(pages) > 1000
    for file in pages:
        html = file.read_text(encoding="utf-8")
        scripts = {digest(script) for script in INLINE.findall(html)}
        assert len(scripts) == 3, file
        assert rules(html)["script-src"] == scripts | {"'self'"}, file
        assert all(script in allowed for script in scripts), file


def test_no_page_of_the_site_has_a_style_or_a_handler_in_a_tag(site: Path) -> None:
    tag = re.compile(r"<[a-z][^<>]*?\s(?:style|on[a-z]+)=", re.IGNORECASE)
    for file in site.rglob("*.html"):
        assert not tag.search(file.read_text(encoding="utf-8")), file
