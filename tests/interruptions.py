"""Stops `make site` at random moments: `make interruptions ARGS=100`.

The site has to be the old one or the new one to the byte, whatever the moment and the signal, and
the next run has to finish and leave nothing beside it.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from hashlib import blake2b
from pathlib import Path
from typing import Final

import copies
from copies import Copy

SEED: Final = 9
SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGKILL)
# The small project links to pages that it does not have. A shell has what runs behind it ignore the
# keyboard; here that must be heard.
PUBLISH: Final = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "sys.path.insert(0, 'hooks'); import publishing; "
    "publishing.checks.check = lambda site: []; {before} sys.exit(publishing.main())"
)
PAGE: Final = "content/understand/one.md"


def start(copy: Copy, *, before: str = "", **options: object) -> subprocess.Popen[str]:
    """Publishes a project, in a process group of its own; `before` is done first."""
    return subprocess.Popen(
        [sys.executable, "-c", PUBLISH.format(before=before)],
        cwd=copy.root,
        env=copies.environment(PYTHONPATH=str(copy.root / "hooks")),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        **options,  # type: ignore[call-overload]
    )


def publish(copy: Copy, *, before: str = "") -> tuple[int, str]:
    """Publishes to the end; the exit code, and what was said."""
    process = start(copy, before=before)
    said, _ = process.communicate()
    return process.returncode, said


def digest(folder: Path) -> str:
    """A name for all files below a folder and what they hold."""
    made = blake2b()
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            made.update(f"{file.relative_to(folder)} {file.stat().st_size}\0".encode())
            made.update(file.read_bytes())
    return made.hexdigest()


def beside(copy: Copy) -> list[str]:
    """What lies beside the site but for the lock."""
    return sorted(f.name for f in copy.root.glob(".site.*") if f.name != ".site.lock")


def run(copy: Copy, times: int, seed: int = SEED) -> Counter[str]:
    """Stops so many runs; how often the old and the new site stood there then."""
    chance, seen = random.Random(seed), Counter[str]()  # noqa: S311 (nothing to guess)
    text = copy.read(PAGE)
    versions: list[tuple[str, str]] = []
    for version in ("first", "second"):
        began = time.monotonic()
        copy.write(PAGE, f"{text}\n\nThis is the {version} version.\n")
        code, said = publish(copy)
        assert code == 0, said
        versions.append((copy.read(PAGE), digest(copy.site)))
    takes = time.monotonic() - began
    shown = 1
    for number in range(times):
        page, wanted = versions[1 - shown]
        copy.write(PAGE, page)
        process = start(copy)
        time.sleep(chance.uniform(0, 1.1 * takes))
        sent = SIGNALS[number % len(SIGNALS)]
        if process.poll() is None:
            # A keyboard tells the whole group, a supervisor the first process.
            (os.killpg if sent == signal.SIGINT else os.kill)(process.pid, sent)
            seen[sent.name] += 1
        process.communicate()
        now = digest(copy.site)
        assert now in (wanted, versions[shown][1]), f"a mixed site after {sent.name}"
        seen["new" if now == wanted else "old"] += 1
        shown = 1 - shown if now == wanted else shown
    copy.write(PAGE, versions[0][0])
    code, said = publish(copy)
    assert code == 0, said
    assert (digest(copy.site), beside(copy)) == (versions[0][1], [])
    return seen


if __name__ == "__main__":
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with tempfile.TemporaryDirectory() as folder:
        found = run(copies.small(Path(folder, "guide")), times)
    stopped = ", ".join(f"{found[sent.name]} by {sent.name}" for sent in SIGNALS)
    print(
        f"{times} runs, stopped {stopped}; "
        f"then {found['old']} times the old site and {found['new']} times the new one, none mixed."
    )
