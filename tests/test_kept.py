"""Pieces kept for other pages: what they give is what they would give without."""

from __future__ import annotations

from pathlib import Path

import samples
from fieldguide.addresses import relative
from fieldguide.build import Site
from fieldguide.kept import Kept


def counted(kept: Kept) -> tuple[list[str], object]:
    """A macro that links to what it is given, and the arguments it was called with."""
    calls: list[str] = []

    def macro(target: str) -> str:
        calls.append(target)
        return f"<a href={kept.to(target)}>"

    macro.name = "macro"  # type: ignore[attr-defined]
    return calls, kept(macro)


def test_what_was_given_is_given_again_on_pages_of_the_folder() -> None:
    kept = Kept()
    calls, macro = counted(kept)
    given = []
    for here in ("models/a/", "models/b/", "models/c/", "licences/d/"):
        with kept.page(here):
            given.append(macro("licences/mit/"))  # type: ignore[operator]
    assert given == [f"<a href={link}>" for link in (*["../../licences/mit/"] * 3, "../mit/")]
    assert len(calls) == 2, "once a folder"


def test_links_to_the_page_itself_are_its_own() -> None:
    kept = Kept()
    calls, macro = counted(kept)
    pages = ("models/a/", "models/b/", "models/c/", "models/", "licences/", "")
    targets = ("models/a/", "models/b/#x", "models/", "models/a/deep/", "", "licences/mit/")
    for _ in range(2):
        for here in pages:
            with kept.page(here):
                for target in targets:
                    right = f"<a href={relative(target, here)}>"
                    assert macro(target) == right, (here, target)  # type: ignore[operator]
    assert len(calls) < 2 * len(pages) * len(targets)


def test_a_piece_within_a_piece_tells_where_it_leads() -> None:
    kept = Kept()
    _, inner = counted(kept)

    def outer(target: str) -> str:
        return f"<p>{inner(target)}</p>"  # type: ignore[operator]

    outer.name = "outer"  # type: ignore[attr-defined]
    keeping = kept(outer)
    given = []
    for here in ("models/b/", "models/c/", "models/a/", "models/b/"):
        with kept.page(here):
            given.append(keeping("models/a/"))
    assert given == [f"<p><a href={link}></p>" for link in ("../a/", "../a/", "./", "../a/")]


def test_what_it_turns_on_may_be_less_than_its_arguments() -> None:
    kept = Kept()
    calls: list[str] = []

    def macro(word: str, end: str) -> str:
        calls.append(word)
        return word[0] + end

    keeping = kept(macro, by=lambda word: word[0])
    with kept.page("models/a/"):
        assert [keeping("ab", "1"), keeping("ac", "1"), keeping("ac", "2")] == ["a1", "a1", "a2"]
    assert calls == ["ab", "ac"]


def test_arguments_that_are_gone_are_not_taken_for_others() -> None:
    kept = Kept()
    keeping = kept(lambda piece: piece[0])
    with kept.page("models/a/"):
        assert [keeping([number]) for number in range(1000)] == list(range(1000))


def test_every_page_is_the_same_without(tmp_path: Path) -> None:
    samples.write(tmp_path)
    quick, full = Site(tmp_path), Site(tmp_path, full=True)
    assert full.renderer.kept.nothing
    for one, other in zip(quick.pages, full.pages, strict=True):
        assert quick.html(one) == full.html(other)
