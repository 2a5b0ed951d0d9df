"""What the functions that markers call have in common: the page on which they stand."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from .addresses import address, relative
from .markers import Block
from .render import Renderer


class OnPage:
    """What is rendered for the page at `here`: links lead from there."""

    def __init__(self, renderer: Renderer, here: str) -> None:
        self.renderer = renderer
        self.guide = renderer.guide
        self.library = renderer.guide.library
        self.here = here

    def _render(self, template: str, **context: Any) -> Markup:
        return self.renderer(template, self.here, **context)

    def _block(self, template: str, **context: Any) -> Block:
        return Block(self._render(template, **context))

    def _link(self, collection: str, key: str, text: str) -> Markup:
        href = relative(address(collection, key), self.here)
        return Markup('<a href="{}">{}</a>').format(href, text)
