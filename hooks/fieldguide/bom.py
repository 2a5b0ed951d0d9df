"""A model as a bill of materials: CycloneDX 1.6, with licences by their SPDX ids.

The model itself is the subject. Code and data that are out are components; documents are external
references. What is withheld or not known is not there, and the bill says that it is incomplete. It
has neither a time nor a serial number: the same record gives the same bytes. Written as plain
values: objects of the format's own library would take some fifty times as long.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from . import records as r
from .endpoints import CREDIT, LICENCE
from .library import Library
from .modeldata import OUT, Values
from .views import Guide

FOLDER: Final = "cyclonedx/"
WEIGHTS: Final = "weights"
_LINKS: Final = {  # A record's links, as types of reference.
    "hub": "distribution",
    "repository": "vcs",
    "paper": "documentation",
    "announcement": "release-notes",
    "product": "website",
}


def bom(guide: Guide, model: r.Model, values: Values) -> Values:
    """The bill; `values` are the API's for the model."""
    library = guide.library
    parts = list(_parts(model, values, library))
    inner = [part for part in parts if part["type"] != "document"]
    subject = _subject(guide, model, values, [p["bom-ref"] for p in inner if p["type"] == "data"])
    subject["externalReferences"] += [
        reference
        for part in parts
        if part["type"] == "document"
        for reference in part["references"]
    ]
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "authors": [{"name": CREDIT}],
            "component": subject,
            "licenses": [{"license": {"id": LICENCE}}],
        },
        "components": inner,
        "dependencies": [
            {"ref": model.id, "dependsOn": [part["bom-ref"] for part in inner]},
            *({"ref": part["bom-ref"]} for part in inner),
        ],
        "compositions": [{"aggregate": "incomplete", "assemblies": [model.id]}],
    }


def _subject(guide: Guide, model: r.Model, values: Values, data: list[str]) -> Values:
    library = guide.library
    links = [
        {"type": kind, "url": url}
        for name, kind in _LINKS.items()
        if (url := getattr(model.links, name))
    ]
    makers = [library.organisations[key].name for key in model.developers]
    facts = {
        "access": model.access,
        "released": model.released,
        **{f"parameters:{size.name}": size.parameters for size in model.sizes},
        **{f"context:{size.name}": size.context for size in model.sizes},
        **{f"verdict:{key}": verdict["label"] for key, verdict in values["verdicts"].items()},
        "dated": values["dated"],
    }
    found: Values = {
        "type": "machine-learning-model",
        "bom-ref": model.id,
        "name": model.name,
        "description": model.description,
        "manufacturer": {"name": makers[0]},
        "authors": [{"name": name} for name in makers],
        "licenses": _licences(library, values["licence"]),
        "externalReferences": [*links, {"type": "documentation", "url": values["page"]}],
        "modelCard": {
            "modelParameters": {
                "datasets": [{"ref": key} for key in data],
                "inputs": [{"format": word} for word in model.kind.input],
                "outputs": [{"format": word} for word in model.kind.output],
            }
        },
        "properties": [
            {"name": f"field-guide:{name}", "value": str(value)}
            for name, value in facts.items()
            if value is not None
        ],
    }
    if model.based_on:
        bases = [
            {"type": "machine-learning-model", "name": library.models[key].name}
            for key in model.based_on
        ]
        found["pedigree"] = {"ancestors": bases}
    return found


def _parts(model: r.Model, values: Values, library: Library) -> Iterator[Values]:
    """Components for code and data; for documents their references."""
    for key, fact in model.parts.items():
        if key == WEIGHTS or fact.state not in OUT:
            continue
        word, url = library.parts[key], fact.evidence[0].url
        if word.kind == "document":
            kind = "model-card" if key == "model-card" else "documentation"
            yield {
                "type": "document",
                "references": [{"type": kind, "url": url, "comment": word.label}],
            }
            continue
        part: Values = {
            "type": "data" if word.kind == "data" else "application",
            "bom-ref": f"{model.id}/{key}",
            "name": f"{model.name}: {word.label}",
            "licenses": _licences(library, values["parts"][key]["licence"]),
        }
        if word.kind == "data":
            part["data"] = [{"type": "dataset", "name": word.label, "contents": {"url": url}}]
        else:
            part["externalReferences"] = [{"type": "vcs", "url": url}]
        if fact.state == "partial":
            part["properties"] = [{"name": "field-guide:state", "value": fact.state}]
        yield part


def _licences(library: Library, key: str | None) -> list[Values]:
    """The licence of a thing; none where it is not known, or where there is none."""
    return [_licence(licence)] if (licence := library.licences.get(key or "")) else []


def _licence(licence: r.Licence) -> Values:
    if licence.spdx:
        return {"license": {"id": licence.spdx}}
    return {"license": {"name": licence.name} | ({"url": licence.text} if licence.text else {})}
