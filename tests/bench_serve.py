"""How long a save takes to show: from writing the file to the changed page, over HTTP. Not a test.

    make bench-serve            # the guide as it is, and with thousands of made-up models
    make bench-serve ARGS="1000" # with so many models in all

Drives a real `mkdocs serve` on a copy of the project. Each edit is made, waited for and taken back
several times; the table has the median and the longest, in seconds. The last line is JSON.
"""

from __future__ import annotations

import json
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from copies import Copy, environment

TIMES = 5
STEP = 0.01  # Seconds between two looks while there is no page.
NUMBERS = (0, 5_000)

# What is saved: the file, what is put into it, the page that shows it and the text to look for.
Edit = tuple[str, Callable[[str, str], str], str]
EDITS: dict[str, Edit] = {
    "Markdown": (
        "content/understand/spectrum.md",
        lambda text, mark: f"{text}\n\nSaid {mark}.\n",
        "understand/spectrum/",
    ),
    "record": (
        "data/models/olmo-2.yml",
        lambda text, mark: re.sub(r"(?m)^description: .*$", f"description: Said {mark}.", text),
        "models/olmo-2/",
    ),
    "record, in the list": (
        "data/models/olmo-2.yml",
        lambda text, mark: re.sub(r"(?m)^name: .*$", f"name: OLMo {mark}", text),
        "models/",
    ),
    "licence": (
        "data/licences/apache-2.0.yml",
        lambda text, mark: re.sub(r"(?m)^short: .*$", f"short: Apache {mark}", text),
        "models/olmo-2/",
    ),
    "template": (
        "overrides/fieldguide/model.html",
        lambda text, mark: f"{text}\n<p>Said {mark}.</p>\n",
        "models/olmo-2/",
    ),
    "template of the theme": (
        "overrides/main.html",
        lambda text, mark: text.replace('<p class="fg-end">', f'<p class="fg-end">Said {mark}. '),
        "models/olmo-2/",
    ),
    "stylesheet": (
        "content/assets/fieldguide.css",
        lambda text, mark: f"{text}\n.{mark} {{ order: 1 }}\n",
        "models/olmo-2/",
    ),
}


class Served:
    """A project that is being served."""

    def __init__(self, copy: Copy, log: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}/"
        self.copy = copy
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"],
                cwd=copy.root,
                env=environment(SITE_URL=self.address),
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def get(self, address: str) -> str:
        with urlopen(self.address + address, timeout=600) as answer:
            return str(answer.read().decode())

    def wait(self, address: str, right: Callable[[str], bool]) -> float:
        """Seconds until a page is as it should be. Asks again when a browser would."""
        begin = time.monotonic()
        while time.monotonic() - begin < 600:
            try:
                page = self.get(address)
                style = re.search(r"assets/fieldguide[^\"]*\.css", page)
                if right(page + self.get(style[0] if style else "")):
                    return time.monotonic() - begin
                if reload := re.search(r"livereload\((\d+), (\d+)\)", page):
                    self.get(f"livereload/{reload[1]}/{reload[2]}")
            except (URLError, OSError):
                if self.process.poll() is not None:
                    raise
                time.sleep(STEP)
        raise TimeoutError(address)

    def edit(self, edit: Edit, mark: str) -> float:
        """Seconds from a save until the page, which is open, shows it.

        Then it is taken back, and waited for.
        """
        path, change, address = edit
        self.get(address)
        good = self.copy.read(path)
        bad = change(good, mark)
        assert bad != good, path
        self.copy.write(path, bad)
        taken = self.wait(address, lambda page: mark in page)
        self.copy.write(path, good)
        self.wait(address, lambda page: mark not in page)
        return taken


def measure(number: int) -> tuple[int, dict[str, list[float]]]:
    """Seconds of each edit, with so many models in all, or with those that there are."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Copy(Path(folder) / "guide")
        here = sorted((copy.root / "data/models").glob("*.yml"))
        if number > len(here):
            import synthetic

            synthetic.add(copy.root, number - len(here))
        log = Path(folder) / "log"
        served = Served(copy, log)
        try:
            first = served.wait("", lambda page: "</html>" in page)
            found = {"start": [first]} | {kind: list[float]() for kind in EDITS}
            for turn in range(TIMES):
                for kind, edit in EDITS.items():
                    found[kind].append(served.edit(edit, f"mark{turn}x"))
        except BaseException:
            print(log.read_text()[-5000:], file=sys.stderr)
            raise
        finally:
            served.process.kill()
            served.process.wait()
    return max(number, len(here)), found


def main() -> None:
    numbers = [int(number) for number in sys.argv[1:]] or NUMBERS
    told: dict[str, dict[str, float]] = {}
    for number in numbers:
        number, found = measure(number)
        told[str(number)] = {
            kind: round(statistics.median(each), 2) for kind, each in found.items()
        }
        print(f"\n{number} models: median and longest of {TIMES}, in seconds")
        for kind, each in found.items():
            print(f"  {kind:24} {statistics.median(each):6.2f} {max(each):6.2f}", flush=True)
    print(json.dumps(told))


if __name__ == "__main__":
    main()
