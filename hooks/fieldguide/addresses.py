"""Where each record stands on the site, and how one page links to another."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote, urlencode

# Collections with a page a record, and the folder of those pages.
FOLDERS: Final = {
    "models": "models/",
    "licences": "licences/",
    "tools": "run/tools/",
    "organisations": "models/makers/",
    "definitions": "understand/definitions/",
    "licence-families": "licences/families/",
    "debates": "debates/",
    "side-by-side": "compare/",
}
# Collections whose records are places on one page.
ANCHORS: Final = {
    "glossary": "understand/glossary/#",
    "references": "data/references/#",
    "parts": "understand/parts/#",
}


def address(collection: str, key: str) -> str:
    """The address of a record below the site's root: `models/olmo-2/`, `understand/glossary/#lora`.

    Raises `KeyError` for a collection without pages.
    """
    if collection in FOLDERS:
        return f"{FOLDERS[collection]}{key}/"
    return f"{ANCHORS[collection]}{key}"


def relative(target: str, here: str) -> str:
    """A link from the page at `here` to `target`, both below the root and `""` for the home page.

    Pages end in a slash. Links stay relative so that the site works below any path.
    """
    path, _, fragment = target.partition("#")
    anchor = f"#{fragment}" if fragment else ""
    if path == here and anchor:
        return anchor
    folders, parts = here.split("/")[:-1], path.split("/")
    same = 0
    for folder, part in zip(folders, parts[:-1], strict=False):
        if folder != part:
            break
        same += 1
    return ("../" * (len(folders) - same) + "/".join(parts[same:]) or "./") + anchor


def host(url: str) -> str:
    """The host of an address without `www.`, to name a link by."""
    return url.split("//", 1)[-1].split("/", 1)[0].removeprefix("www.")


def report(edit_root: str, form: str, title: str, **fields: str) -> str:
    """The address of one of the forge's forms for issues, with fields filled in.

    The forms are in `.github/ISSUE_TEMPLATE/`, the names of fields are their ids. `edit_root` is
    the forge's address for editing files; if that is unlike GitHub's, the answer is empty.
    """
    forge = edit_root.rpartition("/edit/")[0]
    asked = {"template": f"{form}.yml", "title": title, **fields}
    return forge and f"{forge}/issues/new?{urlencode(asked, quote_via=quote)}"
