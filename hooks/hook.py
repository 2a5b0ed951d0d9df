"""The adapter: maps MkDocs' events to calls of `fieldguide`, and nothing more.

Validation comes first, before MkDocs empties the site's folder: a failed build leaves the old site
as it was. Generated pages do not pass through MkDocs one by one: `fieldguide.frames` puts its theme
around them, and they are written at the end. What `mkdocs serve` does otherwise is in `serving`.
"""

from __future__ import annotations

import logging
import os
import sys
import traceback
from collections.abc import Callable, Iterable
from functools import cached_property, partial
from html import escape
from io import FileIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urljoin

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.utils.templates import TemplateContext

sys.path.insert(0, str(Path(__file__).parent))  # The core stands beside this file.

import serving
from fieldguide import build, pages
from fieldguide.frames import Frames, Link
from fieldguide.problems import ProblemsFound, count
from fieldguide.readings import Readings

log = logging.getLogger("mkdocs.hooks.fieldguide")


# Renders the theme's whole page for each record, and every piece of it, for comparison with the
# quick way.
FULL = bool(os.environ.get("FIELDGUIDE_FULL_RENDER"))


class State:
    """What one build needs; this module is loaded anew for each, so nothing grows in `serve`."""

    site: build.Site
    config: MkDocsConfig
    files: Files
    nav: Navigation
    env: Environment
    frames: Frames
    edit_root: str
    base: str
    made: dict[str, pages.Page]
    outputs: dict[str, Callable[[], bytes]]
    waiting: dict[str, str]


state = State()


class GeneratedPage(Page):
    """A page whose HTML comes from a template, with no Markdown in between."""

    def __init__(self, made: pages.Page, config: MkDocsConfig) -> None:
        name = f"{made.address.rstrip('/')}.md"
        file = File.generated(config, name, content="", inclusion=InclusionLevel.NOT_IN_NAV)
        super().__init__(escape(made.title), file, config)  # The theme prints titles as they are.
        own = Own(made)
        self.made, self.edit_url, self.meta, self.markdown = made, own.edit_url, own.meta, ""
        above = state.files.get_file_from_path(made.parent)
        if above and above.page:
            self.parent = above.page.parent if above.page.is_index else above.page

    @property
    def present_anchor_ids(self) -> set[str]:
        return {link.url[1:] for link in Own(self.made).toc[0].children}

    def complete(self) -> GeneratedPage:
        """The page with its content and neighbours, as a full render wants it."""
        self.content = state.site.html(self.made)
        tokens = [
            {"level": h.level, "id": h.id, "name": h.text, "children": []}
            for h in pages.headings(self.content)
        ]
        self.toc = get_toc(
            [{"level": 1, "id": self.made.key, "name": self.title, "children": tokens}]
        )
        for side in ("previous", "next"):
            if near := state.made.get(getattr(self.made, side)):
                setattr(self, f"{side}_page", GeneratedPage(near, state.config))
        return self


class Own:
    """What a generated page has of its own: all that a frame needs."""

    def __init__(self, made: pages.Page) -> None:
        self.made = made
        self.title = escape(made.title)
        self.url = made.address
        self.canonical_url = state.base and state.base + made.address
        self.edit_url = state.edit_root and f"{state.edit_root}{made.source}"
        self.previous_page = self._near(made.previous)
        self.next_page = self._near(made.next)

    @cached_property
    def meta(self) -> dict[str, Any]:
        return {"title": escape(self.made.title), "description": escape(self.made.description)}

    @cached_property
    def content(self) -> str:
        return state.site.html(self.made)

    @cached_property
    def toc(self) -> list[Any]:
        links = [Link(f"#{h.id}", h.text) for h in pages.headings(self.content)]
        return [SimpleNamespace(level=1, url=f"#{self.made.key}", children=links)]

    def _near(self, address: str | None) -> Any:
        near = state.made.get(address or "")
        return near and SimpleNamespace(title=escape(near.title), url=near.address)


class Everything(Files):
    """The files of a build. Of what the hook writes, they have what a written page links to."""

    def get_file_from_path(self, path: str) -> File | None:
        if made := state.made.get(f"{path.removesuffix('.md')}/"):
            return GeneratedPage(made, state.config).file
        found = super().get_file_from_path(path)
        if found is None and path in state.site.exports:
            return File.generated(state.config, path, content="")
        return found


def on_startup(command: str, dirty: bool) -> None:
    """Begins to serve."""
    if command == "serve":
        serving.current = serving.Serving(_message)


