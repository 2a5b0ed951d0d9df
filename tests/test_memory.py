"""Memory: the formulas against figures that others published, and what is not known."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldguide import memory
from fieldguide.records import PrecisionWord, Size
from fieldguide.survey import load
from samples import ROOT

GIB = 2**30


@pytest.fixture(scope="module")
def precisions() -> dict[str, PrecisionWord]:
    return dict(load(ROOT).precisions)


def size(**fields: object) -> Size:
    return Size.model_validate({"name": "a", **fields})


# Sizes of files and of caches as published: llama.cpp's README (Llama 3.1), Hugging Face's table
# for Llama 3.1, Denneman 2026, the draft of the IETF's benchmarking group, TorchedUp, and the
# papers and notes on DeepSeek. Parameters follow from the same table: originals at 32 bits each.
@pytest.mark.parametrize(
    ("parameters", "precision", "published"),
    [
        (8_025_000_000, "q4-k-m", 4.9),
        (70_225_000_000, "q4-k-m", 43.1),
        (406_275_000_000, "q4-k-m", 249.1),
        (8_025_000_000, "q8-0", 7.95 * GIB / 1e9),
        (8_025_000_000, "q6-k", 6.14 * GIB / 1e9),
        (8_025_000_000, "q5-k-m", 5.33 * GIB / 1e9),
        (8_025_000_000, "q2-k", 2.95 * GIB / 1e9),
        (8_025_000_000, "f16", 14.96 * GIB / 1e9),
    ],
)
def test_weights_agree_with_published_files(
    precisions: dict[str, PrecisionWord], parameters: int, precision: str, published: float
) -> None:
    found = memory.weights(size(parameters=parameters), precisions[precision])
    assert found is not None
    assert found / 1e9 == pytest.approx(published, rel=0.01)


@pytest.mark.parametrize(
    ("architecture", "tokens", "published"),
    [
        ({"layers": 32, "kv_heads": 8, "head_dim": 128}, 1024, 0.125 * GIB),  # Llama 3.1 8B
        ({"layers": 32, "kv_heads": 8, "head_dim": 128}, 16_000, 1.95 * GIB),
        ({"layers": 80, "kv_heads": 8, "head_dim": 128}, 1024, 0.313 * GIB),  # Llama 3.1 70B
        ({"layers": 80, "kv_heads": 8, "head_dim": 128}, 131_072, 42.95e9),
        ({"layers": 80, "kv_heads": 8, "head_dim": 128}, 4096, 1_342_177_280),
        ({"layers": 32, "kv_heads": 32, "head_dim": 128}, 2048, 1.07e9),  # Llama 2 7B
        ({"layers": 126, "kv_heads": 8, "head_dim": 128}, 1, 516e3),  # Llama 3.1 405B
        ({"layers": 48, "kv_heads": 25, "head_dim": 64}, 1, 300 * 1024),  # GPT-2 XL
        ({"layers": 61, "kv_latent": 576, "head_dim": 128}, 1, 70e3),  # DeepSeek-V3
    ],
)
def test_cache_agrees_with_published_figures(
    architecture: dict[str, int], tokens: int, published: float
) -> None:
    found = memory.cache(size(**architecture), tokens)
    assert found == pytest.approx(published, rel=0.01)


def test_what_is_not_known_stays_not_known(precisions: dict[str, PrecisionWord]) -> None:
    assert memory.weights(size(), precisions["f16"]) is None
    assert memory.cache(size(layers=32), 8_000) is None
    assert memory.cache(size(kv_heads=8, head_dim=128), 8_000) is None
    assert memory.gigabytes(None) == "not known"


def test_no_cache_beyond_the_context_and_no_row_without_parameters(
    precisions: dict[str, PrecisionWord],
) -> None:
    model = load(ROOT).models["mistral-7b"]
    shape = {"layers": 32, "kv_heads": 8, "head_dim": 128}
    sizes = (size(parameters=7_000_000_000, context=8_192, **shape), size(context=8_192, **shape))
    (need,) = memory.needs(model.model_copy(update={"sizes": sizes}), precisions, (8_000, 32_000))
    assert need.cache == {8_000: 8_000 * 131_072, 32_000: None}
    assert need.together("f16", 8_000) == pytest.approx(14e9 + 8_000 * 131_072)
    assert need.together("f16", 32_000) is None


@pytest.mark.parametrize(
    ("number", "words"),
    [(4.9e9, "4.9 GB"), (43.1e9, "43 GB"), (1.25e12, "1,250 GB"), (4e7, "under 0.1 GB")],
)
def test_gigabytes_have_two_digits(number: float, words: str) -> None:
    assert memory.gigabytes(number) == words


def test_flagships_of_the_catalogue_are_computable(precisions: dict[str, PrecisionWord]) -> None:
    """The model pages of well-known models show a cache, so their architecture is recorded."""
    models = load(Path(ROOT)).models
    for key in ("llama-3-1", "mistral-7b", "olmo-2", "deepseek-v3", "gpt-oss-120b", "qwen3"):
        needs = memory.needs(models[key], precisions, (4_000,))
        assert any(need.cache[4_000] for need in needs), key


# What fits


def test_rooms_name_the_most_precise_that_fits(precisions: dict[str, PrecisionWord]) -> None:
    model = load(ROOT).models["mistral-7b"]
    shape = {"layers": 32, "kv_heads": 8, "head_dim": 128}
    sizes = (
        size(parameters=8_000_000_000, context=131_072, **shape),
        size(parameters=8_000_000_000, context=1_000, **shape),  # No more than 0.13 GB of cache.
        size(parameters=70_000_000_000),  # The cache is not known: weights alone.
    )
    needs = memory.needs(model.model_copy(update={"sizes": sizes}), precisions, memory.TOKENS)
    rooms = {room.memory: room.cells for room in memory.rooms(needs, precisions, 25)}
    # 4.8944 bits and 1.05 GB of cache are 5.9 GB, three quarters of 8 are 6; 6.6 bits 7.6 GB.
    assert rooms[8] == (("q4-k-m", "q6-k"), ("q5-k-m", "q6-k"), (None, None))
    assert rooms[64] == (("f16", None), ("f16", None), ("q4-k-m", "q6-k"))
    assert rooms[192][2] == ("f16", None)
    assert list(rooms) == [4, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192], "the rest says the same"
    assert memory.rooms([], precisions, 25) == []


def test_nothing_is_said_of_memories_in_which_nothing_fits(
    precisions: dict[str, PrecisionWord],
) -> None:
    model = (
        load(ROOT)
        .models["mistral-7b"]
        .model_copy(update={"sizes": (size(parameters=70_000_000_000),)})
    )
    rooms = memory.rooms(memory.needs(model, precisions, memory.TOKENS), precisions, 25)
    assert rooms[0] == memory.Room(32, ((None, "q2-k"),))


def test_the_list_of_machines_is_complete() -> None:
    library = load(ROOT)
    told = memory.machines(library)
    listed = {key: memory for kind in told["kinds"] for key, _, memory in kind["machines"]}
    assert listed.keys() >= library.machines.keys()
    assert [kind["spare"] for kind in told["kinds"]] == [10, 25, 25]
    assert told["kinds"][-1]["machines"] == [[str(n), "", n] for n in memory.MEMORIES]
    sizes = [machine.memory for machine in library.machines.values()]
    assert (min(sizes), max(sizes)) == (8, 512)
    cards = {m.memory for m in library.machines.values() if m.kind == "card"}
    assert {8, 12, 16, 24, 32, 48, 80, 96, 141, 192} <= cards


# Published figures


def test_published_figures_of_ten_models_agree_with_the_records() -> None:
    """Errors come from parameters that makers round: weights within 6 %, caches within 1 %."""
    library = load(ROOT)
    each = memory.checked(library)
    assert len(each) == len(library.memory_checks)
    assert len({one.check.model for one in each}) >= 10
    for one in each:
        assert abs(one.off) < (0.06 if one.check.precision else 0.01), one.check.label
    typical, largest = memory.error(library)
    assert 0 < typical < largest == max(abs(one.off) for one in each)


@pytest.mark.parametrize(
    ("share", "words"), [(0.0424, "4.2%"), (-0.0424, "4.2%"), (0.0004, "under 0.1%")]
)
def test_shares_are_told_in_per_cent(share: float, words: str) -> None:
    assert memory.per_cent(share) == words
