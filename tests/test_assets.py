"""Scripts and style sheets as readers get them: small, the same to a browser, named by content."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

import samples
from copies import ROOT, asset
from fieldguide import assets

STYLE = "/* Why. */\n.a {\n  color: red;\n}\n"
RULES = """(sheets) => sheets.map((text) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return [...sheet.cssRules].map((rule) => rule.cssText);
})"""


def test_a_file_is_minified_and_its_name_tells_its_content(tmp_path: Path) -> None:
    samples.put(tmp_path, "content/assets/one.css", STYLE)
    samples.put(tmp_path, "content/assets/one.js", "// Why.\nconst a = 1;\n\nf(a);\n")
    samples.put(tmp_path, "content/assets/one.png", b"\x89PNG")
    found, problems = assets.survey(tmp_path)
    assert problems == []
    assert set(found) == {"assets/one.css", "assets/one.js"}
    style = found["assets/one.css"]
    assert style.text == ".a{color:red}\n"
    assert found["assets/one.js"].text == "const a=1;f(a);\n"
    assert re.fullmatch(r"assets/one\.[0-9a-f]{8}\.min\.css", style.path)
    samples.put(tmp_path, "content/assets/one.css", STYLE.replace("Why", "Because"))
    assert assets.survey(tmp_path)[0]["assets/one.css"] == style, "what readers get is the same"
    samples.put(tmp_path, "content/assets/one.css", STYLE.replace("red", "blue"))
    assert assets.survey(tmp_path)[0]["assets/one.css"].path != style.path


def test_what_the_minifier_cannot_read_is_told_with_its_place(tmp_path: Path) -> None:
    root = samples.write(tmp_path)
    samples.put(root, "content/assets/one.js", "const a = 1;\nf(`${b ? `${a} c` : 2}`);\n")
    place = samples.place(root, "content/assets/one.js", "${b")
    hint = "Make the inner one before, under a name of its own"
    assert samples.wrong_site(root) == [f"{place}: a template within a template. {hint}."]


def test_every_page_has_the_files_by_their_new_names_only(site: Path) -> None:
    ours = {path.name for path in (ROOT / "content/assets").glob("*.*s*")}
    assert len(ours) >= 5
    made = {asset(site, name) for name in ours}
    there = {f.relative_to(site).as_posix() for f in site.glob("assets/*.*") if f.suffix != ".png"}
    assert there == made
    pages = {file: file.read_text(encoding="utf-8") for file in site.rglob("*.html")}
    for name in ("fieldguide.css", "fieldguide.js", "search.js"):
        where = asset(site, name)
        assert [str(file) for file, text in pages.items() if where not in text] == []
    twice = {
        str(file)
        for file, text in pages.items()
        if len(found := re.findall(r"assets/[^\"]+\.js", text)) > len(set(found))
    }
    assert twice == set(), "a script would run twice"
    lists = {"models", "licences", "run"}
    for name, places in (("catalogue.js", lists), ("compare.js", lists | {"compare"})):
        where = asset(site, name)
        users = {file.relative_to(site).parent.as_posix() for file in pages if where in pages[file]}
        assert users == places


def test_a_browser_reads_the_same_styles(chromium: Browser, site: Path, server: str) -> None:
    sheets = [(ROOT / "content/assets/fieldguide.css"), site / asset(site, "fieldguide.css")]
    page = chromium.new_page()
    page.goto(server + asset(site, "fieldguide.css"))
    source, made = page.evaluate(RULES, [file.read_text(encoding="utf-8") for file in sheets])
    page.close()
    assert len(source) > 300
    spaces = [[re.sub(r"\s+", "", rule) for rule in rules] for rules in (source, made)]
    assert spaces[0] == spaces[1]


@pytest.mark.parametrize(
    "name", ["catalogue.js", "compare.js", "fieldguide.js", "search.js", "whatif.js"]
)
def test_a_script_is_smaller_by_a_tenth_or_more(site: Path, name: str) -> None:
    source = (ROOT / "content/assets" / name).stat().st_size
    assert (site / asset(site, name)).stat().st_size < 0.9 * source
