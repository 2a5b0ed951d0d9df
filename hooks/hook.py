"""The adapter: maps MkDocs' events to calls of `fieldguide`, and nothing more.

Validation comes first, before MkDocs empties the site's folder: a failed build leaves the old site
as it was. While serving, a failed rebuild puts the last good site back, with a banner on every page
that lists the problems, until a save mends them.
"""

from __future__ import annotations

import logging
import os
import posixpath
import re
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable
from html import escape
from io import FileIO
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.utils.templates import TemplateContext

sys.path.insert(0, str(Path(__file__).parent))  # The core stands beside this file.

from fieldguide import build, pages
from fieldguide.frames import Frames
from fieldguide.problems import ProblemsFound, count

log = logging.getLogger("mkdocs.hooks.fieldguide")


# Renders the theme's whole page for each record, for comparison with the quick way.
FULL = bool(os.environ.get("FIELDGUIDE_FULL_RENDER"))


class State:
    """What one build needs; replaced as a whole each time, so that nothing grows in `serve`."""

    site: build.Site
    generated: dict[str, Page]
    frames: Frames | None


state = State()


class GeneratedPage(Page):
    """A page whose HTML comes from a template, with no Markdown in between."""

    def __init__(self, made: pages.Page, file: File, config: MkDocsConfig) -> None:
        super().__init__(escape(made.title), file, config)  # The theme prints titles as they are.
        self.made = made
        root = urljoin((config.repo_url or "").rstrip("/") + "/", config.edit_uri or "")
        self.edit_url = urljoin(root, f"../{made.source}") if config.repo_url else None

    def read_source(self, config: MkDocsConfig) -> None:
        self.markdown = ""
        self.meta = {"title": self.made.title, "description": self.made.description}
        self.meta["hide"] = self.made.hide
        if not FULL:
            self.meta["template"] = "framed.html"
        if self.made.search is not None and _index(config) is not None:
            self.meta["search"] = {"exclude": True}  # See `on_env`.

    def render(self, config: MkDocsConfig, files: Files) -> None:
        self.content = state.site.html(self.made)
        tokens = [
            {"level": h.level, "id": h.id, "name": h.text, "children": []}
            for h in pages.headings(self.content)
        ]
        self.toc = get_toc(
            [{"level": 1, "id": self.made.key, "name": self.title, "children": tokens}]
        )
        self.present_anchor_ids = {token["id"] for token in tokens}


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Reads and checks everything; nothing is built if anything is wrong."""
    root = Path(config.config_file_path).parent
    edit_root = urljoin((config.repo_url or "").rstrip("/") + "/", config.edit_uri or "") + "../"
    try:
        state.site = build.Site(root, urljoin(edit_root, "."), config.site_url or "")
        state.site.render()
    except ProblemsFound as found:
        raise PluginError(_listed(found)) from None
    config.extra_css = [state.site.renderer.asset(path) for path in config.extra_css]
    for script in config.extra_javascript:
        script.path = state.site.renderer.asset(script.path)  # type: ignore[union-attr]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds a page for each record and the files for other programs; minified assets for ours."""
    state.generated = {}
    for made in state.site.pages:
        name = posixpath.join(made.address.rstrip("/") + ".md")
        file = File.generated(config, name, content="", inclusion=InclusionLevel.NOT_IN_NAV)
        files.append(file)
        state.generated[made.address] = GeneratedPage(made, file, config)
    for path, content in state.site.exports.items():
        files.append(File.generated(config, path, content=content))
    for path, asset in state.site.renderer.assets.items():
        files.remove(files.src_uris[path])
        files.append(File.generated(config, asset.path, content=asset.text))
    return files


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Gives generated pages their place: below the page that lists them, and beside each other."""
    for page in state.generated.values():
        made = page.made  # type: ignore[attr-defined]
        above = files.get_file_from_path(made.parent)
        if above and above.page:
            page.parent = above.page.parent if above.page.is_index else above.page  # type: ignore[assignment]
        page.previous_page = state.generated.get(made.previous)
        page.next_page = state.generated.get(made.next)
    return nav


def _index(config: MkDocsConfig) -> list[dict[str, Any]] | None:
    """The entries of the theme's search, if it is there and works as we know it."""
    for plugin in config.plugins.values():
        entries = getattr(getattr(plugin, "search_index", None), "entries", None)
        if isinstance(entries, list):
            return entries
    return None


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Gives the search what it finds of records; see `fieldguide.frames` for the rest."""
    index = _index(config)
    for page in state.generated.values():
        search = page.made.search  # type: ignore[attr-defined]
        if index is not None and search:
            entry = {"location": page.url, "title": page.title, "text": escape(search, quote=False)}
            index.append(entry)
    env.globals["asset"] = state.site.renderer.asset
    env.trim_blocks = env.lstrip_blocks = True
    whole = env.get_template("main.html")
    state.frames = Frames(lambda page, context: whole.render({**context, "page": page}))
    return env


def on_page_context(
    context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation
) -> TemplateContext:
    """Gives the template of generated pages the whole page."""
    if isinstance(page, GeneratedPage) and state.frames and not FULL:
        made = page.made  # Pages of one kind in folders of different depth link up differently.
        framed = state.frames.html(page, context, f"{made.collection} {made.address.count('/')}")
        return {**context, "framed": framed}  # type: ignore[typeddict-unknown-key,return-value]
    return context


def on_post_build(config: MkDocsConfig) -> None:
    """Writes the files beside records and pages, and says what had to be rendered the slow way.

    There are thousands of files, and MkDocs takes six times as long over one.
    """
    made: set[str] = set()
    for path, content in state.site.beside():
        file = posixpath.join(config.site_dir, path)
        if (folder := posixpath.dirname(file)) not in made:
            Path(folder).mkdir(parents=True, exist_ok=True)
            made.add(folder)
        with FileIO(file, "w") as opened:
            opened.write(content)
    for kind, *_ in state.frames.unfit if state.frames else ():
        log.info("Pages of %s were rendered in full: no frame fits the theme", kind)


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """The page with its markers expanded, and nothing in its front matter taken for HTML."""
    page.meta = {
        key: escape(value) if isinstance(value, str) else value for key, value in page.meta.items()
    }
    return state.site.markdown(page.file.src_uri, markdown)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Puts the markers' HTML where their slots stand."""
    return state.site.fill(page.file.src_uri, html)


