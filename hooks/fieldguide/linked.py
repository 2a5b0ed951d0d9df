"""Records as JSON-LD in the words of schema.org, for search engines and catalogues of data.

It stands in a page as a block of data: a `script` that no browser runs, which a content security
policy without inline scripts lets pass.
"""

from __future__ import annotations

from typing import Any, Final

from markupsafe import Markup

from . import records as r
from .addresses import address
from .api import Answers, written
from .endpoints import CREDIT, FOLDER
from .views import Guide

_CONTEXT: Final = "https://schema.org"
_LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
_SHARED: Final = {
    "license": _LICENCE,
    "isAccessibleForFree": True,
    "creator": {"@type": "Organization", "name": CREDIT},
}


def catalogue(answers: Answers) -> Markup:
    """The whole data as a `Dataset`."""
    guide, models = answers.guide, len(answers.library.models)
    files = {
        f"{FOLDER}models.json": "application/json",
        "data/models.csv": "text/csv",
        "data/licences.csv": "text/csv",
        "data/evidence.csv": "text/csv",
    }
    return block(
        {
            "@type": "Dataset",
            "@id": f"{guide.base}models/#data",
            "name": "Open Model Field Guide: the catalogue",
            "description": f"How open {models} AI models are: which of their parts are released, "
            "under which licences, and what each definition of openness says, with sources.",
            "url": f"{guide.base}models/",
            **_SHARED,
            "dateModified": answers.dated,
            "distribution": [_download(guide, *file) for file in files.items()],
        }
    )


def model(answers: Answers, record: r.Model) -> Markup:
    """A model's record as a `Dataset` about it."""
    guide, dated = answers.guide, answers.models[record.id]["dated"]
    page = guide.base + address("models", record.id)
    makers = [guide.library.organisations[key].name for key in record.developers]
    about: dict[str, Any] = {
        "@type": "SoftwareApplication",
        "name": record.name,
        "applicationCategory": "AI model",
        "description": record.description,
        "author": [{"@type": "Organization", "name": name} for name in makers],
    }
    if record.released:
        about["datePublished"] = record.released
    if same := [url for url in vars(record.links).values() if url]:
        about["sameAs"] = same
    found: dict[str, Any] = {
        "@type": "Dataset",
        "@id": f"{page}#data",
        "name": f"How open {record.name} is",
        "description": f"Which parts of {record.name} by {makers[0]} are released, under which "
        "licences, and what each definition of openness says, with sources.",
        "url": page,
        **_SHARED,
        "isPartOf": {"@id": f"{guide.base}models/#data"},
        "about": about,
        "distribution": [
            _download(guide, f"{FOLDER}models/{record.id}.json", "application/json"),
            _download(guide, f"cyclonedx/{record.id}.json", "application/vnd.cyclonedx+json"),
        ],
    }
    return block(found | ({"dateModified": dated} if dated else {}))


def glossary(guide: Guide) -> Markup:
    """All terms as a `DefinedTermSet`."""
    place = guide.base + address("glossary", "")
    terms = [
        {
            "@type": "DefinedTerm",
            "@id": place + term.id,
            "name": term.term,
            "description": term.definition,
            **({"alternateName": term.aliases} if term.aliases else {}),
        }
        for term in sorted(guide.library.glossary.values(), key=lambda term: term.id)
    ]
    url = place.removesuffix("#")
    named = {"@type": "DefinedTermSet", "@id": url, "name": "Glossary", "url": url}
    return block({**named, "license": _LICENCE, "hasDefinedTerm": terms})


def _download(guide: Guide, path: str, kind: str) -> dict[str, str]:
    return {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": guide.base + path}


def block(value: dict[str, Any]) -> Markup:
    """A block of data; no text in it can end it, since it has no `<`."""
    text = written({"@context": _CONTEXT, **value}).decode().rstrip("\n")
    safe = text.replace("<", "\\u003c")
    return Markup(f'<script type="application/ld+json">{safe}</script>')  # noqa: S704 (escaped)
