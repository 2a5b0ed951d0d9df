"""Choose: the questions, the pages that they make, and the shortlists at their ends."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, reduce
from operator import and_
from pathlib import Path
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, expect

import axe
import dom
import samples
from fieldguide import askable, choosing, memory
from fieldguide.choosing import Step
from fieldguide.records import Model
from fieldguide.render import Renderer
from fieldguide.shortlist import shortlist
from fieldguide.uses import May, answer
from fieldguide.views import Guide
from test_browser import OVERFLOW, Visit, uncomplaining

QUESTIONS = "data/questions.yml"
MOST_PAGES = 400
START = "choose/"


# The path, on the sample's three models


@pytest.fixture
def walk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict[str, Step]]:
    """All steps of the sample's path by address; no number of models is too small to ask on."""
    samples.write(tmp_path)

    def steps(few: int = 0, old: str = "", new: str = "") -> dict[str, Step]:
        monkeypatch.setattr(choosing, "FEW", few)
        if old:
            samples.edit(tmp_path, QUESTIONS, old, new)
        path = choosing.Path(Guide(samples.load(tmp_path)))
        return {step.address: step for step in (path.start, *path.steps())}

    return steps


def offered(step: Step) -> dict[str, int]:
    return {offer.key: offer.left for offer in step.offers}


def names(step: Step) -> list[str]:
    return [model.id for model in step.path.listed(step.left)]


def test_each_answer_says_how_many_it_leaves(walk: Callable[..., dict[str, Step]]) -> None:
    steps = walk()
    assert offered(steps["choose/"]) == {"words": 3, "pictures": 1}
    assert offered(steps["choose/words/"]) == {"home": 2, "small": 1, "away": 3}
    assert names(steps["choose/words/home/"]) == ["alpha", "gamma"]
    assert names(steps["choose/words/small/"]) == ["alpha"]
    assert steps["choose/words/home/product/"].query == (
        "in=text&out=text&access=weights&may-users-1m=yes"
    )


def test_a_question_is_asked_where_it_divides(walk: Callable[..., dict[str, Step]]) -> None:
    steps = walk()
    asked = {a: step.question.id if step.question else "" for a, step in steps.items()}
    assert asked["choose/words/home/"] == "terms"
    assert asked["choose/words/home/any-terms/"] == "data"
    # Alone, Alpha answers all further questions in the same way; after `away` none is of terms.
    assert asked["choose/words/small/"] == asked["choose/pictures/"] == ""
    assert asked["choose/words/away/"] == "data"
    assert not steps["choose/words/home/any-terms/any-data/"].early


def test_few_models_end_the_questions(walk: Callable[..., dict[str, Step]]) -> None:
    steps = walk(few=2)
    assert steps["choose/words/home/"].question is None
    assert steps["choose/words/home/"].early
    assert not steps["choose/pictures/"].early, "there was nothing more to ask"
    assert steps["choose/words/"].question


def test_an_answer_that_leaves_nothing_has_no_page(walk: Callable[..., dict[str, Step]]) -> None:
    steps = walk(old="keep: {access: [product, weights]}", new="keep: {access: product}")
    offers = {offer.key: offer for offer in steps["choose/words/away/"].offers}
    assert offered(steps["choose/pictures/"]) == {}, "all that are left do alike"
    assert offered(steps["choose/words/"]) == {"home": 2, "small": 1, "away": 1}
    assert not offers
    narrow = walk(old="why: Terms differ.\n  not_after: [away]", new="why: Terms differ.")
    assert "choose/words/away/product/" not in narrow


def test_what_to_loosen_is_the_last_answer_that_helps(
    walk: Callable[..., dict[str, Step]],
) -> None:
    steps = walk(old="keep: {part-weights: released}", new="keep: {access: product}")
    offers = {offer.key: offer for offer in steps["choose/words/home/any-terms/"].offers}
    assert offers == {}
    steps = walk(
        old="    any-data: {label: Nothing special, short: any data}\n",
        new="    any-data: {label: Gamma, short: any data, keep: {memory: 1}}\n"
        "    any: {label: Nothing, short: any}\n",
    )
    offers = {offer.key: offer for offer in steps["choose/words/home/any-terms/"].offers}
    assert offers["data"].left == 0
    assert offers["data"].loosen
    given, number = offers["data"].loosen
    assert (given.key, given.asked, number) == ("home", "choose/words/", 1)


