"""Links, anchors and ids of a built site."""

from __future__ import annotations

from pathlib import Path

import pytest

import samples
from fieldguide.checks import check


def site(root: Path, **pages: str) -> Path:
    """A built site: pages by path, `_` for `/`."""
    for path, html in {"index": "", "a_index": '<p id="x">', "a_b_index": ""}.items():
        samples.put(root, path.replace("_", "/") + ".html", pages.pop(path, html))
    for path, html in pages.items():
        samples.put(root, path.replace("_", "/") + ".html", html)
    samples.put(root, "assets/a.css", "")
    return root


def told(root: Path) -> list[str]:
    return [str(problem) for problem in check(root)]


@pytest.mark.parametrize(
    ("page", "link"),
    [
        *(("index", link) for link in ("a/", "./", "", "#", "a/#x", "a/b/", "assets/a.css")),
        *(("a_index", link) for link in ("../", "b/", "#x", "../a/#x", "../assets/a.css?v=1")),
        *(("a_b_index", link) for link in ("../../", "../#x", "/a/", "../?q=1#x", "/")),
        *(("index", link) for link in ("https://example.org/", "mailto:a@b.c", "//example.org/")),
        *(("index", link) for link in ("data:image/png;base64,AA", "a/index.html#x", "%61/")),
    ],
)
def test_a_good_link(tmp_path: Path, page: str, link: str) -> None:
    html = f'<p id="x"></p><a href="{link}">y</a>'
    assert told(site(tmp_path, **{page: html})) == []


@pytest.mark.parametrize(
    ("link", "fault"),
    [
        ("c/", "leads nowhere"),
        ("../../c/", "leads nowhere"),
        ("a", "leads nowhere"),
        ("a.html", "leads nowhere"),
        ("assets/", "leads nowhere"),
        ("assets/b.css", "leads nowhere"),
        ("/c/#x", "leads nowhere"),
        ("a/#y", "has no such place on its page"),
        ("#y", "has no such place on its page"),
        ("a/#X", "has no such place on its page"),
        ("javascript:alert(1)", "has the scheme `javascript`"),
        ("ftp://example.org/", "has the scheme `ftp`"),
        ("http://[", "cannot be read"),
    ],
)
def test_a_bad_link_is_told_at_its_place(tmp_path: Path, link: str, fault: str) -> None:
    site(tmp_path, index=f'<p>\n  é <a class="z" href="{link}">y</a>')
    assert told(tmp_path) == [f"index.html:2:5: the link `{link}` {fault}."]


@pytest.mark.parametrize(
    "html", ['<img alt="" src="gone.png">', '<form action="gone/">', '<link href="gone.css">']
)
def test_other_things_link_too(tmp_path: Path, html: str) -> None:
    [problem] = told(site(tmp_path, index=html))
    assert problem.endswith("leads nowhere.")


def test_an_id_may_stand_once(tmp_path: Path) -> None:
    site(tmp_path, index='<p id="x"></p>\n<b id="x"></b><i id="y"></i>')
    assert told(tmp_path) == ["index.html:2:1: the id `x` stands twice."]


def test_anchors_in_other_scripts_are_found(tmp_path: Path) -> None:
    html = '<p id="größe"></p><a href="#gr%C3%B6%C3%9Fe">x</a><a href="#größe">x</a>'
    assert told(site(tmp_path, index=html)) == []


def test_the_page_for_errors_is_served_anywhere(tmp_path: Path) -> None:
    assert told(site(tmp_path, **{"404": '<a href="/below/a/">x</a>'})) == []
    assert told(site(tmp_path, **{"404": '<p id="x"><p id="x">'})) == [
        "404.html:1:11: the id `x` stands twice."
    ]


def test_problems_come_in_order(tmp_path: Path) -> None:
    html = '<a href="y/">x</a>\n<a href="z/">x</a>'
    site(tmp_path, index=html, a_index=html)
    assert [problem.split(": ")[0] for problem in told(tmp_path)] == [
        *("a/index.html:1:1", "a/index.html:2:1", "index.html:1:1", "index.html:2:1")
    ]


def test_ids_and_links_in_comments_and_scripts_do_not_count(tmp_path: Path) -> None:
    html = '<!-- <a href="z/" id="x"> --><script>"<a href=\'z/\'>"</script><p id="x">'
    assert told(site(tmp_path, index=html)) == []


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ('<img src="assets/a.css">', "the picture has no alternative text"),
        ('<svg role="img"></svg>', "the picture has no alternative text"),
        ("<h1>x</h1><h3>x</h3>", "the heading `h3` comes after `h1`"),
        ('<h2>x</h2><p><img alt="">', ""),
        ('<svg></svg><svg role="img" aria-label="x"></svg>', ""),
        ("<h1>x</h1><h2>x</h2><h3>x</h3><h2>x</h2>", ""),
    ],
)
def test_pictures_have_words_and_headings_no_gaps(tmp_path: Path, html: str, fault: str) -> None:
    found = told(site(tmp_path, index=html))
    assert [line.split(": ", 1)[1] for line in found] == [f"{fault}."] * bool(fault)
    assert all(line.startswith("index.html:1:") for line in found)


def test_the_map_lists_each_page_once(tmp_path: Path) -> None:
    own = '<link rel="canonical" href="https://a.example/{}">'
    pages = {"index": own.format(""), "a_index": own.format("a/"), "a_b_index": own.format("a/b/")}
    places = "".join(
        f"<url><loc>https://a.example/{at}</loc></url>" for at in ("", "a/", "a/", "z/")
    )
    site(tmp_path, **pages, **{"404": own.format("404.html")})
    head = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    samples.put(tmp_path, "sitemap.xml", f"{head}{places}</urlset>")
    assert told(tmp_path) == [
        "sitemap.xml:1:1: `https://a.example/a/` stands there 2 times.",
        "sitemap.xml:1:1: `https://a.example/z/` is the address of no page.",
        "sitemap.xml:1:1: the page `a/b/index.html` is missing: "
        "its address is `https://a.example/a/b/`.",
    ]
