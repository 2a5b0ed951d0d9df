"""Whatever is wrong in a file: one clean message with its place, and the old site stays."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from copies import MODEL, Copy

BAD = "data/models/zz-bad.yml"
PAGE = "content/understand/one.md"


@dataclass(frozen=True)
class Case:
    """What is written to which file, and the one line that is to be said of it."""

    name: str
    path: str
    text: str | bytes
    told: str


def _model(old: str, new: str) -> str:
    """The model with one thing changed."""
    assert MODEL.count(old) == 1, old
    return MODEL.replace(old, new)


def _page(marker: str) -> str:
    """A page with a marker in line 8."""
    return (
        "---\ntitle: Understand\n"
        "description: A page of the tests whose description is exactly as long as it has to be.\n"
        f"---\n# Understand\n\nOne line.\nSee {marker} here.\n"
    )


BOMB = "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)

CASES = [
    Case(
        "missing key",
        BAD,
        _model("name: Quillfeather 9 <b>\n", ""),
        f"{BAD}:1:1: the key `name` is missing.",
    ),
    Case(
        "wrong type",
        BAD,
        _model("[eleutherai]", "7"),
        f"{BAD}:3:13: `developers` must be a list.",
    ),
    Case(
        "unknown key",
        BAD,
        _model("access: weights\n", "access: weights\nrelesed: 2025\n"),
        f"{BAD}:8:1: unknown key `relesed`. Did you mean `released`?",
    ),
    Case(
        "unknown id",
        BAD,
        _model("[eleutherai]", "[eleuther-ai]"),
        f"{BAD}:3:14: unknown id `eleuther-ai` in organisations. Did you mean `eleutherai`?",
    ),
    Case(
        "duplicate key",
        BAD,
        _model("access: weights\n", "access: weights\nfamily: pythia\n"),
        f"{BAD}:8:1: the key `family` stands twice (first in line 2). Keep one.",
    ),
    Case(
        "duplicate name",
        BAD,
        _model("Quillfeather 9 <b>", "Alpha"),
        f"{BAD}:1:7: `alpha` has the same name. Keep one of the two.",
    ),
    Case(
        "another id",
        BAD,
        "id: alpha\n" + MODEL,
        f"{BAD}:1:5: the id must be the file's name, `zz-bad`. Drop `id`.",
    ),
    Case(
        "no such day",
        BAD,
        _model("2025-01-02", "2025-13-45"),
        f"{BAD}:5:11: `released` is not a date in the calendar.",
    ),
    Case(
        "tab",
        BAD,
        _model("  weights:\n", "\tweights:\n"),
        f"{BAD}:9:1: a tab where YAML wants spaces. Indent with two spaces.",
    ),
    Case(
        "unclosed quote",
        BAD,
        _model('{url: "https://model.example/news", via: primary}', 'url: "https://model.example'),
        f"{BAD}:15:12: a quotation mark is not closed. Add the closing quote where the text ends.",
    ),
    Case(
        "script as an address",
        BAD,
        _model("https://model.example/weights", "javascript:alert(1)"),
        f"{BAD}:12:15: `url` is not an http or https address.",
    ),
    Case(
        "one megabyte",
        BAD,
        _model("A model that", "A" * 1_000_000),
        f"{BAD}:1:1: the file is larger than 256 KB. Split it or shorten its texts.",
    ),
    Case(
        "path as an id",
        BAD,
        _model("[eleutherai]", '["../../etc/passwd"]'),
        f"{BAD}:3:14: `../../etc/passwd` cannot be an id. "
        "Use lower-case letters, digits and single hyphens, such as `olmo-2`.",
    ),
    Case(
        "path as a file's name",
        "data/models/..zz.yml",
        MODEL,
        "data/models/..zz.yml:1:1: `..zz` cannot be an id. "
        "Use lower-case letters, digits and single hyphens, such as `olmo-2`.",
    ),
    Case(
        "alias bomb",
        BAD,
        "a: &a [x]\n",
        f"{BAD}:1:4: an anchor (&a). Write each value out.",
    ),
    Case(
        "not UTF-8",
        BAD,
        MODEL.encode().replace(b"only", b"\xe9"),
        f"{BAD}:4:27: byte 0xe9 is not UTF-8. Save the file as UTF-8.",
    ),
    Case("empty", BAD, "", f"{BAD}:1:1: the file is empty. Write the record, or delete the file."),
    Case(
        "NUL",
        BAD,
        _model("only", "on\0ly"),
        f"{BAD}:4:29: control character U+0000 in the text. Delete it.",
    ),
    Case(
        "Python object",
        BAD,
        _model("Quillfeather 9 <b>", '!!python/object/apply:os.system ["touch hacked"]'),
        f"{BAD}:1:7: a tag (tag:yaml.org,2002:python/object/apply:os.system). "
        "Write plain values without tags.",
    ),
    Case(
        "fact without evidence",
        BAD,
        _model("  released:\n    - {url: ", "  access:\n    - {url: "),
        f"{BAD}:5:1: `released` is stated without evidence. "
        "Add `evidence: {released: [{url: …, via: …}]}`, or leave it out.",
    ),
    Case(
        "marker: unknown id",
        PAGE,
        _page('{{ model("gama") }}'),
        f"{PAGE}:8:5: unknown model `gama`. Did you mean `gamma`?",
    ),
    Case(
        "marker: unknown function",
        PAGE,
        _page('{{ modell("alpha") }}'),
        f"{PAGE}:8:5: unknown marker `modell`. Did you mean `model`?",
    ),
    Case(
        "marker: unclosed call",
        PAGE,
        _page('{{ model("alpha" }}'),
        f"{PAGE}:8:5: `model(\"alpha\"` cannot be read (unexpected '}}', expected ')').",
    ),
    Case(
        "marker: unclosed",
        PAGE,
        _page('{{ model("alpha")'),
        f"{PAGE}:8:5: a marker is not closed. End it with `}}}}`.",
    ),
    Case(
        "marker: more than a call",
        PAGE,
        _page('{{ "".__class__.__mro__ }}'),
        f'{PAGE}:8:5: `"".__class__.__mro__` is more than a marker may be. '
        'Use one call, such as `{{ model("olmo-2").released }}`.',
    ),
    Case(
        "HTML that is not on the list",
        PAGE,
        _page("<b onclick='go()'>x</b>"),
        f"{PAGE}:8:1: the attribute `onclick` of `<b>` is not allowed. Take it out.",
    ),
    Case(
        "a file that would be published unread",
        "content/understand/picture.svg",
        "<svg onload='go()'/>",
        "content/understand/picture.svg:1:1: a file of this kind is not published. "
        "Pages end in .md, other files in .css, .js, .png, .webp, .jpg.",
    ),
    Case(
        "front matter: not YAML",
        PAGE,
        _page("nothing").replace("title: Understand", "title: [Understand"),
        f"{PAGE}:3:12: this is not YAML (did not find expected ',' or ']'). "
        "Check quotes, brackets and indentation.",
    ),
    Case(
        "front matter: missing",
        PAGE,
        "# Understand\n",
        f"{PAGE}:1:1: the page has no front matter. Begin it with `---`, `title: …`, `---`.",
    ),
    Case(
        "template: syntax",
        "overrides/fieldguide/tool.html",
        "<h1>{{ tool.name }}</h1>\n{% if %}\n",
        "overrides/fieldguide/tool.html:2:1: the template fails: "
        "Expected an expression, got 'end of statement block'.",
    ),
    Case(
        "template: unknown name",
        "overrides/fieldguide/tool.html",
        "<h1>{{ tool.name }}</h1>\n{{ nothing }}\n",
        "overrides/fieldguide/tool.html:2:1: the template fails: 'nothing' is undefined.",
    ),
    Case(
        "template of the theme",
        "overrides/main.html",
        '{% extends "base.html" %}\n\n{% if %}\n',
        "overrides/main.html:3:1: the template fails: "
        "Expected an expression, got 'end of statement block'.",
    ),
]


@pytest.fixture(scope="module")
def copy(small: Callable[[], Copy]) -> Copy:
    """A small project that has been built before."""
    copy = small()
    done = copy.build()
    assert done.returncode == 0, done.stdout
    return copy


@pytest.fixture(scope="module")
def guide(project: Callable[[], Copy], site: Path) -> Copy:
    """The guide itself, built before."""
    copy = project()
    shutil.copytree(site, copy.site)
    return copy


@contextmanager
def _written(copy: Copy, path: str, text: str | bytes) -> Iterator[None]:
    """The file with another text, for a while."""
    file = copy.root / path
    before = file.read_bytes() if file.exists() else None
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    try:
        yield
    finally:
        if before is None:
            file.unlink()
        else:
            file.write_bytes(before)


def _bytes(folder: Path) -> dict[str, bytes]:
    files = [file for file in folder.rglob("*") if file.is_file()]
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_build_says_what_is_wrong_and_changes_nothing(copy: Copy, case: Case) -> None:
    before = _bytes(copy.site)
    with _written(copy, case.path, case.text):
        done = copy.build()
    assert done.returncode == 1
    assert done.stdout == (
        f"ERROR   -  1 problem, nothing was built:\n{case.told}\n\nAborted with a BuildError!\n"
    )
    assert _bytes(copy.site) == before
    assert not list(copy.root.rglob("hacked"))


@pytest.mark.parametrize(
    "case",
    [c for c in CASES if c.name in ("unknown id", "not UTF-8", "template: syntax")],
    ids=lambda case: case.name,
)
def test_the_check_says_the_same(copy: Copy, case: Case) -> None:
    with _written(copy, case.path, case.text):
        done = copy.run("fieldguide", "check")
    assert done.returncode == 1
    assert done.stdout == f"{case.told}\n1 problem.\n"


def test_the_check_is_silent_where_all_is_well(guide: Copy) -> None:
    done = guide.run("fieldguide", "check")
    assert done.returncode == 0
    assert done.stdout.startswith("All is well: ")


def test_an_alias_bomb_is_not_lit(copy: Copy) -> None:
    """Each line is nine times the one before: written out, the last would be 43 million words."""
    with _written(copy, BAD, "a: &a [x, x, x, x, x, x, x, x, x]\n" + BOMB):
        done = copy.run("fieldguide", "check")
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert lines[0] == f"{BAD}:1:4: an anchor (&a). Write each value out."
    assert f"{BAD}:2:8: an alias (*a). Write the value out." in lines
    assert len(done.stdout) < 20_000


def test_all_problems_of_the_guide_are_told_at_once_by_file_and_line(guide: Copy) -> None:
    before = _bytes(guide.site)
    index = "content/understand/index.md"
    several = _model("[eleutherai]", "[eleuther-ai]").replace("2025-01-02", "2025-02-30")
    with (
        _written(guide, BAD, several),
        _written(guide, "data/tools/aa.yml", "name: A\n"),
        _written(guide, index, _page('{{ model("olmo-22") }} and {{ tool("vlm") }}')),
        _written(guide, "data/models/stranger.yaml", "name: A\n"),
    ):
        done = guide.build()
    assert done.returncode == 1
    lines = done.stdout.split("nothing was built:\n")[1].split("\n\n")[0].splitlines()
    places = [line.split(": ")[0] for line in lines]
    assert places == [
        *(f"{index}:8:5", f"{index}:8:32"),
        "data/models/stranger.yaml:1:1",
        f"{BAD}:5:11",
        *["data/tools/aa.yml:1:1"] * 3,
    ]
    assert lines[0].endswith(
        "unknown model `olmo-22`. Did you mean `olmo-2` or `olmo-3` or `olmo-1`?"
    )
    assert done.stdout.startswith(f"ERROR   -  {len(lines)} problems, nothing was built:\n")
    assert _bytes(guide.site) == before


def test_a_script_in_a_text_is_only_text(
    small: Callable[[], Copy], serve: Callable[[Path], str], chromium: Browser
) -> None:
    script = "<script>window.ran = 1</script><img src=x onerror='window.ran = 1'>"
    copy = small()
    text = MODEL.replace("Quillfeather 9 <b>", f'"Quillfeather {script}"')
    text = text.replace("A model that only the tests know.", f'"{script} {{{{ 7 * 7 }}}}"')
    text = text.replace("state: released\n", f'state: released\n    note: "{script}"\n')
    copy.write("data/models/quillfeather.yml", text)
    copy.replace("data/organisations.yml", "name: EleutherAI,", f'name: "Eleuther {script}",')
    copy.replace(PAGE, "title: One\n", f'title: "One {script}"\n')
    copy.replace(PAGE, "{{ catalogue() }}", "{{ catalogue() }}\n\n{{ parts_grid() }}")
    done = copy.build()
    assert done.returncode == 0, done.stdout
    page, server = chromium.new_page(), serve(copy.site)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for address in (
        *("models/quillfeather/", "models/makers/eleutherai/", "understand/one/", ""),
        *("models/gamma/",),  # The neighbour, which names it.
    ):
        page.goto(server + address)
        assert "window.ran" in (page.locator("body").text_content() or ""), address
        assert page.evaluate("window.ran") is None, address
    page.goto(server + "models/quillfeather/")
    assert page.title() == f"Quillfeather {script} - Open Model Field Guide"
    expect(page.locator("h1")).to_have_text(f"Quillfeather {script}")
    expect(page.locator("article")).to_contain_text(f"{script} {{{{ 7 * 7 }}}}")
    page.locator(".md-search__input").click()
    page.keyboard.type("Quillfeather")
    expect(page.locator(".md-search-result__link").first).to_be_visible()
    assert page.evaluate("window.ran") is None
    assert not [url for url in asked if url.endswith("/x")]
    page.close()
