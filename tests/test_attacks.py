"""What strangers may try by way of records and pages, and that it does no harm.

Here is what goes through the whole core; what one module sees to is tested with it: HTML in pages
(`test_allowlist`), markers (`test_markers`), YAML (`test_source`), addresses and ids
(`test_records`), links out of the project (`test_library`, `test_articles`), templates
(`test_render`), formulas (`test_tables`), badges, BibTeX, the policy of pages.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

import pytest
from lxml import etree

import samples
from fieldguide import records as r
from fieldguide.allowlist import converter, faults
from fieldguide.api import Answers
from fieldguide.articles import open_all
from fieldguide.expansion import Pages
from fieldguide.exports import exports, of_pages, of_records
from fieldguide.library import Library
from fieldguide.pages import pages
from fieldguide.render import Renderer
from fieldguide.views import Guide
from test_render import POISON, poisoned

LINK = "[x](javascript:go())"


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Every file for other programs, of records whose every free text is poison."""
    root = samples.write(tmp_path_factory.mktemp("poison"))
    clean = samples.load(root)
    shapes = r.FOLDERS | {name: shape for name, (_, shape) in r.FILES.items()}
    library = Library(
        {
            name: {key: poisoned(record, shapes[name]) for key, record in found.items()}
            for name, found in clean.collections.items()
        },
        clean.paths,
    )
    models = library.collections["models"]
    for key, model in models.items():
        models[key] = model.model_copy(update={"description": POISON + LINK, "name": key + LINK})
    samples.edit(root, "content/understand/one.md", "title: One", f"title: {json.dumps(POISON)}")
    renderer = Renderer(root, Guide(library, "https://forge.example/", "https://guide.example/"))
    answers: Answers = renderer.answers
    made = dict(exports(answers)) | dict(of_records(answers))
    made |= dict(of_pages(Pages(open_all(root), renderer).values(), renderer.guide))
    return {path: x.decode() if isinstance(x, bytes) else x for path, x in made.items()}


def test_poison_in_every_text_leaves_files_that_can_be_read(outputs: dict[str, str]) -> None:
    reached = {Path(path).suffix for path, text in outputs.items() if "alert(" in text}
    assert reached == {".json", ".csv", ".svg", ".yml", ".md", ".txt", ".bib", ".atom"}
    for path, text in outputs.items():
        if path.endswith(".json"):
            json.loads(text)
        elif path.endswith(".svg"):
            tree = etree.fromstring(text.encode())
            names = {etree.QName(element).localname for element in tree.iter()}
            assert not names & {"script", "foreignObject", "a", "image", "use"}, path
            assert not [key for e in tree.iter() for key in e.attrib if str(key).startswith("on")]
        elif path.endswith(".atom"):
            etree.fromstring(text.encode())
        elif path.endswith(".csv"):
            rows = list(csv.reader(io.StringIO(text)))
            assert {len(row) for row in rows} == {len(rows[0])}, path


def test_markdown_beside_pages_holds_words_and_not_elements(outputs: dict[str, str]) -> None:
    convert = converter(samples.ROOT)
    texts = {path: text for path, text in outputs.items() if path.endswith((".md", ".txt"))}
    assert len(texts) > 4
    for path, text in texts.items():
        assert faults(convert(text)) == [], path


def test_no_file_is_written_outside_of_the_site(outputs: dict[str, str]) -> None:
    for path in outputs:
        assert re.fullmatch(r"[a-z0-9][\w.-]*(/[a-z0-9][\w.-]*)*", path, re.IGNORECASE), path
        assert ".." not in path


def _texts(value: Any, hint: Any) -> Iterator[tuple[str, Any]]:
    """Every text in a record, with the type of its field."""
    args = get_args(hint)
    if isinstance(value, str):
        yield value, hint
    elif isinstance(value, r.Shape):
        for name, inner in r.hints(type(value)).items():
            yield from _texts(getattr(value, name), inner)
    elif get_origin(hint) is Annotated:
        yield from _texts(value, args[0])
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item, args[0])
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item, args[1])
    elif value is not None and type(None) in args:
        yield from _texts(value, next(arg for arg in args if arg is not type(None)))


def test_whatever_is_an_address_in_the_data_was_checked_as_one() -> None:
    shapes = r.FOLDERS | {name: shape for name, (_, shape) in r.FILES.items()}
    collections = samples.load(samples.ROOT).collections
    addresses = [
        (text, str(hint))
        for name, found in collections.items()
        for record in found.values()
        for text, hint in _texts(record, shapes[name])
        if re.match(r"[a-z+]+:/?/?\S+$", text, re.IGNORECASE)
    ]
    assert len(addresses) > 4000
    assert [text for text, hint in addresses if "'uri'" not in hint] == []


def test_generated_pages_have_addresses_below_the_site(tmp_path: Path) -> None:
    for page in pages(Guide(samples.load(samples.write(tmp_path)))):
        assert re.fullmatch(r"([a-z0-9][a-z0-9.-]*/)+", page.address), page.address
