"""Prose read with the data: what is told of it, what is not, and what `check --fix` writes."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import samples
from fieldguide import consistency, figures, prose
from fieldguide.build import Site
from fieldguide.cli import main
from fieldguide.mentions import Page
from fieldguide.names import Names
from fieldguide.views import Guide

E = samples.EVIDENCE
MODEL = """\
name: {name}
family: {family}
developers: [acme]
description: {description}
{released}kind: {{input: [text], output: [text]}}
access: weights
licences: {{all: {licence}}}
parts:
  weights: {{state: released, evidence: [{E}]}}
sizes: [{{name: "7B", parameters: 7_300_000_000, context: 131_072}}]
evidence: {{parameters: [{E}], context: [{E}], licences: [{E}], released: [{E}]}}
"""


def model(
    name: str, family: str = "greek", released: str = "2024-11-26", licence: str = "free",
    description: str = "A model. It is small.",
) -> str:  # fmt: skip
    day = f"released: {released}\n" if released else ""
    text = MODEL.format(
        name=name, family=family, released=day, licence=licence, description=description, E=E
    )
    return text if day else text.replace(f", released: [{E}]", "")


def project(root: Path) -> Path:
    """The sample project with names of every kind."""
    samples.write(root)
    families = "data/vocabulary/families.yml"
    more = "quill: {label: Quill}\nstep: {label: Step}\n"
    samples.put(root, families, samples.FILES[families] + more)
    for key, text in {
        "quill-1": model("Quill", "quill"),
        "quill-2": model("Quill 2", "quill", licence="house"),
        "quill-2-vision": model("Quill 2 Vision", "quill"),
        "quill-3-5": model("Quill 3.5 Nib", "quill"),
        "owl": model("Owl", licence="house"),
        "step-3": model("Step 3", "step"),
    }.items():
        samples.put(root, f"data/models/{key}.yml", text)
    tool = samples.FILES["data/tools/walker.yml"]
    samples.put(root, "data/tools/quill-cpp.yml", tool.replace("Walker", "quill.cpp"))
    strict = samples.FILES["data/definitions/strict.yml"].replace("Strict Rule", "Source Rule")
    samples.put(root, "data/definitions/osaid.yml", strict.replace("short: Strict", "short: OSAID"))
    terms = samples.FILES["data/licences/free.yml"]
    named = terms.replace("The Free Licence", "Plume License 2.0").replace("Free\n", "Plume 2.0\n")
    samples.put(root, "data/licences/plume.yml", named.replace("spdx: MIT\n", ""))
    return root


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Guide:
    return Guide(samples.load(project(tmp_path_factory.mktemp("prose"))))


@pytest.fixture(scope="module")
def names(guide: Guide) -> Names:
    return Names(guide.library)


def page(text: str, names: Names) -> Page:
    return Page("content/a.md", text, names)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We ran Quill 2 here.", ["1:8 quill-2"]),
        ("We ran Quill\n2 here.", ["1:8 quill-2"]),
        ("Quill 2’s maker. Quill 2 again.", ["1:1 quill-2"]),
        ("| Name | B |\n|---|---|\n| Quill 2 | b |", ["3:3 quill-2"]),
        ("**Quill 2** 7B is out.", ["1:3 quill-2"]),
        ("It is Quill 2 Vision.", ["1:7 quill-2-vision"]),
        ("Run quill.cpp and Owl.", ["1:5 quill-cpp", "1:19 owl"]),
        ("It is under Plume 2.0 and the Free licence.", ["1:13 plume", "1:31 free"]),
        # A marker or link comes first.
        ('{{ model("quill-2") }} is Quill 2.', []),
        ('{{ parts_grid(["quill-2", "owl"]) }}\n\nIt is Quill 2, not Owl.', []),
        ("[Quill 2](https://q.example/) and Quill 2.", []),
        # This marker prints no link.
        ('On {{ model("quill-2").released }} came Quill 2.', ["1:41 quill-2"]),
        # No prose, or others' words.
        ("# Quill 2\n\nTitle Quill 2\n---\n\nIt is Owl.", ["6:7 owl"]),
        ("`Quill 2` and <b title='Quill 2'>x</b> <a href='x'>Quill 2</a>", []),
        ("```\nQuill 2\n```\n\n    Quill 2\n\n> Quill 2", []),
        ('!!! note "Quill 2"\n\n<!-- Quill 2 -->\n\n| Quill 2 |\n|---|\n| x |', []),
        ("She said “Quill 2 is out”.", []),
        ("---\ntitle: Quill 2\n---\nNothing.", []),
        ("---\ntitle: By Quill 2\n---\nBy Quill 2.", ["4:4 quill-2"]),
        # It may be something else.
        ("Owl is out.\n\n- Owl\n\nOur Barn Owl flies; an Owl-like bird.", []),
        ("Quill 2 Mini, Quill 2.1, Quill 2-b and Quill 2 pro. Quill and the Acme.", []),
        ("It is Free. You are Free now.", []),
    ],
)
def test_the_first_mention_is_a_marker_or_link(text: str, found: list[str], names: Names) -> None:
    told = [f.problem for f in prose.unlinked(page(text, names))]
    assert [f"{p.line}:{p.column} {p.hint.split(chr(34))[1]}" for p in told] == found


def test_what_a_name_without_a_link_is_told(names: Names) -> None:
    said = "Plume License 2.0 binds."
    [short] = prose.unlinked(page("It is Plume 2.0 here.", names))
    [long] = prose.unlinked(page(said, names))
    assert str(short.problem) == (
        "content/a.md:1:7: licence `Plume 2.0` is named here first, without a link. "
        'Write `{{ licence("plume") }}`.'
    )
    assert str(long.problem).endswith('`{{ licence("plume") }}`, which prints `Plume 2.0`.')
    assert (short.text, long.text) == ('{{ licence("plume") }}', None)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It was Quill 4 that won.", ["Quill 4"]),
        ("See Quill-2.5 and Quill v7.", ["Quill-2.5", "Quill v7"]),
        ("Quill 2, Quill-2, Quill2 and Quill 3.5 are known; Quill 7B is a size.", []),
        ('By its maker Quill 4 won {{ cite("paper") }}. “Quill 5” is a word.', []),
        ("Step 9 follows. In step 9 we rest.", []),
        ('# Step 9\n\n!!! note "Step 9"\n\n# Of Quill 4', ["Quill 4"]),
        ("`Quill 4`", []),
    ],
)
def test_versions_that_no_record_has(text: str, found: list[str], names: Names) -> None:
    told = [f.problem.message for f in prose.strangers(page(text, names), names)]
    assert told == [f"no model is called `{t}`, though its family is known" for t in found]


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("Quill 2 is open source.", 12),
        ("Quill 2 is a fine open-source model.", 19),
        ('{{ model("quill-2") }} was open-sourced.', 28),
        ("Take the open-source Quill 2.", 10),
        ("Take open source models such as Quill 2.", 6),
        # In titles, and in front matter.
        ("# Quill 2 is open source\n\nText.", 14),
        ('!!! note "Quill 2 is open source"', 22),
        ("---\ntitle: Quill 2 is open source\n---\n", 19),
        ("---\ntitle: A\ndescription: >-\n  So\n  Quill 2 is open source.\n---\n", 14),
        ("---\nlearn:\n- Why\n- The open-source Quill 2\nreviewed: x\n---\n", 7),
        ("---\nbottom_line: Alpha.\nkind: Quill 2 is open source\n---\n", 0),
        ("---\ntitle: Quill 2\ndescription: Is open source a fine thing?\n---\n", 0),
        ("# Take Quill 2\nIs open source a fine thing?", 0),
        # Denied, quoted, somebody's word, of another thing, or true.
        ("Quill 2 is not open source. Quill 2 is hardly, nor ever, open source.", 0),
        ("Quill 2 is “open source”. Acme calls it so: Quill 2 is open source.", 0),
        ("By its maker’s claim Quill 2 is open source.", 0),
        ("Quill 2 has open weights. Open source is a term.", 0),
        ("Quill 2 runs in an open source program, and Alpha is open source.", 0),
        ("Alpha is open source, and so is the program that runs Quill 2.", 0),
    ],
)
def test_open_source_is_said_of_what_is_open_source(
    text: str, column: int, names: Names, guide: Guide
) -> None:
    told = [f.problem for f in prose.called_open(page(text, names), guide)]
    assert [p.column for p in told] == ([column] if column else [])
    for problem in told:
        assert "`Quill 2` is called open source, but does not meet" in problem.message


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Quill 2 has 7.3 billion parameters.", ".parameters }}"),
        ("Quill 2, with 7.3 billion parameters, is small.", ".parameters }}"),
        ("Quill 2 reads up to 131,072 tokens.", ".context }}"),
        ("Quill 2 came out in November 2024.", ".released }}"),
        ("Acme published Quill 2 on 26 November 2024.", ".released }}"),
        ("Quill 2 was released in May 2023.", "came out: 26 November 2024"),
        ("Quill 2 is available under House terms.", None),
        ('Quill 2 is available under {{ licence("house") }}.', ".licence }}"),
        ('Quill 2 is under {{ licence("free") }}.', None),
        ('Quill 2 is under {{ model("quill-2").licence }}.', None),
        ("Quill 2 has 3 billion parameters, reads 99 tokens, and won in May 2023.", None),
        ("There are 12 models, 7 licences, and Article 53 of 2024.", None),
        ("---\ntitle: Quill 2 has 7.3 billion parameters\n---\n", "the text, by a marker: here"),
    ],
)
def test_figures_that_the_data_holds(
    text: str, found: str | None, names: Names, guide: Guide
) -> None:
    told = [str(f.problem) for f in figures.figures(page(text, names), guide)]
    assert len(told) == (found is not None), told
    assert not told or (found or "") in told[0]


def test_how_many_records_there_are() -> None:
    library = samples.real()
    guide, number = Guide(library), len(library.models)
    study = f"A study of {number} models {{{{ cite('x') }}}}."
    text = f"It has {number} models. {study} {number + 1} models."
    [told] = figures.figures(page(text, Names(library)), guide)
    assert str(told.problem).startswith("content/a.md:1:8: the number of models is written by hand")
    assert told.text == '{{ count("models") }}'


def test_citations_by_hand(names: Names) -> None:
    text = "So it is [^1] (Doe et al., 2024), and (Doe and Roe, 2023); not (May 2024) or (Art. 5)."
    told = [f.problem.message.split("`")[1] for f in prose.by_hand(page(text, names))]
    assert told == ["[^1]", "(Doe et al., 2024)", "(Doe and Roe, 2023)"]


# The whole project


def run(root: Path, *options: str) -> tuple[int, list[str]]:
    result = CliRunner().invoke(main, ["check", "--root", str(root), *options])
    return result.exit_code, result.stdout.splitlines()


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    return project(tmp_path)


ONE = "content/understand/one.md"
TWO = "---\r\ntitle: Two\r\ndescription: {}\r\n---\r\n# Quill 2\r\n\r\nBy Quill\r\n2,  and Owl.\r\n"


def test_a_description_that_calls_its_model_open_source(root: Path) -> None:
    text = model(
        "Quill 4", "quill", licence="house", description="An open-source model. It is new."
    )
    samples.put(root, "data/models/quill-4.yml", text)
    fair = "Acme calls it an open-source model. It was made from an open source model."
    samples.put(root, "data/models/quill-5.yml", text.replace("Quill 4", "Quill 5").replace(
        "An open-source model. It is new.", fair))  # fmt: skip
    unsure = model("Quill 6", "quill", description="An open-source model. It is new.")
    samples.put(root, "data/models/quill-6.yml", unsure)
    code, lines = run(root)
    assert code == 1
    assert [line.split(". ")[0] for line in lines] == [
        "data/models/quill-4.yml:4:14: `Quill 4` is called open source, but does not meet the Open "
        "Source AI Definition",
        "data/models/quill-6.yml:4:14: `Quill 6` is called open source, but is not known to meet "
        "the Open Source AI Definition",
    ]


def test_terms_and_works_that_nothing_uses(root: Path) -> None:
    glossary, works = "data/glossary.yml", "data/references.yml"
    samples.put(root, glossary, samples.FILES[glossary] + (
        "pen: {term: open, definition: Used by nobody., see: [ink]}\n"
        "ink: {term: ink, definition: Led to by a dead term., see: [pen]}\n"
    ))  # fmt: skip
    work = "{id}: {{type: book, title: T, issued: 2020, URL: 'https://e.example/', read: {read}}}\n"
    more = work.format(id="idle", read="full") + work.format(id="further", read="not")
    samples.put(root, works, samples.FILES[works] + more)
    _, lines = run(root)
    assert len(lines) == 3
    assert lines[0] == (
        f"{glossary}:8:1: no page uses the term `pen`. "
        f'Write `{{{{ term("pen", "open") }}}}` in {ONE}:13, or delete it.'
    )
    assert lines[1].startswith(f"{glossary}:9:1: no page uses the term `ink`. Write `{{{{ term(")
    assert lines[2].startswith(works)
    assert "nothing cites the work `idle`" in lines[2]


def test_what_is_certain_is_mended_and_every_other_byte_stays(root: Path) -> None:
    text = TWO.format("A page with the ends of lines of another system, and a mark before it.")
    raw = b"\xef\xbb\xbf" + text.encode()
    samples.put(root, "content/two.md", raw)
    code, before = run(root)
    assert (code, len(before)) == (1, 2)
    code, lines = run(root, "--fix")
    assert lines == [
        'Mended content/two.md:7:4: Quill 2 → {{ model("quill-2") }}',
        'Mended content/two.md:8:9: Owl → {{ model("owl") }}',
        "All is well: 9 models, 3 licences, 3 tools, 3 written pages.",
    ]
    assert code == 0
    mended = raw.replace(
        b"Quill\r\n2,  and Owl", b'{{ model("quill-2") }},  and {{ model("owl") }}'
    )
    assert (root / "content/two.md").read_bytes() == mended
    assert run(root, "--fix") == (0, lines[-1:])
    assert (root / "content/two.md").read_bytes() == mended


def test_no_marker_is_written_where_none_can_stand(root: Path) -> None:
    front = "Quill 2 came out on 26 November 2024, and reads 131,072 tokens of text."
    text = TWO.format(front).replace("By Quill\r\n2,  and Owl", "Words").replace(
        "# Quill 2", "# Quill 2 came out on 26 November 2024")  # fmt: skip
    samples.put(root, "content/two.md", text.encode())
    code, lines = run(root, "--fix")
    assert (code, len(lines)) == (1, 2)
    for line, place in zip(lines, ("3:34", "5:23"), strict=True):
        assert line.startswith(f"content/two.md:{place}: the date of `Quill 2` is written by hand")
        assert "Say it in the text, by a marker" in line
    assert (root / "content/two.md").read_bytes() == text.encode()


def test_what_is_not_certain_stays_and_is_told(root: Path) -> None:
    samples.edit(root, ONE, "Its {{", "Quill 2 came out in May 2023. Its {{")
    code, lines = run(root, "--fix")
    assert (code, len(lines)) == (1, 2)
    assert lines[0].startswith(f"Mended {ONE}:")
    assert "Correct one of them, or write `{{ model(" in lines[1]


def test_nothing_is_mended_while_there_is_anything_worse(root: Path) -> None:
    samples.edit(root, ONE, "Its {{", "Quill 2 and {{ model(“owl”) }}. Its {{")
    before = (root / ONE).read_bytes()
    code, lines = run(root, "--fix")
    assert (code, len(lines)) == (1, 1)
    assert lines[0].startswith(f"{ONE}:")
    assert (root / ONE).read_bytes() == before


def test_a_build_does_not_stop_for_it(root: Path) -> None:
    samples.edit(root, ONE, "Its {{", "Quill 2 has 7.3 billion parameters. Its {{")
    assert len(consistency.check(root, Site(root))) == 2
    assert samples.wrong_site(root) == []


def test_the_guide_agrees_with_its_data() -> None:
    _, lines = run(samples.ROOT)
    assert [line for line in lines if not line.startswith("All is well")] == []
