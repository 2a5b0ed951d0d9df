"""Frames: what they give is what a full render gives."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import Environment

from copies import Copy
from fieldguide.frames import LINKS, Frame, Frames, Link, mark

# A theme in small: every filter that Material puts on a page's own values, and its contents.
THEME = Environment(autoescape=False).from_string(  # noqa: S701 (as MkDocs does)
    """<title>{{ page.meta.title }}</title><meta content="{{ page.meta.description }}">
{% if page.canonical_url %}<link href="{{ page.canonical_url }}">{% endif %}
<p>{{ page.title | striptags }} {{ page.title | e }} {{ page.title | striptags | urlencode }}</p>
{% for first in page.toc %}<a href="{{ first.url }}">Skip</a>
{% if first.children %}<ul>{% for item in first.children %}
  <li><a href="{{ item.url }}">{{ item.title }}</a></li>{% endfor %}</ul>{% endif %}{% endfor %}
{% if "<h1" not in page.content %}<h1>{{ page.title }}</h1>{% endif %}{{ page.content }}
{% for near in [page.previous_page, page.next_page] if near %}
<a href="../{{ near.url }}" aria-label="{{ near.title | e }}">{{ near.title }}</a>
{% endfor %}
{% if page.edit_url %}{{ page.edit_url | urlencode }} {{ page.edit_url }}{% endif %} {{ extra }}"""
)


def page(name: str, links: int = 2, **fields: Any) -> Any:
    items = [SimpleNamespace(url=f"#{n}", title=f"On {n} &amp; {name}") for n in range(links)]
    given = {
        "title": f"A &amp; {name} <b>bold</b>",
        "meta": {"title": f"A &amp; {name}", "description": "It’s “so” {{ x }} & more"},
        "canonical_url": f"https://example.org/{name}/?a=1&b=2",
        "edit_url": f"https://forge.example.org/{name}.yml",
        "content": f"<h1>{name}</h1><p>fgmark and &amp;{{}} \\1</p>",
        "toc": [SimpleNamespace(level=1, url=f"#{name}", children=items)],
        "previous_page": None,
        "next_page": None,
    }
    return SimpleNamespace(**(given | fields))


def render(page: Any, context: Any) -> str:
    return THEME.render(page=page, **context)


NEAR = {
    "previous_page": SimpleNamespace(title="One <&amp; all", url="models/one/"),
    "next_page": SimpleNamespace(title="Three", url="models/three-3.1/"),
}


@pytest.mark.parametrize("near", [{}, NEAR, {"next_page": NEAR["next_page"]}])
@pytest.mark.parametrize("links", [0, 1, 2, 7])
def test_a_frame_gives_what_a_full_render_gives(links: int, near: dict[str, Any]) -> None:
    calls: list[Any] = []

    def counted(page: Any, context: Any) -> str:
        calls.append(page)
        return render(page, context)

    frames = Frames(counted)
    context = {"extra": "the same for all"}
    for name in ("first", "second", "a third & last"):
        made = page(name, links, **near)
        assert frames.html(made, context, "models") == render(made, context)
    assert len(calls) == 2, "one render with marks and one in full, whatever the number of pages"
    assert frames.unfit == []


def test_pages_of_another_kind_or_shape_get_a_frame_of_their_own() -> None:
    frames = Frames(render)
    for kind, links in (("models", 2), ("tools", 2), ("models", 0)):
        made = page(kind, links, edit_url=None if kind == "tools" else "https://example.org/")
        assert frames.html(made, {"extra": kind}, kind) == render(made, {"extra": kind})
    assert frames.unfit == []


def test_pages_at_the_ends_of_a_list_get_frames_of_their_own() -> None:
    frames = Frames(render)
    for near in ({"next_page": NEAR["next_page"]}, NEAR, {"previous_page": NEAR["previous_page"]}):
        for name in ("first", "second"):
            made = page(name, **near)
            assert frames.html(made, {"extra": ""}, "models") == render(made, {"extra": ""})
    assert frames.unfit == []


def test_a_theme_that_no_frame_foresees_is_rendered_in_full() -> None:
    def shouting(page: Any, context: Any) -> str:
        return render(page, context) + str(page.title).upper()

    frames = Frames(shouting)
    for name in ("first", "second"):
        made = page(name)
        assert frames.html(made, {"extra": ""}, "models") == shouting(made, {"extra": ""})
    assert len(frames.unfit) == 1


def test_a_value_that_is_not_given_is_no_silence() -> None:
    frame = Frame(f"a {mark('title')} b", ["title"])
    assert frame.fill({"title": "x"}, []) == "a x b"
    with pytest.raises(KeyError, match="title"):
        frame.fill({}, [])


def test_contents_are_repeated_wherever_they_stand() -> None:
    one, two = (f"<a {link.url}>{link.title}</a>" for link in LINKS)
    frame = Frame(f"<{one} | {two}><i>{one} | {two}</i>", [])
    links = [Link("#a", "A"), Link("#b", "B"), Link("#c", "C")]
    made = "<a #a>A</a> | <a #b>B</a> | <a #c>C</a>"
    assert frame.fill({}, links) == f"<{made}><i>{made}</i>"


def test_the_whole_site_is_the_same_when_rendered_in_full(
    built: Copy, project: Callable[[], Copy]
) -> None:
    assert "rendered in full" not in built.said
    full = project()
    done = full.build(FIELDGUIDE_FULL_RENDER="1")
    assert done.returncode == 0, done.stdout
    quick = {p.relative_to(built.site): p.read_bytes() for p in built.site.rglob("*.html")}
    whole = {p.relative_to(full.site): p.read_bytes() for p in full.site.rglob("*.html")}
    assert len(whole) > 1000
    assert set(quick) == set(whole)
    assert [str(path) for path in sorted(whole) if quick[path] != whole[path]] == []
