"""All records by id, checked against each other; what is wrong with them, once and in its place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import samples
from fieldguide.problems import ProblemsFound
from fieldguide.records import FILES, NEEDED
from fieldguide.survey import load, survey

FOLDERS = (
    "data/models/, data/licences/, data/tools/, data/definitions/, data/comparisons/, "
    "data/debates/, data/history"
)


def test_the_sample_is_read_whole(tmp_path: Path) -> None:
    library = samples.library(tmp_path)
    assert list(library.models) == ["alpha", "beta", "gamma"]
    assert list(library.licences) == ["free", "house"]
    assert list(library.tools) == ["runner", "walker"]
    assert list(library.organisations) == ["acme", "zenith"]
    assert list(library.glossary) == ["lora", "weights"]
    assert list(library.references) == ["paper", "gradient"]
    assert list(library.changes) == ["first", "second"]
    assert list(library.comparisons) == ["sides"]
    assert list(library.debates) == ["dispute", "fear", "quarrel"]
    assert list(library.definitions) == ["spectrum", "strict"]
    assert library.models["alpha"].id == "alpha"
    assert library.parts["weights"].kind == "data"
    assert library.terms["commercial-use"].group == "permission"
    assert library.answers["allowed"].tone == "good"
    assert library.label("families", "greek") == "Greek"
    assert not library.broken
    assert not library.unread


def test_each_record_knows_its_file(tmp_path: Path) -> None:
    library = samples.library(tmp_path)
    assert library.paths["models", "alpha"] == "data/models/alpha.yml"
    assert library.paths["organisations", "acme"] == "data/organisations.yml"
    assert library.paths["parts", "weights"] == "data/vocabulary/parts.yml"


def test_a_library_does_not_change(tmp_path: Path) -> None:
    library = samples.library(tmp_path)
    with pytest.raises(TypeError):
        library.models["delta"] = library.models["alpha"]  # type: ignore[index]


def test_loading_raises_everything_that_is_wrong(tmp_path: Path) -> None:
    samples.write(tmp_path)
    samples.edit(tmp_path, "data/models/beta.yml", "name: Beta", "nmae: Beta")
    samples.edit(tmp_path, "data/tools/walker.yml", "maker: acme", "maker: acne")
    with pytest.raises(ProblemsFound) as caught:
        load(tmp_path)
    assert [str(problem) for problem in caught.value.problems] == [
        "data/models/beta.yml:1:1: the key `name` is missing.",
        "data/models/beta.yml:1:1: unknown key `nmae`. Did you mean `name`?",
        "data/tools/walker.yml:2:8: unknown id `acne` in organisations. Did you mean `acme`?",
    ]


@pytest.mark.parametrize(
    ("path", "old", "new", "collection", "hint"),
    [
        ("models/gamma", "[alpha]", "[|alpah]", "models", "Did you mean `alpha`?"),
        (
            "models/gamma",
            "licence: house",
            "licence: |zzz",
            "licences",
            "Add data/licences/<id>.yml, or correct the id.",
        ),
        ("models/gamma", "licence: house", "licence: |non", "licences", "Did you mean `none`?"),
        (
            "models/gamma",
            "family: greek",
            "family: |latin",
            "families",
            "Add it to data/vocabulary/families.yml, or correct the id.",
        ),
        ("models/gamma", "partial", "|partly", "states", "Did you mean `partial`?"),
        ("models/alpha", "via: paper", "via: |papre", "references", "Did you mean `paper`?"),
        ("licences/free", "notices: {", "|noticez: {", "terms", "Did you mean `notices`?"),
        (
            "licences/house",
            "family: free",
            "family: |fre",
            "licence-families",
            "Did you mean `free`?",
        ),
        (
            "definitions/strict",
            "[alpha, beta]",
            "[beta, |alpah]",
            "models",
            "Did you mean `alpha`?",
        ),
        ("definitions/strict", "[paper]", "[|papre]", "references", "Did you mean `paper`?"),
        (
            "definitions/spectrum",
            "on, strict]",
            "on, |strikt]",
            "definitions",
            "Did you mean `strict`?",
        ),
        (
            "debates/fear",
            "topic: safety",
            "topic: |safty",
            "debate-topics",
            "Did you mean `safety`?",
        ),
        (
            "debates/fear",
            "marks., sources: [paper]",
            "marks., sources: [|papre]",
            "references",
            "Did you mean `paper`?",
        ),
        (
            "debates/fear",
            "Ouch., sources: [paper]",
            "Ouch., sources: [|papre]",
            "references",
            "Did you mean `paper`?",
        ),
        (
            "debates/quarrel",
            "01, sources: [gradient]",
            "01, sources: [|gradiant]",
            "references",
            "Did you mean `gradient`?",
        ),
        ("debates/quarrel", "[alpha, beta]", "[beta, |alpah]", "models", "Did you mean `alpha`?"),
        ("debates/dispute", "[quarrel]", "[|quarel]", "debates", "Did you mean `quarrel`?"),
        ("glossary", "see: [weights]", "see: [|wights]", "glossary", "Did you mean `weights`?"),
        ("models/alpha", "[sw, ", "[|swahili, ", "languages", "Did you mean `sw`?"),
        (
            *("models/alpha", "[sw, ", "[|qq, ", "languages"),
            "Add it to data/vocabulary/languages.yml, or correct the id.",
        ),
        ("changes", "[runner]", "[|runer]", "tools", "Did you mean `runner`?"),
        ("comparisons/sides", "[paper]", "[|papers]", "references", "Did you mean `paper`?"),
        (
            "definitions/spectrum",
            "access: product",
            "access: |produce",
            "access",
            "Did you mean `product`?",
        ),
    ],
)
def test_an_id_that_points_nowhere(
    tmp_path: Path, path: str, old: str, new: str, collection: str, hint: str
) -> None:
    path = f"data/{path}.yml"
    samples.write(tmp_path)
    samples.edit(tmp_path, path, old, new.replace("|", ""))
    unknown = new.split("|")[1].rstrip("]: {,")
    place = samples.place(tmp_path, path, unknown)
    assert samples.wrong(tmp_path) == [f"{place}: unknown id `{unknown}` in {collection}. {hint}"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("dangerous?", "dangerous", "1:1: `question` must end with a question mark."),
        ("id: tame", "id: bite", "1:1: two of its positions have the same id."),
        ("marks., sources: [paper]", "marks.", "11:20: the key `sources` is missing."),
        ("marks., sources: [paper]", "marks., sources: []", "11:55: `sources` needs 1 or more"),
        ("short: Danger", f"short: {'D' * 31}", "2:8: `short` is longer than 30 characters."),
    ],
)
def test_what_a_debate_lacks_is_told_in_its_place(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    samples.write(tmp_path)
    samples.edit(tmp_path, "data/debates/fear.yml", old, new)
    [line] = samples.wrong(tmp_path)
    assert line.startswith(f"data/debates/fear.yml:{told}")


def test_a_word_that_is_allowed_beside_ids_in_one_place_is_not_in_another(tmp_path: Path) -> None:
    samples.write(tmp_path)
    samples.edit(tmp_path, "data/comparisons/sides.yml", "[paper]", "[primary]")
    place = samples.place(tmp_path, "data/comparisons/sides.yml", "primary")
    hint = "Add it to data/references.yml, or correct the id."
    assert samples.wrong(tmp_path) == [f"{place}: unknown id `primary` in references. {hint}"]


@pytest.mark.parametrize(
    ("path", "broken"),
    [
        ("data/models/alpha.yml", 'name: "Alpha\n'),
        ("data/models/alpha.yml", "nmae: Alpha\n"),
        ("data/models/alpha.yml", "- Alpha\n"),
        ("data/models/alpha.yml", "id: beta\n"),
        ("data/licences/free.yml", "a: [\n"),
        ("data/definitions/spectrum.yml", "a: [\n"),
        ("data/organisations.yml", "a: [\n"),
        ("data/organisations.yml", "- acme\n"),
        ("data/references.yml", "paper: paper\n"),
        ("data/references.yml", "- paper\n"),
        ("data/glossary.yml", "a: *b\n"),
        *((f"data/vocabulary/{name}.yml", "a: [\n") for name in ("states", "parts", "access")),
        *((f"data/vocabulary/{name}.yml", None) for name in ("states", "terms", "families")),
        ("data/organisations.yml", None),
    ],
)
def test_what_is_broken_is_not_told_again_where_it_is_used(
    tmp_path: Path, path: str, broken: str | None
) -> None:
    samples.write(tmp_path)
    if broken is None:
        (tmp_path / path).unlink()
    else:
        samples.put(tmp_path, path, broken)
    told = samples.wrong(tmp_path)
    assert told
    others = [line for line in told if not line.startswith(path)]
    assert all("unknown id `gradient`" in line for line in others), others
    elsewhere = [line for line in samples.wrong_site(tmp_path) if not line.startswith(path)]
    assert elsewhere == others


def test_a_file_that_is_missing_is_told(tmp_path: Path) -> None:
    samples.write(tmp_path)
    (tmp_path / "data/glossary.yml").unlink()
    assert samples.wrong(tmp_path) == ["data/glossary.yml:1:1: the file is missing. Restore it."]


def test_a_project_without_data_names_every_file_it_needs(tmp_path: Path) -> None:
    told = samples.wrong(tmp_path)
    assert told == sorted(
        f"data/{file}:1:1: the file is missing. Restore it." for file, _ in FILES.values()
    )


def test_only_whole_records_are_left(tmp_path: Path) -> None:
    samples.write(tmp_path)
    samples.edit(tmp_path, "data/licences/free.yml", "read: whole", "read: all")
    library, problems = survey(tmp_path)
    assert len(problems) == 1
    assert list(library.licences) == ["house"]
    assert list(library.models) == ["beta"], "gamma is based on alpha, alpha is under free"
    assert list(library.tools) == ["walker"]
    assert list(library.changes) == ["second"]
    expected = {("licences", "free"), ("models", "alpha"), ("models", "gamma")}
    assert expected <= library.broken


def test_records_that_point_at_each_other_fall_together(tmp_path: Path) -> None:
    samples.write(tmp_path)
    samples.edit(
        tmp_path,
        "data/glossary.yml",
        "weights: {term: weights,",
        "weights: {term: weights, see: [lora, gone],",
    )
    library, problems = survey(tmp_path)
    assert [problem.message for problem in problems] == ["unknown id `gone` in glossary"]
    assert list(library.glossary) == []


@pytest.mark.parametrize(
    ("path", "name", "other"),
    [
        ("data/models/beta.yml", "Beta", "Alpha"),
        ("data/models/beta.yml", "Beta", "ALPHA"),
        ("data/licences/house.yml", "House Terms", "The free licence"),
        ("data/tools/walker.yml", "Walker", "runner"),
    ],
)
def test_two_of_a_kind_may_not_share_a_name(
    tmp_path: Path, path: str, name: str, other: str
) -> None:
    samples.write(tmp_path)
    samples.edit(tmp_path, path, f"name: {name}", f"name: {other}")
    first = {"models": "alpha", "licences": "free", "tools": "runner"}[path.split("/")[1]]
    expected = f"{path}:1:7: `{first}` has the same name. Keep one of the two."
    assert samples.wrong(tmp_path) == [expected]


def test_organisations_may_not_share_a_name_either(tmp_path: Path) -> None:
    samples.write(tmp_path)
    samples.edit(tmp_path, "data/organisations.yml", "name: Zenith", "name: Acme")
    expected = "7:16: `acme` has the same name. Keep one of the two."
    assert samples.wrong(tmp_path) == [f"data/organisations.yml:{expected}"]


def test_a_definition_that_asks_for_itself_is_told_once(tmp_path: Path) -> None:
    samples.write(tmp_path)
    path = "data/definitions/strict.yml"
    samples.edit(tmp_path, path, "any: [training-data, data-information]", "definition: strict")
    place = samples.place(tmp_path, path, "rungs:")
    hint = "Ask for a definition that does not lead back here."
    assert samples.wrong_site(tmp_path) == [f"{place}: `strict` asks for itself. {hint}"]


def test_definitions_that_ask_for_each_other_are_told(tmp_path: Path) -> None:
    samples.write(tmp_path)
    strict, spectrum = "data/definitions/strict.yml", "data/definitions/spectrum.yml"
    samples.edit(tmp_path, strict, "any: [training-data, data-information]", "definition: spectrum")
    samples.edit(tmp_path, spectrum, "any: [training-data]", "definition: strict")
    hint = "Ask for a definition that does not lead back here."
    assert samples.wrong_site(tmp_path) == [
        f"{samples.place(tmp_path, path, 'rungs:')}: `{key}` asks for itself. {hint}"
        for path, key in ((spectrum, "spectrum"), (strict, "strict"))
    ]


def test_a_definition_may_ask_for_another(tmp_path: Path) -> None:
    samples.write(tmp_path)
    path = "data/definitions/spectrum.yml"
    samples.edit(tmp_path, path, "any: [training-data]", "definition: strict")
    assert samples.wrong_site(tmp_path) == []


def test_a_definition_that_was_mistyped_is_told(tmp_path: Path) -> None:
    samples.write(tmp_path)
    path = "data/definitions/spectrum.yml"
    samples.edit(tmp_path, path, "any: [training-data]", "definition: strikt")
    place = samples.place(tmp_path, path, "strikt")
    hint = "Did you mean `strict`?"
    assert samples.wrong(tmp_path) == [f"{place}: unknown id `strikt` in definitions. {hint}"]


def test_an_id_in_a_file_must_be_the_name_of_the_file(tmp_path: Path) -> None:
    samples.write(tmp_path)
    samples.edit(tmp_path, "data/tools/walker.yml", "name: Walker", "id: runner\nname: Walker")
    expected = "1:5: the id must be the file's name, `walker`. Drop `id`."
    assert samples.wrong(tmp_path) == [f"data/tools/walker.yml:{expected}"]


def test_the_same_id_in_a_file_does_no_harm(tmp_path: Path) -> None:
    samples.write(tmp_path)
    samples.edit(tmp_path, "data/tools/walker.yml", "name: Walker", "id: walker\nname: Walker")
    assert samples.wrong(tmp_path) == []


ID_HINT = "Use lower-case letters, digits and single hyphens, such as `olmo-2`."


@pytest.mark.parametrize("name", ["Big", "a b", "a_b", "ä", "..b", "a--b", "-a"])
def test_a_file_must_be_named_like_an_id(tmp_path: Path, name: str) -> None:
    samples.write(tmp_path)
    samples.put(tmp_path, f"data/tools/{name}.yml", samples.FILES["data/tools/walker.yml"])
    (tmp_path / "data/tools/walker.yml").unlink()
    expected = f"data/tools/{name}.yml:1:1: `{name}` cannot be an id. {ID_HINT}"
    assert samples.wrong(tmp_path) == [expected]


@pytest.mark.parametrize("key", ["../../etc", "a/b", "Big", "."])
def test_a_key_must_be_an_id(tmp_path: Path, key: str) -> None:
    samples.write(tmp_path)
    samples.edit(tmp_path, "data/organisations.yml", "zenith: {", f"{key}: {{")
    expected = f"data/organisations.yml:7:1: `{key}` cannot be an id. {ID_HINT}"
    assert samples.wrong(tmp_path) == [expected]


@pytest.mark.parametrize("target", ["../beta", "../../../etc/passwd", "a/b"])
def test_an_id_cannot_lead_out_of_its_folder(tmp_path: Path, target: str) -> None:
    samples.write(tmp_path)
    samples.edit(tmp_path, "data/models/gamma.yml", "[alpha]", f'["{target}"]')
    place = samples.place(tmp_path, "data/models/gamma.yml", f'"{target}"')
    assert samples.wrong(tmp_path) == [f"{place}: `{target}` cannot be an id. {ID_HINT}"]


@pytest.mark.parametrize(
    "path",
    [
        "data/models/delta.yaml",
        "data/models/delta.yml.bak",
        "data/models/delta.json",
        "data/models/more/delta.yml",
        "data/delta.yml",
        "data/modles/delta.yml",
        "data/vocabulary/sizes.yml",
    ],
)
def test_a_file_that_nothing_reads_is_told(tmp_path: Path, path: str) -> None:
    samples.write(tmp_path)
    samples.put(tmp_path, path, samples.FILES["data/models/beta.yml"])
    hint = f"Records end in .yml and lie in {FOLDERS}."
    assert samples.wrong(tmp_path) == [f"{path}:1:1: nothing reads this file. {hint}"]


def test_hidden_files_are_left_alone(tmp_path: Path) -> None:
    samples.write(tmp_path)
    samples.put(tmp_path, "data/.DS_Store", "x")
    samples.put(tmp_path, "data/models/.delta.yml.swp", "x")
    assert samples.wrong(tmp_path) == []


def test_links_are_refused_wherever_they_lead(tmp_path: Path) -> None:
    root = samples.write(tmp_path / "project")
    samples.put(tmp_path, "outside.yml", samples.FILES["data/tools/walker.yml"])
    (root / "data/tools/walker.yml").unlink()
    (root / "data/tools/walker.yml").symlink_to(tmp_path / "outside.yml")
    (root / "data/more").symlink_to(tmp_path)
    (root / "data/gone.yml").symlink_to("nowhere")
    assert samples.wrong(root) == [
        f"{path}:1:1: a symbolic link. Put the file here."
        for path in ("data/gone.yml", "data/more", "data/tools/walker.yml")
    ]


def test_a_folder_that_is_a_link_is_refused(tmp_path: Path) -> None:
    root = samples.write(tmp_path / "project")
    (root / "data/tools").rename(tmp_path / "tools")
    (root / "data/tools").symlink_to(tmp_path / "tools")
    assert "data/tools:1:1: a symbolic link. Put the file here." in samples.wrong(root)


@pytest.mark.parametrize(
    ("path", "fact", "stated"),
    [
        ("data/models/beta.yml", "released", "released: 2023-03"),
        ("data/models/beta.yml", "access", "access: product"),
        ("data/models/beta.yml", "languages", "name: Beta"),
        ("data/models/alpha.yml", "languages", 'languages: [sw, "no"]'),
        ("data/models/gamma.yml", "based_on", "based_on: [alpha]"),
        ("data/models/gamma.yml", "licences", "name: Gamma"),
        ("data/tools/runner.yml", "needs", "needs: A machine"),
        ("data/tools/runner.yml", "platforms", "platforms: [linux, macos]"),
    ],
)
def test_a_fact_without_evidence_is_told(tmp_path: Path, path: str, fact: str, stated: str) -> None:
    samples.write(tmp_path)
    samples.edit(tmp_path, path, f"  {fact}: [{samples.EVIDENCE}]\n", "")
    hint = f"Add `evidence: {{{fact}: [{{url: …, via: …}}]}}`, or leave it out."
    place = samples.place(tmp_path, path, stated)
    assert samples.wrong(tmp_path) == [f"{place}: `{fact}` is stated without evidence. {hint}"]


@pytest.mark.parametrize(
    ("term", "answer", "wrong", "fitting"),
    [
        (
            *("commercial-use", "allowed", "required"),
            "allowed, conditions, forbidden, unspecified",
        ),
        ("use-restrictions", "none", "allowed", "none, limited, unspecified"),
    ],
)
def test_an_answer_must_fit_what_is_asked(
    tmp_path: Path, term: str, answer: str, wrong: str, fitting: str
) -> None:
    samples.write(tmp_path)
    path, said = "data/licences/free.yml", f"{term}: {{answer: "
    samples.edit(tmp_path, path, said + answer, said + wrong)
    file, line, column = samples.place(tmp_path, path, said).split(":")
    place = f"{file}:{line}:{int(column) + len(said)}"
    assert samples.wrong(tmp_path) == [
        f"{place}: `{wrong}` does not answer `{term}`. Use one of {fitting}."
    ]


def test_an_answer_that_is_no_answer_is_told_once(tmp_path: Path) -> None:
    samples.write(tmp_path)
    samples.edit(tmp_path, "data/licences/free.yml", "answer: none", "answer: nope")
    [told] = samples.wrong(tmp_path)
    assert "unknown id `nope` in answers" in told


def test_a_record_that_is_no_mapping_is_told(tmp_path: Path) -> None:
    samples.write(tmp_path)
    samples.edit(tmp_path, "data/glossary.yml", "weights: {term: weights,", "weights: text #")
    expected = "7:10: a record must be a mapping of fields to values."
    assert samples.wrong(tmp_path) == [f"data/glossary.yml:{expected}"]


def test_a_file_of_records_must_be_a_mapping(tmp_path: Path) -> None:
    samples.write(tmp_path, **{"data/changes.yml": "- one\n- two\n"})
    expected = "1:1: the file must be a mapping of ids to records."
    assert samples.wrong(tmp_path) == [f"data/changes.yml:{expected}"]


def test_problems_are_in_order_and_not_repeated(tmp_path: Path) -> None:
    samples.write(tmp_path)
    for path in ("data/tools/runner.yml", "data/models/beta.yml", "data/licences/house.yml"):
        samples.put(tmp_path, path, "zzz: 1\n")
    told = [(p.path, p.line, p.column) for p in survey(tmp_path)[1]]
    assert told == sorted(told)
    assert len(samples.wrong(tmp_path)) == len(set(samples.wrong(tmp_path)))


def test_a_check_of_memory_is_of_a_size_that_there_is(tmp_path: Path) -> None:
    samples.write(tmp_path)
    samples.edit(tmp_path, "data/memory-checks.yml", "size: 7B", "size: 8B")
    assert samples.wrong(tmp_path) == [
        "data/memory-checks.yml:1:59: `alpha` has no size `8B`. Use one of 1B, 7B."
    ]


@pytest.mark.parametrize("extra", ["precision: f16, tokens: 3", ""])
def test_a_check_of_memory_is_of_weights_or_of_a_cache(tmp_path: Path, extra: str) -> None:
    samples.write(tmp_path)
    path = "data/memory-checks.yml"
    samples.edit(tmp_path, path, "precision: f16, ", f"{extra}, " if extra else "")
    (told,) = samples.wrong(tmp_path)
    assert "needs either `precision` or `tokens`" in told


@pytest.mark.parametrize("name", NEEDED)
def test_a_word_that_pages_are_made_with_may_not_be_taken_out(tmp_path: Path, name: str) -> None:
    root = samples.write(tmp_path)
    path = f"data/{FILES[name][0]}"
    word = NEEDED[name][0]
    text = (root / path).read_text(encoding="utf-8")
    samples.put(root, path, re.sub(rf'^"?{word}"?:', "another:", text, count=1, flags=re.MULTILINE))
    message = f"`{word}` is missing, which pages are made with. Restore it."
    assert f"{path}:1:1: {message}" in samples.wrong(root)
