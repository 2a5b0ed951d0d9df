"""Facts and rules in, verdicts with reasons out; what is not known never counts."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import samples
from fieldguide.assess import Finding, Outcome, assess, licence_of, passes, state_of
from fieldguide.library import Library, load
from fieldguide.records import Definition, Evidence, Licence, LicenceTest, Model, PartFact, Rung

MET, UNDETERMINED, NOT_MET = Outcome.MET, Outcome.UNDETERMINED, Outcome.NOT_MET
EVIDENCE = (Evidence(url="https://example.org/", via="primary"),)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return samples.library(tmp_path_factory.mktemp("assess"))


@pytest.fixture(scope="module")
def real() -> Library:
    return load(samples.ROOT)


def fact(state: str, licence: str | None = None) -> PartFact:
    return PartFact(state=state, licence=licence, evidence=EVIDENCE)


def with_part(model: Model, part: str, changed: PartFact | None) -> Model:
    parts = {key: value for key, value in model.parts.items() if key != part}
    return model.model_copy(update={"parts": parts | ({part: changed} if changed else {})})


def plain(model: Model, **changes: object) -> Model:
    """A model of which nothing is known but the access."""
    nothing = {"parts": {}, "licences": type(model.licences)(), "access": "weights"}
    return model.model_copy(update=nothing | changes)


def ids(rung: Rung | None) -> str | None:
    return rung.id if rung else None


def ladder(*rungs: list[dict[str, object]]) -> Definition:
    """A definition of steps `1`, `2` and so on with these requirements."""
    return Definition.model_validate(
        {
            "id": "d",
            "name": "D",
            "publisher": "P",
            "version": "1",
            "dated": "2026",
            "about": "A.",
            "rungs": [
                {"id": str(number), "label": "L", "about": "A.", "requires": requires}
                for number, requires in enumerate(rungs, 1)
            ],
        }
    )


def finding(model: Model, requirement: dict[str, object], library: Library) -> Finding:
    [found] = assess(model, ladder([requirement]), library).findings["1"]
    return found


# Verdicts


@pytest.mark.parametrize(
    ("model", "reached", "possible"),
    [
        ("alpha", "everything-open", "everything-open"),
        ("beta", "product", "product"),
        ("gamma", "weights", "weights"),
    ],
)
def test_a_model_stands_on_the_highest_step_that_is_met(
    library: Library, model: str, reached: str, possible: str
) -> None:
    verdict = assess(library.models[model], library.definitions["spectrum"], library)
    assert (ids(verdict.reached), ids(verdict.possible)) == (reached, possible)
    assert verdict.settled


def test_a_model_that_is_not_offered_stands_on_no_step(library: Library) -> None:
    model = library.models["beta"].model_copy(update={"access": "none"})
    verdict = assess(model, library.definitions["spectrum"], library)
    assert (verdict.reached, verdict.possible) == (None, None)
    assert verdict.settled


def test_what_is_not_known_leaves_higher_steps_open(library: Library) -> None:
    alpha = with_part(library.models["alpha"], "training-data", None)
    verdict = assess(alpha, library.definitions["spectrum"], library)
    assert (ids(verdict.reached), ids(verdict.possible)) == ("open-weights", "everything-open")
    assert not verdict.settled


def test_a_step_is_not_reached_over_a_missing_one(library: Library) -> None:
    definition = ladder([{"any": ["weights"]}], [{"any": ["model-card"]}], [{"access": "none"}])
    model = plain(library.models["beta"], parts={"weights": fact("released")})
    verdict = assess(model, definition, library)
    assert (ids(verdict.reached), ids(verdict.possible)) == ("1", "3")
    model = with_part(model, "model-card", fact("withheld"))
    verdict = assess(model, definition, library)
    assert (ids(verdict.reached), ids(verdict.possible)) == ("1", "1")


def test_all_requirements_of_a_step_count(library: Library) -> None:
    definition = ladder([{"any": ["weights"]}, {"any": ["model-card"]}])
    model = plain(library.models["beta"], parts={"weights": fact("released")})
    for state, reached in (("released", "1"), ("withheld", None)):
        verdict = assess(with_part(model, "model-card", fact(state)), definition, library)
        assert ids(verdict.reached) == reached


# Findings


@pytest.mark.parametrize(
    ("state", "outcome", "reason"),
    [
        ("released", MET, "Weights: released"),
        ("partial", NOT_MET, "Weights: partial"),
        ("withheld", NOT_MET, "Weights: withheld"),
        ("not-applicable", NOT_MET, "Weights: not applicable"),
        ("unknown", UNDETERMINED, "Weights: not known"),
        (None, UNDETERMINED, "Weights: not known"),
    ],
)
def test_a_part_must_be_in_a_state(
    library: Library, state: str | None, outcome: Outcome, reason: str
) -> None:
    parts = {"weights": fact(state)} if state else {}
    found = finding(plain(library.models["beta"], parts=parts), {"any": ["weights"]}, library)
    assert (found.outcome, found.reason, found.part) == (outcome, reason, "weights")


def test_other_states_may_do(library: Library) -> None:
    model = plain(library.models["beta"], parts={"weights": fact("partial")})
    required = {"any": ["weights"], "states": ["released", "partial"]}
    assert finding(model, required, library).outcome == MET


def test_a_requirement_cannot_ask_for_ignorance(library: Library) -> None:
    required = {"any": ["weights"], "states": ["unknown"]}
    assert finding(plain(library.models["beta"]), required, library).outcome == UNDETERMINED


@pytest.mark.parametrize(
    ("licence", "outcome", "reason"),
    [
        ("free", MET, "Weights: released under Free"),
        (
            "house",
            NOT_MET,
            "Weights: released under House, which is on none of the lists asked for",
        ),
        ("none", NOT_MET, "Weights: released without a licence"),
        (None, UNDETERMINED, "Weights: released, licence not known"),
    ],
)
def test_a_part_must_be_under_a_licence(
    library: Library, licence: str | None, outcome: Outcome, reason: str
) -> None:
    model = plain(library.models["beta"], parts={"weights": fact("released", licence)})
    required = {"any": ["weights"], "licence": {"approved": ["osi"]}}
    found = finding(model, required, library)
    assert (found.outcome, found.reason) == (outcome, reason)
    assert found.licence == (licence if licence in library.licences else None)


def test_the_best_of_several_parts_counts(library: Library) -> None:
    required = {"any": ["weights", "model-card", "data-card"]}
    model = plain(library.models["beta"], parts={"weights": fact("withheld")})
    found = finding(model, required, library)
    assert (found.outcome, found.part) == (UNDETERMINED, "model-card")
    model = with_part(model, "data-card", fact("released"))
    found = finding(model, required, library)
    assert (found.outcome, found.part) == (MET, "data-card")


ROUTES = ["none", "product", "api", "api-fine-tuning", "weights"]


@pytest.mark.parametrize(("offered", "asked"), list(itertools.product(ROUTES, ROUTES)))
def test_a_wider_route_meets_a_narrower_one(library: Library, offered: str, asked: str) -> None:
    model = plain(library.models["beta"], access=offered)
    found = finding(model, {"access": asked}, library)
    assert found.outcome == (MET if ROUTES.index(offered) >= ROUTES.index(asked) else NOT_MET)
    assert found.reason == f"Access: {library.label('access', offered)}"


# Licences


@pytest.mark.parametrize(
    ("licences", "own", "applies"),
    [
        ({}, None, None),
        ({"all": "free"}, None, "free"),
        ({"all": "free", "data": "house"}, None, "house"),
        ({"all": "free", "code": "house"}, None, "free"),
        ({"all": "free", "document": "house"}, None, "free"),
        ({"all": "free", "data": "house"}, "none", "none"),
        ({"code": "free", "document": "free"}, None, None),
        ({"data": "none", "all": "free"}, None, "none"),
    ],
)
def test_the_nearest_licence_applies(
    library: Library, licences: dict[str, str], own: str | None, applies: str | None
) -> None:
    model = library.models["beta"]
    given_licences = type(model.licences).model_validate(licences)
    parts = {"weights": fact("released", own)}
    model = plain(model, licences=given_licences, parts=parts)
    assert licence_of(model, "weights", library) == applies


def test_a_part_that_is_not_listed_has_a_licence_and_is_unknown(library: Library) -> None:
    assert licence_of(library.models["alpha"], "model-card", library) == "free"
    assert state_of(library.models["alpha"], "model-card") == "unknown"
    assert state_of(library.models["alpha"], "weights") == "released"


def licence(library: Library, **changes: object) -> Licence:
    nothing = {"spdx": None, "open_definition": False, "mof_open": False, "terms": {}}
    return library.licences["house"].model_copy(update=nothing | changes)


@pytest.mark.parametrize(
    ("changes", "lists"),
    [
        ({}, set()),
        ({"spdx": "MIT"}, {"osi", "fsf", "mof"}),
        ({"spdx": "CC-BY-4.0"}, {"fsf", "mof"}),
        ({"open_definition": True}, {"open-definition"}),
        ({"mof_open": True}, {"mof"}),
    ],
)
def test_a_licence_is_on_lists(
    library: Library, changes: dict[str, object], lists: set[str]
) -> None:
    for name in ("osi", "fsf", "open-definition", "mof"):
        test = LicenceTest.model_validate({"approved": [name]})
        assert (passes(licence(library, **changes), test) == MET) == (name in lists), name


def test_one_list_of_several_is_enough(library: Library) -> None:
    test = LicenceTest.model_validate({"approved": ["osi", "open-definition"]})
    assert passes(licence(library, open_definition=True), test) == MET
    assert passes(licence(library), test) == NOT_MET


@pytest.mark.parametrize(
    ("field", "answer", "outcome"),
    [
        ("permits", "allowed", MET),
        ("permits", "conditions", MET),
        ("permits", "forbidden", NOT_MET),
        ("permits", "unspecified", UNDETERMINED),
        ("permits", None, UNDETERMINED),
        ("without", "none", MET),
        ("without", "unspecified", MET),
        ("without", "limited", NOT_MET),
        ("without", None, UNDETERMINED),
    ],
)
def test_the_terms_of_a_licence_count(
    library: Library, field: str, answer: str | None, outcome: Outcome
) -> None:
    said = library.licences["free"].terms["notices"]
    terms = {"hosting": said.model_copy(update={"answer": answer})} if answer else {}
    test = LicenceTest.model_validate({field: ["hosting"]})
    assert passes(licence(library, terms=terms), test) == outcome


def test_a_licence_must_pass_all_that_is_asked(library: Library) -> None:
    free = library.licences["free"]
    asked = {"approved": ["osi"], "permits": ["commercial-use"], "without": ["use-restrictions"]}
    assert passes(free, LicenceTest.model_validate(asked)) == MET
    more = asked | {"permits": ["commercial-use", "hosting"]}
    assert passes(free, LicenceTest.model_validate(more)) == UNDETERMINED
    assert passes(free, LicenceTest.model_validate({})) == MET


# Properties, by the rules of the site itself

STATES = ["released", "partial", "withheld", "unknown", "not-applicable"]
PARTS = ["weights", "inference-code", "training-code", "training-data", "model-card"]


@st.composite
def facts(draw: st.DrawFn) -> dict[str, tuple[str, str | None]]:
    keys = draw(st.sets(st.sampled_from(PARTS)))
    licences = st.sampled_from(["mit", "llama-2-community", "cc-by-nc-4.0", "none", None])
    return {key: (draw(st.sampled_from(STATES)), draw(licences)) for key in sorted(keys)}


def made(real: Library, given_facts: dict[str, tuple[str, str | None]]) -> Model:
    parts = {key: fact(state, licence) for key, (state, licence) in given_facts.items()}
    return plain(real.models["olmo-2"], parts=parts)


def height(model: Model, real: Library, *, possible: bool = False) -> int:
    definition = real.definitions["spectrum"]
    verdict = assess(model, definition, real)
    rung = verdict.possible if possible else verdict.reached
    return definition.rungs.index(rung) + 1 if rung else 0


@settings(max_examples=150, deadline=None, derandomize=True)
@given(given_facts=facts(), part=st.sampled_from(PARTS))
def test_releasing_a_part_under_an_open_licence_never_lowers_a_model(
    real: Library, given_facts: dict[str, tuple[str, str | None]], part: str
) -> None:
    before = made(real, given_facts)
    after = with_part(before, part, fact("released", "mit"))
    assert height(after, real) >= height(before, real)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(given_facts=facts(), part=st.sampled_from(PARTS))
def test_forgetting_a_fact_never_lifts_a_model(
    real: Library, given_facts: dict[str, tuple[str, str | None]], part: str
) -> None:
    before = made(real, given_facts)
    after = with_part(before, part, None)
    assert height(after, real) <= height(before, real)
    assert height(after, real, possible=True) >= height(before, real, possible=True)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(given_facts=facts(), part=st.sampled_from(PARTS), state=st.sampled_from(STATES))
def test_what_is_learnt_stays_within_what_was_possible(
    real: Library, given_facts: dict[str, tuple[str, str | None]], part: str, state: str
) -> None:
    unknown = with_part(made(real, given_facts), part, None)
    known = with_part(unknown, part, fact(state, "mit"))
    lowest, highest = height(unknown, real), height(unknown, real, possible=True)
    assert lowest <= height(known, real) <= height(known, real, possible=True) <= highest


def test_nothing_known_reaches_what_access_alone_reaches(real: Library) -> None:
    for access, step in (("none", 0), ("product", 1), ("api", 2), ("api-fine-tuning", 3)):
        assert height(plain(real.models["olmo-2"], access=access), real) == step


def test_outcomes_combine_like_and_and_or() -> None:
    assert min(MET, UNDETERMINED) == UNDETERMINED
    assert min(UNDETERMINED, NOT_MET) == NOT_MET
    assert max(NOT_MET, UNDETERMINED) == UNDETERMINED
    assert max(UNDETERMINED, MET) == MET


def test_a_verdict_keeps_the_findings_of_every_step(tmp_path: Path) -> None:
    library = samples.library(tmp_path)
    definition = library.definitions["spectrum"]
    findings = assess(library.models["beta"], definition, library).findings
    assert {key: len(found) for key, found in findings.items()} == {
        rung.id: len(rung.requires) for rung in definition.rungs
    }
