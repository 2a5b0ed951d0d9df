"""A storm of edits on a real `mkdocs serve`: `make storm`, a thousand of them; `ARGS=200` for less,
`ARGS="200 7"` for others.

Half of the edits are meant to break something. Files are written, cut, deleted, made again and put
in place by renaming, as editors do, one shortly after the other. Meanwhile pages are asked for. At
the end all is mended, and every page has to be that of a clean build.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

import copies
import test_rebuilds as edits
from copies import Copy
from served import BANNER, DEADLINE, Serving, plain

SEED: Final = 9
QUICK: Final = 0.15  # Seconds between two saves, at most; but after every tenth, a longer rest.
MODEL: Final = "data/models/alpha.yml"
# What MkDocs puts into each page while it serves.
LIVE: Final = re.compile(
    rb"<script>(?:(?!</script>).)*livereload\(\d+, \d+\);\s*</script>", re.DOTALL
)
WAYS: Final = ("over", "aside", "anew", "twice")
LINES: Final = ("\x00", "\t- x: [", "{{ nothing(", "{% if %}", "<div", "]]>", "name: 7", "---", "é")


def save(path: Path, content: bytes, way: str) -> None:
    """Writes a file in one of the ways of editors."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if way == "aside":
        aside = path.with_name(f".{path.name}.swp")
        aside.write_bytes(content)
        aside.replace(path)
        return
    if way == "anew":
        path.unlink(missing_ok=True)
    elif way == "twice":
        path.write_bytes(content[: len(content) // 2])
    path.write_bytes(content)


def spoil(project: Any, chance: random.Random, number: int) -> None:
    """Does something to some file that most files do not bear."""
    path = chance.choice([*project.good, "mkdocs.yml"])
    file = project.copy.root / path
    text = file.read_bytes() if file.exists() else b""
    place = chance.randrange(len(text) + 1)
    what = chance.choice(("cut", "line", "gone", "empty", "byte", "folder"))
    if what == "gone":
        file.unlink(missing_ok=True)
    elif what == "folder":  # A new folder, with a page that says nothing of itself.
        save(
            project.copy.root / f"content/new-{number}/deep/page.md",
            b"# New\n",
            chance.choice(WAYS),
        )
    elif what == "line":
        line = chance.choice(LINES).encode()
        save(file, text[:place] + b"\n" + line + b"\n" + text[place:], chance.choice(WAYS))
    else:
        parts = {"cut": text[:place], "empty": b"", "byte": text[:place] + b"\xff" + text[place:]}
        save(file, parts[what], chance.choice(WAYS))


def mend(project: Any, chance: random.Random) -> None:
    """Puts everything back as it was, new folders aside."""
    root = project.copy.root
    for path in set(edits._texts(root)) - set(project.good):
        (root / path).unlink()
    for path, text in {**project.good, "mkdocs.yml": project.settings}.items():
        if not (root / path).exists() or (root / path).read_bytes() != text.encode():
            save(root / path, text.encode(), chance.choice(WAYS))


def run(serving: Serving, number: int, seed: int = SEED) -> Counter[str]:
    """Makes so many edits; what was seen meanwhile. Raises `AssertionError` where serving fails."""
    chance, seen = random.Random(seed), Counter[str]()  # noqa: S311 (nothing to guess)
    copy = serving.copy
    project = SimpleNamespace(
        copy=copy,
        good={path: copy.read(path) for path in edits._texts(copy.root)},
        settings=copy.read("mkdocs.yml"),
    )
    pages = ("", "understand/one/", "models/alpha/", "licences/free/", "search/search_index.json")
    for place in range(number):
        broken = chance.random() < 0.5
        edit = chance.choice([spoil, spoil, *edits.BAD] if broken else edits.GOOD)
        try:
            edit(project, chance, place)
        except (FileNotFoundError, IndexError):  # An edit before took the file away.
            mend(project, chance)
        seen["edits"] += 1
        seen["meant to break"] += broken
        if chance.random() < 0.3:
            asked = time.monotonic()
            page = serving.get(chance.choice(pages))
            took = round(1000 * (time.monotonic() - asked))
            assert took < 1000 * DEADLINE, "no answer"
            seen["slowest answer in ms"] = max(seen["slowest answer in ms"], took)
            seen["pages asked for"] += 1
            seen["with a banner"] += BANNER in page
            seen["not there"] += page == ""
        time.sleep(chance.uniform(0, QUICK) if place % 10 else 5 * QUICK)
        if place % 25 == 24:
            mend(project, chance)
        assert serving.process.poll() is None, serving.log.read_text()[-5000:]
    mend(project, chance)
    for way in WAYS:  # The very last save is the one that must show, however it was made.
        text = f"The end of storm {seed}, written {way}."
        save(copy.root / MODEL, said(copy, text).encode(), way)
        serving.wait_for(text, "models/alpha/")
    compare(serving, seen)
    log = serving.log.read_text()
    seen["rebuilds"] = log.count("Detected file changes")
    assert "Traceback" not in log, log[log.index("Traceback") - 2000 :][:6000]
    return seen


def said(copy: Copy, text: str) -> str:
    """The model with another description."""
    return re.sub(r"(?m)^description: .*$", f"description: {text}", copy.read(MODEL))


def compare(serving: Serving, seen: Counter[str]) -> None:
    """Every page is that of a clean build."""
    done = serving.copy.build(SITE_URL=serving.address)
    assert done.returncode == 0, done.stdout
    site = serving.copy.site
    for file in sorted(site.rglob("*")):
        if file.is_file() and file.name not in ("404.html", "_headers"):  # These are not asked for.
            path = file.relative_to(site).as_posix()
            shown = LIVE.sub(b"", serving.fetch(path))
            assert shown == plain(file.read_bytes()), f"{path} is out of date"
            seen["files compared"] += 1


if __name__ == "__main__":
    asked = [int(number) for number in sys.argv[1:]] or [1000]
    with tempfile.TemporaryDirectory() as folder:
        started = Serving(copies.small(Path(folder, "guide")), Path(folder, "log"))
        try:
            started.wait_for("Alpha", "models/alpha/")
            found = run(started, *asked)
        finally:
            started.process.kill()
            started.process.wait()
    print("; ".join(f"{what}: {count}" for what, count in found.items()))
    print("It never died, hung or showed an old page at the end.")
