"""What the guide undertakes to explain stands on a page, under a heading of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

import dom
import samples
from each import each

MAP = samples.ROOT / "tests/coverage.yml"
SECTIONS, POINTS = 13, 90


@dataclass(frozen=True)
class Entry:
    """One point of the map: what is explained, on which page, under which heading's id."""

    section: str
    point: str
    page: str
    heading: str


def entries(text: str) -> Iterator[Entry]:
    for section, points in yaml.safe_load(text).items():
        for point in points:
            yield Entry(section, **point)


def missing(entry: Entry, site: Path) -> str | None:
    """Why a reader would not find the point; nothing if the heading is there."""
    if not entry.heading:
        return f"no heading is given yet for `{entry.point}` on {entry.page}"
    file = site / entry.page / "index.html"
    if not file.is_file():
        return f"there is no page {entry.page}"
    article = dom.read(file).one("article")
    headings = {
        heading.attrs.get("id", ""): heading.text.rstrip("¶").strip()
        for heading in article.all("h1", "h2", "h3", "h4")
    }
    if not headings.get(entry.heading):
        known = ", ".join(sorted(filter(None, headings)))
        return f"{entry.page} has no heading `{entry.heading}`; it has {known}"
    return None


ENTRIES = list(entries(MAP.read_text(encoding="utf-8")))


def test_the_map_is_whole() -> None:
    assert len({entry.section for entry in ENTRIES}) == SECTIONS
    assert len(ENTRIES) >= POINTS
    points = [entry.point for entry in ENTRIES]
    assert [point for point in points if points.count(point) > 1] == []


@each({entry.point: entry for entry in ENTRIES})
def test_a_point_is_explained(entry: Entry, site: Path) -> None:
    assert missing(entry, site) is None


@pytest.mark.parametrize(
    ("page", "heading", "why"),
    [
        ("a/", "there", None),
        ("a/", "top", None),
        ("a/", "", "no heading is given yet for `p` on a/"),
        ("b/", "there", "there is no page b/"),
        ("a/", "gone", "a/ has no heading `gone`; it has there, top"),
        ("a/", "box", "a/ has no heading `box`; it has there, top"),
    ],
)
def test_what_is_missing_would_be_told(
    tmp_path: Path, page: str, heading: str, why: str | None
) -> None:
    html = '<article><h1 id="top">T</h1><div id="box"></div><h2 id="there">H</h2></article>'
    samples.put(tmp_path, "a/index.html", html)
    assert missing(Entry("s", "p", page, heading), tmp_path) == why
