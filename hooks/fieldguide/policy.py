"""What a browser may do with a page: the content security policy, and other headers.

The policy stands in every page, so it holds wherever the site is served from, and in `_headers`,
which several hosts of static sites read: what protects against being framed can only be said there.
It lets through files of the site itself and, by what is in them, the few scripts that the theme
writes into its pages. They are found in the page as it is, so another version of the theme changes
the policy with it; nothing within the article can be among them.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from typing import Final

from selectolax.lexbor import LexborHTMLParser

FILE: Final = "_headers"
_HEAD: Final = re.compile(r"<head[^>]*>(\s*<meta charset=[^>]*>)?")
# Pictures of style sheets are `data:`, and so are those that browsers make of them.
_RULES: Final = (
    "default-src 'none'; script-src 'self'{scripts}; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
    "form-action 'self'; base-uri 'none'"
)
_OTHERS: Final = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), "
    "midi=(), payment=(), serial=(), usb=()",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
}


class Policy:
    """The policies of one site's pages, and from them that of the whole site."""

    def __init__(self) -> None:
        self._scripts: set[str] = set()

    def on(self, html: str) -> str:
        """A whole page with its policy, before everything that the policy is about."""
        scripts = _scripts(html)
        self._scripts.update(scripts)
        meta = f'<meta http-equiv="Content-Security-Policy" content="{_rules(scripts)}">'
        return _HEAD.sub(lambda head: head[0] + meta, html, count=1)

    def headers(self) -> str:
        """The headers of every file of the site, once all pages were seen."""
        rules = f"{_rules(self._scripts)}; frame-ancestors 'none'"
        lines = {"Content-Security-Policy": rules} | _OTHERS
        return "/*\n" + "".join(f"  {name}: {value}\n" for name, value in lines.items())


def _rules(scripts: Iterable[str]) -> str:
    return _RULES.format(scripts="".join(f" '{script}'" for script in sorted(scripts)))


def _scripts(html: str) -> set[str]:
    """The digests of the scripts that stand in a page, outside of its article."""
    found = set()
    for script in LexborHTMLParser(html).css("script:not([src])"):
        data = "json" in (script.attributes.get("type") or "")  # Nothing runs it.
        above = script.parent
        while above and above.tag != "article":
            above = above.parent
        if not above and not data:
            digest = hashlib.sha256(script.text().encode()).digest()
            found.add(f"sha256-{base64.b64encode(digest).decode()}")
    return found
