"""The guide's own data, record by record: a test that fails tells every record that is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import samples
from each import each
from fieldguide import records as r
from fieldguide.views import Guide

GUIDE = Guide(samples.load(samples.ROOT))
LIBRARY = GUIDE.library
# Nothing was read, released or published later than now, wherever in the world.
TODAY = (datetime.now(UTC) + timedelta(hours=14)).date().isoformat()
WITH_EVIDENCE = ("models", "licences", "tools", "organisations")


def strings(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a record, with the field it stands in."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, r.Shape):
        for field in type(value).model_fields:
            yield from strings(getattr(value, field), f"{name}.{field}".strip("."))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from strings(item, f"{name}.{key}")
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from strings(item, f"{name}.{index}")


def evidence(value: Any) -> Iterator[r.Evidence]:
    if isinstance(value, r.Evidence):
        yield value
    elif isinstance(value, r.Shape):
        for field in type(value).model_fields:
            yield from evidence(getattr(value, field))
    elif isinstance(value, dict | tuple):
        for item in value.values() if isinstance(value, dict) else value:
            yield from evidence(item)


def sentences(text: str) -> int:
    return len(re.findall(r"[.!?][”’)]?(?=\s|$)", re.sub(r"\b[A-Z]\.(?=\s[A-Z])|e\.g\.", "", text)))


@each(samples.records(*LIBRARY.collections))
def test_texts_are_clean(record: r.Record) -> None:
    for field, text in strings(record):
        assert text == text.strip(), field
        assert not re.search(r"\s{2,}|[\t\xa0\u200b\ufeff]", text), f"{field}: run of whitespace"
        assert not re.search(r" [.,;:!?](\s|$)", text), f"{field}: space before a stop"
        assert not re.search(r"(?i)\b(todo|fixme|tbd|lorem|xxx)\b", text), field
        assert "{{" not in text, field


@each(samples.records(*WITH_EVIDENCE))
def test_evidence_is_of_primary_addresses_and_not_said_to_be_checked(record: r.Record) -> None:
    for piece in evidence(record):
        assert re.match(r"https?://[^/\s]+\.[^/\s]+", piece.url), piece.url
        assert piece.checked is None, "nobody has opened this source"
        assert not piece.dated or piece.dated <= TODAY, piece.dated


@each(samples.records(*WITH_EVIDENCE, "references"))
def test_addresses_are_of_the_web(record: r.Record) -> None:
    for field, text in strings(record):
        if re.search(r"(^|\.)(url|hub|repository|paper|site|documentation|product|text)$", field):
            assert text.startswith(("https://", "http://")), field
            assert not re.match(r"https?://([^/]*\.)?example\.", text), field


# Models


@each(samples.records("models"))
def test_model_has_evidence(model: r.Model) -> None:
    assert list(model.unsourced()) == []
    assert list(evidence(model))
    assert all(fact.evidence for fact in model.parts.values())


@each(samples.records("models"))
def test_model_description_is_two_or_three_sentences(model: r.Model) -> None:
    text = model.description
    assert sentences(text) in (2, 3), text
    assert text.endswith((".", ".”"))


@each(samples.records("models"))
def test_model_facts_agree(model: r.Model) -> None:
    weights = GUIDE.state(model, "weights")
    assert (weights in ("released", "partial")) == (model.access == "weights"), "weights and access"
    assert not model.released or "2015" <= model.released <= TODAY
    assert model.id not in model.based_on
    names = [size.name for size in model.sizes]
    assert len(names) == len(set(names)), "two sizes of one name"
    for size in model.sizes:
        if size.active and size.parameters:
            assert size.active <= size.parameters, size.name
    for base in model.based_on:
        released = LIBRARY.models[base].released
        assert not (released and model.released) or released[:4] <= model.released[:4], base


@each(samples.records("models"))
def test_model_stands_on_a_step_that_its_access_allows(model: r.Model) -> None:
    without = {"none": 0, "product": 1, "api": 2, "api-fine-tuning": 3}
    assert GUIDE.step(model) == without.get(model.access, GUIDE.step(model))
    assert (GUIDE.step(model) >= 4) == (model.access == "weights")


# Checked by hand against what their makers released.
STEPS = {
    "bloomberggpt": 0,
    "chatgpt": 1,
    "midjourney": 1,
    "google-bard": 1,
    "gpt-4": 2,
    "dall-e-2": 2,
    "gpt-4o": 3,
    "llama-3-1": 4,
    "stable-diffusion-1": 4,
    "bloom": 4,
    "falcon-180b": 4,
    "mistral-large-2": 4,
    "mistral-7b": 6,
    "whisper": 6,
    "bert": 6,
    "olmo-2": 7,
    "pythia": 7,
}


@pytest.mark.parametrize(("key", "step"), STEPS.items())
def test_model_stands_on_the_step_found_by_hand(key: str, step: int) -> None:
    model = LIBRARY.models[key]
    assert GUIDE.step(model) == step, GUIDE.verdict(model, "spectrum").findings


LICENCES = {
    "llama-2": "llama-2-community",
    "llama-3-1": "llama-3.1-community",
    "stable-diffusion-1": "creativeml-openrail-m",
    "bloom": "bigscience-rail-1.0",
    "whisper": "mit",
    "bert": "apache-2.0",
    "mistral-7b": "apache-2.0",
    "mistral-large-2": "mistral-research-0.1",
    "codestral": "mistral-non-production-0.1",
    "olmo-2": "apache-2.0",
    "deepseek-r1": "mit",
    "gemma-2": "gemma-terms",
    "gpt-4": None,
}


@pytest.mark.parametrize(("key", "licence"), LICENCES.items())
def test_weights_are_under_the_licence_found_by_hand(key: str, licence: str | None) -> None:
    assert GUIDE.licence(LIBRARY.models[key]) == licence


def test_the_sizes_of_falcon_carry_different_licences() -> None:
    small, large = LIBRARY.models["falcon-40b"], LIBRARY.models["falcon-180b"]
    assert GUIDE.licence(small) == "apache-2.0"
    assert GUIDE.licence(large) == "falcon-180b-tii"
    assert GUIDE.step(small) > GUIDE.step(large)


@pytest.mark.parametrize(
    "key", ["llama-2", "llama-3-1", "stable-diffusion-1", "bloom", "gemma-2", "falcon-180b"]
)
def test_what_bans_uses_is_not_approved_as_open_source(key: str) -> None:
    licence = LIBRARY.licences[str(GUIDE.licence(LIBRARY.models[key]))]
    assert not any([licence.osi_approved, licence.fsf_libre, licence.open_definition])
    assert licence.terms["use-restrictions"].answer == "limited"


def test_the_data_of_whisper_are_not_out() -> None:
    assert GUIDE.state(LIBRARY.models["whisper"], "training-data") == "withheld"
    assert GUIDE.licence(LIBRARY.models["whisper"], "inference-code") == "mit"


NAMED = {
    "Llama": "llama",
    "Mistral": "mistral",
    "Falcon": "falcon",
    "BLOOM": "bloom",
    "Stable Diffusion": "stable-diffusion",
    "Whisper": "whisper",
    "BERT": "bert",
    "GPT-2": "gpt",
    "GPT-4": "gpt",
    "ChatGPT": "gpt",
    "Claude": "claude",
    "Bard": "gemini",
    "Gemini": "gemini",
    "DALL-E 2": "dall-e",
    "Midjourney": "midjourney",
    "Adobe Firefly": "firefly",
}


@pytest.mark.parametrize(("name", "family"), NAMED.items())
def test_model_that_people_ask_about_is_there(name: str, family: str) -> None:
    plain = re.escape(name).replace(r"\-", "[-·‑]")
    found = [m for m in LIBRARY.models.values() if re.search(rf"\b{plain}\b", m.name)]
    assert found, f"no model is called {name}"
    assert any(family in model.family for model in found), {m.family for m in found}


@pytest.mark.parametrize("rung", [rung.id for rung in GUIDE.spectrum.rungs])
def test_step_of_the_spectrum_has_a_model(rung: str) -> None:
    assert GUIDE.choose("models", step=rung)


@each(samples.records("families"))
def test_family_has_a_model(family: r.Word) -> None:
    assert GUIDE.choose("models", family=family.id)


@pytest.mark.parametrize("part", LIBRARY.parts)
def test_part_is_known_of_some_model(part: str) -> None:
    assert any(part in model.parts for model in LIBRARY.models.values())


# Licences


@each(samples.records("licences"))
def test_licence_summary_has_40_to_170_words(licence: r.Licence) -> None:
    assert 40 <= len(licence.summary.split()) <= 170


@each(samples.records("licences"))
def test_licence_facts_agree(licence: r.Licence) -> None:
    assert licence.evidence
    assert bool(licence.terms) == (licence.read != "not"), "what was read has terms"
    for term, said in licence.terms.items():
        assert bool(said.number) == bool(said.unit), f"{term}: a number has a unit"
        assert not said.items or said.answer == "limited", f"{term}: items of a limit"
    approved = licence.osi_approved or licence.fsf_libre or licence.open_definition
    if licence.category in ("research-only", "non-commercial", "proprietary"):
        assert not approved
    if licence.category in ("public-domain", "permissive", "copyleft") and licence.spdx:
        assert approved or {licence.id, licence.spdx} & set(
            LIBRARY.definitions["mof"].open_licences
        )


@each(samples.records("licences"))
def test_licence_that_was_read_whole_answers_every_term(licence: r.Licence) -> None:
    if licence.read == "whole" and licence.category != "proprietary":
        assert [term for term in LIBRARY.terms if term not in licence.terms] == []


def test_a_tag_of_the_hub_means_one_licence() -> None:
    tags = {key: one.hub_tag for key, one in LIBRARY.licences.items() if one.hub_tag}
    assert len(set(tags.values())) == len(tags) > 5
    assert tags.keys().isdisjoint(tags.values()), "an id is understood without a tag"
    assert (tags["gemma-terms"], tags["llama-3.1-community"]) == ("gemma", "llama3.1")


def test_short_names_of_licences_tell_them_apart() -> None:
    names = [licence.short.casefold() for licence in LIBRARY.licences.values()]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("key", LIBRARY.words("licence-categories"))
def test_category_of_licences_has_a_licence(key: str) -> None:
    assert GUIDE.choose("licences", category=key)


# Tools


@each(samples.records("tools"))
def test_tool_has_evidence(tool: r.Tool) -> None:
    assert list(tool.unsourced()) == []
    assert tool.evidence
    assert set(tool.evidence) <= set(r.Tool.model_fields) - {"id", "evidence"}, "no such field"


@each(samples.records("tools"))
def test_tool_facts_agree(tool: r.Tool) -> None:
    assert sentences(tool.summary) >= 1
    assert tool.source != "open" or tool.licence, "open code has a licence"
    assert any(tool.links.model_dump().values()), "nowhere to find it"


@pytest.mark.parametrize("key", LIBRARY.words("tool-categories"))
def test_category_of_tools_has_a_tool(key: str) -> None:
    assert GUIDE.choose("tools", category=key)


# Organisations, glossary, works, comparisons


@each(samples.records("organisations"))
def test_organisation_made_something(maker: r.Organisation) -> None:
    row = GUIDE.maker_row(maker.id)
    assert row.models or row.tools or row.licences


@each(samples.records("glossary"))
def test_glossary_term_is_defined_in_one_to_three_sentences(entry: r.GlossaryTerm) -> None:
    assert 1 <= sentences(entry.definition) <= 3
    assert entry.id not in entry.see


def test_no_two_glossary_terms_go_by_one_name() -> None:
    names = [
        name.casefold()
        for entry in LIBRARY.glossary.values()
        for name in (entry.term, *entry.aliases)
    ]
    assert [name for name in set(names) if names.count(name) > 1] == []


@each(samples.records("references"))
def test_work_can_be_found(work: r.Reference) -> None:
    assert work.url or work.doi or work.publisher or work.container_title
    assert GUIDE.bibliography[work.id].strip()
    assert not work.issued or work.issued <= TODAY


@each(samples.records("comparisons"))
def test_comparison_has_sources_for_its_claims(table: r.Comparison) -> None:
    for row in table.rows:
        assert any(cell.sources for cell in row.cells.values()), row.label
    assert len({row.label for row in table.rows}) == len(table.rows)
    assert len({column.id for column in table.columns}) == len(table.columns)


def test_steps_of_a_definition_have_ids_of_their_own() -> None:
    for definition in LIBRARY.definitions.values():
        ids = [rung.id for rung in definition.rungs]
        assert len(ids) == len(set(ids)), definition.id


@pytest.mark.parametrize(
    ("collection", "least"),
    [
        ("models", 60),
        ("licences", 25),
        ("tools", 25),
        ("glossary", 50),
        ("references", 50),
        ("organisations", 40),
        ("parts", 17),
    ],
)
def test_there_are_enough(collection: str, least: int) -> None:
    assert len(LIBRARY.collections[collection]) >= least


def test_there_are_the_comparisons_of_open_and_closed() -> None:
    assert set(LIBRARY.comparisons) >= {
        *("open-vs-closed", "open-source-weights-access", "advantages-challenges", "choosing")
    }


def test_the_symbols_of_states_are_told_apart_without_colour() -> None:
    symbols = [word.symbol for word in LIBRARY.words("states").values()]
    assert None not in symbols
    assert len(symbols) == len(set(symbols))
