"""HTML as a tree, for tests that ask what stands where on a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

from lxml import html


@dataclass(frozen=True)
class Node:
    """An element: its tag, its attributes, and what is below it."""

    element: Any

    @property
    def tag(self) -> str:
        return cast(str, self.element.tag)

    @property
    def attrs(self) -> Mapping[str, str]:
        return cast(Mapping[str, str], self.element.attrib)

    @property
    def classes(self) -> list[str]:
        return self.attrs.get("class", "").split()

    def walk(self) -> Iterator[Node]:
        """The element and all below it, in the order of the page."""
        return map(Node, self.element.iter("*"))

    def all(self, *tags: str, cls: str = "", **attrs: str) -> list[Node]:
        """The elements with one of the tags (any, if none is given), with class and attributes."""
        return [
            node
            for node in map(Node, self.element.iter(*tags or "*"))
            if (not cls or cls in node.classes)
            and all(node.attrs.get(name) == value for name, value in attrs.items())
        ]

    def one(self, *tags: str, cls: str = "", **attrs: str) -> Node:
        found = self.all(*tags, cls=cls, **attrs)
        assert len(found) == 1, f"{len(found)} of {tags} {cls} {attrs}"
        return found[0]

    @property
    def text(self) -> str:
        """All text, with single spaces; that of scripts, styles and pictures apart."""
        return " ".join("".join(_texts(self.element)).split())

    @property
    def inside(self) -> str:
        """The text as it stands in the element."""
        return self.element.text or ""


def _texts(element: Any) -> Iterator[str]:
    if element.text:
        yield element.text
    for child in element:
        if isinstance(child.tag, str) and child.tag not in ("script", "style", "svg"):
            yield from _texts(child)
        if child.tail:
            yield child.tail


def parse(text: str) -> Node:
    """The tree of a page, or of a part of one."""
    return Node(html.document_fromstring(text))


@cache
def read(file: Path) -> Node:
    """The tree of a file that does not change."""
    return parse(file.read_text(encoding="utf-8"))
