"""Written pages: front matter, frame and what is wrong in them."""

from __future__ import annotations

from pathlib import Path

import pytest

import samples
from fieldguide.articles import address_of, open_all
from fieldguide.expansion import Pages, Written
from fieldguide.problems import ProblemsFound
from fieldguide.render import Renderer
from fieldguide.views import Guide

ONE = "content/understand/one.md"
DESCRIPTION = "The page where every visit to this small sample of a guide begins."


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return samples.write(tmp_path)


def pages(root: Path) -> Pages:
    made = Pages(open_all(root), Renderer(root, Guide(samples.load(root))))
    made.check()
    return made


def told(root: Path) -> list[str]:
    with pytest.raises(ProblemsFound) as caught:
        pages(root)
    return [str(problem) for problem in caught.value.problems]


def filled(page: Written) -> str:
    return page.expanded.fill(page.expanded.markdown)


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("index.md", ""),
        ("about.md", "about/"),
        ("models/index.md", "models/"),
        ("understand/spectrum.md", "understand/spectrum/"),
        ("run/reindex.md", "run/reindex/"),
        ("index/a.md", "index/a/"),
    ],
)
def test_a_page_has_the_address_that_the_site_gives_it(path: str, address: str) -> None:
    assert address_of(path) == address


def test_pages_are_found_by_path(root: Path) -> None:
    found = pages(root)
    assert list(found) == ["index.md", "understand/one.md"]
    one = found["understand/one.md"]
    assert (one.address, one.article.title, one.article.kind) == (
        *("understand/one/", "One"),
        "explainer",
    )


def test_a_plain_page_gets_no_frame(root: Path) -> None:
    assert filled(pages(root)["index.md"]).strip() == "# Home\n\nThere are 3 models."


def test_an_explainer_gets_its_frame(root: Path) -> None:
    text = filled(pages(root)["understand/one.md"])
    order = [
        "# One\n",
        "1 minute to read",
        "20 November 2026",
        "What one is",
        '<a href="../../models/alpha/">Alpha</a> is open',
        "<table",
        "## Bottom line",
        "One is one.",
        "## Sources",
        '<li id="source-1">',
        "## Read next",
        '<a href="../../">Home</a>',
    ]
    places = [text.index(piece) for piece in order]
    assert places == sorted(places)


def test_without_citations_there_are_no_sources(root: Path) -> None:
    samples.edit(root, ONE, ' {{ cite("paper") }}', "")
    assert "## Sources" not in filled(pages(root)["understand/one.md"])


def test_the_time_to_read_grows_with_the_words(root: Path) -> None:
    samples.edit(root, ONE, "is open", "is " + "very " * 2200 + "open")
    assert "10 minutes to read" in filled(pages(root)["understand/one.md"])


@pytest.mark.parametrize("name", ["reviewed", "learn", "bottom_line", "related"])
def test_an_explainer_needs_its_frame(root: Path, name: str) -> None:
    text = samples.FILES[ONE]
    lines = text.split("\n")
    start = next(i for i, line in enumerate(lines) if line.startswith(f"{name}:"))
    end = start + (2 if name == "learn" else 1)
    samples.put(root, ONE, "\n".join(lines[:start] + lines[end:]))
    assert told(root) == [f"{ONE}:2:1: an explainer needs `{name}`."]


@pytest.mark.parametrize(
    ("front", "problem"),
    [
        ("title: A", "2:1: the key `description` is missing."),
        (
            "title: A\ndescription: Too short.",
            "3:14: `description` is shorter than 50 characters.",
        ),
        (
            f"title: A\ndescription: {'a ' * 81}a",
            "3:14: `description` is longer than 160 characters.",
        ),
        (f"description: {DESCRIPTION}", "2:1: the key `title` is missing."),
        (f"title: 5\ndescription: {DESCRIPTION}", "2:8: `title` must be text. Put it in quotes."),
        (
            f"title: A\ndescription: {DESCRIPTION}\ntitel: B",
            "4:1: unknown key `titel`. Did you mean `title`?",
        ),
        (
            f"title: A\ndescription: {DESCRIPTION}\nkind: essay",
            "4:7: `kind` must be 'explainer' or 'page'.",
        ),
        (
            f"title: A\ndescription: {DESCRIPTION}\nhide: [footer]",
            "4:8: `0` must be 'navigation' or 'toc'.",
        ),
        (
            f"title: A\ndescription: {DESCRIPTION}\nreviewed: 2026-02-30",
            "4:11: `reviewed` is not a date in the calendar.",
        ),
        ("title: A: B", "2:9: a colon where none may stand."),
        ("title: *a", "2:8: an alias (*a). Write the value out."),
        ("title: yes", "2:8: `yes` does not mean the same to every YAML reader."),
        ("- title", "2:1: this must be a mapping of keys to values."),
        ("# nothing", "1:1: the file is empty."),
    ],
)
def test_wrong_front_matter_is_told_in_its_line(root: Path, front: str, problem: str) -> None:
    samples.put(root, "content/a.md", f"---\n{front}\n---\n# A\n")
    [found] = told(root)
    assert found.startswith(f"content/a.md:{problem}")


