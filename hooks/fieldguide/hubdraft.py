"""Drafts of models from the hub's metadata, and where these disagree with a record.

What the guide has no word for becomes a comment. Nothing is marked as checked: that is for the
person who finishes the draft.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from . import records as r
from .assess import licence_of
from .drafts import Draft, Values, begun
from .hub import HUB, Info, model_id
from .library import Library
from .mof import licence_id

_WEIGHTS: Final = re.compile(
    r"(?!.*(optimizer|training_args|scheduler|rng_state)).*"
    r"\.(safetensors|gguf|bin|pth|pt|ckpt|h5|msgpack|onnx)"
)
# Parts that a repository's files show by themselves, by the names of the files.
_PARTS: Final = {
    "weights": _WEIGHTS,
    "architecture": re.compile(r"(.*/)?modeling_\w+\.py"),
    "model-card": re.compile(r"README\.md"),
    "model-metadata": re.compile(r"config\.json|params\.json|model_index\.json"),
}
_TOKENIZER: Final = re.compile(r"(.*/)?(tokenizer.*|vocab\.\w+|merges\.txt|.*\.tiktoken)")
_LICENCE: Final = re.compile(r"(LICEN[CS]E|NOTICE|USE_POLICY)[^/]*", re.IGNORECASE)
# What goes in and what comes out, by the hub's name of the task, where that says both.
_TASKS: Final[Mapping[str, tuple[str, str]]] = {
    **dict.fromkeys(("text-generation", "text2text-generation", "translation"), ("text", "text")),
    **dict.fromkeys(("image-to-text", "image-text-to-text"), ("image,text", "text")),
    "summarization": ("text", "text"),
    "text-to-image": ("text", "image"),
    "text-to-video": ("text", "video"),
    "text-to-speech": ("text", "audio"),
    "text-to-audio": ("text", "audio"),
    "automatic-speech-recognition": ("audio", "text"),
    "audio-text-to-text": ("audio,text", "text"),
    "video-text-to-text": ("video,text", "text"),
    "image-to-image": ("image", "image"),
    "image-to-video": ("image", "video"),
    "sentence-similarity": ("text", "embedding"),
}
_CLOSE: Final = 0.1  # By which numbers of parameters may differ: records often give round ones.


def by_hub_id(library: Library) -> dict[str, str]:
    """Models by the id that their page on the hub has, in lower case."""
    found = {(model_id(m.links.hub) or "").lower(): key for key, m in library.models.items()}
    return {name: key for name, key in found.items() if name}


def from_hub(info: Info, key: str, library: Library) -> Draft:
    """A draft of the model whose metadata the hub gave."""
    account, _, name = info.id.rpartition("/")
    draft = begun("models", key, name)
    draft.head = (
        f"Made from the hub's metadata of revision {info.sha[:7] or 'unknown'}: nobody has checked "
        "it. Look at each value, then complete the record."
    )
    page = _piece(info.page, info)
    _maker(draft, account, library)
    if info.released:
        draft.values["released"] = info.released
        draft.cite("released", page | {"note": "Release date in the card"})
    elif info.created:
        draft.note("released", f"The repository is of {info.created}; the release may be earlier.")
    if info.task in _TASKS:
        ins, out = (sides.split(",") for sides in _TASKS[info.task])
        draft.values["kind"] = {"input": ins, "output": out}
    draft.note("kind", f"Task on the hub: {info.task or 'not said'}.")
    _languages(draft, info, page, library)
    _bases(draft, info, page, library)
    if info.parameters:
        size = re.search(r"\d+(\.\d+)?[BbMm](?![a-zA-Z])", name)
        draft.values["sizes"] = [
            {"name": size[0].upper() if size else name, "parameters": info.parameters}
        ]
        draft.note("sizes", "Other sizes of the release belong in here if they share its terms.")
        draft.cite("parameters", page | {"note": "Metadata of the safetensors files"})
    _parts(draft, info, library)
    if info.papers:
        urls = [f"https://arxiv.org/abs/{paper}" for paper in info.papers]
        draft.note("links", f"Papers that the card names: {', '.join(urls)}.")
    draft.values["links"] = {"hub": info.page}
    if len(info.papers) == 1:
        draft.values["links"]["paper"] = f"https://arxiv.org/abs/{info.papers[0]}"
        draft.note("links", "See that it is about this model before you keep it.")
    return draft


def _piece(url: str, info: Info) -> Values:
    return {"url": url, "via": "primary"} | ({"dated": info.modified} if info.modified else {})


def _maker(draft: Draft, account: str, library: Library) -> None:
    """The maker and the families of the records whose pages are under the same account."""
    hubs = ((model, model_id(model.links.hub)) for model in library.models.values())
    same = [model for model, hub in hubs if hub and hub.rpartition("/")[0] == account != ""]
    makers = Counter(model.developers[0] for model in same)
    called = [k for k, o in library.organisations.items() if o.name.lower() == account.lower()]
    if maker := next((key for key, _ in makers.most_common(1)), called[0] if called else None):
        draft.values["developers"] = [maker]
    draft.note("developers", f"Account on the hub: {account or 'none'}.")
    if families := sorted({model.family for model in same}):
        draft.note("family", f"Families of this account: {', '.join(families)}.")


def _languages(draft: Draft, info: Info, page: Values, library: Library) -> None:
    known = [code for code in info.languages if code in library.words("languages")]
    if known:
        draft.values["languages"] = list(dict.fromkeys(known))
        draft.cite("languages", page | {"note": "Languages in the card"})
    if others := [code for code in info.languages if code not in known]:
        draft.note("languages", f"The card also says: {', '.join(others)}.")


def _bases(draft: Draft, info: Info, page: Values, library: Library) -> None:
    ours = by_hub_id(library)
    known = [ours[base.lower()] for base in info.bases if base.lower() in ours]
    if known:
        draft.values["based_on"] = list(dict.fromkeys(known))
        draft.cite("based_on", page | {"note": "Base model in the card"})
    if others := [base for base in info.bases if base.lower() not in ours]:
        draft.note("based_on", f"Base models in the card that have no record: {', '.join(others)}.")
    if info.relation and info.bases:
        draft.note("based_on", f"By the hub this is of the kind: {info.relation}.")


def _licence(info: Info, library: Library) -> str | None:
    """Our licence that the card means, by the hub's tag for it, its id, name or SPDX id.

    None where that is not certain: of `gpl` there are several, and `agpl-3.0` may be either of two.
    """
    tags = {licence.hub_tag: key for key, licence in library.licences.items() if licence.hub_tag}
    named = (licence_id(name, library) for name in (info.licence, info.licence_name))
    return tags.get(info.licence) or next(filter(None, named), None)


def _parts(draft: Draft, info: Info, library: Library) -> None:
    """Parts that stand in the repository, under the card's licence."""
    licence = _licence(info, library)
    said = " ".join(filter(None, (info.licence, info.licence_name)))
    files = _piece(f"{HUB}/{info.id}/tree/{info.sha or 'main'}", info)
    parts: dict[str, Values] = {}
    for part, names in _PARTS.items():
        if found := [file for file in info.files if names.fullmatch(file)]:
            parts[part] = {"state": "released"} | ({"licence": licence} if licence else {})
            if part == "weights" and info.gated:
                parts[part]["gated"] = True
            more = f" and {len(found) - 1} more" if len(found) > 1 else ""
            parts[part]["evidence"] = [files | {"note": f"File list: {found[0]}{more}"}]
    if parts:
        draft.values["parts"] = parts
    if "weights" in parts:
        draft.values["access"] = "weights"
    draft.note("parts", "The hub shows what is in its repository; other parts may be elsewhere.")
    if there := [file for file in info.files if _TOKENIZER.fullmatch(file)]:
        draft.note("parts", f"Files of the tokenizer: {', '.join(there)}.")
    if there := [file for file in info.files if _LICENCE.fullmatch(file)]:
        draft.note("licences", f"Read the text in the repository: {', '.join(there)}.")
    if info.licence_link:
        draft.note("licences", f"The card's link to the licence: {info.licence_link}.")
    if licence and parts:
        draft.cite("licences", _piece(info.page, info) | {"note": "Licence field of the card"})
    elif said:
        draft.note(
            "licences", f"Which licence is this? The guide knows none by the card's: {said}."
        )


def differences(model: r.Model, info: Info, library: Library) -> Iterator[tuple[str, str, str]]:
    """Where the hub's metadata say something else: the field, what we say, what the hub says."""
    asked = model_id(model.links.hub) or ""
    if info.id != asked:
        yield "hub page", asked, f"renamed: {info.id}"
    ours = licence_of(model, "weights", library)
    theirs = _licence(info, library)
    if theirs and ours != theirs:
        yield "licence", ours or "not known", theirs
    sizes = [size.parameters for size in model.sizes if size.parameters]
    total = info.parameters
    if total and not any(abs(total - one) <= _CLOSE * total for one in sizes):
        yield "parameters", ", ".join(f"{one:,}" for one in sizes) or "not known", f"{total:,}"
    known = by_hub_id(library)
    bases = {known[base.lower()] for base in info.bases if base.lower() in known} - {model.id}
    if bases - set(model.based_on):
        yield "base model", ", ".join(model.based_on) or "none", ", ".join(sorted(bases))
