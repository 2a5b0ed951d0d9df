"""Files for other programs: in a fixed order, the same at every build, and readable."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import samples
from fieldguide.exports import exports, of_catalogues
from fieldguide.library import Library

REAL = dict(exports(samples.real()))


def test_there_is_a_file_for_each_model_in_a_fixed_order() -> None:
    paths = [path for path, _ in exports(samples.real())]
    assert paths == [f"mof/{key}.yml" for key in sorted(samples.real().models)]


def test_the_order_of_reading_does_not_matter() -> None:
    real = samples.real()
    backwards = dict(reversed(list(real.models.items())))
    assert list(backwards) != list(real.models)
    library = Library({**real.collections, "models": backwards}, real.paths)
    assert list(exports(library)) == list(exports(real))


def test_two_readings_give_the_same_bytes(tmp_path: Path) -> None:
    one = dict(exports(samples.library(tmp_path / "a")))
    two = dict(exports(samples.library(tmp_path / "b")))
    assert one == two
    assert list(one) == ["mof/alpha.yml", "mof/beta.yml", "mof/gamma.yml"]


@pytest.mark.parametrize("path", REAL)
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
    assert site.exports == dict([*exports(site.guide.library), *of_catalogues(site.guide)])
    assert set(site.exports) == {
        *("mof/alpha.yml", "mof/beta.yml", "mof/gamma.yml"),
        *("models/catalogue.json", "licences/catalogue.json", "run/catalogue.json"),
    }
