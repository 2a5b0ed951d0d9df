"""Accessibility by axe, on pages that are thinned to a few of each kind of thing."""

from __future__ import annotations

from typing import Any, Final, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

_ALIKE: Final = 3  # So many of a kind stay on a page.
_THIN: Final = """most => {
  const kinds = new Map();
  const telling = /^(class|type|role|style|hidden|tabindex)$|^aria-(hidden|expanded|sort|current)$/;
  const attributes = ({ name, value }) => name + (telling.test(name) ? value : !value);
  const own = (node) => `${node.localName} ${[...node.attributes].map(attributes)}`;
  const kind = (node) => node.nodeType === Node.TEXT_NODE ? Number(/\\S/.test(node.data))
    : node.nodeType === Node.ELEMENT_NODE ? `(${own(node)} ${[...node.childNodes].map(kind)})` : "";
  const whole = (node) => node.matches("tr, dl:has(> dt), form");
  const thin = (parent, path) => {
    for (const child of whole(parent) ? [] : [...parent.children]) {
      const key = `${path} > ${kind(child)}`;
      const seen = kinds.get(key) ?? 0;
      kinds.set(key, seen + 1);
      if (seen < most || child === parent.firstElementChild) thin(child, `${path} > ${own(child)}`);
      else child.remove();
    }
  };
  thin(document.querySelector("article"), "");
}"""

# Not as an element, which the policy of the pages refuses.
_STILL: Final = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("*, ::before, ::after { transition: none !important }");
  document.adoptedStyleSheets = [sheet];
}"""


def thin(page: Page) -> None:
    """Leaves three of the things that are alike in the article, such as the rows of a long table.

    Alike are elements in the same place with the same elements, attributes and classes, whatever
    their names, addresses and texts say, if they say anything. No element is left empty, and rows
    keep their cells. To look at a thousand of them takes axe ten seconds. What depends on all being
    there, such as ids, is not to be asked for later.
    """
    page.evaluate(_THIN, _ALIKE)


def faults(page: Page, within: str | None = None, **options: Any) -> str:
    """What is wrong on a page or in a part of it, in words; nothing if all is well.

    `options` are those of axe. Raises `AssertionError` if it found nothing to look at.
    """
    there = page.evaluate("'axe' in window")
    found = (Axe("null") if there else Axe()).run(
        page, within, {"resultTypes": ["violations"], **options}
    )
    assert len(found.response["passes"]) > (0 if options or within else 20), "axe saw nothing"
    return found.generate_report() if found.violations_count else ""


def dark_faults(page: Page, within: str | None = None) -> str:
    """What has too little contrast once a page that was opened in light colours has dark ones."""
    try:
        colour(page, "dark")
        return faults(page, within, runOnly=["color-contrast"])
    finally:
        colour(page, "light")


def colour(page: Page, scheme: Literal["light", "dark"]) -> None:
    """Gives a page that follows the system the colours of a scheme, at once."""
    page.evaluate(_STILL)
    page.emulate_media(color_scheme=scheme)
    theme = {"light": "default", "dark": "slate"}[scheme]
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", theme)
