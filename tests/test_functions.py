"""What each marker says, on the page where it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markupsafe import Markup

import samples
from fieldguide.functions import Functions
from fieldguide.markers import Block, expand
from fieldguide.render import Renderer
from fieldguide.selections import NotKnown
from fieldguide.views import Guide


@pytest.fixture(scope="module")
def renderer(tmp_path_factory: pytest.TempPathFactory) -> Renderer:
    root = tmp_path_factory.mktemp("functions")
    return Renderer(root, samples.guide(root))


@pytest.fixture
def functions(renderer: Renderer) -> Functions:
    return Functions(renderer, "understand/one/")


def said(functions: Functions, expression: str) -> str:
    """What `{{ expression }}` gives, as HTML."""
    found = expand("{{ " + expression + " }}", "a.md", functions.vocabulary())
    assert [str(problem) for problem in found.problems] == []
    return found.fill(found.markdown)


UP = "../../"
FREE = f'<a href="{UP}licences/free/">Free</a>'
HOUSE = f'<a href="{UP}licences/house/">House</a>'


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ('model("alpha")', f'<a href="{UP}models/alpha/">Alpha</a>'),
        ('model("alpha").name', "Alpha"),
        ('model("alpha").released', "26 November 2024"),
        ('model("beta").released', "March 2023"),
        ('model("gamma").released', "not known"),
        ('model("alpha").developer', f'<a href="{UP}models/makers/acme/">Acme</a>'),
        ('model("alpha").parameters', "7.3B"),
        ('model("alpha").context', "131,072"),
        ('model("beta").parameters', "not known"),
        ('model("beta").context', "not known"),
        ('model("alpha").licence', FREE),
        ('model("gamma").licence', HOUSE),
        ('model("beta").licence', "licence not known"),
        ('model("alpha").licence_code', FREE),
        ('model("gamma").licence_code', "licence not known"),
        ('model("beta").access', "Product only"),
        ('model("gamma").step', "Weights"),
        ('licence("free")', FREE),
        ('licence("free").name', "The Free Licence"),
        ('licence("free").category', "Permissive"),
        ('licence("free").approval', "OSI, FSF, Open Definition"),
        ('licence("house").approval', "none"),
        ('licence("house").threshold', "700,000,000 users a month"),
        ('licence("free").threshold', "no size threshold known"),
        ('licence("free").term("commercial-use")', "allowed (clause 2.1)"),
        ('licence("free").term("notices")', "required (notice paragraph)"),
        ('licence("house").term("commercial-use")', "with conditions"),
        ('licence("house").term("notices")', "not known"),
        ('tool("runner")', f'<a href="{UP}run/tools/runner/">Runner</a>'),
        ('tool("runner").licence', FREE),
        ('tool("walker").licence', "licence not known"),
        ('tool("runner").maker', f'<a href="{UP}models/makers/acme/">Acme</a>'),
        ('tool("runner").best_for', "Everyone"),
        ('tool("walker").best_for', "not known"),
        ('organisation("acme")', f'<a href="{UP}models/makers/acme/">Acme</a>'),
        ('organisation("acme").name', "Acme"),
        ('part("alpha", "weights")', "released"),
        ('part("gamma", "weights")', "partial"),
        ('part("gamma", "model-card")', "unknown"),
        ('count("models")', "3"),
        ('count("models", access="weights")', "2"),
        ('count("models", part="training-data", state="released")', "1"),
        ('count("licences", osi=true)', "1"),
        ('count("definitions")', "2"),
        ('definition("strict")', '<a href="../definitions/strict/">Strict Rule</a>'),
        ('definition("strict").name', "Strict Rule"),
        ('definition("strict").publisher', "Acme"),
        ('definition("strict").version', "2"),
        ('definition("strict").dated', "January 2026"),
        ('definition("strict").met', "1"),
        ('verdict("alpha", "strict")', "Strictly open"),
        ('debate("fear")', f'<a href="{UP}debates/fear/">Are numbers dangerous?</a>'),
        ('debate("fear").short', f'<a href="{UP}debates/fear/">Danger</a>'),
        ('debate("fear").topic', "Safety"),
        ('debate("dispute").reviewed', "October 2026"),
        ('count("debates", topic="words")', "2"),
        ('verdict("beta", "strict")', "Not strict"),
        ('verdict("gamma", "spectrum")', "Weights"),
    ],
)
def test_a_fact_in_a_text(functions: Functions, expression: str, result: str) -> None:
    assert said(functions, expression) == result


def test_a_term_links_to_the_glossary_with_its_definition(functions: Functions) -> None:
    link = '<a class="fg-term" href="../glossary/#lora"'
    title = ' title="A way to tune a model with few numbers.">'
    assert said(functions, 'term("lora")') == f"{link}{title}LoRA</a>"
    assert said(functions, 'term("lora", "adapters")') == f"{link}{title}adapters</a>"


def test_links_depend_on_the_page(renderer: Renderer) -> None:
    assert said(Functions(renderer, ""), 'model("alpha")') == '<a href="models/alpha/">Alpha</a>'
    here = Functions(renderer, "models/alpha/")
    assert said(here, 'model("alpha")') == '<a href="./">Alpha</a>'


def test_citations_are_numbered_by_first_mention(functions: Functions) -> None:
    first = said(functions, 'cite("gradient")')
    assert 'href="#source-1"' in first
    assert ">[1]</a>" in first
    both = said(functions, 'cite("paper", "gradient")')
    assert re.findall(r">\[(\d)\]<", both) == ["2", "1"]
    assert "[2, p. 4]" in said(functions, 'cite("paper", at="p. 4")')
    assert functions.cited == ["gradient", "paper"]


def test_a_comparison_cites_the_works_behind_its_cells(functions: Functions) -> None:
    said(functions, 'cite("gradient")')
    table = said(functions, 'comparison("sides")')
    assert functions.cited == ["gradient", "paper"]
    assert 'href="#source-2"' in table
    assert "What speaks for each. As of November 2026." in table
    assert re.findall(r"<th scope=\"col\">(\w+)</th>", table) == ["Left", "Right"]


def test_a_comparison_may_name_its_rows_and_set_figures_at_the_right(tmp_path: Path) -> None:
    root = samples.write(tmp_path)
    samples.edit(root, "data/comparisons/sides.yml", "columns:", "of: Matter\ncolumns:")
    samples.edit(root, "data/comparisons/sides.yml", "label: Left}", "label: Left, number: true}")
    functions = Functions(Renderer(root, Guide(samples.load(root))), "")
    table = said(functions, 'comparison("sides")')
    assert '<th scope="col">Matter</th><th scope="col" class="fg-number">Left</th>' in table
    assert table.count('class="fg-number"') == 1 + len(functions.library.comparisons["sides"].rows)


def test_claims_stand_beside_the_verdicts(functions: Functions) -> None:
    table = said(functions, 'claims_table("open")')
    assert "“fully open”" in table
    assert "Strictly open" in table
    assert "1 claim. Strict Rule: 1 met, 0 not determined, 0 not met." in re.sub(r"\s+", " ", table)


def test_only_claims_of_the_word_asked_for_are_listed(tmp_path: Path) -> None:
    root = samples.write(tmp_path)
    claim = f"  - {{says: open-source, words: free, evidence: [{samples.EVIDENCE}]}}\n"
    samples.edit(root, "data/models/alpha.yml", "claims:\n", f"claims:\n{claim}")
    functions = Functions(Renderer(root, Guide(samples.load(root))), "")
    assert "“fully open”" not in said(functions, 'claims_table("open-source")')
    assert "“free”" not in said(functions, 'claims_table("open")')


def test_a_claim_that_nobody_makes_is_named(functions: Functions) -> None:
    with pytest.raises(NotKnown, match="unknown claim `closed`"):
        functions.claims_table("closed")


def test_two_pages_do_not_share_their_citations(renderer: Renderer) -> None:
    one, two = Functions(renderer, ""), Functions(renderer, "")
    one.cite("paper")
    assert two.cited == []


def rows(html: str) -> list[str]:
    """The linked heads of a table's rows."""
    return re.findall(r'<th scope="?row"?><a [^>]*>([^<]+)</a>', html)


