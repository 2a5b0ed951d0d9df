"""How long readers wait in the catalogue, with many rows on a slow phone. Not a test.

`make bench-reader` builds the site, puts a catalogue of 5,000 models made from ours in place of its
own, and uses it in Chromium with a processor slowed four times, at the size of a phone. A key takes
from its press until the frame that shows what it did is drawn; `settled` is when the last row far
below has followed as well. `open` is from the first byte asked for until the filters can be used,
`moved` how far the page moved meanwhile (cumulative layout shift), with and without choices in the
address. `make bench-reader ARGS=500` takes another number of rows. `found` is from the touch that
opens the site's search, whose index is fetched only then, until its first result, of our own site.
"""

from __future__ import annotations

import gzip
import json
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Final

from playwright.sync_api import Page, Request, Route, sync_playwright

import browser
import synthetic
from copies import ROOT, Copy
from fieldguide import catalogues, facets
from fieldguide.functions import Functions
from fieldguide.render import Renderer
from fieldguide.survey import load
from fieldguide.views import Guide

ROWS: Final = 5_000
SLOWER: Final = 4
ROUNDS: Final = 3
TYPED: Final = ("llama 3", "apache", "o", "mistral 7b", "zzz", "2024-1")
QUERIES: Final = ("", "?access=weights&out=text&memory=24", "?sort=-size&filter=llama")
HERE: Final = "models/"
SITE: Final = "http://bench.invalid/"
WATCH: Final = """() => {
  window.times = [];
  window.last = 0;
  const field = document.querySelector(".fg-controls input");
  field.addEventListener("input", (event) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      times.push(performance.now() - event.timeStamp);
      window.pressed = event.timeStamp;
    };
    channel.port2.postMessage(0);
  }), { capture: true });
  new MutationObserver(() => { last = performance.now(); }).observe(
    document.querySelector(".fg-catalogue"),
    { subtree: true, attributes: true, attributeFilter: ["class"] },
  );
}"""
OPEN: Final = """() => {
  window.moved = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.moved += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  const look = () => {
    const button = document.querySelector(".fg-bar button");
    const asked = document.querySelector(".fg-asked");
    if (button && !button.disabled && !asked) window.opened = performance.now();
    else requestAnimationFrame(look);
  };
  look();
}"""
CLICK: Final = """(path) => new Promise((done) => {
  const each = document.querySelector(path);
  const start = performance.now();
  each.click();
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => done(performance.now() - start);
    channel.port2.postMessage(0);
  });
})"""
FIND: Final = """(word) => new Promise((done) => {
  const start = performance.now();
  const look = () => {
    if (document.querySelector(".md-search-result__link")) done(performance.now() - start);
    else requestAnimationFrame(look);
  };
  document.querySelector("[for=__search]").click();
  const field = document.querySelector(".md-search__input");
  field.focus();
  field.value = word;
  field.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
  look();
})"""


def page_of(site: Path, guide: Guide) -> str:
    """The catalogue's page with the rows of another guide."""
    html = (site / HERE / "index.html").read_text(encoding="utf-8")
    before, _, rest = html.partition("<article")
    tag, _, rest = rest.partition(">")
    after = rest.partition("</article>")[2]
    block = Functions(Renderer(ROOT, guide), HERE).catalogue()
    return f"{before}<article{tag}><h1>Models</h1>{block}</article>{after}"


