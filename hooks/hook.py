"""The adapter: maps MkDocs' events to calls of `building`, and nothing more.

Validation comes first, and the site is written last: a failed build leaves the old site as it was.
What `mkdocs serve` does otherwise is in `serving`.
"""

from __future__ import annotations

import gc
import logging
import os
import re
import sys
from collections import deque
from collections.abc import Callable
from functools import partial
from html import escape
from itertools import chain
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

sys.path.insert(0, str(Path(__file__).parent))  # The core stands beside this file.

import faults
import serving
from building import SITE_MAP, Building, converter, forge
from built import Built
from fieldguide import policy, stored
from fieldguide.build import Site
from fieldguide.policy import Policy
from fieldguide.problems import ProblemsFound
from generated import Everything
from watching import Watching
from writing import Writing

log = logging.getLogger("mkdocs.hooks.fieldguide")
# Renders the theme's whole page for each record, and every piece of it, for comparison with the
# quick way.
FULL = bool(os.environ.get("FIELDGUIDE_FULL_RENDER"))
# Tables that the search leaves out (`open_table` in `macros.html`).
_UNSEARCHED = re.compile(
    r'<div class="fg-scroll"[^>]* data-search-exclude><table.*?</table></div>', re.DOTALL
)
# MkDocs keeps this module while it serves. Pages of the last builds may still be made.
_builds: deque[Building] = deque(maxlen=3)


def _of(config: MkDocsConfig) -> Building:
    """The build to which an event belongs."""
    return next(build for build in _builds if build.config is config)


def on_startup(command: str, dirty: bool) -> None:
    """Begins to serve."""
    if command == "serve":
        serving.current = serving.Serving(faults.message)


def on_shutdown() -> None:
    """Ends serving."""
    if serving.current:
        serving.current.close()
        serving.current = None


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Reads and checks everything; nothing is built if anything is wrong."""
    root, now = Path(config.config_file_path).parent, serving.current
    if not now:
        gc.freeze()  # Hardly anything goes before the end: looking for it takes long.
        gc.disable()
    try:
        site = Site(
            root,
            forge(config),
            config.site_url or "",
            cache=root / stored.FOLDER,
            readings=now and now.readings,
            compiled=now and now.templates,
            convert=converter(config),
            whole=not now,
            full=FULL,
        )
        if not now:
            site.render()
        else:
            now.readings = site.readings
            if not now.well:
                site.complete()
    except ProblemsFound as found:
        raise PluginError(faults.listed(found)) from None
    config.extra_css = [site.renderer.asset(path) for path in config.extra_css]
    for script in config.extra_javascript:
        script.path = site.renderer.asset(script.path)  # type: ignore[union-attr]
    _builds.appendleft(Building(site, config, full=FULL, policy=None if now else Policy()))
    if now:
        config.site_dir = str(now.begin())
    else:
        _builds[0].writing = Writing(config.site_dir)
        config.site_dir = _builds[0].writing.staged
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Lets written pages link to what the hook writes; minified assets for ours."""
    build = _of(config)
    for path, asset in build.site.renderer.assets.items():
        files.remove(files.src_uris[path])
        files.append(File.generated(config, asset.path, content=asset.text))
    build.files = Everything(files, build)
    return build.files


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Keeps what the theme's page is rendered with."""
    _of(config).nav = nav
    return nav


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Keeps the theme's templates, as they are now."""
    build = _of(config)
    build.env = env
    env.globals["asset"] = build.site.renderer.asset
    env.trim_blocks = env.lstrip_blocks = True
    if serving.current:
        env.bytecode_cache, env.auto_reload = serving.current.templates, False
        for file in Path(config.theme.dirs[0]).glob("*.html"):
            env.get_template(file.name)
    return env


