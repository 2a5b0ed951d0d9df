"""Of the built site: what every page must have, and that each fact stands in one file only."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit
from xml.etree import ElementTree

import pytest
import yaml

import dom
from copies import MODEL, ROOT, Copy, warnings
from fieldguide import checks

ADDRESS = "https://field-guide.example/"
REPOSITORY = "https://forge.example/open-model-field-guide/"
# Folder or file in data/, folder on the site, address of the page that lists them.
KINDS = (
    ("models", "models/", "models/"),
    ("licences", "licences/", "licences/"),
    ("tools", "run/tools/", "run/"),
    ("organisations.yml", "models/makers/", "models/organisations/"),
    ("definitions", "understand/definitions/", "understand/definitions/"),
    ("vocabulary/licence-families.yml", "licences/families/", "licences/"),
    ("debates", "debates/", "debate/"),
    ("side-by-side.yml", "compare/", "compare/"),
)


@dataclass(frozen=True)
class Made:
    """A record and the page that is made from it."""

    name: str
    address: str
    source: str
    parent: str


def _records(source: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """File, id and value of the records in one folder or file below data/."""
    path = ROOT / "data" / source
    for file in [path] if path.is_file() else sorted(path.glob("*.yml")):
        value = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        for key, record in value.items() if path.is_file() else [(file.stem, value)]:
            yield file.relative_to(ROOT).as_posix(), key, record


def _by_name(source: str, folder: str, parent: str) -> list[Made]:
    made = [
        Made(name, f"{folder}{key}/", file, parent)
        for file, key, record in _records(source)
        if (name := _heading(source, key, record))
    ]
    if source == "debates":  # These stand by topic, in the order of the vocabulary.
        return sorted(made, key=lambda page: _place(page.source))
    if source == "side-by-side.yml":  # In the order of the file.
        return made
    return sorted(made, key=lambda page: page.name.casefold())


def _place(file: str) -> tuple[int, int, str]:
    """Where a debate stands: its topic's place, its own in it, its file."""
    topics = [topic for _, topic, _ in _records("vocabulary/debate-topics.yml")]
    (debate,) = (record for path, _, record in _records("debates") if path == file)
    return topics.index(debate["topic"]), debate["order"], file


def _heading(source: str, key: str, record: dict[str, Any]) -> str | None:
    """What a record's page is headed by; nothing where it has no page."""
    if source == "debates":
        return str(record["question"])
    if source == "side-by-side.yml":
        ((kind, keys),) = ((k, v) for k, v in record.items() if k != "about")
        names = {key: one.get("short", one["name"]) for _, key, one in _records(kind)}
        *first, last = (names[key] for key in keys)
        return f"{', '.join(first)} and {last} compared"
    if source != "vocabulary/licence-families.yml":
        return str(record["name"])
    members = [licence for _, _, licence in LICENCES if licence.get("family") == key]
    return f"{record['label']}: the licences of a family" if len(members) > 1 else None


LICENCES = list(_records("licences"))
STEP = re.compile(r"choose/.")  # Pages of the path to a shortlist are not made from one record.
LISTS = {source: _by_name(source, folder, parent) for source, folder, parent in KINDS}
GENERATED = {page.address: page for pages in LISTS.values() for page in pages}
WRITTEN = {
    path.removesuffix(".md").removesuffix("index").rstrip("/") + "/" * (path != "index.md"): path
    for path in (f.relative_to(ROOT / "content").as_posix() for f in ROOT.glob("content/**/*.md"))
}
EXPLAINERS = [
    address
    for address, path in WRITTEN.items()
    if "\nkind: explainer\n" in (ROOT / "content" / path).read_text(encoding="utf-8")
]


def _page(site: Path, address: str) -> dom.Node:
    return dom.read(site / address / "index.html")


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, dom.Node]:
    """All pages of the site by address, without the one for addresses that do not exist."""
    found = {f.parent.relative_to(site).as_posix() + "/": f for f in site.rglob("index.html")}
    return {"" if address == "./" else address: dom.read(file) for address, file in found.items()}


def _links(page: dom.Node, here: str) -> list[str]:
    """Where a page's links lead, below the site's root or with their host."""
    root = "https://root.invalid/"
    return [
        urljoin(root + here, link.attrs["href"]).removeprefix(root)
        for link in page.all("a")
        if "href" in link.attrs
    ]


def _faults(pages: dict[str, dom.Node], fault: Callable[[str, dom.Node], object]) -> dict[str, Any]:
    """What `fault` has to say of each page, where it says anything."""
    return {address: said for address, page in pages.items() if (said := fault(address, page))}