def test_what_is_not_known_is_kept_apart(
    walk: Callable[..., dict[str, Step]], tmp_path: Path
) -> None:
    steps = walk(few=2, old="keep: {in: image}", new='keep: {year: ["2024", unknown]}')
    words, pictures = steps["choose/"].offers
    assert (words.left, words.unsure) == (3, 0)
    assert (pictures.left, pictures.unsure) == (2, 1)
    step = steps["choose/pictures/"]
    assert set(names(step)) == {"alpha", "gamma"}
    assert [model.id for model in step.unsettled] == ["gamma"]
    assert [one.model.id for one in shortlist(step)] == ["alpha"]
    render = Renderer(tmp_path, step.path.guide)
    start = str(render("choose.html", "choose/", step=steps["choose/"]))
    assert "1 model and 1 with no record of it" in start
    html = str(render("step.html", step.address, step=step))
    assert "Of 1 of them we have no record of the released; these are listed apart." in html
    apart = dom.parse(html).one("details")
    assert apart.text == "1 more with no record of the releasedGamma"


BAD = [
    ("keep: {in: image}", "keep: {q: image}", "q: ", "unknown filter `q`. Use one of in, "),
    (
        "keep: {in: image}",
        "keep: {inn: image}",
        "inn",
        "unknown filter `inn`. Did you mean `in`?",
    ),
    (
        "keep: {in: image}",
        "keep: {in: imgae}",
        "imgae",
        "the filter `in` has no value `imgae`. Did you mean `image`?",
    ),
    (
        "memory: 2}",
        "memory: [2, 4]}",
        "[2, 4]",
        "`memory` takes one value. Choose one of them.",
    ),
    ("memory: 2}", "memory: lots}", "lots", "the filter `memory` has no value `lots`."),
    (
        "memory: 2}",
        "memory: 0.1}",
        "small: {label",
        "`small` leads nowhere: it keeps no model. Ask for less in `keep`, or leave the answer"
        " out.",
    ),
    (
        "any-data: {label",
        "any-terms: {label",
        "any-terms: {label: Nothing special, short: any data",
        "`terms` has an answer `any-terms` too. Answers stand in addresses: give each an id of"
        " its own.",
    ),
    (
        "not_after: [away]",
        "not_after: [awya]",
        "awya",
        "no earlier question has the answer `awya`. Did you mean `away`?",
    ),
    (
        "{part-weights: released}}",
        "{part-weights: released, out: text}}\n    none: {label: None, short: none}",
        "out: text}}\n    none",
        "`purpose` asks for `out` as well. Ask for each filter in one question.",
    ),
]


@pytest.mark.parametrize(("old", "new", "place", "message"), BAD)
def test_a_mistake_is_told_at_its_place(
    tmp_path: Path, old: str, new: str, place: str, message: str
) -> None:
    samples.write(tmp_path)
    samples.edit(tmp_path, QUESTIONS, old, new)
    where = samples.place(tmp_path, QUESTIONS, place)
    path = choosing.Path(Guide(samples.load(tmp_path)))
    told = [str(problem) for problem in askable.check(path, tmp_path)]
    assert len(told) == 1
    assert told[0].startswith(f"{where}: {message}")


def test_a_check_of_the_whole_project_tells_it_too(tmp_path: Path) -> None:
    samples.write(tmp_path)
    samples.edit(tmp_path, QUESTIONS, "keep: {in: image}", "keep: {in: imgae}")
    where = samples.place(tmp_path, QUESTIONS, "imgae")
    assert [line.split(": ")[0] for line in samples.wrong_site(tmp_path)] == [where]
    samples.edit(tmp_path, QUESTIONS, "short: Purpose\n", "shrt: Purpose\n")
    assert "unknown key `shrt`. Did you mean `short`?" in samples.wrong_site(tmp_path)[-1]
    (tmp_path / QUESTIONS).unlink()
    assert samples.wrong_site(tmp_path) == [f"{QUESTIONS}:1:1: the file is missing. Restore it."]


# The site's own pages, against the records


@pytest.fixture(scope="module")
def real() -> Guide:
    return Guide(samples.real())


def keeps(guide: Guide, model: Model, facet: str, values: set[str]) -> bool:
    """Whether a record passes a filter, worked out from the record and not from the facets."""
    library = guide.library
    released = model.access == "weights"
    if facet in ("in", "out"):
        return bool(values & {*(model.kind.input if facet == "in" else model.kind.output)})
    if facet == "access":
        return model.access in values
    if facet == "memory":
        bits = library.precisions["q4-k-m"].bits
        sizes = [
            s.parameters * bits / 8 + (memory.cache(s, min(8_000, s.context or 8_000)) or 0)
            for s in model.sizes
            if s.parameters
        ]
        return released and bool(sizes) and min(sizes) <= float(*values) * memory.GB
    if facet.startswith("may-"):
        licence = library.licences.get(guide.licence(model) or "") if released else None
        least = {"yes": May.YES, "conditions": May.CONDITIONS}
        use = library.uses[facet.removeprefix("may-")]
        return bool(licence) and answer(licence, use, library).may >= least[next(iter(values))]
    if facet.startswith("part-"):
        fine = {"released": ["released"], "partial": ["released", "partial"]}[next(iter(values))]
        return guide.state(model, facet.removeprefix("part-")) in fine
    if facet == "language":
        none = {"counted"} if model.language_count else {"unknown"}
        spoken = {*model.languages} or (none if guide.has_words(model) else set())
        return bool(values & spoken)
    if facet == "step":
        return str(guide.step(model)) in values
    raise AssertionError(f"say here what `{facet}` means")