def on_shutdown() -> None:
    """Ends serving."""
    if serving.current:
        serving.current.close()


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Reads and checks everything; nothing is built if anything is wrong."""
    root, now = Path(config.config_file_path).parent, serving.current
    state.config, state.outputs, state.waiting = config, {}, {}
    forge = urljoin(f"{(config.repo_url or '').rstrip('/')}/", config.edit_uri or "")
    state.edit_root = urljoin(f"{forge}../", ".") if config.repo_url else ""
    state.base = f"{config.site_url.rstrip('/')}/" if config.site_url else ""
    readings = now.readings if now else Readings(root / ".cache" / "records.jsonl")
    try:
        state.site = build.Site(
            root,
            urljoin(f"{forge}../", "."),
            config.site_url or "",
            readings=readings,
            compiled=now and now.templates,
            whole=not now,
            full=FULL,
        )
        if not now:
            state.site.render()
    except ProblemsFound as found:
        raise PluginError(_listed(found)) from None
    config.extra_css = [state.site.renderer.asset(path) for path in config.extra_css]
    for script in config.extra_javascript:
        script.path = state.site.renderer.asset(script.path)  # type: ignore[union-attr]
    state.made = {page.address: page for page in state.site.pages}
    if now:
        config.site_dir = str(now.begin())
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Lets written pages link to what the hook writes; minified assets for ours."""
    for path, asset in state.site.renderer.assets.items():
        files.remove(files.src_uris[path])
        files.append(File.generated(config, asset.path, content=asset.text))
    state.files = Everything(files)
    return state.files


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Keeps what the theme's page is rendered with."""
    state.nav = nav
    return nav


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Says how generated pages and files for other programs are made."""
    env.globals["asset"] = state.site.renderer.asset
    env.trim_blocks = env.lstrip_blocks = True
    if serving.current:
        # A page is made later, but with the templates as they are now.
        env.bytecode_cache, env.auto_reload = serving.current.templates, False
        for file in Path(config.theme.dirs[0]).glob("*.html"):
            env.get_template(file.name)
    state.env, state.frames = env, Frames(_whole)
    for made in state.site.pages:
        state.outputs[f"{made.address}index.html"] = partial(_framed, made)
    return env


def _framed(made: pages.Page) -> bytes:
    """A generated page in its frame."""
    own = Own(made)
    kind = f"{made.collection} {made.address.count('/')}"  # Those deeper down link up differently.
    html = _whole(own, made) if FULL else state.frames.html(own, made, kind)
    return html.encode(errors="xmlcharrefreplace")


def _whole(page: Any, made: pages.Page) -> str:
    """The theme's page around a generated one, rendered in full, as MkDocs does it.

    With marks in place of the page's own values where `page` has them.
    """
    real = GeneratedPage(made, state.config).complete()
    shown = real if isinstance(page, Own) else page.on(real)
    context = get_context(state.nav, state.files, state.config, real)
    real.active = True
    try:
        return state.env.get_template("main.html").render({**context, "page": shown})
    finally:
        real.active = False


def on_template_context(
    context: TemplateContext, template_name: str, config: MkDocsConfig
) -> TemplateContext:
    """Puts the generated pages on the site map."""
    if template_name == "sitemap.xml":
        day = next((file.page.update_date for file in context["pages"] if file.page), None)
        more = [
            SimpleNamespace(
                page=SimpleNamespace(
                    canonical_url=state.base and state.base + made.address,
                    abs_url=f"/{made.address}",
                    update_date=day,
                )
            )
            for made in state.site.pages
        ]
        return {**context, "pages": [*context["pages"], *more]}  # type: ignore[typeddict-item]
    return context


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """The page with its markers expanded, and nothing in its front matter taken for HTML."""
    page.meta = {
        key: escape(value) if isinstance(value, str) else value for key, value in page.meta.items()
    }
    expanded = state.site.markdown(page.file.src_uri, markdown)
    if serving.current:
        state.waiting[page.file.src_uri] = expanded
        page.meta["template"] = "framed.html"  # See `on_page_context`.
        return ""
    return expanded


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Puts the markers' HTML where their slots stand."""
    return html if page.file.src_uri in state.waiting else state.site.fill(page.file.src_uri, html)


def on_page_context(
    context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation
) -> TemplateContext:
    """While serving, a written page waits until it is asked for."""
    if page.file.src_uri in state.waiting:
        state.outputs[page.file.dest_uri] = partial(_written, page)
        return {**context, "framed": "Wait."}  # type: ignore[typeddict-unknown-key,return-value]
    return context