@pytest.mark.parametrize(
    ("expression", "names"),
    [
        ("catalogue()", ["Alpha", "Beta", "Gamma"]),
        ('catalogue(access="weights")', ["Alpha", "Gamma"]),
        ('catalogue(step="product")', ["Beta"]),
        ('catalogue(modality="image")', ["Alpha"]),
        ('catalogue(developer="zenith")', []),
        ('catalogue(licence="house")', ["Gamma"]),
        ('catalogue(family="greek", access="product")', ["Beta"]),
        ("parts_grid()", ["Alpha", "Beta", "Gamma"]),
        ('parts_grid(["gamma", "alpha"])', ["Gamma", "Alpha"]),
        ("parts_grid([])", []),
        ("licence_table()", ["Free", "House"]),
        ('licence_table(["house"])', ["House"]),
        ('licence_table(category="permissive")', ["Free"]),
        ("tools_table()", ["Runner", "Walker"]),
        ('tools_table(category="hub")', []),
        ('tools_table(category="local-runtime")', ["Runner", "Walker"]),
        ("organisations_table()", ["Acme", "Zenith"]),
        ("definitions_list()", ["Strict Rule", "Spectrum"]),
        ("disagreements()", []),
        (
            "debates_map()",
            ["Are numbers dangerous?", "Is one more than two?", "Is a name a thing?"],
        ),
    ],
)
def test_a_table_has_the_rows_asked_for(
    functions: Functions, expression: str, names: list[str]
) -> None:
    assert rows(said(functions, expression)) == names


