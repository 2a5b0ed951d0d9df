"""What the Hugging Face hub says of a model: its public metadata, read by the hub's own client.

The one module that asks the network, and only for `fieldguide import hub` and `fieldguide refresh`.
The client (`huggingface_hub`) is not needed for anything else, so it is imported when it is used.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from .inyaml import one_line

HUB: Final = "https://huggingface.co"
_SECONDS: Final = 20  # To wait for an answer.
_NO_MODELS: Final = frozenset({"collections", "datasets", "spaces", "papers", "docs", "blog"})


class HubError(Exception):
    """Why the hub said nothing, in one line; `fatal` if it would say nothing of others either."""

    def __init__(self, message: str, *, fatal: bool = False) -> None:
        super().__init__(message)
        self.fatal = fatal


class Gone(HubError):
    """There is no such public model."""


@dataclass(frozen=True)
class Info:
    """A model's metadata on the hub. `id` is where it is now, which a renamed one was not always.

    `licence` is the card's word for it (`other` with a `licence_name`); `modified` and `created`
    are days, of the repository; `parameters` is the total over the safetensors files.
    """

    id: str
    sha: str = ""
    modified: str = ""
    created: str = ""
    released: str = ""
    licence: str = ""
    licence_name: str = ""
    licence_link: str = ""
    task: str = ""
    gated: bool = False
    languages: tuple[str, ...] = ()
    parameters: int | None = None
    files: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    relation: str = ""
    papers: tuple[str, ...] = ()

    @property
    def page(self) -> str:
        return f"{HUB}/{self.id}"


def model_id(url: str | None) -> str | None:
    """The id of the model on whose page an address stands; None for other pages."""
    found = re.match(
        r"https?://(?:www\.)?(?:huggingface\.co|hf\.co)/([^/?#]+)(/[^/?#]+)?", url or ""
    )
    if not found or found[1] in _NO_MODELS:
        return None
    return found[1] + (found[2] or "")


def fetch(key: str, endpoint: str | None = None) -> Info:
    """Asks the hub, or what stands at `endpoint`, for a model. Raises `HubError`."""
    try:
        from huggingface_hub import HfApi, errors  # Heavy, and not everybody has it.
    except ImportError:
        message = "this needs the hub's own client: pip install 'huggingface-hub>=2'"
        raise HubError(message, fatal=True) from None
    try:
        found = HfApi(endpoint=endpoint, token=False).model_info(key, timeout=_SECONDS)
    except errors.HFValidationError:
        raise HubError(f"`{key}` is no id of a model on the hub: write ACCOUNT/NAME") from None
    except errors.GatedRepoError:
        raise HubError(f"`{key}` is gated: the hub does not show even its metadata") from None
    except errors.RepositoryNotFoundError:
        raise Gone(f"the hub has no public model `{key}`") from None
    except errors.HfHubHTTPError as error:
        status = error.response.status_code
        if status == 429:
            message = "the hub takes no more requests for now (rate limit): try again later"
            raise HubError(message, fatal=True) from None
        raise HubError(f"the hub answers with an error ({status})", fatal=status >= 500) from None
    except Exception as error:  # Whatever else its client and the network may raise: one line.
        message = f"the hub cannot be reached ({type(error).__name__}): check the network"
        raise HubError(message, fatal=True) from None
    return _info(found)


def _info(found: Any) -> Info:
    card: dict[str, Any] = found.card_data.to_dict() if found.card_data else {}
    tags = [str(tag) for tag in found.tags or ()]
    relations = (re.match(r"base_model:([a-z]+):", tag) for tag in tags)
    total = (found.safetensors or {}).get("total")
    return Info(
        id=_line(found.id),
        sha=_line(found.sha),
        modified=_day(found.last_modified),
        created=_day(found.created_at),
        released=_line(card.get("release_date")),
        licence=_line(_first(card.get("license"))).lower(),
        licence_name=_line(card.get("license_name")),
        licence_link=_line(card.get("license_link")),
        task=_line(found.pipeline_tag),
        gated=bool(found.gated),
        languages=_lines(card.get("language")),
        parameters=total if isinstance(total, int) and total > 0 else None,
        files=tuple(sorted(_line(file.rfilename) for file in found.siblings or ())),
        bases=_lines(card.get("base_model")),
        relation=next((one[1] for one in relations if one), ""),
        papers=tuple(tag.removeprefix("arxiv:") for tag in tags if tag.startswith("arxiv:")),
    )


def _day(moment: Any) -> str:
    return moment.date().isoformat() if moment else ""


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value


def _lines(value: Any) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(filter(None, map(_line, values)))


def _line(value: Any) -> str:
    known = isinstance(value, str | int | float) and not isinstance(value, bool)
    return one_line(str(value)) if known else ""