def _written(page: Page) -> bytes:
    """A written page, made as MkDocs makes it, but when it is asked for."""
    config, plugins = state.config, state.config.plugins
    _converted(page)
    page.active = True
    try:
        context = get_context(state.nav, state.files, config, page)
        context = plugins.on_page_context(context, page=page, config=config, nav=state.nav)
        html = state.env.get_template("main.html").render(context)
        html = plugins.on_post_page(html, page=page, config=config)
    finally:
        page.active = False
    page.validate_anchor_links(files=state.files, log_level=config.validation.links.anchors)
    return html.encode(errors="xmlcharrefreplace")


def _converted(page: Page) -> None:
    """Converts the Markdown of a page that waits."""
    markdown = state.waiting.pop(page.file.src_uri, None)
    if markdown is not None:
        del page.meta["template"]
        page.markdown = markdown
        page.render(state.config, state.files)
        page.content = state.config.plugins.on_page_content(
            page.content, page=page, config=state.config, files=state.files
        )


def _search(config: MkDocsConfig) -> Any:
    """The plugin of the theme's search, if it is there and works as we know it."""
    for plugin in config.plugins.values():
        if isinstance(getattr(getattr(plugin, "search_index", None), "entries", None), list):
            return plugin
    return None


def _index(plugin: Any) -> None:
    """Puts generated pages into the search: what records say in short, and other texts whole."""
    for made in state.site.pages:
        if made.search is None:
            plugin.search_index.add_entry_from_context(GeneratedPage(made, state.config).complete())
        elif made.search:
            text = escape(made.search, quote=False)
            plugin.search_index.entries.append(
                {"location": made.address, "title": escape(made.title), "text": text}
            )


@event_priority(100)  # Before the search writes its index.
def on_post_build(config: MkDocsConfig) -> None:
    """Writes what MkDocs did not, or hands it to be made when it is asked for."""
    plugin = _search(config)
    if serving.current:
        if plugin:
            state.outputs["search/search_index.json"] = partial(_searched, plugin)
        serving.current.end(Path(config.site_dir), state.outputs, state.site.other)
        return
    if plugin:
        _index(plugin)
    _write(config, ((path, make()) for path, make in state.outputs.items()))
    _write(config, state.site.exports.items())
    _write(config, state.site.beside())
    for kind, *_ in state.frames.unfit:
        log.info("Pages of %s were rendered in full: no frame fits the theme", kind)


def _write(config: MkDocsConfig, files: Iterable[tuple[str, str | bytes]]) -> None:
    """Writes thousands of files: MkDocs takes six times as long over one."""
    folders: set[str] = set()
    for path, content in files:
        file = os.path.join(config.site_dir, path)  # noqa: PTH118 (a quarter of pathlib's time)
        if (folder := os.path.dirname(file)) not in folders:  # noqa: PTH120
            Path(folder).mkdir(parents=True, exist_ok=True)
            folders.add(folder)
        with FileIO(file, "w") as opened:
            opened.write(content.encode() if isinstance(content, str) else content)


def _searched(plugin: Any) -> bytes:
    """The search's index, made when it is asked for."""
    plugin.search_index.entries.clear()
    for file in state.files.documentation_pages():
        _converted(file.page)
        plugin.search_index.add_entry_from_context(file.page)
    _index(plugin)
    plugin.on_post_build(config=state.config)
    return Path(state.config.site_dir, "search/search_index.json").read_bytes()


def on_serve(server: Any, config: MkDocsConfig, builder: Callable[..., None]) -> Any:
    """Makes rebuilding quick, and lets it survive whatever is saved."""
    now = serving.current
    if now is None:  # With `--clean`, MkDocs does not say that it serves.
        return server
    rebuild = server.builder
    server.builder = lambda: _heard(rebuild)
    now.attach(server)
    watched = [config.docs_dir, config.config_file_path]
    for path in watched:
        server.unwatch(path)
    server.observer = serving.Watching(server.observer)
    for path in watched:
        server.watch(path)
    return server


# Why the build under way failed: MkDocs' `Abort` no longer says. Faults of the settings are only
# logged, all others come as an event; those that were logged before are not logged again.
_reasons: list[str] = serving.reasons


class Heard(logging.Handler):
    """Keeps what is logged as an error."""

    def emit(self, record: logging.LogRecord) -> None:
        _reasons.append(record.getMessage())


def _heard(builder: Callable[[], None]) -> None:
    heard = Heard(logging.ERROR)
    _reasons.clear()
    logging.getLogger("mkdocs").addHandler(heard)
    try:
        builder()
    finally:
        logging.getLogger("mkdocs").removeHandler(heard)


def on_build_error(error: Exception) -> None:
    """Keeps what failed."""
    _reasons.append(str(error))


def _message(error: BaseException) -> str:
    if isinstance(error, ProblemsFound):
        return _listed(error)
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
