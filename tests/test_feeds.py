"""Atom feeds (RFC 4287), the page "What changed", and that two builds give the same bytes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

import dom
import samples
from copies import Copy
from fieldguide import feeds
from fieldguide.build import Site

ATOM = "{http://www.w3.org/2005/Atom}"


def faults(raw: bytes) -> list[str]:
    """What RFC 4287 asks of a feed and its entries, and is not there."""
    feed, found = etree.fromstring(raw), []
    entries = feed.findall(f"{ATOM}entry")
    for one in (feed, *entries):
        name = one.findtext(f"{ATOM}title")
        for needed in ("id", "title", "updated"):
            if len(one.findall(ATOM + needed)) != 1:
                found.append(f"{name}: not one {needed}")
        if not (one.findtext(f"{ATOM}id") or "").startswith("urn:uuid:"):
            found.append(f"{name}: no id")
        if not [x for x in one.findall(f"{ATOM}link") if x.get("rel") == "alternate"]:
            found.append(f"{name}: no link")
    if feed.tag != f"{ATOM}feed" or feed.find(f"{ATOM}author/{ATOM}name") is None:
        found.append("no feed with an author")
    if not feed.findall(f"{ATOM}link[@rel='self']"):
        found.append("does not say where it is")
    ids = [x.text for x in feed.iter(f"{ATOM}id")]
    if len(set(ids)) < len(ids):
        found.append("an id twice")
    dates = [str(x.findtext(f"{ATOM}updated")) for x in entries]
    if dates != sorted(dates, reverse=True):
        found.append("not newest first")
    if dates and dates[0] != feed.findtext(f"{ATOM}updated"):
        found.append("is not as new as its newest entry")
    return found


def test_every_feed_is_what_the_standard_asks(site: Path) -> None:
    files = sorted((site / "feeds").rglob("*.atom"))
    assert len(files) > 100
    wrong = {file.name: told for file in files if (told := faults(file.read_bytes()))}
    assert wrong == {}
    feeds = [etree.fromstring(file.read_bytes()) for file in files]
    ids = [feed.findtext(f"{ATOM}id") for feed in feeds]
    assert len(set(ids)) == len(ids)
    said: dict[str | None, set[str | None]] = {}
    for entry in (entry for feed in feeds for entry in feed.iter(f"{ATOM}entry")):
        said.setdefault(entry.findtext(f"{ATOM}id"), set()).add(entry.findtext(f"{ATOM}summary"))
    assert [texts for texts in said.values() if len(texts) > 1] == [], "an id of two entries"


def test_the_pages_name_the_feed(site: Path) -> None:
    for address, up in (("", ""), ("models/olmo-2/", "../../"), ("data/changes/", "../../")):
        page = dom.parse((site / address / "index.html").read_text(encoding="utf-8"))
        [link] = [x for x in page.all("link") if x.attrs.get("type") == "application/atom+xml"]
        assert link.attrs["rel"].split() == ["alternate"], "no other word is registered for it"
        assert link.attrs["href"] == f"{up}feeds/all.atom"


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    root = samples.write(tmp_path_factory.mktemp("feeds"))
    return Site(root, base="https://guide.example/below/")


def test_what_a_feed_says(small_site: Site) -> None:
    raw = str(small_site.exports["feeds/families/greek.atom"]).encode()
    assert faults(raw) == []
    entries = etree.fromstring(raw).findall(f"{ATOM}entry")
    said = {e.findtext(f"{ATOM}title"): e for e in entries}
    assert set(said) == {"Changed: Alpha", "Verdict moved: Gamma"}
    changed = said["Changed: Alpha"]
    assert changed.findtext(f"{ATOM}updated") == "2026-02-03T00:00:00+00:00"
    assert changed.find(f"{ATOM}link").get("href") == "https://guide.example/below/models/alpha/"
    text = str(changed.findtext(f"{ATOM}summary"))
    assert "Changed: released, parts: weights." in text
    assert "from “Not open” to “Open”" in text
    every = str(small_site.exports["feeds/all.atom"])
    assert "Removed: Old House" in every
    assert "Site news" in every


def test_names_in_a_feed_are_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MOST", 0)  # All of a day in one entry, by name.
    root = samples.write(tmp_path)
    samples.edit(root, "data/models/alpha.yml", "name: Alpha", "name: Alpha <b> & co")
    raw = str(Site(root).exports["feeds/families/greek.atom"]).encode()
    said = [e.findtext(f"{ATOM}summary") or "" for e in etree.fromstring(raw).iter(f"{ATOM}entry")]
    assert any("Alpha &lt;b&gt; &amp; co" in text for text in said)
    assert not any("<b>" in text for text in said)


def test_ids_stay_when_the_site_moves(small_site: Site, tmp_path: Path) -> None:
    """For good: a reader that knows an entry would show it as new under another id."""
    moved = Site(samples.write(tmp_path), base="https://elsewhere.example/")
    for path in ("feeds/all.atom", "feeds/families/greek.atom"):
        both = [etree.fromstring(str(one.exports[path]).encode()) for one in (small_site, moved)]
        ids = [[x.text for x in feed.iter(f"{ATOM}id")] for feed in both]
        assert ids[0] == ids[1]
        links = [feed.find(f"{ATOM}entry/{ATOM}link").get("href") for feed in both]
        assert links[0] != links[1]
    assert ids[0][0] == "urn:uuid:a6493cf5-5492-5ed5-9a09-4914d9d4aa31"


def test_a_guide_without_a_history(tmp_path: Path) -> None:
    samples.write(tmp_path, **{"data/history/2026-02-03.yml": None, "data/changes.yml": "{}\n"})
    made = Site(tmp_path)
    assert faults(str(made.exports["feeds/all.atom"]).encode()) == []
    assert [path for path in made.exports if path.startswith("feeds/families/")] == []
    [model] = [page for page in made.pages if page.address == "models/alpha/"]
    assert "No change is told yet" in made.html(model)


def test_the_page_and_the_api_tell_the_same(site: Path) -> None:
    items = json.loads((site / "api/v1/changes.json").read_bytes())["items"]
    latest = max(item["date"] for item in items if item["kind"] in ("added", "changed"))
    happened = [x for x in items if x["date"] == latest and x["kind"] == "changed"]
    models = [x for x in happened if x["subjects"][0]["collection"] == "models"]
    said = (site / "data/changes/index.html").read_text(encoding="utf-8")
    day = said.split(f'id="on-{latest}"')[1].split("<h3")[0]
    assert f"Changed: {len(models)} models" in day
    for item in models:
        assert f"models/{item['subjects'][0]['id']}/" in day


def test_records_have_markdown_beside_their_pages(site: Path) -> None:
    for address in ("licences/mit", "run/tools/vllm", "models/makers/allen-institute-for-ai"):
        text = (site / address / "index.md").read_text(encoding="utf-8")
        html = dom.parse((site / address / "index.html").read_text(encoding="utf-8"))
        assert text.startswith(f"# {html.one('h1').text.removesuffix('¶').strip()}\n")
        assert text.endswith("CC BY 4.0\n")
        assert "<" not in text.replace("<http", "")
        heads = [h.text.removesuffix("¶").strip() for h in html.one("article").all("h2")]
        assert [f"## {head}" for head in heads if f"## {head}\n" not in text] == []


def test_two_builds_give_the_same_bytes(small: Callable[[], Copy]) -> None:
    one, two = small(), small()
    sites = []
    for copy in (one, two):
        done = copy.build(SOURCE_DATE_EPOCH="1790000000")
        assert done.returncode == 0, done.stdout
        files = (f for f in copy.site.rglob("*") if f.is_file())
        sites.append({f.relative_to(copy.site).as_posix(): f.read_bytes() for f in files})
    assert sites[0].keys() == sites[1].keys()
    assert [path for path, raw in sites[0].items() if sites[1][path] != raw] == []
    needed = {"feeds/all.atom", "api/v1/changes.json", "run/tools/runner/index.md", "llms.txt"}
    assert needed <= sites[0].keys()