def press(page: Page, key: str) -> tuple[float, float]:
    """Presses a key: milliseconds until it shows, and until all rows have followed."""
    before = page.evaluate("times.length")
    page.keyboard.press(key)
    page.wait_for_function(f"times.length > {before}", polling=20)
    settled = page.evaluate(
        """() => new Promise((done) => {
          const look = () => {
            const quiet = performance.now() - Math.max(last, pressed) > 150;
            if (quiet) done(Math.max(last - pressed, 0));
            else setTimeout(look, 25);
          };
          look();
        })"""
    )
    return page.evaluate("times.at(-1)"), settled


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        copy = Copy(Path(folder, "guide"))
        done = copy.build()
        if done.returncode:
            sys.exit(done.stdout)
        real = load(ROOT)
        guide = Guide(synthetic.library(real, number - len(real.models)))
        made = {
            HERE: page_of(copy.site, guide),
            f"{HERE}catalogue.json": json.dumps(facets.data(catalogues.models(guide))),
        }

        def answer(route: Route, request: Request) -> None:
            path = request.url.removeprefix(SITE).partition("?")[0]
            if path in made:
                kind = "application/json" if path.endswith(".json") else "text/html"
                route.fulfill(body=made[path], content_type=f"{kind}; charset=utf-8")
            elif (file := copy.site / (path or "index.html")).is_file():
                route.fulfill(path=file)
            else:
                route.fulfill(status=404)

        root = browser.is_root()
        path = browser.find(Path(playwright.chromium.executable_path), root=root)
        started = playwright.chromium.launch(executable_path=path, args=browser.flags(root=root))
        context = started.new_context(
            viewport={"width": 390, "height": 844},
            device_scale_factor=2,
            is_mobile=True,
            bypass_csp=True,
        )
        context.route("**/*", answer)

        def visit(query: str) -> Page:
            page = context.new_page()
            page.add_init_script(f"({OPEN})()")
            session = context.new_cdp_session(page)
            session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
            page.goto(SITE + HERE + query, timeout=120_000)
            page.wait_for_function("window.opened", timeout=120_000)
            page.wait_for_timeout(1_000)
            return page

        for query in QUERIES:
            times, moves = [], []
            for _ in range(ROUNDS):
                page = visit(query)
                times.append(page.evaluate("window.opened"))
                moves.append(page.evaluate("window.moved"))
                page.close()
            print(f"open /{query}: {min(times):.0f} ms, moved {max(moves):.3f}")
        finds = []
        for _ in range(ROUNDS):
            page = context.new_page()
            session = context.new_cdp_session(page)
            session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
            page.goto(SITE)
            page.wait_for_timeout(1_000)
            finds.append(page.evaluate(FIND, "llama"))
            page.close()
        print(f"found by the search, {len(real.models)} models: {min(finds):.0f} ms")
        page = visit("")
        clicks = {
            "button": ".fg-bar button",  # Opens the panel, and counts.
            "box": ".fg-panel input",  # Narrows, and counts again.
        }
        for name, path in clicks.items():
            times = [page.evaluate(CLICK, path) for _ in range(2 * ROUNDS + 1)]
            print(f"click on a {name}: {min(times):.0f} to {max(times):.0f} ms")
        page.close()
        page = visit("")
        page.evaluate(WATCH)
        page.locator(".fg-controls input").first.focus()
        keys = [key for words in TYPED for key in [*words, *["Backspace"] * len(words)]]
        rounds = [[press(page, key.replace(" ", "Space")) for key in keys] for _ in range(ROUNDS)]
        started.close()
        scripts = (copy.root / "content" / "assets").glob("*.js")
        sizes = {file.stem: len(gzip.compress(file.read_bytes())) for file in scripts}
    # The best of some rounds: what else the machine does is no fault of the page's.
    shown = [min(first for first, _ in each) for each in zip(*rounds, strict=True)]
    settled = [min(later for _, later in each) for each in zip(*rounds, strict=True)]
    slowest = sorted(zip(shown, keys, strict=True), reverse=True)[:8]
    print(f"{number} rows, {len(keys)} keys, processor {SLOWER} times slower, 390 px")
    print(f"shown:   median {statistics.median(shown):.0f} ms, worst {max(shown):.0f} ms")
    print(f"settled: median {statistics.median(settled):.0f} ms, worst {max(settled):.0f} ms")
    together = sizes["fieldguide"] + sizes["catalogue"] + sizes["asked"]
    print(f"our scripts on the page: {together / 1000:.1f} KB compressed")
    print("slowest:", ", ".join(f"{key} {time:.0f}" for time, key in slowest))


if __name__ == "__main__":
    main()
