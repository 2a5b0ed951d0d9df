"""What Lighthouse says of the built site, as a slow phone sees it. Not a test.

`make bench-lighthouse` builds the site, serves it compressed as a host of static pages does, and
runs the `lighthouse` that is on the PATH (from the npm registry; the site needs no Node) some times
on each kind of page. Prints the median of each score and of some times, and last all of it as one
line of JSON. `ARGS="--rounds 5 models/"` takes other rounds and pages. Scores of performance fall
on a busy machine: run it on a quiet one.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import sync_playwright

import browser
from copies import Copy

PAGES: Final = ("", "understand/spectrum/", "models/", "models/olmo-2/")
TIMES: Final = {
    "first-contentful-paint": "first paint",
    "largest-contentful-paint": "largest paint",
    "total-blocking-time": "blocked",
}
SHIFT: Final = "cumulative-layout-shift"
TEXTS: Final = (".html", ".css", ".js", ".json", ".svg", ".xml")


class Compressed(SimpleHTTPRequestHandler):
    """Texts go out compressed and may be kept by the browser, as from any host of static pages."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        if file.suffix not in TEXTS or not file.is_file():
            super().do_GET()
            return
        body = gzip.compress(file.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", f"{self.guess_type(str(file))}; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=31536000")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nothing is printed but the scores."""


def ask(lighthouse: str, address: str, chrome: str) -> dict[str, Any]:
    """One report, as Lighthouse gives it."""
    command = [lighthouse, address, "--quiet", "--output=json", "--output-path=stdout"]
    flags = " ".join(["--headless=new", *browser.flags(root=browser.is_root())])
    done = subprocess.run(
        [*command, f"--chrome-flags={flags}"],
        env={**os.environ, "CHROME_PATH": chrome},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"Lighthouse failed on {address}:\n{done.stderr.strip()}")
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def read(report: dict[str, Any]) -> dict[str, float]:
    """Scores of 100, times in milliseconds, and the shift of the layout."""
    audits = report["audits"]
    return {
        **{name: 100 * kind["score"] for name, kind in report["categories"].items()},
        **{name: audits[audit]["numericValue"] for audit, name in TIMES.items()},
        "shift": audits[SHIFT]["numericValue"],
    }


def faults(report: dict[str, Any]) -> set[str]:
    """Audits that cost something, outside performance: there nearly all do."""
    return {
        ref["id"]
        for name, kind in report["categories"].items()
        if name != "performance"
        for ref in kind["auditRefs"]
        if ref["weight"] and report["audits"][ref["id"]]["score"] not in (None, 1)
    }


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    words.add_argument("--rounds", type=int, default=3)
    words.add_argument("--site", type=Path, help="A built site, in place of a new one.")
    words.add_argument("pages", nargs="*", default=PAGES)
    asked = words.parse_args()
    lighthouse = shutil.which("lighthouse")
    if not lighthouse:
        sys.exit("There is no `lighthouse` on the PATH: npm install --global lighthouse")
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    chrome = browser.find(own, root=browser.is_root())
    with tempfile.TemporaryDirectory() as folder:
        site = asked.site
        if site is None:
            copy = Copy(Path(folder, "guide"))
            done = copy.build()
            if done.returncode:
                sys.exit(done.stdout)
            site = copy.site
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Compressed, directory=str(site)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        found: dict[str, dict[str, float]] = {}
        for page in asked.pages:
            address = f"http://127.0.0.1:{server.server_port}/{page}"
            reports = [ask(lighthouse, address, chrome) for _ in range(asked.rounds)]
            rounds = [read(report) for report in reports]
            found[page] = {
                name: round(statistics.median(each[name] for each in rounds), 3)
                for name in rounds[0]
            }
            print(
                f"/{page}: ", ", ".join(f"{name} {value:g}" for name, value in found[page].items())
            )
            if costly := sorted(set().union(*map(faults, reports))):
                print("  at fault:", ", ".join(costly))
        server.shutdown()
    print(json.dumps(found))


if __name__ == "__main__":
    main()