def test_what_to_loosen_is_right_in_the_whole_tree(
    real: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choosing, "FEW", 0)
    path = choosing.Path(real)
    seen = 0
    for step in path.steps():
        for offer in step.offers:
            if offer.left:
                assert offer.loosen is None
                continue
            helps = []
            for given in step.given:
                others = [path.keeps(g.choice) for g in step.given if g is not given]
                if number := reduce(and_, others, path.keeps(offer.choice)).bit_count():
                    helps.append((given, number))
            assert offer.loosen == (helps[-1] if helps else None), offer.address
            seen += len(helps) > 1
    assert seen, "nowhere would two answers help"


class Made:
    """A page of the path as it stands in the site."""

    def __init__(self, site: Path, address: str) -> None:
        html = (site / address / "index.html").read_text(encoding="utf-8")
        self.article = dom.parse(re.search(r"<article.*</article>", html, re.DOTALL)[0])  # type: ignore[index]
        self.address = address
        offers = self.article.all("ul", cls="fg-offers")
        items = offers[0].all("li") if offers else []
        self.offers = {self._to(li): self._number(li) for li in items if "models/" not in li.text}
        self.offers.pop("", None)

    def _to(self, item: dom.Node) -> str:
        """Where an answer leads; nowhere if it would leave nothing."""
        link = item.all("a")[0] if item.all("a") else None
        none = "none left" in item.text
        return "" if none or link is None else self._full(link.attrs["href"])

    def _full(self, href: str) -> str:
        return urljoin(f"https://x.invalid/{self.address}", href).removeprefix("https://x.invalid/")

    def _number(self, item: dom.Node) -> int:
        """How many are left, those of which something is not on record included."""
        text = item.one("span", cls="fg-count").text.replace(",", "")
        found = re.match(r"(\d+) models?(?: and (\d+) with no record of it)?$", text)
        return sum(int(number or 0) for number in found.groups()) if found else 0

    @property
    def left(self) -> int:
        return int(self.article.one("div", cls="fg-verdict").one("strong").text.split()[0])

    @property
    def filters(self) -> dict[str, set[str]]:
        """Those in the address of the list of models."""
        (link,) = self.article.one("p", cls="fg-where").all("a")
        target = urlsplit(self._full(link.attrs["href"]))
        assert target.path == "models/"
        return {key: {*value.split(",")} for key, value in parse_qsl(target.query)}

    @property
    def shown(self) -> list[str]:
        """The models of its shortlist, by id."""
        (best,) = self.article.all("ul", cls="fg-candidates") or self.article.all(
            "ul", cls="fg-glimpse"
        )
        links = [self._full(a.attrs["href"]) for a in best.all("a")]
        return [to.split("/")[1] for to in links if re.fullmatch(r"models/[^/]+/", to)]


@pytest.fixture(scope="module")
def made(site: Path) -> dict[str, Made]:
    """All pages that links lead to from the start."""
    found = {START: Made(site, START)}
    ahead = [START]
    while ahead:
        for address in found[ahead.pop()].offers:
            assert address not in found, "two ways lead here"
            found[address] = Made(site, address)
            ahead.append(address)
    return found


def test_every_page_can_be_reached_and_they_are_few(made: dict[str, Made], site: Path) -> None:
    on_disk = {f.parent.relative_to(site).as_posix() + "/" for f in site.glob("choose/**/*.html")}
    assert on_disk == set(made)
    assert 100 < len(made) <= MOST_PAGES


def test_each_page_has_the_models_of_its_filters(made: dict[str, Made], real: Guide) -> None:
    assert sum(made[START].offers.values()) > len(real.library.models) / 2

    @cache
    def kept(facet: str, values: frozenset[str]) -> set[str]:
        return {k for k, m in real.library.models.items() if keeps(real, m, facet, {*values})}

    for page in (page for address, page in made.items() if address != START):
        each = (kept(facet, frozenset(values)) for facet, values in page.filters.items())
        fit = {*real.library.models}.intersection(*each)
        assert page.left == len(fit) > 0, page.address
        assert 0 < len(page.shown) <= (8 if not page.offers else 4), page.address
        assert {*page.shown} <= fit, page.address
        assert page.offers or page.left <= choosing.FEW or page.address.count("/") > 3, page.address


