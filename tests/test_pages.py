"""Generated pages: one a record, each with address, title, description, source and neighbours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import samples
from fieldguide.pages import Heading, Page, headings, pages
from fieldguide.problems import ProblemsFound
from fieldguide.render import Renderer
from fieldguide.views import Guide


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Guide:
    return samples.guide(tmp_path_factory.mktemp("pages"))


@pytest.fixture(scope="module")
def made(guide: Guide) -> dict[str, Page]:
    return {page.address: page for page in pages(guide)}


def test_there_is_a_page_for_each_record(made: dict[str, Page]) -> None:
    assert list(made) == [
        *("models/alpha/", "models/beta/", "models/gamma/"),
        *("licences/house/", "licences/free/"),
        *("run/tools/runner/", "run/tools/walker/"),
        *("models/makers/acme/", "models/makers/zenith/"),
        *("understand/definitions/spectrum/", "understand/definitions/strict/"),
        "licences/families/free/",
        *("debates/fear/", "debates/quarrel/", "debates/dispute/"),
        *("compare/letters/", "compare/texts/"),
    ]


def test_a_family_of_one_licence_has_no_page(made: dict[str, Page], guide: Guide) -> None:
    assert "lone" in guide.library.words("licence-families")
    assert "licences/families/lone/" not in made


def test_a_page_knows_where_it_belongs(made: dict[str, Page], guide: Guide) -> None:
    page = made["models/beta/"]
    assert page == Page(
        collection="models",
        key="beta",
        template="model",
        address="models/beta/",
        title="Beta",
        parent="models/index.md",
        source="data/models/beta.yml",
        previous="models/alpha/",
        next="models/gamma/",
        record=guide.library.models["beta"],
        describe=str,
        find=str,
    )
    assert page.description == (
        "Beta by Acme: product. A model offered as a service. Its makers say little about it."
    )
    assert page.search == (
        "Beta is not open by the Strict Rule: the weights are withheld. A model offered as a"
        " service. Its makers say little about it. Acme. Greek."
    )


def test_the_search_looks_through_a_record_in_short(made: dict[str, Page]) -> None:
    said = made["models/alpha/"].search or ""
    assert "A model made to be studied. All its parts are out." in said
    assert said.endswith("Acme. Greek. Free.")
    assert "example.org" not in said, "sources only repeat what the page says"
    assert made["licences/house/"].search == (
        "You may use it. Large users must ask. House. Community."
    )
    assert made["run/tools/runner/"].search == "It runs models. Everyone. Local runtime."
    assert made["debates/fear/"].search is None, "its text is searched whole"


@pytest.mark.parametrize(
    ("address", "title", "parent", "source"),
    [
        ("models/alpha/", "Alpha", "models/index.md", "data/models/alpha.yml"),
        ("licences/free/", "The Free Licence", "licences/index.md", "data/licences/free.yml"),
        ("run/tools/runner/", "Runner", "run/index.md", "data/tools/runner.yml"),
        (
            *("models/makers/acme/", "Acme (maker)"),
            *("models/organisations.md", "data/organisations.yml"),
        ),
        (
            *("understand/definitions/strict/", "Strict Rule"),
            *("understand/definitions.md", "data/definitions/strict.yml"),
        ),
        (
            *("licences/families/free/", "Free kin: the licences of a family"),
            *("licences/index.md", "data/vocabulary/licence-families.yml"),
        ),
        (
            *("debates/fear/", "Are numbers dangerous?"),
            *("debate/index.md", "data/debates/fear.yml"),
        ),
    ],
)
def test_each_kind_of_page_has_title_parent_and_source(
    made: dict[str, Page], address: str, title: str, parent: str, source: str
) -> None:
    page = made[address]
    assert (page.title, page.parent, page.source) == (title, parent, source)
    assert (samples.ROOT / "content" / parent).is_file()


def test_the_first_and_the_last_of_a_kind_have_one_neighbour(made: dict[str, Page]) -> None:
    assert made["models/alpha/"].previous is None
    assert made["models/gamma/"].next is None
    assert made["licences/house/"].previous is None
    assert made["models/makers/acme/"].next == "models/makers/zenith/"


@pytest.mark.parametrize(
    ("address", "description"),
    [
        (
            "licences/free/",
            "The Free Licence (permissive): what it allows, asks and forbids."
            " You may do anything. Keep the notice.",
        ),
        ("run/tools/runner/", "Runner: It runs models."),
        (
            "models/makers/zenith/",
            "Zenith (university): its models, tools and licences in the catalogue.",
        ),
        (
            "understand/definitions/strict/",
            "Strict Rule 2, requirement by requirement."
            " Whether weights and data are there for all.",
        ),
        (
            "licences/families/free/",
            "How the terms of the Free kin licences differ from text to text: Free, House.",
        ),
        ("debates/fear/", "Are numbers dangerous? Whether they bite."),
    ],
)
def test_descriptions(made: dict[str, Page], address: str, description: str) -> None:
    assert made[address].description == description


@pytest.mark.parametrize("length", [100, 150, 151, 152, 153, 159, 200, 1000])
@pytest.mark.parametrize("word", ["word ", "word, ", "unbroken"])
def test_a_description_is_no_longer_than_160_characters(
    guide: Guide, length: int, word: str
) -> None:
    summary = (word * 500)[:length].strip()
    tool = guide.library.tools["runner"].model_copy(update={"summary": summary})
    library = type(guide.library)(
        {**guide.library.collections, "tools": {"runner": tool}}, guide.library.paths
    )
    found = {page.address: page.description for page in pages(Guide(library))}
    text = found["run/tools/runner/"]
    assert len(text) <= 160
    assert text.startswith("Runner")
    assert text[-1] in ".…"
    assert not text.endswith((",…", " …", "..", ".…"))
    assert text.endswith("…") == (len(f"Runner: {summary}.") > 160)


def test_a_model_that_is_not_offered_says_so(tmp_path: Path) -> None:
    samples.write(tmp_path)
    samples.edit(tmp_path, "data/models/beta.yml", "access: product", "access: none")
    found = {page.address: page for page in pages(Guide(samples.load(tmp_path)))}
    assert found["models/beta/"].description.startswith("Beta by Acme: not offered. ")


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    root = tmp_path_factory.mktemp("html")
    guide = samples.guide(root)
    renderer = Renderer(root, guide)
    return {page.address: page.html(renderer) for page in pages(guide)}


@pytest.mark.parametrize(
    ("address", "texts"),
    [
        (
            "models/alpha/",
            [
                '<h1 id="alpha">Alpha</h1>',
                "<p>Alpha is open by the Strict Rule.</p>",
                "</b> Strictly open</span></span></summary>",
                "<b>4</b> Everything open</span></span></summary>",
                'href="#part-weights">The weights are under Free</a>',
                'href="../../understand/definitions/strict/">About this definition</a>',
                'href="../../mof/alpha.yml"',
                "after accepting terms",
                '<dt>Languages</dt><dd data-fact="languages">Norwegian, Swahili<details',
                "after a request or accepting terms",
                "<strong>Says otherwise:</strong> Half.",
                "copy of December 2024",
                "All of it.",
                "Open. In its own words: “fully open”.",
                "131,072",
                "7.3B",
                "clause 2.1",
                "Made from this model",
                "https://forge.example/edit/data/models/alpha.yml",
            ],
        ),
        (
            "models/beta/",
            [
                "<p>Beta is not open by the Strict Rule: the weights are withheld.</p>",
                '<dd data-fact="languages">100 or more, by its maker’s count <details',
                "</b> Not strict</span></span></summary>",
                "<b>1</b> Product</span></span></summary>",
                "The widest access offered is “Product only”",
                "What would lift it to “Weights”:",
                "<li>Release the weights.</li>",
                "<li>Show that a description of the training data is released;"
                " release the weights under a fitting licence, such as Free.</li>",
                "the maker keeps it",
                "none: the weights are not released",
                'href="#part-weights">The weights are withheld</a>',
                "Do you have a source?",
                "no other model recorded",
                "March 2023",
            ],
        ),
        (
            "models/gamma/",
            [
                "<b>2</b> Weights</span></span></summary>",
                "<p>Gamma is not open by the Strict Rule:"
                " the weights are released only in part.</p>",
                '<dd data-fact="languages"><span class="fg-none">not known</span></dd>',
                "none was found",
                "derived: follows from weights",
                'Made from</dt><dd data-fact="based-on"><a href=',
                "700,000,000 users a month",
            ],
        ),
        (
            "licences/free/",
            [
                "Approved by the Open Source Initiative, counted as free by the Free Software"
                " Foundation and conformant with the Open Definition.",
                "every operative clause",
                'Weights of <span data-fact="models">1</span> in the catalogue:',
                "Tools under it",
                "Other texts of the family",
                'href="../families/free/">Their terms side by side</a>',
                "It ends.",
            ],
        ),
        (
            "licences/house/",
            [
                "Not on the lists",
                "700,000,000 users a month",
                "2 banned or limited uses",
                "no public address known",
                "In the month before.",
                "Not known to us",
            ],
        ),
        ("run/tools/runner/", ["Runner", "Linux, macOS", "Needs", "Walker"]),
        ("run/tools/walker/", ["Walker", "not known"]),
        (
            "models/makers/acme/",
            ["Its models", "Germany", "Its tools", "Its licences", "acme.example"],
        ),
        ("models/makers/zenith/", ["No model, tool or licence in the catalogue"]),
        (
            "understand/definitions/strict/",
            [
                '<h1 id="strict">Strict Rule</h1>',
                "version 2",
                "Weights, released <small>Weights for all.</small>",
                "Allows commercial use; has no limit on size threshold;"
                " undetermined if it has use restrictions.",
                "Training data or data information, released",
                "<code>data/definitions/strict.yml</code>",
                "How this site applies it",
                "<li>A paper is no data.</li>",
                "<li>Whether the data is good.</li>",
                "What is disputed in it",
                "<li>Some find it too strict.</li>",
                "On Models",
                "What it says of well-known models",
                "All that is asked is there.",
                "The weights are withheld.",
            ],
        ),
        (
            "understand/definitions/spectrum/",
            [
                "Access: Product only, or a wider route",
                "Weights, released or partial",
                "Approved by the Open Source Initiative or the Open Definition"
                " or the list of the Strict Rule.",
                "Named, not asked: model metadata.",
                "All that stands above is asked too.",
                "settled",
                "perhaps higher",
            ],
        ),
        (
            "licences/families/free/",
            [
                "Texts of one hand.",
                'Size threshold <small class="fg-differs">',
                '<th scope="row">Notices</th>',
                "700,000,000 users a month",
                "not known",
                "Models under each",
            ],
        ),
        (
            "debates/quarrel/",
            [
                '<h1 id="quarrel">Is one more than two?</h1>',
                'Words · last reviewed <time datetime="2026-11-20">20 November 2026</time>',
                "<strong>What is disputed.</strong> Which of two numbers is the greater.",
                '<h3 id="position-one">One is more</h3>\n<p>One comes first. What comes first',
                '<h3 id="position-two">Two is more</h3>',
                "<strong>Ann.</strong> First is best.",
                "It wins races. <small>May 2024</small>",
                "It loses at cards.",
                "<strong>Caution.</strong> Numbers of shoes are pairs.",
                'What both sides accept<a class="headerlink" href="#agreed"',
                "<li>A pair of scales.</li>",
                '<th scope="row">Utopia</th><td>Asks for three.',
                '<time datetime="2026-01">January 2026</time>',
                'Alpha</a> and <a href="../../models/beta/">Beta</a>.</p>',
                '<a href="../dispute/">Is a name a thing?</a><span>A thing / A sound / Nothing',
                "<code>data/debates/quarrel.yml</code>",
            ],
        ),
        (
            "debates/dispute/",
            ["What all sides accept", '<a href="../quarrel/">Is one more than two?</a>'],
        ),
    ],
)
def test_a_page_says(html: dict[str, str], address: str, texts: list[str]) -> None:
    assert [text for text in texts if text not in html[address]] == []


def test_what_may_stand_higher_says_so(tmp_path: Path) -> None:
    samples.write(tmp_path)
    path = "data/models/gamma.yml"
    samples.edit(tmp_path, path, "state: partial, licence: house", "state: released")
    samples.edit(tmp_path, path, f"  licences: [{samples.EVIDENCE}]\n", "")
    guide = Guide(samples.load(tmp_path))
    renderer = Renderer(tmp_path, guide)
    found = {page.key: page.html(renderer) for page in pages(guide)}
    assert "once more is known" not in found["alpha"]
    assert "once more is known" not in found["beta"], "its weights are withheld"
    assert "perhaps Open weights, once more is known" in found["gamma"], "its licence is not known"
    assert "The weights are released, under a licence that is not known" in found["gamma"]
    assert "Show under which licence the weights are released." in found["gamma"]


def test_a_definition_of_which_little_is_said_has_no_empty_sections(tmp_path: Path) -> None:
    samples.write(tmp_path)
    path = "data/definitions/spectrum.yml"
    samples.edit(tmp_path, path, "references: [gradient]\n", "")
    guide = Guide(samples.load(tmp_path))
    renderer = Renderer(tmp_path, guide)
    page = next(page for page in pages(guide) if page.address == "understand/definitions/spectrum/")
    assert [heading.id for heading in headings(page.html(renderer))] == ["asks", "models"]


def test_a_debate_of_which_little_is_said_has_no_empty_sections(html: dict[str, str]) -> None:
    ids = [heading.id for heading in headings(html["debates/fear/"])]
    assert ids == ["positions", "position-bite", "position-tame", "settle", "sources"]


def test_a_debate_numbers_its_sources_by_first_mention(html: dict[str, str]) -> None:
    page = html["debates/quarrel/"]
    said, listed = page.split('<h2 id="sources">')
    assert re.findall(r'<li id="source-(\d)">(?:<[^>]+>|\W)*(\w+)', listed) == [
        ("1", "2023"),
        ("2", "Doe"),
    ]
    assert re.findall(r">\[(\d)\]<", said) == [*"1", *"12", *"1", *"1", *"2", *"2", *"1"]


def test_the_positions_of_a_debate_are_named_for_everybody(html: dict[str, str]) -> None:
    for position in ("thing", "sound", "nothing"):
        assert f'<section aria-labelledby="position-{position}">' in html["debates/dispute/"]
        assert f'<h3 id="position-{position}">' in html["debates/dispute/"]


def test_a_faulty_template_raises(tmp_path: Path) -> None:
    guide = samples.guide(tmp_path)
    samples.put(tmp_path, "overrides/fieldguide/model.html", "\n{{ model.nothing }}")
    page = next(page for page in pages(guide) if page.key == "alpha")
    with pytest.raises(ProblemsFound, match=r"fieldguide/model\.html:2:1: the template"):
        page.html(Renderer(tmp_path, guide))


def test_headings_for_the_table_of_contents() -> None:
    text = (
        '<h1 id="a">A</h1><h2 id="b">B &amp; <em>b</em><a class="headerlink" href="#b">¶</a></h2>'
        '<h3 id="c">\nC\n</h3><h4 id="d">D</h4><h2>no id</h2>'
    )
    assert headings(text) == [Heading(2, "b", "B &amp; b"), Heading(3, "c", "C")]
    assert headings("<p>none</p>") == []


def test_every_generated_page_has_headings_to_jump_to(html: dict[str, str]) -> None:
    for address in html:
        if address in ("run/tools/walker/", "models/makers/zenith/"):
            continue  # Nothing is known of these.
        ids = [heading.id for heading in headings(html[address])]
        assert ids
        assert len(ids) == len(set(ids))
        assert "¶" not in "".join(heading.text for heading in headings(html[address]))
