"""Where records stand, and how pages link to each other."""

from __future__ import annotations

from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest

from fieldguide.addresses import address, host, relative, report


@pytest.mark.parametrize(
    ("collection", "expected"),
    [
        ("models", "models/a-1/"),
        ("licences", "licences/a-1/"),
        ("tools", "run/tools/a-1/"),
        ("organisations", "models/makers/a-1/"),
        ("debates", "debates/a-1/"),
        ("side-by-side", "compare/a-1/"),
        ("glossary", "understand/glossary/#a-1"),
        ("references", "data/references/#a-1"),
        ("parts", "understand/parts/#a-1"),
    ],
)
def test_each_kind_of_record_has_its_place(collection: str, expected: str) -> None:
    assert address(collection, "a-1") == expected


def test_a_collection_without_pages_has_no_address() -> None:
    with pytest.raises(KeyError):
        address("states", "released")


@pytest.mark.parametrize(
    ("target", "here", "link"),
    [
        ("models/alpha/", "", "models/alpha/"),
        ("", "models/alpha/", "../../"),
        ("", "", "./"),
        ("models/beta/", "models/alpha/", "../beta/"),
        ("models/", "models/alpha/", "../"),
        ("models/alpha/", "models/", "alpha/"),
        ("models/", "models/", "./"),
        ("licences/mit/", "models/alpha/", "../../licences/mit/"),
        ("understand/parts/#weights", "models/alpha/", "../../understand/parts/#weights"),
        ("understand/parts/#weights", "understand/parts/", "#weights"),
        ("understand/parts/#weights", "", "understand/parts/#weights"),
        ("#top", "", "#top"),
    ],
)
def test_links_are_relative(target: str, here: str, link: str) -> None:
    assert relative(target, here) == link


PAGES = ["", "models/", "models/alpha/", "run/tools/x/", "data/references/#a", "a/b/c/d/#e"]


@pytest.mark.parametrize("root", ["https://x.example/", "https://x.example/below/a/path/"])
@pytest.mark.parametrize("target", PAGES)
@pytest.mark.parametrize("here", [page.partition("#")[0] for page in PAGES])
def test_a_browser_finds_the_page_below_any_path(root: str, target: str, here: str) -> None:
    assert urljoin(root + here, relative(target, here)) == root + target


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.example.org/a/b", "example.org"),
        ("http://example.org", "example.org"),
        ("https://wwwx.org/", "wwwx.org"),
        ("https://a.www.org/", "a.www.org"),
        ("https://github.com/a//b", "github.com"),
    ],
)
def test_a_link_is_named_by_its_host(url: str, name: str) -> None:
    assert host(url) == name


def test_a_form_of_the_forge_opens_with_its_fields_filled_in() -> None:
    address = report("https://forge.example/a/edit/main/", "dispute", "A & B?", record="data/x.yml")
    assert address.startswith("https://forge.example/a/issues/new?")
    assert dict(parse_qsl(urlsplit(address).query)) == {
        "template": "dispute.yml",
        "title": "A & B?",
        "record": "data/x.yml",
    }
    assert "%20" in address
    assert "+" not in address


@pytest.mark.parametrize("edit_root", ["", "https://forge.example/-/ide/"])
def test_a_forge_of_another_kind_has_no_such_forms(edit_root: str) -> None:
    assert report(edit_root, "dispute", "A") == ""