@pytest.mark.parametrize(
    ("filters", "caption", "step"),
    [
        ('step="product"', "Models: Product", False),
        ('family="greek", access="weights"', "Models: Weights, Greek", True),
        ('developer="acme"', "Models: Acme", True),
        ('licence="house"', "Models: House Terms", True),
    ],
)
def test_models_within_a_text_say_by_what_they_were_chosen(
    functions: Functions, filters: str, caption: str, step: bool
) -> None:
    """And have no column in which all would be the same."""
    html = said(functions, f"catalogue({filters})")
    assert f"<caption>{caption}</caption>" in html
    assert ('<th scope="col">Step</th>' in html) == step
    assert 'href="../../models/"' in html


def test_tools_of_one_category_lead_to_the_list_of_all(functions: Functions) -> None:
    html = said(functions, 'tools_table(category="local-runtime")')
    assert 'href="../../run/?category=local-runtime"' in html
    assert "?category=" not in said(functions, 'tools_table(category="hub")')


def test_tools_of_one_category_are_not_grouped(functions: Functions) -> None:
    group = "<strong>Local runtime.</strong>"
    assert group in said(functions, "tools_table()")
    assert group not in said(functions, 'tools_table(category="local-runtime")')


def test_an_empty_table_says_so(functions: Functions) -> None:
    html = said(functions, 'catalogue(developer="zenith")')
    assert "No model in the catalogue fits this." in html
    assert "0 models." in html


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("parts_table()", "Training data"),
        ("spectrum()", "Everything open"),
        ("parts_chart()", "Weights"),
        ("licence_chart()", "Permissive"),
        ("tools_chart()", "Local runtime"),
        ("releases_chart()", "2024"),
        ("verdicts_chart()", "From 1 to 2 of 3 models count as open"),
        ("licences_over_time_chart()", "Licences of the weights, by year"),
        ("sizes_chart()", "Alpha 7.3B"),
        ("tools_map()", "Linux and macOS (1 of 2)"),
        ('lineage("greek")', "1 model built on the Greek family"),
        ('licence_matrix("house")', "700,000,000 users a month"),
        ('licence_matrix("free")', "Required"),
        ("glossary()", "also low-rank adaptation"),
        ("references()", "On Models"),
        ("states_table()", "Withheld"),
        ("evidence_table()", "The primary source itself"),
        ("definitions_list()", "1 of 3"),
        ("definitions_table()", "Asked, or another part in its place"),
        ("definitions_table()", "From “Weights”"),
        ("definitions_table()", "named, not asked"),
        ("disagreements()", "They agree on every model."),
        ("disagreements()", "0 of 3 models."),
        ("lookup()", '<option value="Alpha">'),
        ("figures()", "pieces of evidence"),
        ("what_if()", 'data-rules="../../data/rules.json"'),
        ("what_if()", '<details class="fg-ruling" data-definition="spectrum" data-steps>'),
        ("what_if()", '<input type="radio" name="weights" value="unknown" checked>'),
        ("newest()", "26 November 2024"),
        ("changes()", "The first records."),
        ('fields("model")', "developers"),
    ],
)
def test_a_block_is_there(functions: Functions, expression: str, text: str) -> None:
    assert text in said(functions, expression)


def test_the_map_of_debates_says_what_each_page_holds(functions: Functions) -> None:
    html = said(functions, "debates_map()")
    assert re.findall(r"<strong>(\w+)\.</strong>", html) == ["Safety", "Words"]
    assert "<li>One is more</li><li>Two is more</li>" in html
    assert re.findall(r'<td data-label="Regulators">(?:<[^>]+>)?([\w ]+)', html) == [
        *("none recorded", "Utopia", "none recorded"),
    ]
    assert re.findall(r'<td data-label="Sources" class="fg-number">(\d)', html) == ["2", "2", "1"]
    assert functions.cited == []