def test_each_answer_leads_to_as_many_as_it_promises(made: dict[str, Made]) -> None:
    for page in made.values():
        for address, number in page.offers.items():
            assert made[address].left == number, address


def test_the_order_is_the_one_that_the_page_states(made: dict[str, Made], real: Guide) -> None:
    known = {key for each in real.library.shortlists.values() for key in each.models}
    for page in (page for address, page in made.items() if address != START):
        models = [real.library.models[key] for key in page.shown]
        families = [model.family for model in models]
        firsts = [m for place, m in enumerate(models) if m.family not in families[:place]]
        assert models[: len(firsts)] == firsts, "one of each family comes first"
        order = [(m.id not in known, *(-int(x) for x in _date(m))) for m in firsts]
        assert order == sorted(order), page.address


def _date(model: Model) -> list[str]:
    return ((model.released or "0") + "-00-00").split("-")[:3]


def test_the_end_leads_to_a_comparison_of_its_first_models(made: dict[str, Made]) -> None:
    for address, page in made.items():
        links = [a.attrs["href"] for a in page.article.all("a") if "?models=" in a.attrs["href"]]
        several = address != START and not page.offers and len(page.shown) > 1
        assert len(links) == several, address
        for link in links:
            target = urlsplit(page._full(link))
            assert (target.path, target.query) == (
                "compare/",
                f"models={','.join(page.shown[:5])}",
            )


def test_a_page_leads_back_to_each_question(made: dict[str, Made]) -> None:
    for address, page in made.items():
        parts = address.split("/")[1:-1]
        back = [page._full(a.attrs["href"]) for a in page.article.all("a") if "Change" in a.text]
        wanted = ["/".join([START[:-1], *parts[:n]]) + "/#question" for n in range(len(parts))]
        assert back == wanted, address


def test_pages_are_light(made: dict[str, Made], site: Path) -> None:
    sizes = []
    for address in made:
        html = (site / address / "index.html").read_text(encoding="utf-8")
        sizes.append(len(re.search(r"<article.*</article>", html, re.DOTALL)[0]))  # type: ignore[index]
    assert max(sizes) < 60_000
    assert sum(sizes) / len(sizes) < 14_000


# In a browser


@pytest.fixture
def visit(chromium: Browser, server: str) -> Iterator[Visit]:
    """Opens a page."""
    with uncomplaining(chromium, server) as opened:
        yield opened


@pytest.mark.parametrize(("width", "scheme"), [(375, "light"), (1280, "dark")])
def test_a_walk_without_scripts(
    visit: Visit, made: dict[str, Made], width: int, scheme: str
) -> None:
    page = visit(START, width, java_script_enabled=False, color_scheme=scheme)
    for answer_ in ("Read and write text", "16 GB of memory", "commercial product", "Nothing in"):
        page.locator(".fg-offers a", has_text=answer_).first.click()
        assert page.locator("h1").is_visible()
    if page.locator(".fg-offers a").count():
        page.locator(".fg-offers a").first.click()
    assert page.locator(".fg-candidates > li").count() == 8
    assert page.locator(".fg-offers").count() == 0
    page.get_by_role("link", name="Change purpose").click()
    expect(page.locator("#question")).to_have_text(re.compile("What should the model do"))


def test_the_keyboard_is_enough(visit: Visit) -> None:
    page = visit(START)
    for _ in range(2):
        link = page.locator(".fg-offers a").first
        before = page.url
        for _ in range(60):
            page.keyboard.press("Tab")
            if link.evaluate("link => link === document.activeElement"):
                break
        assert link.evaluate("link => getComputedStyle(link).outlineStyle") != "none"
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url, before=before: url != before)
    assert page.locator(".fg-given > div").count() == 2


def test_the_list_of_models_shows_the_same(
    visit: Visit, made: dict[str, Made], real: Guide
) -> None:
    address = max([a for a in made if a != START], key=lambda a: len(made[a].filters))
    assert len(made[address].filters) > 4
    page = visit(address)
    page.locator(".fg-where a").click()
    number = f"{made[address].left} of {len(real.library.models)} models"
    expect(page.locator(".fg-controls [role=status]")).to_contain_text(number)


@pytest.mark.parametrize(("width", "scheme"), [(375, "dark"), (1280, "light")])
def test_pages_are_accessible_and_fit(
    visit: Visit, made: dict[str, Made], width: int, scheme: str
) -> None:
    dead = next(a for a, p in made.items() if "none left" in p.article.text)
    last = next(a for a, p in made.items() if not p.offers and p.left > 20)
    for address in (START, dead, last):
        page = visit(address, width, color_scheme=scheme)
        assert page.evaluate(OVERFLOW) <= 0
        axe.thin(page)
        assert axe.faults(page) == ""