def test_every_link_and_id_resolves(site: Path) -> None:
    assert checks.check(site) == []


def test_the_pages_are_those_of_the_records_and_of_the_texts(pages: dict[str, dom.Node]) -> None:
    steps = {address for address in pages if STEP.match(address)}  # See `test_choosing`.
    assert set(pages) == set(GENERATED) | set(WRITTEN) | steps
    assert len(GENERATED) > 300


# Every page


def test_each_page_has_one_heading_of_the_first_level(pages: dict[str, dom.Node]) -> None:
    assert not _faults(pages, lambda _, page: [h.text for h in page.all("h1")][1:])
    assert not _faults(pages, lambda _, page: not page.one("h1").text.rstrip("¶").strip())


def test_each_page_has_a_title_of_its_own(pages: dict[str, dom.Node]) -> None:
    titles = [page.one("head").one("title").text for page in pages.values()]
    assert [title for title in titles if titles.count(title) > 1] == []
    assert pages[""].one("head").one("title").text == "Open Model Field Guide"
    rest = [title for title in titles if title != "Open Model Field Guide"]
    assert [
        title for title in rest if not re.fullmatch(r".+ - Open Model Field Guide", title)
    ] == []


def test_each_page_has_a_description_that_fits(pages: dict[str, dom.Node]) -> None:
    def wrong(_: str, page: dom.Node) -> str | None:
        text = page.one("meta", name="description").attrs["content"]
        return text if not 50 <= len(text) <= 160 or text != " ".join(text.split()) else None

    assert not _faults(pages, wrong)


def test_each_page_says_its_address_and_language(pages: dict[str, dom.Node]) -> None:
    assert not _faults(
        pages,
        lambda here, page: page.one("link", rel="canonical").attrs["href"] != ADDRESS + here,
    )
    assert not _faults(pages, lambda _, page: page.one("html").attrs.get("lang") != "en")


def test_headings_skip_no_level(pages: dict[str, dom.Node]) -> None:
    def skips(_: str, page: dom.Node) -> list[str]:
        headings = page.one("article").all("h1", "h2", "h3", "h4", "h5", "h6")
        assert headings[0].tag == "h1"
        return [b.text for a, b in pairwise(headings) if int(b.tag[1]) > int(a.tag[1]) + 1]

    assert not _faults(pages, skips)


def test_no_page_asks_another_host_for_anything(site: Path, pages: dict[str, dom.Node]) -> None:
    assert not _faults(pages, lambda here, page: [x for x in fetched(page) if x != ADDRESS + here])
    sheets = {file.name: file.read_text(encoding="utf-8") for file in site.rglob("*.css")}
    assert sheets
    assert not {name: found for name, text in sheets.items() if (found := _foreign(text))}


def fetched(page: dom.Node) -> list[str]:
    """What a page fetches from another host, before or as its reader follows a link."""
    attributes = page.element.xpath(
        "//*[not(self::a or self::form)]/@*[name()='href' or name()='src' or name()='action']"
        "| //@srcset | //@poster | //@data | //@ping | //@background | //@formaction"
    )
    styles = page.element.xpath("//@style | //style/text()")
    found = [
        x for x in attributes if re.search(r"(^|,)\s*([a-z][a-z0-9+.-]*:)?//", x, re.IGNORECASE)
    ]
    return found + _foreign(" ".join(styles))


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ('<script src="https://cdn.example/x.js"></script>', ["https://cdn.example/x.js"]),
        ('<link href="//cdn.example/x.css">', ["//cdn.example/x.css"]),
        ('<img src="HTTP://cdn.example/x.png">', ["HTTP://cdn.example/x.png"]),
        ('<img srcset="x.png, //cdn.example/x.png 2x">', ["x.png, //cdn.example/x.png 2x"]),
        ('<a href="x" ping="https://cdn.example/">x</a>', ["https://cdn.example/"]),
        ('<p style="background: url(//cdn.example/x)">x</p>', ["//cdn.example/x"]),
        ("<style>@import 'https://cdn.example/x';</style>", ["https://cdn.example/x"]),
        ('<img src="../x.png"><img src="data:image/png,x"><img src="a//b.png">', []),
        ('<a href="https://example.org/">x</a><form action="https://example.org/"></form>', []),
    ],
)
def test_what_is_fetched_from_elsewhere_would_be_found(html: str, found: list[str]) -> None:
    assert fetched(dom.parse(html)) == found


