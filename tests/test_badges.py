"""Badges: small, alone, legible, and with the right words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import dom
import samples
from fieldguide import badges
from fieldguide.api import Answers
from fieldguide.views import Guide

SVG = "{http://www.w3.org/2000/svg}"


def small(root: Path) -> Answers:
    return Answers(Guide(samples.library(root), base="https://guide.example/"))


def drawn(answers: Answers) -> dict[str, str]:
    return {
        path: svg.decode() for key in answers.models for path, svg in badges.files(answers, key)
    }


def tree(svg: str) -> Any:
    return ElementTree.fromstring(svg)  # noqa: S314 (ours)


def test_there_is_one_for_each_model_and_definition_and_all_are_small() -> None:
    real = samples.real()
    made = drawn(Answers(Guide(real)))
    assert set(made) == {f"badges/{m}/{d}.svg" for m in real.models for d in real.definitions}
    assert {path: size for path, svg in made.items() if (size := len(svg.encode())) >= 2048} == {}


def test_a_page_says_how_wide_each_badge_is() -> None:
    answers = Answers(Guide(samples.real()))
    made = drawn(answers)
    for model in answers.library.models.values():
        for copy in badges.copies(answers, model):
            assert f'width="{copy.width}" height="20" role="img"' in made[copy.path], copy.path


def test_a_badge_says_verdict_version_and_date(tmp_path: Path) -> None:
    made = drawn(small(tmp_path))
    badge = tree(made["badges/alpha/strict.svg"])
    assert badge.attrib["role"] == "img"
    names = {e.attrib["id"]: e.text for e in badge if "id" in e.attrib and e.text}
    assert names["t"].startswith("Alpha: ")
    assert [names[key] for key in badge.attrib["aria-labelledby"].split()] == list(names.values())
    assert "2024-12" in names["d"]
    assert "version" in names["d"]
    words = [e.text for e in badge.iter(f"{SVG}text")]
    assert re.fullmatch(r"\S.* v\S+", words[0])
    assert words[1][0] in "✓✕?"
    assert words[1][2:] == names["t"].removeprefix("Alpha: ")
    assert words[2] == "2024-12"


def test_a_badge_asks_nobody_and_fits_its_box(tmp_path: Path) -> None:
    for svg in drawn(small(tmp_path)).values():
        badge = tree(svg)
        assert not [name for e in badge.iter() for name in e.attrib if "href" in name]
        assert re.findall(r"https?://[^\"]+", svg) == ["http://www.w3.org/2000/svg"]
        for text in badge.iter(f"{SVG}text"):
            end = int(text.attrib["x"]) + int(text.attrib["textLength"])
            assert end <= int(badge.attrib["width"])


def test_the_words_stand_out_from_their_ground() -> None:
    for colour in badges.COLOURS.values():
        assert contrast(colour, "#ffffff") >= 5.5


def contrast(one: str, two: str) -> float:
    """As WCAG 2 has it."""

    def light(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    dark, bright = sorted((light(one), light(two)))
    return (bright + 0.05) / (dark + 0.05)


def test_a_name_cannot_break_out(tmp_path: Path) -> None:
    samples.write(tmp_path)
    samples.edit(tmp_path, "data/models/alpha.yml", "name: Alpha", 'name: "A [b] <i>&\\"x"')
    answers = Answers(Guide(samples.load(tmp_path), base="https://guide.example/"))
    badge = tree(drawn(answers)["badges/alpha/strict.svg"])
    assert (badge[0].text or "").startswith('A [b] <i>&"x: ')
    copy = badges.copies(answers, answers.library.models["alpha"])[0]
    assert copy.markdown.startswith(r'[![A \[b\] <i>&"x: ')
    assert copy.markdown.endswith("(https://guide.example/models/alpha/)")
    image = dom.parse(copy.html).one("img")
    assert image.attrs["src"] == "https://guide.example/badges/alpha/strict.svg"
    assert image.attrs["alt"].startswith('A [b] <i>&"x: ')