NO_FRONT = "content/a.md:1:1: the page has no front matter. Begin it with `---`, `title: …`, `---`."


@pytest.mark.parametrize(
    "text",
    ["", "# A\n", "---\ntitle: A\n# A\n", "----\ntitle: A\n----\n", "\n---\ntitle: A\n---\n"],
)
def test_a_page_without_front_matter_is_told(root: Path, text: str) -> None:
    samples.put(root, "content/a.md", text)
    assert told(root) == [NO_FRONT]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"\ncaf\xe9", "5:4: byte 0xe9 is not UTF-8. Save the file as UTF-8."),
        (b"\0", "4:1: control character U+0000 in the text. Delete it."),
        (b"x\x1b[0m", "4:2: control character U+001B in the text. Delete it."),
        (
            "\ue0000\ue001".encode(),
            "4:1: character without a meaning, U+E000 in the text. Delete it.",
        ),
        (
            "\n\nif \u202e".encode(),
            "6:4: character that cannot be seen, U+202E in the text. Delete it.",
        ),
        (
            b"x" * 256 * 1024,
            "1:1: the file is larger than 256 KB. Split it or shorten its texts.",
        ),
    ],
)
def test_bytes_that_are_no_text_are_told(root: Path, content: bytes, problem: str) -> None:
    samples.put(root, "content/a.md", b"---\ntitle: A\n---\n" + content)
    assert told(root) == [f"content/a.md:{problem}"]


def test_html_that_is_not_on_the_list_is_told_in_its_line_of_the_file(root: Path) -> None:
    samples.edit(root, ONE, "is open", "is <b onclick=x>open</b>")
    line = samples.FILES[ONE].split("is open")[0].count("\n") + 1
    assert told(root) == [
        f"{ONE}:{line}:1: the attribute `onclick` of `<b>` is not allowed. Take it out."
    ]


@pytest.mark.parametrize(
    "name", ["page.html", "picture.svg", "page.markdown", "page.MD", "notes.txt", "assets/x.xml"]
)
def test_a_file_that_would_be_published_unread_is_told(root: Path, name: str) -> None:
    """The site generator publishes what lies beside pages, and takes four endings for Markdown."""
    samples.put(root, f"content/{name}", "<script>go()</script>")
    [problem] = told(root)
    assert problem.startswith(f"content/{name}:1:1: a file of this kind is not published. ")


def test_files_of_the_theme_and_hidden_ones_may_lie_beside_pages(root: Path) -> None:
    for name in ("assets/x.css", "assets/x.js", "assets/x.png", ".x.md.swp", "assets/.DS_Store"):
        samples.put(root, f"content/{name}", "")
    assert pages(root)


def test_a_link_is_told_and_not_read(root: Path, tmp_path: Path) -> None:
    samples.put(tmp_path, "outside.md", "secret \0")
    for name in ("content/one.md", "content/folder", "content/x.png", "content/gone.md"):
        target = {"folder": "", "gone.md": "nowhere"}.get(Path(name).name, "outside.md")
        (root / name).symlink_to(tmp_path / target)
    assert told(root) == [
        f"{name}:1:1: a symbolic link. Put the file here."
        for name in ("content/folder", "content/gone.md", "content/one.md", "content/x.png")
    ]


@pytest.mark.parametrize("text", ["\ufeff" + samples.FILES[ONE], samples.FILES[ONE]])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_other_line_ends_and_a_byte_order_mark_do_no_harm(
    root: Path, text: str, line_end: str
) -> None:
    plain = filled(pages(root)["understand/one.md"])
    samples.put(root, ONE, text.replace("\n", line_end))
    assert filled(pages(root)["understand/one.md"]) == plain


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_wrong_marker_is_told_in_its_line_of_the_file(root: Path, line_end: str) -> None:
    samples.edit(root, ONE, "{{ catalogue() }}", "\n\nä {{ catalogeu() }}")
    place = samples.place(root, ONE, "{{ catalogeu()")
    text = (root / ONE).read_text(encoding="utf-8")
    samples.put(root, ONE, text.replace("\n", line_end))
    hint = "Did you mean `catalogue`?"
    assert told(root) == [f"{place}: unknown marker `catalogeu`. {hint}"]


def test_a_page_to_read_next_must_exist(root: Path) -> None:
    samples.edit(root, ONE, "[index.md]", "[indx.md]")
    hint = "Give a path below content/, such as understand/spectrum.md."
    assert told(root) == [f"{ONE}:1:1: no page `indx.md` to read next. {hint}"]


def test_all_pages_are_told_at_once(root: Path) -> None:
    samples.put(root, "content/a.md", "# A\n")
    samples.edit(root, ONE, 'model("alpha")', 'model("alpah")')
    samples.edit(root, "content/index.md", 'count("models")', 'count("modles") }} {{ x')
    places = [line.split(":")[0] for line in told(root)]
    assert places == ["content/a.md", "content/index.md", "content/index.md", ONE]


def test_a_faulty_template_is_told_once_for_all_pages(root: Path) -> None:
    samples.put(root, "overrides/fieldguide/article_head.html", "\n{{ nothing }}")
    assert told(root) == [
        "overrides/fieldguide/article_head.html:2:1: the template fails: 'nothing' is undefined."
    ]
