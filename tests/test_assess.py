"""Facts and rules in, verdicts with reasons out; what is not known never counts."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import samples
from fieldguide.assess import assess, licence_of, passes, state_of
from fieldguide.library import Library
from fieldguide.records import Definition, Evidence, Licence, LicenceTest, Model, PartFact, Rung
from fieldguide.verdicts import Finding, Outcome

MET, UNDETERMINED, NOT_MET = Outcome.MET, Outcome.UNDETERMINED, Outcome.NOT_MET
EVIDENCE = (Evidence(url="https://example.org/", via="primary"),)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return samples.library(tmp_path_factory.mktemp("assess"))


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
            "short": "D",
            "order": 1,
            "publisher": "P",
            "version": "1",
            "dated": "2026",
            "about": "A.",
            "open_from": "1",
            "below": "None",
            "below_says": "is on none",
            "rungs": [
                {"id": str(number), "label": "L", "about": "A.", "says": "is", "requires": requires}
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
        ("released", MET, "the weights are released"),
        ("partial", NOT_MET, "the weights are released only in part"),
        ("withheld", NOT_MET, "the weights are withheld"),
        ("not-applicable", NOT_MET, "the weights are not applicable"),
        ("unknown", UNDETERMINED, "it is not known whether the weights are released"),
        (None, UNDETERMINED, "it is not known whether the weights are released"),
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
    found = finding(model, required, library)
    assert (found.outcome, found.reason) == (MET, "the weights are released only in part")


def test_a_requirement_cannot_ask_for_ignorance(library: Library) -> None:
    required = {"any": ["weights"], "states": ["unknown"]}
    assert finding(plain(library.models["beta"]), required, library).outcome == UNDETERMINED


@pytest.mark.parametrize(
    ("licence", "outcome", "reason"),
    [
        ("free", MET, "the weights are under Free"),
        (
            "house",
            NOT_MET,
            "the weights are under House, which does not count as an open licence",
        ),
        ("none", NOT_MET, "the weights are released without a licence"),
        (None, UNDETERMINED, "the weights are released, under a licence that is not known"),
    ],
)
def test_a_part_must_be_under_a_licence(
    library: Library, licence: str | None, outcome: Outcome, reason: str
) -> None:
    model = plain(library.models["beta"], parts={"weights": fact("released", licence)})
    required = {"any": ["weights"], "licence": {"approved": ["osi"]}}
    found = finding(model, required, library)
    assert (found.outcome, found.reason) == (outcome, reason)
    assert found.licence == licence


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
    assert found.reason == f"the widest access offered is “{library.label('access', offered)}”"


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
    nothing = {"spdx": None, "open_definition": False, "terms": {}}
    return library.licences["house"].model_copy(update=nothing | changes)


def outcome_of(licence: Licence, test: dict[str, object], library: Library) -> Outcome:
    return passes(licence, LicenceTest.model_validate(test), library)


@pytest.mark.parametrize(
    ("changes", "lists"),
    [
        ({}, set()),
        ({"spdx": "MIT"}, {"osi", "fsf"}),
        ({"spdx": "CC-BY-4.0"}, {"fsf", "strict"}),
        ({"spdx": "CC-BY-NC-4.0"}, set()),
        ({"open_definition": True}, {"open-definition"}),
        ({"id": "house-open"}, {"strict"}),
    ],
)
def test_a_licence_is_on_lists(
    library: Library, changes: dict[str, object], lists: set[str]
) -> None:
    for name in ("osi", "fsf", "open-definition", "strict"):
        outcome = outcome_of(licence(library, **changes), {"approved": [name]}, library)
        assert outcome == (MET if name in lists else NOT_MET), name


def test_one_list_of_several_is_enough(library: Library) -> None:
    test: dict[str, object] = {"approved": ["osi", "open-definition"]}
    assert outcome_of(licence(library, open_definition=True), test, library) == MET
    assert outcome_of(licence(library), test, library) == NOT_MET


TERMS_NOT_KNOWN = "whose terms on hosting as a service are not known"


@pytest.mark.parametrize(
    ("field", "answer", "outcome", "why"),
    [
        ("permits", "allowed", MET, ""),
        ("permits", "conditions", MET, ""),
        ("permits", "forbidden", NOT_MET, "which does not allow hosting as a service"),
        ("permits", "unspecified", UNDETERMINED, TERMS_NOT_KNOWN),
        ("permits", None, UNDETERMINED, TERMS_NOT_KNOWN),
        ("without", "none", MET, ""),
        ("without", "unspecified", MET, ""),
        ("without", "limited", NOT_MET, "which has a limit on hosting as a service"),
        ("without", None, UNDETERMINED, TERMS_NOT_KNOWN),
        ("doubtful", "none", MET, ""),
        ("doubtful", "unspecified", MET, ""),
        ("doubtful", "limited", UNDETERMINED, "which has hosting as a service"),
        ("doubtful", None, UNDETERMINED, TERMS_NOT_KNOWN),
    ],
)
def test_the_terms_of_a_licence_count(
    library: Library, field: str, answer: str | None, outcome: Outcome, why: str
) -> None:
    said = library.licences["free"].terms["notices"]
    terms = {"hosting": said.model_copy(update={"answer": answer})} if answer else {}
    own = licence(library, terms=terms)
    assert outcome_of(own, {field: ["hosting"]}, library) == outcome
    changed = {**library.collections, "licences": {"house": own}}
    model = plain(library.models["beta"], parts={"weights": fact("released", "house")})
    required = {"any": ["weights"], "licence": {field: ["hosting"]}}
    found = finding(model, required, Library(changed))
    assert found.outcome == outcome
    assert found.reason == f"the weights are under House{', ' * bool(why)}{why}"


def test_only_the_reasons_for_the_worst_are_given(library: Library) -> None:
    model = plain(library.models["beta"], parts={"weights": fact("released", "house")})
    test = {
        "approved": ["osi"],
        "permits": ["commercial-use", "hosting"],
        "without": ["size-threshold"],
        "doubtful": ["use-restrictions"],
    }
    found = finding(model, {"any": ["weights"], "licence": test}, library)
    assert (found.outcome, found.reason) == (
        NOT_MET,
        "the weights are under House, which does not count as an open licence"
        " and which has a limit on size threshold",
    )
    del test["approved"], test["without"]
    found = finding(model, {"any": ["weights"], "licence": test}, library)
    assert (found.outcome, found.reason) == (
        UNDETERMINED,
        "the weights are under House, whose terms on hosting as a service are not known"
        " and which has use restrictions",
    )


def test_a_licence_must_pass_all_that_is_asked(library: Library) -> None:
    free = library.licences["free"]
    asked = {"approved": ["osi"], "permits": ["commercial-use"], "without": ["use-restrictions"]}
    assert outcome_of(free, asked, library) == MET
    more = asked | {"permits": ["commercial-use", "hosting"]}
    assert outcome_of(free, more, library) == UNDETERMINED
    assert outcome_of(free, {}, library) == MET


# Definitions that ask for others


@pytest.mark.parametrize(
    ("model", "outcome", "reason"),
    [
        ("alpha", MET, "the Strict Rule is met"),
        ("beta", NOT_MET, "the Strict Rule is not met"),
    ],
)
def test_a_step_may_ask_for_a_whole_definition(
    library: Library, model: str, outcome: Outcome, reason: str
) -> None:
    found = finding(library.models[model], {"definition": "strict"}, library)
    assert (found.outcome, found.reason, found.part) == (outcome, reason, None)


def test_a_whole_definition_is_its_highest_step(library: Library) -> None:
    found = finding(library.models["gamma"], {"definition": "spectrum"}, library)
    assert (found.outcome, found.reason) == (NOT_MET, "the Spectrum is not met")


def test_a_definition_that_is_not_determined_leaves_others_open(library: Library) -> None:
    alpha = with_part(library.models["alpha"], "weights", None)
    found = finding(alpha, {"definition": "strict"}, library)
    assert (found.outcome, found.reason) == (UNDETERMINED, "the Strict Rule is not determined")


# What a verdict says


def test_a_verdict_has_label_outcome_and_next_step(library: Library) -> None:
    spectrum = library.definitions["spectrum"]
    gamma = assess(library.models["gamma"], spectrum, library)
    assert (gamma.label, gamma.outcome, ids(gamma.next)) == ("Weights", NOT_MET, "open-weights")
    alpha = assess(library.models["alpha"], spectrum, library)
    assert (alpha.label, alpha.outcome, alpha.next) == ("Everything open", MET, None)
    closed = assess(plain(library.models["beta"], access="none"), spectrum, library)
    assert (closed.label, closed.outcome, ids(closed.next)) == ("Not offered", NOT_MET, "product")


def test_a_definition_counts_as_open_from_one_of_its_steps(library: Library) -> None:
    spectrum = library.definitions["spectrum"]
    opened = {key: assess(m, spectrum, library).open for key, m in library.models.items()}
    assert opened == {"alpha": MET, "beta": NOT_MET, "gamma": MET}
    beta = with_part(library.models["beta"], "weights", None)
    assert assess(beta, spectrum, library).open == UNDETERMINED


def test_each_step_is_met_not_met_or_open(library: Library) -> None:
    alpha = with_part(library.models["alpha"], "training-data", None)
    verdict = assess(alpha, library.definitions["spectrum"], library)
    outcomes = {rung.id: verdict.at_least(rung.id) for rung in verdict.definition.rungs}
    assert outcomes == {
        "product": MET,
        "weights": MET,
        "open-weights": MET,
        "everything-open": UNDETERMINED,
    }
    gamma = assess(library.models["gamma"], library.definitions["spectrum"], library)
    assert gamma.at_least("open-weights") == gamma.at_least("everything-open") == NOT_MET


# Properties, by the definitions of the site itself

STATES = ["released", "partial", "withheld", "unknown", "not-applicable"]
LICENCES = [
    *("mit", "apache-2.0", "gpl-3.0-only", "cc-by-4.0", "cc-by-nc-4.0", "pddl-1.0", "openmdw-1.0"),
    *("llama-2-community", "bigscience-rail-1.0", "gpt-2-modified-mit", "c-uda-1.0", "none", ""),
]
PARTS = list(samples.real().parts)
DEFINITIONS = list(samples.real().definitions)
OPENLY = fact("released", "apache-2.0")


@st.composite
def models(draw: st.DrawFn) -> Model:
    """A model with any parts in any states under any licences, by any route."""
    some = st.sampled_from(LICENCES)
    known = draw(st.sets(st.sampled_from(PARTS)))
    parts = {part: f"{draw(st.sampled_from(STATES))} {draw(some)}" for part in sorted(known)}
    general = {kind: draw(some) for kind in ("all", "code", "data", "document")}
    return samples.made(
        parts,
        access=draw(st.sampled_from(ROUTES)),
        rest=draw(st.sampled_from(["", "withheld", "released", "released apache-2.0"])),
        **{kind: licence for kind, licence in general.items() if licence and draw(st.booleans())},
    )


def outcomes(model: Model, definition: str) -> list[Outcome]:
    """What comes of each rung of a definition, lowest first."""
    real = samples.real()
    verdict = assess(model, real.definitions[definition], real)
    return [verdict.at_least(rung.id) for rung in verdict.definition.rungs]


def no_lower(after: list[Outcome], before: list[Outcome]) -> bool:
    return all(a >= b for a, b in zip(after, before, strict=True))


modestly = settings(max_examples=100, deadline=None, derandomize=True)


@modestly
@given(before=models(), part=st.sampled_from(PARTS))
def test_releasing_a_part_under_an_open_licence_never_lowers_a_verdict(
    before: Model, part: str
) -> None:
    after = with_part(before, part, OPENLY)
    for definition in DEFINITIONS:
        assert no_lower(outcomes(after, definition), outcomes(before, definition)), definition


@modestly
@given(before=models(), part=st.sampled_from(PARTS))
def test_what_is_not_known_lies_between_withheld_and_released(before: Model, part: str) -> None:
    unknown = with_part(before, part, None)
    withheld, released = with_part(before, part, fact("withheld")), with_part(before, part, OPENLY)
    for definition in DEFINITIONS:
        assert no_lower(outcomes(unknown, definition), outcomes(withheld, definition)), definition
        assert no_lower(outcomes(released, definition), outcomes(unknown, definition)), definition


@modestly
@given(
    before=models(),
    part=st.sampled_from(PARTS),
    state=st.sampled_from(STATES),
    licence=st.sampled_from(LICENCES),
)
def test_what_is_learnt_settles_and_never_unsettles(
    before: Model, part: str, state: str, licence: str
) -> None:
    unknown = with_part(before, part, None)
    known = with_part(before, part, fact(state, licence or None))
    for definition in DEFINITIONS:
        pairs = zip(outcomes(unknown, definition), outcomes(known, definition), strict=True)
        for was, now in pairs:
            assert was in (now, UNDETERMINED), definition


@modestly
@given(before=models(), part=st.sampled_from(PARTS))
def test_a_state_that_is_called_unknown_counts_like_a_part_that_is_not_listed(
    before: Model, part: str
) -> None:
    unlisted, unknown = with_part(before, part, None), with_part(before, part, fact("unknown"))
    for definition in DEFINITIONS:
        assert outcomes(unlisted, definition) == outcomes(unknown, definition)


@modestly
@given(model=models())
def test_steps_nest_and_agree_with_their_findings(model: Model) -> None:
    real = samples.real()
    for definition in real.definitions.values():
        found = outcomes(model, definition.id)
        assert found == sorted(found, reverse=True)
        verdict, worst = assess(model, definition, real), MET
        for rung, outcome in zip(definition.rungs, found, strict=True):
            worst = min(worst, *(f.outcome for f in verdict.findings[rung.id]))
            assert outcome == worst
        assert verdict.settled == (UNDETERMINED not in found)
        assert verdict.outcome == found[-1]
        assert ids(verdict.next) == next(
            (rung.id for rung, o in zip(definition.rungs, found, strict=True) if o != MET), None
        )


def test_nothing_known_reaches_what_access_alone_reaches() -> None:
    for access, step in (("none", 0), ("product", 1), ("api", 2), ("api-fine-tuning", 3)):
        assert outcomes(samples.made({}, access=access), "spectrum").count(MET) == step


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
