"""Files for other programs: in a fixed order, the same at every build, and readable."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

import samples
from fieldguide.exports import exports
from fieldguide.library import Library

REAL = dict(exports(samples.real()))
WORKS = ["references.bib", "references.json"]
MOF = [path for path in REAL if path.startswith("mof/")]
# Types of the Citation Style Language 1.0.2 that our records may use.
TYPES = {
    *("article", "article-journal", "article-magazine", "article-newspaper", "bill", "book"),
    *("broadcast", "chapter", "dataset", "document", "entry", "entry-dictionary", "hearing"),
    *("entry-encyclopedia", "event", "interview", "legal_case", "legislation", "manuscript"),
    *("motion_picture", "pamphlet", "paper-conference", "patent", "periodical"),
    *("personal_communication", "post", "post-weblog", "regulation", "report", "review"),
    *("software", "song", "speech", "standard", "thesis", "treaty", "webpage"),
}


def test_there_is_a_file_for_each_model_in_a_fixed_order() -> None:
    paths = [path for path, _ in exports(samples.real())]
    assert paths == [*(f"mof/{key}.yml" for key in sorted(samples.real().models)), *WORKS]


def test_the_order_of_reading_does_not_matter() -> None:
    real = samples.real()
    backwards = {
        name: dict(reversed(list(real.collections[name].items())))
        for name in ("models", "references")
    }
    assert list(backwards["models"]) != list(real.models)
    library = Library({**real.collections, **backwards}, real.paths)
    assert list(exports(library)) == list(exports(real))


def test_two_readings_give_the_same_bytes(tmp_path: Path) -> None:
    one = dict(exports(samples.library(tmp_path / "a")))
    two = dict(exports(samples.library(tmp_path / "b")))
    assert one == two
    assert list(one) == ["mof/alpha.yml", "mof/beta.yml", "mof/gamma.yml", *WORKS]


@pytest.mark.parametrize("path", MOF)
def test_a_file_is_yaml_in_the_shape_of_the_format(path: str) -> None:
    text = REAL[path]
    assert text.endswith("\n")
    assert "&id" not in text, "an anchor is no plain YAML"
    content = yaml.safe_load(text)
    assert list(content) == ["framework", "release"]
    assert list(content["release"]) == [
        *("name", "version", "date", "type", "architecture", "origin", "producer", "contact"),
        *("repository", "huggingface", "license", "components"),
    ]
    for component in content["release"]["components"]:
        assert {"name", "description", "component_path"} <= set(component)
        assert set(component) <= {"name", "description", "license", "component_path"}


def test_a_site_has_the_exports_of_its_library(tmp_path: Path) -> None:
    site = samples.site(tmp_path)
    assert site.exports == dict(exports(site.guide.library))
    assert set(site.exports) == {"mof/alpha.yml", "mof/beta.yml", "mof/gamma.yml", *WORKS}


def test_the_works_are_csl_json() -> None:
    real, items = samples.real().references, json.loads(REAL["references.json"])
    assert [item["id"] for item in items] == sorted(real)
    for item in items:
        assert item["title"] == real[item["id"]].title
        assert item["type"] in TYPES, item["id"]
        assert not {"read", "note"} & set(item), "what we did with a work is not of the work"
