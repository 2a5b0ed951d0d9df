"""Pages and files say the same: tables of the built site against the API, for all records."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import dom
from fieldguide.render import quantity, thousands

Items = Callable[[str], dict[str, Any]]


@pytest.fixture(scope="module")
def items(site: Path) -> Items:
    """The items of one file of the API, by id."""

    @cache
    def items(name: str) -> dict[str, Any]:
        found = json.loads((site / f"api/v1/{name}.json").read_bytes())["items"]
        return {item["id"]: item for item in found}

    return items


@pytest.fixture(scope="module")
def words(site: Path) -> dict[str, dict[str, str]]:
    """Labels by id, by vocabulary."""
    found: dict[str, dict[str, str]] = json.loads((site / "api/v1/index.json").read_bytes())[
        "vocabularies"
    ]
    return found


def page(site: Path, address: str) -> dom.Node:
    return dom.parse((site / address / "index.html").read_text(encoding="utf-8"))


def cells(row: dom.Node) -> list[str]:
    return [cell.text for cell in row.all("th", "td")]


def test_every_model_page_says_what_the_api_says(
    site: Path, items: Items, words: dict[str, dict[str, str]]
) -> None:
    short = {key: licence["short"] for key, licence in items("licences").items()}
    definitions = [d["short"] for d in items("definitions").values()]
    for key, model in items("models").items():
        article = page(site, f"models/{key}/").one("article")
        assert verdicts(article) == {
            name: verdict["label"]
            for name, verdict in zip(definitions, model["verdicts"].values(), strict=True)
        }, key
        said = parts(article)
        assert said == {
            part: (words["states"][fact["state"]], licence(fact, short))
            for part, fact in model["parts"].items()
        }, key
        assert sizes(article) == [
            {
                "Size": size["name"],
                **{
                    label: quantity(size[field]) if label in SHORT else thousands(size[field])
                    for field, label in FIELDS.items()
                    if any(other[field] for other in model["sizes"])
                },
            }
            for size in model["sizes"]
        ], key


FIELDS = {
    "parameters": "Parameters",
    "active": "Active",
    "context": "Context, tokens",
    "layers": "Layers",
    "hidden_size": "Hidden size",
    "heads": "Heads",
    "kv_heads": "KV heads",
    "head_dim": "Head width",
    "vocabulary": "Vocabulary",
}
SHORT = ("Parameters", "Active")


def verdicts(article: dom.Node) -> dict[str, str]:
    found = {}
    for ruling in article.all("div", cls="fg-rulings")[0].all("details", cls="fg-ruling"):
        summary = ruling.one("summary")
        name = summary.all("span")[0].text
        label = summary.text.removeprefix(name).split(" perhaps ")[0].strip()
        found[name] = label.split(" ", 1)[1]  # Behind the mark.
    return found


def parts(article: dom.Node) -> dict[str, tuple[str, str]]:
    """State and licence of each part; nothing is said of the licence of one that is not out."""
    found = {}
    for node in article.all():
        if not node.attrs.get("id", "").startswith("part-"):
            continue
        part = node.attrs["id"].removeprefix("part-")
        if node.tag == "span":
            found[part] = ("Unknown", "")
        else:
            state, said = node.all("td")[:2]
            label = state.one("span", cls="fg-state").text.split(" ", 1)[1]
            found[part] = (label, "" if said.text == "–" else said.text)
    return found


def licence(fact: dict[str, Any], short: dict[str, str]) -> str:
    if fact["state"] not in ("released", "partial"):
        return ""
    key = fact["licence"]
    return short.get(key, "no licence" if key else "not known")


def sizes(article: dom.Node) -> list[dict[str, str]]:
    tables = [
        t for t in article.all("table", cls="fg-sizes") if "Sizes of" in t.one("caption").text
    ]
    if not tables:
        return []
    head = cells(tables[0].one("thead").one("tr"))
    rows = [cells(row) for row in tables[0].one("tbody").all("tr")]
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_the_catalogue_says_what_the_api_says(site: Path, items: Items) -> None:
    table = page(site, "models/").one("table", cls="fg-catalogue")
    rows = {
        row.all("a")[0].attrs["href"].strip("/"): cells(row)
        for body in table.all("tbody")
        for row in body.all("tr")
    }
    assert set(rows) == set(items("models"))
    formal = [key for key, d in items("definitions").items() if d["formal"]]
    for key, model in items("models").items():
        row = rows[key]
        contexts = [size["context"] for size in model["sizes"] if size["context"]]
        assert row[0] == model["name"]
        assert row[2] == (model["released"] or "not known")
        assert thousands(max(contexts, default=None)) in row, key
        for definition in formal:
            label = model["verdicts"][definition]["label"]
            assert any(cell.endswith(f" {label}") for cell in row), (key, definition)


def test_the_counts_are_the_same(site: Path, items: Items) -> None:
    models = len(items("models"))
    table = page(site, "understand/definitions/").all("table")[0]
    for row, definition in zip(
        table.one("tbody").all("tr"), items("definitions").values(), strict=True
    ):
        assert cells(row)[0] == definition["name"]
        assert cells(row)[3:] == [
            f"{definition['met']} of {models}",
            str(definition["undetermined"]),
        ]
    for name, count in (("models", models), ("licences", len(items("licences")))):
        assert f"{count} {name}" in page(site, "data/use/").one("article").text
    glossary = page(site, "understand/glossary/").one("dl", cls="fg-glossary")
    assert {node.attrs["id"] for node in glossary.all("div")} == set(items("glossary"))


def test_the_verdicts_follow_from_the_findings(site: Path, items: Items) -> None:
    """A reader of the file can go the way of the engine: a rung needs all asked up to it."""
    order = ["not-met", "undetermined", "met"]
    for key in items("models"):
        record = json.loads((site / f"api/v1/models/{key}.json").read_bytes())
        for definition, verdict in record["verdicts"].items():
            so_far, reached, possible = "met", None, None
            for rung in verdict["rungs"]:
                outcomes = [finding["outcome"] for finding in rung["findings"]]
                so_far = min([so_far, *outcomes], key=order.index)
                reached = rung["rung"] if so_far == "met" else reached
                possible = rung["rung"] if so_far != "not-met" else possible
            assert (verdict["rung"], verdict["possible"]) == (reached, possible), (key, definition)
