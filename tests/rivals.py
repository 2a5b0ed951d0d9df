"""A guide's pages as other site generators take them; for `bench.py`. Not a test.

Every page is handed over as HTML that is already rendered: in Markdown files for those that read
nothing else, in HTML files for Hugo and Eleventy, which is the fastest that they can take.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Final

from copies import ROOT, Copy

HEAD: Final = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>{title}</title>
<meta name="description" content="{about}"><link rel="stylesheet" href="/assets/fieldguide.css">
</head><body><header><a href="/">Open Model Field Guide</a><nav>{nav}</nav></header><main>
"""
TAIL: Final = "</main><footer>Text and data CC BY 4.0, code MIT.</footer></body></html>\n"
SECTIONS: Final = ("understand", "models", "licences", "run", "debate", "data")
# With thousands of models Zensical's search takes no page as long as that of all works.
TOO_LONG: Final = "data/references.md"
NAV: Final = " ".join(f'<a href="/{name}/">{name.capitalize()}</a>' for name in SECTIONS)


@dataclass(frozen=True)
class Page:
    """A page as it is to be wrapped. `source` is its Markdown file, or where that would be."""

    source: str
    title: str
    about: str
    html: str
    written: bool

    def front(self, **more: object) -> str:
        """Front matter: JSON is YAML too."""
        fields = {"title": self.title, "description": self.about, **more}
        return f"---\n{json.dumps(fields, ensure_ascii=False)}\n---\n"


def pages(copy: Copy) -> Iterator[Page]:
    """The pages of a built guide, without the theme around them."""
    for file in sorted(copy.site.rglob("index.html")):
        html = file.read_text(encoding="utf-8")
        address = file.parent.relative_to(copy.site).as_posix()
        folder = "" if address == "." else f"{address}/"
        source = f"{folder}index.md"
        if not (copy.root / "content" / source).exists():
            source = f"{address}.md"
        title = re.search(r"<title>(.*?)(?: - Open Model Field Guide)?</title>", html)
        about = re.search(r'<meta name="description" content="(.*?)">', html)
        assert title is not None
        assert about is not None
        article = html[html.index("<h1", html.index("<article")) : html.index('<p class="fg-end">')]
        yield Page(
            source,
            unescape(title[1]),
            unescape(about[1]),
            re.sub(r"\n\s*\n", "\n", article),
            (copy.root / "content" / source).exists(),
        )


def put(folder: Path, name: str, text: str) -> None:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def for_material(folder: Path, made: list[Page], copy: Copy) -> None:
    """Markdown files, and this guide's settings without what is ours."""
    for page in made:
        excluded = {}
        if page.source == TOO_LONG or (
            page.written and "search: {exclude: true}" in copy.read(f"content/{page.source}")
        ):
            excluded = {"search": {"exclude": True}}
        put(folder / "docs", page.source, page.front(**excluded) + page.html)
    shutil.copytree(ROOT / "content/assets", folder / "docs/assets")
    settings = copy.read("mkdocs.yml").replace("content\nsite_dir", "docs\nsite_dir")
    settings = re.sub(r"(?m)^(hooks|watch|  custom_dir):.*\n", "", settings)
    put(folder, "mkdocs.yml", re.sub(r"\bwarn\b", "ignore", settings))


def for_hugo(folder: Path, made: list[Page]) -> None:
    head = HEAD.format(title="{{ .Title }}", about="{{ .Description }}", nav=NAV)
    rows = '<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ .Description }}</li>'
    single = f"{head}{{{{ .Content }}}}{TAIL}"
    every = (
        f"{head}{{{{ .Content }}}}<ul>{{{{ range .RegularPages }}}}{rows}{{{{ end }}}}</ul>{TAIL}"
    )
    for name, text in (("single", single), ("list", every)):
        put(folder, f"layouts/_default/{name}.html", text)
    put(folder, "layouts/index.html", single)
    put(folder, "config.toml", 'baseURL = "/"\ndisableKinds = ["taxonomy", "term", "RSS"]\n')
    for page in made:
        name = page.source.replace("index.md", "_index.md").replace(".md", ".html")
        put(folder / "content", name, page.front() + page.html)
    shutil.copytree(ROOT / "content/assets", folder / "static/assets")


def for_eleventy(folder: Path, made: list[Page]) -> None:
    head = HEAD.format(title="{{ title }}", about="{{ description }}", nav=NAV)
    put(folder, "content/_includes/page.njk", f"{head}{{{{ content | safe }}}}{TAIL}")
    rows = (
        '<li><a href="{{ model.url }}">{{ model.data.title }}</a> {{ model.data.description }}</li>'
    )
    front = '---\n{"layout": "page.njk", "title": "All", "description": "All models"}\n---\n'
    each = f"{{% for model in collections.model %}}{rows}{{% endfor %}}"
    put(folder, "content/all.njk", f"{front}<ul>{each}</ul>")
    put(
        folder,
        "eleventy.config.js",
        'module.exports = (config) => {\n  config.addPassthroughCopy({ static: "assets" });\n'
        '  return { dir: { input: "content", output: "site" }, htmlTemplateEngine: false };\n};\n',
    )
    for page in made:
        model = not page.written and page.source.startswith("models/")
        tags = {"tags": "model"} if model and page.source.count("/") == 1 else {}
        put(
            folder / "content",
            page.source.replace(".md", ".html"),
            page.front(layout="page.njk", **tags) + page.html,
        )
    shutil.copytree(ROOT / "content/assets", folder / "static")