def _foreign(css: str) -> list[str]:
    """Addresses with a host in a style sheet."""
    found = re.findall(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)", css)
    return [x for pair in found for x in pair if re.match(r"(?:\w+:)?//", x)]


def test_pages_are_small(site: Path) -> None:
    """Unpacked; lists of every record are the largest. `test_budgets` has what is sent."""
    sizes = {file.relative_to(site): file.stat().st_size for file in site.rglob("*.html")}
    assert {file: size for file, size in sizes.items() if size > 400_000} == {}


def test_all_links_within_the_site_are_relative(pages: dict[str, dom.Node]) -> None:
    """So that the site works below any path."""

    def absolute(here: str, page: dom.Node) -> list[str]:
        names = ("href", "src", "action")
        values = [node.attrs.get(name, "") for node in page.walk() for name in names]
        within = [value for value in values if value.startswith(("/", ADDRESS))]
        return within if within != [ADDRESS + here] else []  # The canonical address.

    assert not _faults(pages, absolute)


def test_the_sitemap_lists_all_pages(site: Path, pages: dict[str, dom.Node]) -> None:
    tree = ElementTree.parse(site / "sitemap.xml")  # noqa: S314 (ours)
    listed = [node.text for node in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert sorted(listed) == sorted(ADDRESS + address for address in pages)


def test_each_page_has_a_link_to_report_an_error(pages: dict[str, dom.Node]) -> None:
    def wrong(here: str, page: dom.Node) -> object:
        link = [a for a in page.all("a") if a.text == "Report an error"]
        assert len(link) == 1, here
        asked = parse_qs(urlsplit(link[0].attrs["href"]).query, strict_parsing=True)
        right = {
            "title": [f"Error on the page {_title(page) if here else 'Home'}"],
            "record": [ADDRESS + here],
            "template": ["wrong-fact.yml"],
        }
        begins = link[0].attrs["href"].startswith(REPOSITORY + "issues/new?")
        return None if begins and asked == right else asked

    assert not _faults(pages, wrong)


def _title(page: dom.Node) -> str:
    return page.one("head").one("title").text.removesuffix(" - Open Model Field Guide")


def test_each_page_has_links_to_edit_its_own_file(pages: dict[str, dom.Node]) -> None:
    def wrong(here: str, page: dom.Node) -> object:
        links = [a.attrs["href"] for a in page.all("a") if "/edit/" in a.attrs.get("href", "")]
        if STEP.match(here):
            file = "data/questions.yml"
        else:
            file = GENERATED[here].source if here in GENERATED else f"content/{WRITTEN[here]}"
        return None if set(links) == {f"{REPOSITORY}edit/main/{file}"} else (links, file)

    assert not _faults(pages, wrong)
    assert not _faults(
        pages, lambda _, page: len([a for a in page.all("a") if a.text == "Edit this page"]) != 1
    )


# Pages of records


def test_each_record_page_is_headed_by_its_name(pages: dict[str, dom.Node]) -> None:
    assert not _faults(
        {address: pages[address] for address in GENERATED},
        lambda here, page: page.one("h1").text != GENERATED[here].name,
    )


def test_each_record_page_has_breadcrumbs(pages: dict[str, dom.Node]) -> None:
    def wrong(here: str, page: dom.Node) -> object:
        trail = _links(page.one("nav", cls="md-path"), here)
        return None if trail[0] == "" and GENERATED[here].parent in trail else trail

    assert not _faults({address: pages[address] for address in GENERATED}, wrong)


@pytest.mark.parametrize("source", LISTS)
def test_record_pages_lead_to_their_neighbours(pages: dict[str, dom.Node], source: str) -> None:
    places = [page.address for page in LISTS[source]]
    for before, here, after in zip([None, *places], places, [*places[1:], None], strict=False):
        for target, which in ((before, "prev"), (after, "next")):
            links = pages[here].all("a", cls=f"md-footer__link--{which}")
            found = [address for link in links for address in _links(link, here)]  # At most one.
            assert found == [target] * bool(target), here


def test_the_search_index_has_each_record_page(site: Path) -> None:
    index = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))
    titles = {entry["location"]: dom.parse(entry["title"]).text for entry in index["docs"]}
    # What shares its name with something else says what it is.
    wrong = {
        a: titles.get(a) for a, page in GENERATED.items() if not titles[a].startswith(page.name)
    }
    assert wrong == {}


# Written pages