def test_the_newest_changes_come_first_and_no_more_than_asked(functions: Functions) -> None:
    html = said(functions, "changes()")
    assert html.index("A licence.") < html.index("The first records.")
    assert "The first records." not in said(functions, "changes(1)")


def test_inline_results_and_blocks_are_told_apart(functions: Functions) -> None:
    assert isinstance(functions.catalogue(), Block)
    assert not isinstance(functions.term("lora"), Block)
    assert isinstance(functions.term("lora"), Markup)


@pytest.mark.parametrize(
    ("expression", "problem"),
    [
        ('model("alpah")', "unknown model `alpah`. Did you mean `alpha`?"),
        ('licence("fre")', "unknown licence `fre`. Did you mean `free`?"),
        ('licence("free").term("notice")', "unknown term `notice`. Did you mean `notices`?"),
        ('tool("runer")', "unknown tool `runer`. Did you mean `runner`?"),
        ('organisation("acne")', "unknown organisation `acne`. Did you mean `acme`?"),
        ('part("alpha", "wights")', "unknown part `wights`. Did you mean `weights`"),
        ('part("alpah", "weights")', "unknown model `alpah`. Did you mean `alpha`?"),
        ('term("lora2")', "unknown term `lora2`. Did you mean `lora`?"),
        ('cite("papre")', "unknown reference `papre`. Did you mean `paper`?"),
        ('definition("strikt")', "unknown definition `strikt`. Did you mean `strict`?"),
        ('verdict("alpah", "strict")', "unknown model `alpah`. Did you mean `alpha`?"),
        ('verdict("alpha", "strikt")', "unknown definition `strikt`. Did you mean `strict`?"),
        ('debate("quarel")', "unknown debate `quarel`. Did you mean `quarrel`?"),
        ('comparison("side")', "unknown comparison `side`. Did you mean `sides`?"),
        ('count("modles")', "unknown collection `modles`. Did you mean `models`?"),
        ('count("models", stepp="x")', "unknown filter `stepp`. Did you mean `step` or `state`?"),
        ('catalogue(access="apy")', "unknown access `apy`. Did you mean `api`?"),
        ('parts_grid(["alpah"])', "unknown model `alpah`. Did you mean `alpha`?"),
        ('licence_table(["fre"])', "unknown licence `fre`. Did you mean `free`?"),
        ('tools_table(category="hubb")', "unknown category `hubb`. Did you mean `hub`?"),
        ('lineage("greak")', "unknown family `greak`. Did you mean `greek`?"),
        ('licence_matrix("fre")', "unknown licence `fre`. Did you mean `free`?"),
        ('fields("lisence")', "unknown record `lisence`. Did you mean `licence`"),
        ('model("alpha").relesed', "unknown attribute `relesed`. Did you mean `released`?"),
        ("catalogue(1)", "catalogue() takes 1 positional argument but 2 were given"),
    ],
)
def test_what_is_not_known_is_told(functions: Functions, expression: str, problem: str) -> None:
    found = expand("{{ " + expression + " }}", "a.md", functions.vocabulary())
    _ = found.slots  # What is wrong in a large table is told once it is made.
    [told] = found.problems
    assert problem in str(told)


def test_a_wrong_citation_is_not_cited(functions: Functions) -> None:
    with pytest.raises(NotKnown):
        functions.cite("gone")
    assert functions.cited == []


def test_a_model_that_is_not_offered_says_so(renderer: Renderer) -> None:
    library = renderer.guide.library
    beta = library.models["beta"].model_copy(update={"access": "none"})
    changed = {**library.collections, "models": {"beta": beta}}
    guide = Guide(type(library)(changed, library.paths))
    made = Renderer(samples.ROOT, guide)
    assert said(Functions(made, ""), 'model("beta").step') == "Not offered"


def test_a_verdict_that_unknown_facts_decide_says_so(renderer: Renderer) -> None:
    library = renderer.guide.library
    beta = library.models["beta"].model_copy(update={"parts": {}})
    guide = Guide(type(library)({**library.collections, "models": {"beta": beta}}, library.paths))
    functions = Functions(Renderer(samples.ROOT, guide), "")
    assert said(functions, 'verdict("beta", "strict")') == "Not determined"
    assert said(functions, 'verdict("beta", "spectrum")') == "Product"