def on_serve(server: Any, config: MkDocsConfig, builder: Callable[..., None]) -> Any:
    """Makes rebuilding survive whatever is saved."""
    server.builder = Surviving(server.builder, Path(server.root))
    return server


class Surviving:
    """A rebuild that cannot fail: on any error the last good site comes back, with a banner."""

    def __init__(self, builder: Callable[..., None], site: Path) -> None:
        self.builder = builder
        self.site = site
        self.folder = tempfile.TemporaryDirectory(prefix="fieldguide_")  # Goes when we go.
        self.good = Path(self.folder.name, "site")
        self._copy(self.site, self.good)

    def __call__(self) -> None:
        heard = Heard(logging.ERROR)
        _reasons.clear()
        logging.getLogger("mkdocs").addHandler(heard)
        try:
            self.builder()
        except (Exception, SystemExit) as error:
            message = _message(error)
            log.error("The last good site is shown until this is mended:\n%s", message)
            self._copy(self.good, self.site)
            self._announce(message)
        else:
            self._copy(self.site, self.good)
        finally:
            logging.getLogger("mkdocs").removeHandler(heard)

    def _copy(self, source: Path, target: Path) -> None:
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(source, target)

    def _announce(self, message: str) -> None:
        items = "".join(f"<li>{escape(line)}</li>" for line in message.splitlines() if line)
        banner = (
            '<aside class="fg-problems" role="alert"><strong>Not up to date.</strong> '
            f"The last save has problems:<ul>{items}</ul></aside>"
        )
        for file in self.site.rglob("*.html"):
            html = file.read_text(encoding="utf-8")
            file.write_text(
                re.sub(r"<body[^>]*>", lambda m: m[0] + banner, html, count=1), encoding="utf-8"
            )


# Why the build under way failed: MkDocs' `Abort` no longer says. Faults of the settings are only
# logged, all others come as an event; those that were logged before are not logged again.
_reasons: list[str] = []


class Heard(logging.Handler):
    """Keeps what is logged as an error."""

    def emit(self, record: logging.LogRecord) -> None:
        _reasons.append(record.getMessage())


def on_build_error(error: Exception) -> None:
    """Keeps what failed."""
    _reasons.append(str(error))


def _message(error: BaseException) -> str:
    if isinstance(error, Abort) and _reasons:
        return "\n".join(dict.fromkeys(_reasons))
    return f"{_place(error)}{type(error).__name__}: {error}"


def _place(error: BaseException) -> str:
    """The innermost template in the traceback and its line: MkDocs does not tell them."""
    root = Path(__file__).parent.parent
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        file = Path(frame.filename)
        if file.suffix == ".html":
            path = file.relative_to(root).as_posix() if file.is_relative_to(root) else file.name
            return f"{path}:{frame.lineno}: "
    return ""


def _listed(found: ProblemsFound) -> str:
    lines = "\n".join(map(str, found.problems))
    return f"{count(found.problems)}, nothing was built:\n{lines}"