@pytest.mark.parametrize("address", EXPLAINERS)
class TestExplainer:
    def test_says_how_long_it_takes(self, site: Path, address: str) -> None:
        byline = _page(site, address).one("article").all(cls="fg-byline")[0].text
        assert re.fullmatch(r"\d+ minutes to read · last reviewed \d+ \w+ 20\d\d", byline)

    def test_has_its_frame(self, site: Path, address: str) -> None:
        article = _page(site, address).one("article")
        headings = [h.text.rstrip("¶").strip() for h in article.all("h2")]
        assert headings[-3:] == ["Bottom line", "Sources", "Read next"]
        assert article.one(cls="fg-bottom-line").text
        assert len(article.one(cls="fg-learn").all("li")) >= 2
        assert len(article.one("ul", cls="fg-related").all("li")) >= 2

    def test_names_its_sources(self, site: Path, address: str) -> None:
        article = _page(site, address).one("article")
        sources = article.one("ol", cls="fg-bibliography").all("li")
        assert len(sources) >= 8
        cited = {a.attrs["href"].removeprefix("#") for a in _citations(article)}
        assert cited == {source.attrs["id"] for source in sources}

    def test_is_long_enough(self, site: Path, address: str) -> None:
        article = _page(site, address).one("article")
        apart = {
            node
            for frame in article.all("table", "ol", "ul", "aside", "figure", "p")
            if frame.tag == "table"
            or {"fg-bibliography", "fg-related", "fg-end"} & {*frame.classes}
            for node in frame.walk()
        }
        ours = [node for node in article.all("p", "li") if node not in apart]
        assert sum(len(node.text.split()) for node in ours) >= 1200

    def test_explains_a_term_in_place(self, site: Path, address: str) -> None:
        terms = _page(site, address).one("article").all("a", cls="fg-term")
        assert terms
        assert all(len(term.attrs["title"]) > 20 for term in terms)


def _citations(article: dom.Node) -> list[dom.Node]:
    return [a for cite in article.all(cls="fg-cite") for a in cite.all("a")]


def test_there_are_explainers() -> None:
    assert len(EXPLAINERS) >= 20


def test_each_comparison_stands_on_a_page(pages: dict[str, dom.Node]) -> None:
    tables = {
        table.one("caption").text: len(
            [row for body in table.all("tbody") for row in body.all("tr")]
        )
        for address in EXPLAINERS
        for table in pages[address].all("table", cls="fg-words")
    }
    wanted = {record["title"]: len(record["rows"]) for _, _, record in _records("comparisons")}
    assert wanted
    assert wanted.items() <= tables.items()


def _figures(home: dom.Node) -> dict[str, int]:
    groups = home.one("dl", cls="fg-figures").all("div")
    return {g.one("dt").text: int(g.one("dd").text.replace(",", "")) for g in groups}


def test_the_home_page_counts_the_files(pages: dict[str, dom.Node]) -> None:
    figures = _figures(pages[""])
    assert figures["models"] == len(LISTS["models"])
    assert figures["licences and terms"] == len(LISTS["licences"])
    assert figures["tools"] == len(LISTS["tools"])


# One fact, one file


OLD_NAME, NEW_NAME = "Llama 3.1 Community License Agreement", "Vellichor Pact & Covenant"
OLD_SHORT, NEW_SHORT = "Llama 3.1 Community", "Vellichor Pact"


@pytest.fixture(scope="module")
def changed(project: Callable[[], Copy]) -> Path:
    """The site with another licence name and one model more, meant to be served elsewhere."""
    copy = project()
    licence = "data/licences/llama-3.1-community.yml"
    copy.replace(licence, f"name: {OLD_NAME}\n", f"name: {NEW_NAME}\n")
    copy.replace(licence, f"short: {OLD_SHORT}\n", f"short: {NEW_SHORT}\n")
    copy.write("data/models/quillfeather-9.yml", MODEL)
    done = copy.build(SITE_URL="https://else.example/sub/path/", REPO_URL="https://github.com/o/r")
    assert done.returncode == 0, done.stdout
    assert not warnings(done.stdout), done.stdout
    return copy.site


def _pages_with(site: Path, text: str) -> list[str]:
    """The pages that say `text` themselves, or to search engines; neighbours' names apart."""
    found = []
    for file in sorted(site.rglob("*.html")):
        html = file.read_text(encoding="utf-8")
        if not all(escape(word) in html for word in text.split()):
            continue  # To read all pages as trees takes long.
        page = dom.read(file)
        parts = [page.one("head").one("title").text, page.one("article").text]
        parts += [meta.attrs.get("content", "") for meta in page.all("meta")]
        if any(text in part for part in parts):
            found.append(file.relative_to(site).as_posix())
    return found


