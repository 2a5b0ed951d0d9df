"""A program of somebody who read only the pages about the data answers five questions from the API.

It begins with the address that the documentation names, finds files by what the index says of them,
and takes addresses from what it was given. Each answer is held against what a reader of the pages
would say.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.request import urlopen

import pytest
from lxml import html

Ask = Callable[..., Any]


@pytest.fixture(scope="module")
def ask(server: str) -> Ask:
    """Finds the file of which the index says this, and gets it; `names` go into its path."""
    base = f"{server}api/v1/"

    def get(path: str) -> Any:
        with urlopen(base + path) as answer:
            return json.load(answer)

    index = get("index.json")

    def find(about: str, **names: str) -> Any:
        [path] = [file["path"] for file in index["files"] if about in file["about"]]
        return get(path.format(**names))

    return find


@pytest.fixture(scope="module")
def read(server: str, ask: Ask) -> Callable[[str], str]:
    """The text of the page that an answer names: its site stands here under another address."""
    home = "https://field-guide.example/"

    def page(address: str) -> str:
        assert address.startswith(home)
        with urlopen(server + address.removeprefix(home)) as answer:
            [article] = html.parse(answer).xpath("//article")
        return " ".join(article.text_content().split())

    return page


def test_how_many_models_can_be_downloaded(ask: Ask, read: Callable[[str], str]) -> None:
    models = ask("Every model with its parts")["items"]
    number = sum(model["access"] == "weights" for model in models)
    home = read("https://field-guide.example/")
    assert re.search(rf"with weights to download\s*{number}(?!\d)", home)


def test_which_models_are_open_source_ai(ask: Ask, read: Callable[[str], str]) -> None:
    verdicts = ask("Every model by every definition")["items"]
    met = [v for v in verdicts if (v["definition"], v["outcome"]) == ("osaid", "met")]
    pages = {model["id"]: model["page"] for model in ask("Every model with its parts")["items"]}
    assert met
    assert [v["model"] for v in met if v["label"] not in read(pages[v["model"]])] == []


def test_from_how_many_users_on_a_licence_asks_for_another(
    ask: Ask, read: Callable[[str], str]
) -> None:
    licence = ask("One licence with evidence", id="llama-3.1-community")
    [limit] = [term for term in licence["terms"].values() if term["number"]]
    assert f"{limit['number']:,} {limit['unit']}" in read(licence["page"])


def test_where_it_was_read_that_training_data_are_released(ask: Ask, server: str) -> None:
    part = ask("One model with evidence", id="olmo-2")["parts"]["training-data"]
    assert part["state"] == "released"
    with urlopen(f"{server}models/olmo-2/") as answer:
        links = html.parse(answer).xpath("//tr[@id='part-training-data']//@href")
    assert {piece["url"] for piece in part["evidence"]} <= set(links)


def test_who_made_most_models(ask: Ask, read: Callable[[str], str]) -> None:
    makers = ask("Every maker")["items"]
    first = max(makers, key=lambda maker: len(maker["models"]))
    names = {model["id"]: model["name"] for model in ask("Every model with its parts")["items"]}
    page = read(first["page"])
    assert [key for key in first["models"] if names[key] not in page] == []
