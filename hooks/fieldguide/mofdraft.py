"""Drafts of models from files of the Model Openness Tool.

What the guide has no word for becomes a comment. Nothing is marked as checked: that is for the
person who finishes the draft.
"""

from __future__ import annotations

import re
from typing import Final

from . import records as r
from .drafts import Draft, Values, begun, slug
from .inyaml import one_line
from .library import Library
from .mof import licence_id
from .moffile import File, Release, read
from .problems import Problem

_TOOL: Final = "model-openness-tool"


def from_mof(
    text: str, path: str, key: str | None, library: Library
) -> tuple[Draft | None, list[Problem]]:
    """A draft of the model that a file of the tool describes; or None, and what is wrong with it.

    Without a `key`, the id is made from the name.
    """
    found, problems = read(text, path, library)
    if found is None:
        return None, problems
    release = found.release
    draft = begun("models", key or slug(release.name), one_line(release.name))
    draft.head = (
        "Made from a file of the Model Openness Tool: nobody has checked it. Look at each value, "
        "then complete the record."
    )
    via = _TOOL if _TOOL in library.references else "secondary"
    page = next(filter(None, map(_url, (release.huggingface, release.repository))), None)
    _told(draft, found, library)
    links = {"hub": _url(release.huggingface), "repository": _url(release.repository)}
    if links := {name: url for name, url in links.items() if url}:
        draft.values["links"] = links
    texts = [one.path for one in release.license.values()]
    parts: dict[str, Values] = {}
    for component in release.components:
        part = found.names[component.name]
        if component.absent:
            draft.note("parts", f"The file says of {part}: {component.license}.")
            continue
        url = _url(component.component_path) or page
        if url is None:
            draft.note("parts", f"Released by the file, without an address: {part}.")
            continue
        licence = _licence(draft, part, component.license, release, library)
        parts[part] = {"state": "released"} | ({"licence": licence} if licence else {})
        parts[part]["evidence"] = [{"url": url, "via": via}]
        texts.append(component.license_path)
    if parts:
        draft.values["parts"] = parts
    if "weights" in parts:
        draft.values["access"] = "weights"
    if any("licence" in fact for fact in parts.values()):
        urls = list(dict.fromkeys(filter(None, map(_url, texts))))
        for url in urls or [page or next(iter(parts.values()))["evidence"][0]["url"]]:
            draft.cite("licences", {"url": url, "via": via})
    return draft, []


def _told(draft: Draft, found: File, library: Library) -> None:
    """What the file says of the release as a whole."""
    release = found.release
    called = {o.name.lower(): key for key, o in library.organisations.items()}
    if (release.producer or "").lower() in called:
        draft.values["developers"] = [called[(release.producer or "").lower()]]
    draft.note("developers", f"Producer in the file: {release.producer or 'not said'}.")
    if release.date:
        draft.note("released", f"The file is of {release.date}; it may mean itself or the release.")
    if release.type == "language":
        draft.values["kind"] = {"input": ["text"], "output": ["text"]}
    draft.note("kind", f"Type in the file: {release.type or 'not said'}.")
    if release.version:
        draft.note("sizes", f"Version in the file: {release.version}.")
    if release.origin:
        draft.note("based_on", f"Origin in the file: {release.origin}.")


def _licence(
    draft: Draft, part: str, own: str | None, release: Release, library: Library
) -> str | None:
    """The licence of a part: its own, else that of its kind, else that of the whole.

    One that the guide does not know becomes a comment, and none takes its place.
    """
    of = release.license
    kinds = [of[kind].name for kind in (library.parts[part].kind, "distribution") if kind in of]
    said = (own if own is not None else next(filter(None, kinds), None) or "").strip()
    if said.lower() == "unlicensed":
        return r.NO_LICENCE
    found = licence_id(said, library)
    if said and found is None:
        draft.note("parts", f"Licence of {part}, which the guide does not know: {said}.")
    return found


def _url(text: str | None) -> str | None:
    found = re.fullmatch(r"https?://[^\s<>\"'`\\]+", (text or "").strip())
    return found[0] if found and found[0].isprintable() else None