@pytest.mark.parametrize("name", [OLD_NAME, OLD_SHORT])
def test_a_licence_name_is_written_once(name: str) -> None:
    files = [*ROOT.glob("data/**/*.yml"), *ROOT.glob("content/**/*.md")]
    key = "name" if name == OLD_NAME else "short"
    lines = [
        line
        for file in files
        for line in file.read_text(encoding="utf-8").splitlines()
        if name in line
    ]
    assert [line for line in lines if line.startswith(f"{key}: ")] == [f"{key}: {name}"]
    others = [line for line in lines if not line.startswith(("name: ", "short: "))]
    assert [line for line in others if "url:" not in line] == []


@pytest.mark.parametrize(("old", "new"), [(OLD_NAME, NEW_NAME), (OLD_SHORT, NEW_SHORT)])
def test_a_changed_name_is_changed_everywhere(
    site: Path, changed: Path, old: str, new: str
) -> None:
    before = _pages_with(site, old)
    assert len(before) > 3
    assert _pages_with(changed, new) == before
    assert _pages_with(changed, old) == []
    index = (changed / "search/search_index.json").read_text(encoding="utf-8")
    assert old not in index
    assert NEW_SHORT in index


def test_a_new_file_is_shown_everywhere(site: Path, changed: Path) -> None:
    here = "models/quillfeather-9/"
    assert _page(changed, here).one("h1").text == "Quillfeather 9 <b>"
    for address, table in (("models/", "fg-cards"), ("models/parts/", "fg-grid")):
        names = [th.text for th in _page(changed, address).one(cls=table).all("th", scope="row")]
        assert "Quillfeather 9 <b>" in names
        assert len(names) == len(LISTS["models"]) + 1
    assert here in _links(_page(changed, "models/makers/eleutherai/"), "models/makers/eleutherai/")
    before, after = _figures(_page(site, "")), _figures(_page(changed, ""))
    assert after["models"] == before["models"] + 1
    assert after["with weights to download"] == before["with weights to download"] + 1
    assert after["pieces of evidence"] == before["pieces of evidence"] + 2
    assert f"/{here}</loc>" in (changed / "sitemap.xml").read_text(encoding="utf-8")
    index = json.loads((changed / "search/search_index.json").read_text(encoding="utf-8"))
    assert here in [entry["location"] for entry in index["docs"]]


def test_the_addresses_of_site_and_source_can_be_set(changed: Path) -> None:
    page = _page(changed, "models/olmo-2/")
    here = "https://else.example/sub/path/models/olmo-2/"
    assert page.one("link", rel="canonical").attrs["href"] == here
    edits = {a.attrs["href"] for a in page.all("a") if "/edit/" in a.attrs.get("href", "")}
    assert edits == {"https://github.com/o/r/edit/main/data/models/olmo-2.yml"}
    everything = "".join(f.read_text(encoding="utf-8") for f in changed.rglob("*.html"))
    assert ADDRESS not in everything
    assert "forge.example" not in everything


def test_the_forge_is_asked_for_nothing(changed: Path) -> None:
    """The theme's script would ask GitHub's or GitLab's API about the source, if it found this."""
    for address in ("", "models/", "models/olmo-2/"):
        page = _page(changed, address)
        assert page.all("a", cls="md-source")
        assert not page.all(**{"data-md-component": "source"})


def test_the_page_for_wrong_addresses_finds_its_way_back(changed: Path) -> None:
    page = dom.read(changed / "404.html")
    values = [node.attrs.get(name) for node in page.walk() for name in ("href", "src")]
    within = [v for v in values if v and not v.startswith(("#", "https://", "data:"))]
    assert within
    assert [value for value in within if not value.startswith("/sub/path/")] == []


def test_no_script_or_style_of_ours_stands_in_a_page(built: Copy) -> None:
    """So that a content security policy need only allow the theme's own three scripts."""
    data = re.compile(r'<script type="application/ld\+json">[^<]*</script>')  # Nothing runs it.
    begun = re.compile(r"<script(?![^>]* src=)[^>]*>(.{20})", re.DOTALL)
    theme = {"var palette=__md_get", "var target=document.", '__md_scope=new URL("'}
    settings = {'{"annotate": null, "'}  # JSON, which no browser runs.
    for file in built.site.rglob("*.html"):
        html = data.sub("", file.read_text(encoding="utf-8"))
        assert {*begun.findall(html)} == theme | settings, file
        assert "<style" not in html, file
        assert not re.search(r"<[a-z][^<>]*\s(?:style|on[a-z]+)=", html), file