def on_template_context(
    context: TemplateContext, template_name: str, config: MkDocsConfig
) -> TemplateContext:
    """Makes the site map that of all pages; while serving, it waits until it is asked for."""
    if template_name == SITE_MAP:
        every = [] if serving.current else _of(config).on_the_map()
        return {**context, "pages": every}  # type: ignore[typeddict-item,return-value]
    return context


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """The page with its markers expanded, and nothing in its front matter taken for HTML."""
    build, path = _of(config), page.file.src_uri
    page.meta = {
        key: escape(value) if isinstance(value, str) else value for key, value in page.meta.items()
    }
    if serving.current:
        build.waiting[path] = markdown
        page.meta["template"] = "framed.html"  # See `on_page_context`.
        return ""
    return build.site.markdown(path, markdown)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Puts the markers' HTML where their slots stand."""
    build, path = _of(config), page.file.src_uri
    if path in build.waiting:
        return html
    build.whole[path] = build.site.fill(path, html)
    return _UNSEARCHED.sub("", build.whole[path])  # Parsing what it leaves out takes long.


def on_page_context(
    context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation
) -> TemplateContext:
    """The whole page, once the search has seen what it finds; while serving, something to stand for
    it until it is asked for."""
    build, path = _of(config), page.file.src_uri
    if path in build.waiting:
        return {**context, "framed": "Wait."}  # type: ignore[typeddict-unknown-key,return-value]
    page.content = build.whole.pop(path, page.content)
    return context


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """The written page with its content security policy."""
    return _of(config).protected(output)


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """The same of the page for what is not there."""
    html = template_name.endswith(".html")
    return _of(config).protected(output_content) if html else output_content


@event_priority(100)  # Before the search writes its index.
def _made(config: MkDocsConfig) -> None:
    """Puts generated pages into the search; while serving, hands all to be made when asked for."""
    build, plugin = _of(config), _search(config)
    if not serving.current:
        if plugin:
            build.index(plugin)
        return
    outputs = build.outputs(build.site.record_pages)
    for file in build.files.documentation_pages():
        outputs[file.dest_uri] = partial(build.written, file.page)
    if plugin:
        outputs["search/search_index.json"] = partial(build.searched, plugin)
    outputs[SITE_MAP] = build.site_map
    built = Built(Path(config.site_dir), outputs, build.later, build.site.other)
    serving.current.end(built)


@event_priority(-100)  # After all others.
def _written(config: MkDocsConfig) -> None:
    """Writes the site: what MkDocs and its plugins made, and what they did not."""
    build = _of(config)
    if not (writing := build.writing):
        return
    # Compressed, it has the day in it; servers compress by themselves.
    Path(writing.staged, "sitemap.xml.gz").unlink(missing_ok=True)
    writing.begin()
    pages = ((path, make()) for path, make in build.outputs(build.site.pages).items())
    for path, content in chain(pages, build.site.exports.items(), build.site.beside()):
        writing.put(path, content.encode() if isinstance(content, str) else content)
    if build.policy:
        writing.put(policy.FILE, build.policy.headers().encode())
    writing.end()
    config.site_dir = writing.folder
    log.info("%s: files written %d, removed %d", writing.folder, writing.changed, writing.removed)
    for kind, *_ in build.frames.unfit:
        log.info("Pages of %s were rendered in full: no frame fits the theme", kind)


on_post_build = CombinedEvent(_made, _written)


def _search(config: MkDocsConfig) -> Any:
    """The plugin of the theme's search, if it is there and works as we know it."""
    for plugin in config.plugins.values():
        if isinstance(getattr(getattr(plugin, "search_index", None), "entries", None), list):
            return plugin
    return None


def on_serve(server: Any, config: MkDocsConfig, builder: Callable[..., None]) -> Any:
    """Makes rebuilding quick, and lets it survive whatever is saved."""
    now = serving.current
    if now is None:  # `mkdocs serve --clean` says that it builds, and is as MkDocs has it.
        return server
    server.builder = partial(faults.heard, server.builder)
    now.attach(server)
    watched = [config.docs_dir, config.config_file_path]
    for path in watched:
        server.unwatch(path)
    server.observer = Watching(server.observer)
    for path in watched:
        server.watch(path)
    return server


def on_build_error(error: Exception) -> None:
    """Keeps what failed; the site stays as it was. A disk that is full, or a folder that is locked,
    is told in a line."""
    faults.reasons.append(str(error))
    for build in _builds:
        if build.writing:
            build.writing.leave()
    if isinstance(error, OSError) and not serving.current:
        raise PluginError(f"The site cannot be written: {error}") from None
