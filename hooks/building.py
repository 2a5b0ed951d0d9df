"""One build: what MkDocs' theme makes of the pages that `fieldguide` gives.

Generated pages do not pass through MkDocs one by one: `fieldguide.frames` puts the theme's page
around them. A build holds all that it is made of, so that a page that is made later (see `serving`)
comes out the same, whatever was saved since.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property, partial
from html import escape
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urljoin

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from fieldguide import choosing, pages
from fieldguide.allowlist import Converter
from fieldguide.articles import address_of
from fieldguide.build import Site
from fieldguide.frames import Frames
from fieldguide.policy import Policy
from generated import GeneratedPage, Own
from writing import Writing

SITE_MAP = "sitemap.xml"


class Building:
    """A build of `site`. With `full`, each page is rendered whole, for comparison. `policy` is that
    of its pages; while serving there is none, since live reload writes a script into each."""

    files: Files
    nav: Navigation
    env: Environment
    writing: Writing | None = None  # Where it goes, unless it is served.

    def __init__(
        self, site: Site, config: MkDocsConfig, *, full: bool = False, policy: Policy | None = None
    ) -> None:
        self.site = site
        self.policy = policy
        self.config = config
        self.full = full
        self.base = f"{config.site_url.rstrip('/')}/" if config.site_url else ""
        self.forge = forge(config) if config.repo_url else ""
        self._records = {page.address: page for page in site.record_pages}
        self.frames = Frames(self._whole)
        self.waiting: dict[str, str] = {}  # Markdown of written pages that are made later.
        self.whole: dict[str, str] = {}  # Written pages with the tables that no search looks into.

    @cached_property
    def _steps(self) -> dict[str, pages.Page]:
        return {page.address: page for page in self.site.steps}

    def made(self, address: str | None) -> pages.Page | None:
        """The generated page at an address, if there is one."""
        if address != choosing.FOLDER and (address or "").startswith(choosing.FOLDER):
            return self._steps.get(address or "")
        return self._records.get(address or "")

    def outputs(self, made: Iterable[pages.Page]) -> dict[str, Callable[[], bytes]]:
        """How generated pages are made, by their paths on the site."""
        return {f"{page.address}index.html": partial(self._framed, page) for page in made}

    def later(self) -> dict[str, Callable[[], bytes]]:
        """How the pages are made that wait while serving, once all that waits is checked."""
        self.site.complete()
        return self.outputs(self.site.steps)

    def _framed(self, made: pages.Page) -> bytes:
        """A generated page in its frame."""
        own = Own(made, self)
        # Pages deeper down link differently, and some go without side bars.
        kind = f"{made.collection} {made.address.count('/')} {made.hide}"
        html = self._whole(own, made) if self.full else self.frames.html(own, made, kind)
        return html.encode(errors="xmlcharrefreplace")

    def _whole(self, page: Any, made: pages.Page) -> str:
        """The theme's page around a generated one, rendered in full, as MkDocs does it.

        With marks in place of the page's own values where `page` has them.
        """
        real = GeneratedPage(made, self).complete()
        shown = real if isinstance(page, Own) else page.on(real)
        return self.protected(self._themed(real, lambda context: {**context, "page": shown}))

    def protected(self, html: str) -> str:
        """A whole page with its content security policy, unless the site is served."""
        return self.policy.on(html) if self.policy else html

    def _themed(self, page: Page, change: Callable[[Any], Any]) -> str:
        context = change(get_context(self.nav, self.files, self.config, page))
        page.active = True
        try:
            return str(self.env.get_template("main.html").render(context))
        finally:
            page.active = False

    def written(self, page: Page) -> bytes:
        """A written page that waited, made as MkDocs makes it."""
        self.converted(page)
        config, plugins = self.config, self.config.plugins
        search = page.meta.get("search")
        page.meta["search"] = {"exclude": True}  # `searched` has it, when the search is asked for.

        def change(context: Any) -> Any:
            changed = plugins.on_page_context(context, page=page, config=config, nav=self.nav)
            page.meta["search"] = search
            return changed

        html = plugins.on_post_page(self._themed(page, change), page=page, config=config)
        for file in page.links_to_anchors or ():  # Their anchors are not known before.
            if file.page:
                self.converted(file.page)
        page.validate_anchor_links(files=self.files, log_level=config.validation.links.anchors)
        return html.encode(errors="xmlcharrefreplace")

    def converted(self, page: Page) -> None:
        """Converts the Markdown of a page that waits."""
        path = page.file.src_uri
        if path in self.waiting:
            page.markdown = self.site.markdown(path, self.waiting[path])
            del self.waiting[path], page.meta["template"]
            page.render(self.config, self.files)
            page.content = self.config.plugins.on_page_content(
                page.content, page=page, config=self.config, files=self.files
            )

    def site_map(self) -> bytes:
        """The site map that was left out of a build, made as MkDocs makes it."""
        context = {**get_context(self.nav, self.files, self.config), "pages": self.on_the_map()}
        return self.env.get_template(SITE_MAP).render(context).encode()

    def on_the_map(self) -> list[Any]:
        """All pages as a site map wants them, with the day on which someone last reviewed them.

        MkDocs would give the day of the build, and with it other bytes every day.
        """
        library, written = self.site.guide.library.collections, self.site.written
        days = {address_of(path): written.article(path).reviewed for path in written}
        for made in self.site.pages:
            record = library.get(made.collection, {}).get(made.key)
            days[made.address] = getattr(record, "reviewed", None)
        places = [file.url.removeprefix("./") for file in self.files.documentation_pages()]
        return [
            SimpleNamespace(
                page=SimpleNamespace(
                    canonical_url=self.base and self.base + place,
                    abs_url=f"/{place}",
                    update_date=days.get(place),
                )
            )
            for place in sorted({*places, *days})
        ]

    def index(self, plugin: Any) -> None:
        """Puts generated pages into the search: what records say in short, other texts whole."""
        for made in self.site.pages:
            if made.search is None:
                plugin.search_index.add_entry_from_context(GeneratedPage(made, self).complete())
            elif made.search:
                text = escape(made.search, quote=False)
                entry = {"location": made.address, "title": escape(made.title), "text": text}
                plugin.search_index.entries.append(entry)

    def searched(self, plugin: Any) -> bytes:
        """The search's index, made when it is asked for."""
        plugin.search_index.entries.clear()
        for file in self.files.documentation_pages():
            self.converted(file.page)
            plugin.search_index.add_entry_from_context(file.page)
        self.index(plugin)
        plugin.on_post_build(config=self.config)
        return Path(self.config.site_dir, "search/search_index.json").read_bytes()


def forge(config: MkDocsConfig) -> str:
    """The address at which a file of the project is edited, up to its path."""
    content = urljoin(f"{(config.repo_url or '').rstrip('/')}/", config.edit_uri or "")
    return urljoin(f"{content}../", ".")


_converters: dict[str, Converter] = {}


def converter(config: MkDocsConfig) -> Converter:
    """Markdown as the site has it; while serving, one that knows the pages that were checked."""
    settings = config.markdown_extensions, config.mdx_configs
    if not (kept := _converters.get(repr(settings))):
        _converters.clear()
        kept = _converters[repr(settings)] = Converter(*settings)
    return kept
