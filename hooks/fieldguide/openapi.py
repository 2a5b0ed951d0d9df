"""The API described in OpenAPI 3.1, from the shapes of its answers."""

from __future__ import annotations

from typing import Any

from .answers import VERSION
from .endpoints import ENDPOINTS, LICENCE, Endpoint, answer, definitions
from .records import ID_SHAPE

PLACE = "#/components/schemas/"


def description(base: str) -> dict[str, Any]:
    """The whole document; `base` is the site's address, ending in a slash, or nothing."""
    _, shapes = definitions(ENDPOINTS, f"{PLACE}{{model}}")
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Open Model Field Guide",
            "version": VERSION,
            "summary": "How open AI models are, part by part, with sources.",
            "description": "Static files, made anew with every build of the site. Version 1 keeps "
            "its fields; fields and files may be added. Null stands for what is not known.",
            "license": {"name": "Creative Commons Attribution 4.0", "identifier": LICENCE},
        },
        "servers": [{"url": f"{base}api/v1" if base else "."}],
        "paths": {f"/{endpoint.path}": {"get": _get(endpoint)} for endpoint in ENDPOINTS},
        "components": {"schemas": dict(sorted(shapes.items()))},
    }


def _get(endpoint: Endpoint) -> dict[str, Any]:
    content = {"application/json": {"schema": answer(endpoint, PLACE)}}
    found: dict[str, Any] = {
        "operationId": endpoint.name.replace("s/{id}", ""),
        "summary": endpoint.about,
        "responses": {"200": {"description": endpoint.about, "content": content}},
    }
    if "{id}" in endpoint.name:
        schema = {"type": "string", "pattern": ID_SHAPE}
        parameter = {"name": "id", "in": "path", "required": True, "schema": schema}
        found["parameters"] = [parameter | {"description": "An id from the list."}]
        found["responses"]["404"] = {"description": "There is no record of this id."}
    return found
