"""Made-up models are records like all others, and the same each time."""

from __future__ import annotations

import shutil
import statistics
from collections import Counter
from pathlib import Path

import pytest

import samples
import synthetic
from fieldguide.library import Library
from fieldguide.survey import load

NUMBER = 60


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's data and as many made-up models."""
    root = tmp_path_factory.mktemp("synthetic")
    shutil.copytree(samples.ROOT / "data", root / "data")
    synthetic.add(root, NUMBER)
    return root


@pytest.fixture(scope="module")
def read(project: Path) -> Library:
    return load(project)


def test_made_up_models_are_valid_and_beside_the_real_ones(read: Library) -> None:
    models = read.models
    real = samples.real().models
    assert set(real) < set(models)
    assert len(models) == len(real) + NUMBER


def test_models_made_in_memory_are_those_of_the_files(read: Library) -> None:
    made = synthetic.library(samples.real(), NUMBER)
    assert made.models == read.models
    assert made.words("families") == read.words("families")


def test_the_same_number_gives_the_same_and_another_seed_does_not() -> None:
    one, same, other = (synthetic.library(samples.real(), 9, seed) for seed in (1, 1, 2))
    assert one.models == same.models
    assert set(one.models) != set(other.models)


def test_families_do_not_grow_with_the_number() -> None:
    real = samples.real().models
    largest = max(Counter(model.family for model in real.values()).values())
    for number in (NUMBER, 5 * NUMBER):
        made = synthetic.library(samples.real(), number).models.items()
        families = Counter(model.family for key, model in made if key not in real)
        assert 1 < statistics.mean(families.values()) < 10
        assert max(families.values()) <= largest


def test_records_are_as_large_as_real_ones_and_tell_nothing_of_them(project: Path) -> None:
    real = {file.name for file in (samples.ROOT / "data/models").iterdir()}
    files = list((project / "data/models").iterdir())
    kept = statistics.mean(file.stat().st_size for file in files if file.name in real)
    texts = [file.read_text(encoding="utf-8") for file in files if file.name not in real]
    made = statistics.mean(len(text.encode()) for text in texts)
    assert 0.7 < made / kept < 1.4
    hosts = {url.split("/")[2] for text in texts for url in text.split() if "https://" in url}
    assert hosts
    assert all(".example" in host for host in hosts)
