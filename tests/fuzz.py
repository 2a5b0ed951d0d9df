"""Records and pages changed at random: each is told as a problem with file and line, or gives pages
in which nothing runs.

`make fuzz` tries 10,000 of each and prints how they came out; `test_fuzz.py` tries a few hundred,
always the same. Anything else (another exception, a problem without a place, a page with a script)
is shown in its smallest form.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree, html

import samples
from fieldguide.allowlist import converter
from fieldguide.articles import open_all
from fieldguide.build import Site
from fieldguide.expansion import Pages
from fieldguide.problems import Problem, ProblemsFound
from fieldguide.readings import Readings
from fieldguide.render import Renderer

sys.path.insert(0, str(samples.ROOT / "hooks"))

from built import Templates

RECORDS: Final = sorted(path for path in samples.FILES if path.startswith("data/"))
FOLDERS: Final = [path for path in RECORDS if path.count("/") == 2 and "vocabulary" not in path]
PAGE: Final = "content/understand/one.md"

# What attacks are made of.
PIECES: Final = (
    *("<script>", "</script>", "<img src=x ", "onerror=go()", "<svg/onload=go()>"),
    *("<b>", "</b>", "</article>"),
    *("<a href='", "javascript:go()", "&#106;avascript:", "data:text/html,", "//evil.example", ">"),
    *("<!--", "-->", "<![CDATA[", "<?php ", "<style>", " style='x'", " onclick=go() "),
    *("<div markdown>", "</div>", "<iframe srcdoc='", "<base href=x>", "<textarea>", "<template>"),
    *("{: onclick=go() }", "{: #__config .x }", "{{ ", " }}", "{{ 7 * 7 }}"),
    '{{ model("alpha") }}',
    *('{{ "".__class__ }}', "{{ cite('paper') }}", "{% raw %}", "{{ catalogue() }}", "{#", "${x}"),
    *("[x](", ")", "![x](", "[x]: ", "[x]", "<https://x.example>", "`", "```", "~~~", "    ", "\t"),
    *("# ", "- ", "> ", "1. ", "| a | b |\n|---|--:|\n", '=== "', '!!! note "', "*[x]: ", "\n\n"),
    *("🦙", "é", "模", "'", "&", "&lt;", "\\", "=HYPERLINK(1)", "%s", "../../etc/passwd"),
    *('"', "---\n", "</title>"),
)  # fmt: skip
# What has no place in a text.
ODD: Final = ("\u202e", "\u200b", "\ufeff", "\0", "\x1b[2J", "\ue0000\ue001", "\u2028", "\ud800")
# What YAML has besides.
VALUES: Final = (
    *("null", "true", "no", "[]", "{}", "[[[[", "{a: {b: {c: 1}}}", "&a x", "*a", "!!python/x y"),
    *("-1", "1e999", "0x1F", "1_0", "9" * 40, "2024-02-30", "'", '"', "|", ">-", "? a", "- a"),
    *("alpha", "free", "paper", "none", "javascript:go()", "https://x.example/<b>", "<<: *a"),
)  # fmt: skip

letters = st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), max_size=8)
pieces = [st.sampled_from(PIECES)] * 8
words = st.lists(st.one_of(*pieces, letters), min_size=1, max_size=6).map("".join)
text = st.one_of(
    words, words, st.lists(st.sampled_from(PIECES + ODD), min_size=1, max_size=4).map("".join)
)
place = st.floats(0, 1, exclude_max=True)


@st.composite
def changed_bytes(draw: st.DrawFn, content: bytes) -> bytes:
    """With some bytes replaced by others."""
    for _ in range(draw(st.integers(1, 3))):
        start = int(draw(place) * len(content))
        end = start + draw(st.integers(0, 12))
        new = draw(st.one_of(st.binary(max_size=6), text.map(_encoded)))
        content = content[:start] + new + content[end:]
    return content


@st.composite
def changed_lines(draw: st.DrawFn, content: bytes, others: bytes = b"") -> bytes:
    """With some lines left out, doubled, moved, indented, or taken from elsewhere."""
    lines, more = content.splitlines(keepends=True), (others or content).splitlines(keepends=True)
    for _ in range(draw(st.integers(1, 3))):
        at = int(draw(place) * len(lines)) if lines else 0
        other = more[int(draw(place) * len(more))] if more else b""
        match draw(st.sampled_from(("out", "twice", "other", "in", "back", "shuffled"))):
            case "out":
                del lines[at : at + 2]
            case "twice":
                lines[at:at] = lines[at : at + 1]
            case "other":
                lines.insert(at, other)
            case "in":
                lines[at : at + 1] = [b"  " + line for line in lines[at : at + 1]]
            case "back":
                lines[at : at + 1] = [line.lstrip() for line in lines[at : at + 1]]
            case _:
                lines[at:] = reversed(lines[at:])
    return b"".join(lines)


# Values of all kinds, and those that are free to say anything.
_SCALAR: Final = re.compile(rb"(?<=[:\-\[,{] )[^\s\[{,\]}:][^\n,\]}:]*")


_WORDS: Final = re.compile(
    rb"(?<=[ {\n])(?:name|term|title|label|short|about|summary|description|definition|caption|text"
    rb"|note|says|words|who|needs|best_for|agreed|disputed|caution|question|unit): ([^\n,\]}]+)"
)


@st.composite
def changed_values(draw: st.DrawFn, content: bytes) -> bytes:
    """With values replaced by others, mostly such that the file can still be read."""
    for _ in range(draw(st.integers(1, 3))):
        free = draw(st.booleans())
        found = [
            match.span(match.re.groups) for match in (_WORDS if free else _SCALAR).finditer(content)
        ]
        if found:
            start, end = found[int(draw(place) * len(found))]
            quoted = words.map(lambda each: json.dumps(each, ensure_ascii=False))
            plain = st.one_of(quoted, st.sampled_from(VALUES), text)
            new = _encoded(draw(quoted if free else plain))
            content = content[:start] + new + content[end:]
    return content


def _encoded(each: str) -> bytes:
    return each.encode("utf-8", "surrogatepass")


@st.composite
def records(draw: st.DrawFn) -> tuple[str, bytes]:
    """A file of records, changed."""
    path = draw(st.one_of(st.sampled_from(RECORDS), st.sampled_from(FOLDERS)))
    content = samples.FILES[path].encode()
    others = samples.FILES[draw(st.sampled_from(RECORDS))].encode()
    changes = (changed_bytes, changed_lines, *[changed_values] * 4)
    change = draw(st.sampled_from(changes))
    given_others = (others,) if change is changed_lines else ()
    return path, draw(change(content, *given_others))


@st.composite
def pages(draw: st.DrawFn) -> tuple[str, bytes]:
    """A written page, changed: mostly below its front matter."""
    front, body = samples.FILES[PAGE].encode().split(b"---\n# One\n")
    if draw(st.integers(0, 9)) == 0:
        return PAGE, draw(changed_values(front)) + b"---\n# One\n" + body
    body = b"# One\n" + body
    for _ in range(draw(st.integers(1, 4))):
        body = draw(st.one_of(changed_bytes(body), changed_bytes(body), changed_lines(body)))
    return PAGE, front + b"---\n" + body


class Project:
    """A small project whose files are changed one at a time."""

    def __init__(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="fieldguide_fuzz_"))
        samples.write(self.root)
        self.outcomes: Counter[str] = Counter()
        self._kept: dict[str, Any] = {"readings": Readings(), "compiled": Templates()}
        self._convert = converter(samples.ROOT)
        self._renderer: Renderer = Site(self.root, **self._kept).renderer

    def close(self) -> None:
        shutil.rmtree(self.root)

    def try_records(self, change: tuple[str, bytes]) -> None:
        """All that is made of the records: told, or safe."""
        with self._changed(*change):
            site = Site(self.root, convert=self._convert, **self._kept)
            site.render()
            for page in site.pages:
                check_safe(site.html(page))
            for path, made in (*site.exports.items(), *site.beside()):
                if path.endswith(".json"):
                    json.loads(made)
                elif path.endswith(".svg"):
                    check_safe(made.decode() if isinstance(made, bytes) else made)

    def try_page(self, change: tuple[str, bytes]) -> None:
        """What is made of a page: told, or safe."""
        with self._changed(*change):
            pages = Pages(open_all(self.root), self._renderer, self._convert)
            pages.check()
            for page in pages.values():
                check_safe(page.expanded.fill(self._convert(page.expanded.markdown)))

    @contextmanager
    def _changed(self, path: str, content: bytes) -> Iterator[None]:
        file = self.root / path
        before = file.read_bytes()
        file.write_bytes(content)
        try:
            yield
            self.outcomes["safe pages"] += 1
        except ProblemsFound as found:
            self.outcomes["told as problems"] += 1
            self._check_told(found.problems)
        finally:
            file.write_bytes(before)

    def _check_told(self, problems: list[Problem]) -> None:
        """Problems have a place that there is, and are each one line of words."""
        assert problems
        for problem in problems:
            file = self.root / problem.path
            assert file.is_file(), problem
            lines = file.read_bytes().replace(b"\r", b"\n").count(b"\n") + 2
            assert 1 <= problem.line <= lines, problem
            assert problem.column >= 1, problem
            assert problem.message, problem
            assert len(str(problem).splitlines()) == 1, problem


_ADDRESSES: Final = {"href", "src", "action", "formaction", "poster", "data", "background"}
_NEVER: Final = {
    *("iframe", "object", "embed", "base", "meta", "link", "style", "frame", "frameset", "applet"),
    *("foreignobject", "set", "animate", "use", "math", "portal", "xmp", "plaintext"),
}
_OURS: Final = re.compile(r"(\.\./)*assets/[\w.]+\.js")


def check_safe(page: str) -> None:
    """Nothing in the HTML runs, and no address has a scheme of its own; as lxml reads it."""
    for element in html.document_fromstring(f"<div>{page}</div>").iter():
        assert element.tag is not etree.Comment, etree.tostring(element)
        tag = str(element.tag).lower()
        assert tag not in _NEVER, etree.tostring(element)
        if tag == "script":
            ours = _OURS.fullmatch(element.get("src", ""))
            assert (ours and not element.text) or "json" in element.get("type", "")
        for name, value in element.attrib.items():
            assert not re.match("on|style|srcdoc|srcset", name), etree.tostring(element)
            if name.split(":")[-1] in _ADDRESSES:
                bare = re.sub(r"[\x00-\x20]", "", value).lower()
                scheme = re.match(r"[^/?#]*:", bare)
                assert not scheme or scheme[0] in ("http:", "https:", "mailto:"), value


def run(what: str, strategy: st.SearchStrategy[Any], number: int, seed: bool) -> Counter[str]:
    """Tries a number of cases; returns how many came out how."""
    project = Project()
    attempt: Callable[..., None] = getattr(project, what)
    try:
        settings(
            max_examples=number,
            deadline=None,
            derandomize=not seed,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.generate, Phase.shrink),
        )(given(strategy)(attempt))()
    finally:
        project.close()
    return project.outcomes


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--cases", type=int, default=10_000, help="of records, and of pages")
    number = parser.parse_args().cases
    for what, strategy in (("try_records", records()), ("try_page", pages())):
        outcomes = run(what, strategy, number, seed=True)
        told = ", ".join(f"{count:,} {outcome}" for outcome, count in sorted(outcomes.items()))
        print(f"{what.split('_')[1]:8} {sum(outcomes.values()):,} cases: {told}", flush=True)


if __name__ == "__main__":
    main()
