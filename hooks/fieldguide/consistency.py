"""Whether prose and data agree: every check together, and what `fieldguide check --fix` writes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from . import prose
from .build import Site
from .figures import figures
from .names import Names
from .problems import Problem, ProblemsFound
from .prose import Finding
from .unused import dead_terms, uncited


def check(root: Path, site: Site) -> list[Finding]:
    """All that prose and data disagree about, in order of file and line.

    The site must be made: it says what each page cites, and that there is nothing worse.
    """
    guide = site.guide
    names = Names(guide.library)
    pages = prose.pages(root, names)
    found = list(prose.described_open(root, guide))
    for page in pages:
        found += prose.unlinked(page)
        found += prose.strangers(page, names)
        found += prose.called_open(page, guide)
        found += prose.by_hand(page)
        found += figures(page, guide)
    cites = [page.cites for page in site.written.values()]
    found += map(Finding, (*dead_terms(root, guide, pages), *uncited(root, guide, cites)))
    return sorted(found, key=lambda finding: finding.problem)


def mend(root: Path, findings: Iterable[Finding]) -> list[str]:
    """Writes what is certain into the pages, and leaves every other byte as it is.

    Returns what was changed, a line each. Raises `ProblemsFound` for a file that cannot be
    written.
    """
    changed: list[str] = []
    by_file: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.text is not None:
            by_file[finding.problem.path].append(finding)
    for path, found in by_file.items():
        try:
            changed += _mend(root / path, found)
        except OSError as error:
            message = f"the file cannot be written ({error.strerror})"
            raise ProblemsFound([Problem(path, 1, 1, message)]) from None
    return changed


def _mend(file: Path, findings: list[Finding]) -> list[str]:
    """One file. The places of findings count neither a mark at its start nor returns at the end of
    lines; `places` has where each of the characters that they do count stands."""
    raw = file.read_bytes().decode("utf-8")
    places = [match.start() for match in re.finditer(r"\r\n|[^\ufeff]", raw)] + [len(raw)]
    text, last, changed = list[str](), 0, list[str]()
    for finding in sorted(findings, key=lambda finding: finding.start):
        start, end = places[finding.start], places[finding.end]
        if start < last:
            continue  # Two findings about the same words: the next run sees to the second.
        text += [raw[last:start], finding.text or ""]
        was, place = " ".join(raw[start:end].split()), finding.problem
        changed.append(f"{place.path}:{place.line}:{place.column}: {was} → {finding.text}")
        last = end
    file.write_bytes("".join([*text, raw[last:]]).encode())
    return changed
