"""Templates: what they say when they fail, and that no text of the data becomes HTML."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Union, get_args, get_origin

import pytest

import samples
from fieldguide import records as r
from fieldguide.articles import open_all
from fieldguide.expansion import Pages
from fieldguide.functions import Functions
from fieldguide.library import Library
from fieldguide.pages import pages, steps
from fieldguide.problems import ProblemsFound
from fieldguide.render import FOLDER, Renderer, clause, date, quantity, sentence, thousands
from fieldguide.views import Guide

# Filters


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2024-11-06", "6 November 2024"),
        ("2024-01-31", "31 January 2024"),
        ("2024-12", "December 2024"),
        ("2024", "2024"),
        ("", "not known"),
        (None, "not known"),
    ],
)
def test_dates_in_words(text: str | None, words: str) -> None:
    assert date(text) == words


def test_months_in_words() -> None:
    months = [date(f"2024-{month:02}") for month in range(1, 13)]
    assert [calendar.month_name[month] + " 2024" for month in range(1, 13)] == months


@pytest.mark.parametrize(
    ("number", "short"),
    [
        (None, "not known"),
        (1, "1"),
        (999, "999"),
        (1_000, "1K"),
        (137_000_000, "137M"),
        (7_300_000_000, "7.3B"),
        (6_730_000_000, "6.73B"),
        (70_553_706_496, "70.6B"),
        (405_000_000_000, "405B"),
        (999_499_999, "999M"),
        (999_500_000, "1B"),
        (999_900_000_000, "1T"),
        (1_600_000_000_000, "1.6T"),
        (1_000_000_000_000_000, "1000T"),
    ],
)
def test_quantities_in_three_digits(number: int | None, short: str) -> None:
    assert quantity(number) == short


@pytest.mark.parametrize(
    ("number", "text"), [(None, "not known"), (0, "0"), (999, "999"), (131_072, "131,072")]
)
def test_thousands_are_set_apart(number: int | None, text: str) -> None:
    assert thousands(number) == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2.1", "clause 2.1"),
        ("IV", "clause IV"),
        ("b.3", "clause b.3"),
        ("grant", "grant"),
        ("Introduction", "Introduction"),
        ("notice paragraph", "notice paragraph"),
    ],
)
def test_a_clause_is_called_so_unless_it_is_named(text: str, words: str) -> None:
    assert clause(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("it ends", "It ends."),
        (" It ends. ", "It ends."),
        ("does it?", "Does it?"),
        ("it does!", "It does!"),
        ("éa", "Éa."),
        ("olmo-2 and GPT", "Olmo-2 and GPT."),
    ],
)
def test_sentences_begin_and_end(text: str, words: str) -> None:
    assert sentence(text) == words


# Faults


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return samples.write(tmp_path)


def renderer(root: Path) -> Renderer:
    return Renderer(root, Guide(samples.load(root)))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("\n\n{{ nothing }}", "3:1: the template fails: 'nothing' is undefined."),
        ("\n{{ guide.nothing }}", "2:1: the template fails: "),
        ('{{ library.models["x"].name }}', "1:1: the template fails: "),
        ("\n{{ library.label('states', 'x') }}", "2:1: the template fails: nothing is called 'x'."),
        ("{{ 1 + 'a' }}", "1:1: the template fails: unsupported operand"),
        ("\n{% if %}", "2:1: the template fails: Expected an expression"),
        ("\n\n\n{% endfor %}", "4:1: the template fails: Encountered unknown tag 'endfor'."),
        ("{% include 'gone.html' %}", "1:1: the template fails: there is no template `gone.html`."),
    ],
)
def test_a_faulty_template_is_told_with_its_line(root: Path, text: str, problem: str) -> None:
    samples.put(root, f"{FOLDER}/faulty.html", text)
    with pytest.raises(ProblemsFound) as caught:
        renderer(root)("faulty.html", "")
    [found] = caught.value.problems
    assert str(found).startswith(f"{FOLDER}/faulty.html:{problem}")


def test_the_fault_is_told_where_it_is_not_where_it_is_used(root: Path) -> None:
    samples.put(root, f"{FOLDER}/inner.html", "\n\n{{ nothing }}")
    samples.put(root, f"{FOLDER}/outer.html", "\n{% include 'inner.html' %}")
    with pytest.raises(ProblemsFound) as caught:
        renderer(root)("outer.html", "")
    assert str(caught.value).startswith(f"{FOLDER}/inner.html:3:1: ")


def test_every_template_is_compiled_also_those_that_no_page_uses(root: Path) -> None:
    assert renderer(root).check() == []
    samples.put(root, f"{FOLDER}/unused.html", "\n{% if %}")
    samples.put(root, f"{FOLDER}/other.html", "{{")
    told = [str(problem) for problem in renderer(root).check()]
    assert [line.split(": ")[0] for line in told] == [
        f"{FOLDER}/other.html:1:1",
        f"{FOLDER}/unused.html:2:1",
    ]


def test_templates_of_the_theme_are_read_too(root: Path) -> None:
    samples.put(root, "overrides/main.html", '{% extends "base.html" %}\n{{ "x" | e }}')
    assert renderer(root).check() == []
    samples.put(root, "overrides/main.html", '{% extends "base.html" %}\n{% if %}')
    [told] = [str(problem) for problem in renderer(root).check()]
    assert told.startswith("overrides/main.html:2:1: the template fails: Expected an expression")


def test_links_are_relative_to_the_page(root: Path) -> None:
    samples.put(root, f"{FOLDER}/link.html", '{{ to(address("models", "alpha")) }}')
    assert renderer(root)("link.html", "licences/free/") == "../../models/alpha/"


# Escaping

POISON = '<script>alert("1")</script>\'&{{ x }}'


def poisoned(value: Any, hint: Any) -> Any:
    """A record with the poison in every text that is free to say anything."""
    origin, args = get_origin(hint), get_args(hint)
    if value is None:
        return None
    if origin is Annotated and args[0] is str:
        return value + POISON if _free(hint) else value
    if origin is Annotated:
        return poisoned(value, args[0])
    if origin is Union or str(origin) == "<class 'types.UnionType'>":
        return poisoned(value, next(arg for arg in args if arg is not type(None)))
    if origin is tuple:
        return tuple(poisoned(item, args[0]) for item in value)
    if origin is dict:
        return {key: poisoned(item, args[1]) for key, item in value.items()}
    if isinstance(value, r.Shape):
        changes = {n: poisoned(getattr(value, n), h) for n, h in r.hints(type(value)).items()}
        return value.model_copy(update=changes)
    return value


def _free(hint: Any) -> bool:
    marks = hint.__metadata__
    checked = {getattr(getattr(mark, "func", None), "__name__", "_line") for mark in marks}
    patterns = [mark for mark in marks if getattr(mark, "pattern", None)]
    return checked == {"_line"} and not patterns


def test_the_poison_reaches_every_kind_of_text(root: Path) -> None:
    library = samples.load(root)
    alpha = poisoned(library.models["alpha"], r.Model)
    assert POISON in alpha.name
    assert POISON in alpha.description
    assert POISON in alpha.sizes[0].name
    assert POISON in alpha.claims[0].words
    assert POISON in alpha.parts["training-data"].evidence[0].says
    assert alpha.family == "greek"
    assert alpha.links == library.models["alpha"].links
    assert POISON in poisoned(library.licences["free"], r.Licence).short
    assert POISON in poisoned(library.licences["free"], r.Licence).terms["notices"].note
    assert POISON in poisoned(library.references["paper"], r.Reference).author[0].family
    assert POISON in poisoned(library.words("states")["released"], r.Word).symbol


class Watched(Renderer):
    """A renderer that remembers which templates it rendered, and what came out."""

    def __init__(self, root: Path, guide: Guide) -> None:
        super().__init__(root, guide)
        self.made: dict[str, list[str]] = {}

    def __call__(self, template: str, here: str, **context: Any) -> Any:
        html = super().__call__(template, here, **context)
        self.made.setdefault(template, []).append(str(html))
        return html


CALLS: dict[str, Callable[[Functions], object]] = {
    "model": lambda f: f.model("alpha"),
    "licence": lambda f: f.licence("free"),
    "tool": lambda f: f.tool("runner"),
    "claims_table": lambda f: f.claims_table("open"),
    "shortlists": lambda f: f.shortlists(),
    "compare": lambda f: f.compare(),
    "determined_table": lambda f: f.determined_table(),
    "memory_table": lambda f: f.memory_table(["alpha"]),
    "memory_checks": lambda f: f.memory_checks(),
    "memory_error": lambda f: f.memory_error(),
    "organisation": lambda f: f.organisation("acme"),
    "part": lambda f: f.part("alpha", "weights"),
    "term": lambda f: f.term("lora", "x" + POISON),
    "cite": lambda f: f.cite("paper", "gradient", at="p. 3" + POISON),
    "count": lambda f: f.count("models"),
    "comparison": lambda f: f.comparison("sides"),
    "catalogue": lambda f: f.catalogue() + f.catalogue(family="greek"),
    "parts_grid": lambda f: f.parts_grid(),
    "parts_table": lambda f: f.parts_table(),
    "spectrum": lambda f: f.spectrum(),
    "audit_table": lambda f: f.audit_table(),
    "conflicts_table": lambda f: f.conflicts_table(),
    "licence_table": lambda f: f.licence_table(),
    "shipping_table": lambda f: f.shipping_table(["free", "house"]),
    "tools_table": lambda f: f.tools_table(),
    "organisations_table": lambda f: f.organisations_table(),
    "parts_chart": lambda f: f.parts_chart(),
    "licence_chart": lambda f: f.licence_chart(),
    "tools_chart": lambda f: f.tools_chart(),
    "releases_chart": lambda f: f.releases_chart(),
    "verdicts_chart": lambda f: f.verdicts_chart(),
    "licences_over_time_chart": lambda f: f.licences_over_time_chart(),
    "sizes_chart": lambda f: f.sizes_chart(),
    "tools_map": lambda f: f.tools_map(),
    "lineage": lambda f: f.lineage("greek"),
    "licence_matrix": lambda f: f.licence_matrix("house"),
    "glossary": lambda f: f.glossary(),
    "references": lambda f: f.references(),
    "states_table": lambda f: f.states_table(),
    "evidence_table": lambda f: f.evidence_table(),
    "definition": lambda f: f.definition("strict"),
    "verdict": lambda f: f.verdict("alpha", "strict"),
    "definitions_list": lambda f: f.definitions_list(),
    "definitions_table": lambda f: f.definitions_table(),
    "disagreements": lambda f: f.disagreements(),
    "debate": lambda f: f.debate("quarrel"),
    "debates_map": lambda f: f.debates_map(),
    "lookup": lambda f: f.lookup(),
    "choose": lambda f: f.choose(),
    "cost": lambda f: f.cost(),
    "worksheet": lambda f: f.worksheet(),
    "what_if": lambda f: f.what_if(),
    "figures": lambda f: f.figures(),
    "newest": lambda f: f.newest(),
    "changes": lambda f: f.changes(),
    "days": lambda f: f.days(),
    "history": lambda f: f.history(),
    "feeds": lambda f: f.feeds(),
    "fields": lambda f: f.fields("model"),
    "api_reference": lambda f: f.api_reference(),
    "columns": lambda f: f.columns(),
    "example": lambda f: f.example("take.sh"),
    "formats": lambda f: f.formats(),
}
# Templates whose texts are the site's own.
WITHOUT_DATA = {
    *(
        "api.html",
        "cost.html",
        "days.html",
        "example.html",
        "fields.html",
        "figures.html",
        "formats.html",
    ),
    "worksheet.html",
}
# Data for other programs, which nothing runs; what is in it cannot end it.
DATA_BLOCK = r'<script type="application/ld\+json">[^<]*</script>'
# A file of ours, with nothing in the element itself.
OWN_SCRIPT = r'<script(?: type="module"| defer)? src="(?:\.\./)*assets/[\w.]+\.js"></script>'


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Watched:
    """Every template, rendered with poisoned data."""
    root = samples.write(tmp_path_factory.mktemp("poison"))
    clean = samples.load(root)
    shapes = r.FOLDERS | {name: shape for name, (_, shape) in r.FILES.items()}
    collections = {
        name: {key: poisoned(record, shapes[name]) for key, record in records.items()}
        for name, records in clean.collections.items()
    }
    library = Library(collections, clean.paths)
    made = Watched(root, Guide(library, "https://forge.example/"))
    functions = Functions(made, "understand/one/")
    for call in CALLS.values():
        str(call(functions))
    for page in (*pages(made.guide), *steps(made.choosing)):
        page.html(made)
    quoted = '"' + POISON.replace('"', '\\"') + '"'
    for old in ("What one is", "One is one."):
        samples.edit(root, "content/understand/one.md", old, quoted)
    samples.edit(root, "content/index.md", "title: Home", f"title: {quoted}")
    Pages(open_all(root), made).check()
    return made


def test_every_function_of_a_marker_is_called_here(watched: Watched) -> None:
    assert set(CALLS) == set(Functions(watched, "").vocabulary())


TEMPLATES = sorted(
    file.name
    for file in (samples.ROOT / FOLDER).glob("*.html")
    if file.name
    not in ("cells.html", "cost_fields.html", "fit.html", "macros.html", "picture.html")
)


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_text_becomes_html_in(watched: Watched, template: str) -> None:
    assert template in watched.made, "no test renders this template"
    html = "\n".join(watched.made[template])
    html = re.sub(f"{OWN_SCRIPT}|{DATA_BLOCK}", "", html)
    assert template in WITHOUT_DATA or "alert(" in html, "the poison did not reach it"
    assert "<script" not in html.lower()
    assert 'alert("1")' not in html
    for tag in re.findall(r"<[a-zA-Z][^>]*>", html):
        rest = re.sub(r'[\w:-]+="[^"]*"', "", tag)
        assert "alert" not in rest, tag
        assert '"' not in rest, tag


PICTURES = (
    *("spectrum", "parts_chart", "licence_chart", "tools_chart", "releases_chart"),
    *("verdicts_chart", "licences_over_time_chart", "sizes_chart", "tools_map", "lineage"),
    "licence_matrix",
)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_has_a_finding_a_source_and_no_inline_style(root: Path, name: str) -> None:
    html = str(CALLS[name](Functions(renderer(root), "")))
    assert re.search(r"<figcaption>[^<]{15,}</figcaption>", html)
    assert re.search(r'<p class="fg-source">[^<]{30,}', html)
    assert " style=" not in html
    assert "<script" not in html
    assert not re.search(r" on\w+=", html)


def test_a_picture_that_stands_twice_on_a_page_has_two_ids(root: Path) -> None:
    functions = Functions(renderer(root), "")
    html = (
        str(functions.sizes_chart()) + str(functions.sizes_chart()) + str(functions.tools_chart())
    )
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == 6
    assert len(set(ids)) == 6


def test_mentions_are_escaped_too(watched: Watched) -> None:
    functions = Functions(watched, "")
    for name in ("model", "licence", "tool", "organisation", "definition", "debate"):
        html = str(CALLS[name](functions))
        assert "&lt;script&gt;" in html
        assert "<script" not in html
