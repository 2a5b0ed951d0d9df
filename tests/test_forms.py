"""The ways from a page to a better record: the forge's editor, and its forms for issues."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

import dom
import samples
from fieldguide.pages import pages
from fieldguide.render import Renderer

FORMS = samples.ROOT / ".github/ISSUE_TEMPLATE"
EDIT = "https://forge.example/edit/"


def form(name: str) -> dict[str, Any]:
    return yaml.safe_load((FORMS / name).read_text(encoding="utf-8"))  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dom.Node]:
    root = tmp_path_factory.mktemp("forms")
    guide = samples.guide(root)
    renderer = Renderer(root, guide)
    return {page.address: dom.parse(page.html(renderer)) for page in pages(guide)}


def asked(page: dom.Node) -> list[str]:
    """The names of facts beside which the page asks for a source."""
    facts = [node for node in page.all("div") if len(node.all("dt")) == 1]
    return [fact.one("dt").text for fact in facts if fact.all("a", cls="fg-ask")]


@pytest.mark.parametrize("name", sorted(file.name for file in FORMS.glob("*.yml")))
def test_a_form_is_one_that_the_forge_takes(name: str) -> None:
    """By the rules of GitHub's documentation on the syntax for issue forms."""
    if name == "config.yml":
        assert set(form(name)) <= {"blank_issues_enabled", "contact_links"}
        return
    value = form(name)
    assert {"name", "description", "title", "body"} == set(value)
    fields = [field for field in value["body"] if field["type"] != "markdown"]
    assert fields
    for field in value["body"]:
        assert field["type"] in {"markdown", "input", "textarea", "dropdown", "checkboxes"}
        attributes = set(field["attributes"])
        wanted = {"markdown": {"value"}, "dropdown": {"label", "options"}}
        assert wanted.get(field["type"], {"label"}) <= attributes
        assert attributes <= {"value", "label", "description", "options", "placeholder"}
    ids = [field["id"] for field in fields]
    labels = [field["attributes"]["label"] for field in fields]
    assert len(set(ids)) == len(ids)
    assert len(set(labels)) == len(labels)
    assert any(field.get("validations", {}).get("required") for field in fields)


def test_links_to_forms_fill_in_fields_that_the_forms_have(made: dict[str, dom.Node]) -> None:
    seen = set()
    for page in made.values():
        for link in page.all("a"):
            address = urlsplit(link.attrs.get("href", ""))
            if address.path != "/issues/new":
                continue
            query = {key: one for key, [one] in parse_qs(address.query).items()}
            template = query.pop("template")
            fields = {field.get("id") for field in form(template)["body"]}
            assert set(query) - {"title"} <= fields
            assert query["record"].removeprefix("data/") != query["record"]
            assert query["title"].startswith(form(template)["title"])
            seen.add(template)
    assert seen == {"wrong-fact.yml", "dispute.yml"}


def test_beside_what_is_not_known_stands_the_way_to_the_record(made: dict[str, dom.Node]) -> None:
    alpha, gamma = made["models/alpha/"], made["models/gamma/"]
    assert asked(alpha) == []
    assert asked(gamma) == ["Languages", "Parameters", "Context", "Released", "Links"]
    assert asked(made["run/tools/runner/"]) == []
    assert asked(made["run/tools/walker/"]) == [
        *("Best for", "Its own code", "Its licence", "Platforms", "Interfaces", "File formats"),
        *("Needs", "Links"),
    ]
    house = asked(made["licences/house/"])
    assert {"Modification", "Territory", "Where"} <= set(house)
    assert "Commercial use" not in house
    for address, path in (
        ("models/gamma/", "data/models/gamma.yml"),
        ("run/tools/walker/", "data/tools/walker.yml"),
        ("licences/house/", "data/licences/house.yml"),
    ):
        links = {link.attrs["href"] for link in made[address].all("a", cls="fg-ask")}
        assert links == {EDIT + path}


def test_weights_of_which_nothing_is_known_are_asked_for(tmp_path: Path) -> None:
    root = samples.write(tmp_path)
    samples.edit(
        root, "data/models/gamma.yml", "{state: partial, licence: house", "{state: unknown"
    )
    samples.edit(root, "data/models/gamma.yml", "  licences: [", "  access: [")
    renderer = Renderer(root, samples.Guide(samples.load(root), EDIT))
    [gamma] = [page for page in pages(renderer.guide) if page.address == "models/gamma/"]
    assert asked(dom.parse(gamma.html(renderer)))[0] == "Weights"


def test_parts_without_a_licence_are_named(tmp_path: Path) -> None:
    root = samples.write(tmp_path)
    samples.edit(root, "data/models/alpha.yml", "licences: {all: free}", "licences: {code: free}")
    guide = samples.Guide(samples.load(root), EDIT)
    said = {}
    for page in pages(guide):
        paragraphs = dom.parse(page.html(Renderer(root, guide))).all("p")
        said[page.address] = [p.text for p in paragraphs if p.text.startswith("Licence not known")]
    assert said["models/alpha/"] == [
        "Licence not known: weights, training data. Do you have a source?"
    ]
    assert said["models/beta/"] == said["models/gamma/"] == []


def test_a_project_without_a_forge_has_no_forms(tmp_path: Path) -> None:
    site = samples.write(tmp_path)
    guide = samples.Guide(samples.load(site))
    renderer = Renderer(site, guide)
    [page] = [page for page in pages(guide) if page.address == "models/gamma/"]
    html = page.html(renderer)
    assert "issues/new" not in html
    assert "tell us about it" not in html
