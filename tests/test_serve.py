"""Drives a real `mkdocs serve`: whatever is saved, it goes on, says what is wrong, and recovers."""

from __future__ import annotations

import re
import signal
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import storm
from copies import MODEL, ROOT, Copy
from served import BANNER, DEADLINE, HERE, Serving

sys.path.insert(0, str(ROOT / "hooks"))

import serving as ours
from serving import _banner
from turns import Turns

LIST = "understand/one/"  # A page with the table of all models.
MODEL_FILE = "data/models/quillfeather-9.yml"
ELSEWHERE = "licences/house/"


@pytest.fixture(scope="module")
def serving(
    small: Callable[[], Copy], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Serving]:
    copy = small()
    copy.write(MODEL_FILE, MODEL)
    serving = Serving(copy, tmp_path_factory.mktemp("serve") / "log")
    try:
        serving.wait_for("A model that only the tests know.")
        yield serving
    finally:
        serving.process.kill()
        serving.process.wait()


def _say(serving: Serving, text: str) -> None:
    """Gives the model another description."""
    serving.copy.write(MODEL_FILE, MODEL.replace("A model that only the tests know.", text))


def test_a_saved_record_and_a_saved_style_are_shown(serving: Serving) -> None:
    page = serving.get(HERE)
    assert "livereload(" in page
    assert "Content-Security-Policy" not in page, "it would not let live reload through"
    before = _style(page)
    with (serving.copy.root / "content/assets/fieldguide.css").open("a", encoding="utf-8") as file:
        file.write(".fg-second { order: 2; }\n")
    _say(serving, "Words of the second save.")
    serving.wait_for("Words of the second save.")
    serving.wait_for("Quillfeather 9 <b>", LIST)
    serving.wait(lambda page: _style(page) not in ("", before))
    assert ".fg-second{order:2}" in serving.get(_style(serving.get(HERE)))


@pytest.mark.parametrize("up", ["../", "%2e%2e/", "..%2f", "..%5c", "/", "models/../../"])
def test_nothing_outside_of_the_site_is_served(serving: Serving, up: str) -> None:
    connection = HTTPConnection(urlsplit(serving.address).netloc, timeout=DEADLINE)
    connection.request("GET", f"/{up * 12}etc/passwd")
    answer = connection.getresponse()
    assert answer.status == 404
    assert b"root:" not in answer.read()
    connection.close()


def _style(page: str) -> str:
    """The address of our style sheet."""
    found = re.search(r"assets/fieldguide[^\"]*\.css", page)
    return found[0] if found else ""


def test_a_new_and_a_deleted_record_are_shown(serving: Serving) -> None:
    other = "data/models/quillfeather-10.yml"
    serving.copy.write(other, MODEL.replace("Quillfeather 9 <b>", "Quillfeather 10"))
    serving.wait_for("Quillfeather 10", LIST)
    assert serving.get("models/quillfeather-10/")
    (serving.copy.root / other).unlink()
    serving.wait(lambda page: "Quillfeather 10" not in page and "Alpha" in page, LIST)
    assert not serving.get("models/quillfeather-10/")


def _article(page: str) -> str:
    return page.split("<article")[1].split("</article>")[0]


PAGE = "content/understand/one.md"
# What is saved: the file, how it is spoilt, what is to be said.
BAD = {
    "record": (
        MODEL_FILE,
        lambda text: text.replace("[eleutherai]", "[eleutherei]"),
        f"{MODEL_FILE}:3:14: unknown id `eleutherei` in organisations. Did you mean `eleutherai`?",
    ),
    "record that cannot be read": (
        MODEL_FILE,
        lambda text: text.replace("  weights:\n", "\tweights:\n"),
        f"{MODEL_FILE}:9:1: a tab where YAML wants spaces. Indent with two spaces.",
    ),
    "marker": (
        PAGE,
        lambda text: text + '\n{{ model("quillfether-9") }}\n',
        "unknown model `quillfether-9`. Did you mean `quillfeather-9`?",
    ),
    "front matter": (
        PAGE,
        lambda text: text.replace("title: ", "titel: ", 1),
        "unknown key `titel`. Did you mean `title`?",
    ),
    "template": (
        "overrides/fieldguide/model.html",
        lambda text: "{% if %}\n" + text,
        "overrides/fieldguide/model.html:1:1: the template fails: "
        "Expected an expression, got 'end of statement block'.",
    ),
    "name in a template": (
        "overrides/fieldguide/model.html",
        lambda text: "{{ nothing }}\n" + text,
        "overrides/fieldguide/model.html:1:1: the template fails: 'nothing' is undefined.",
    ),
    "template of the theme": (
        "overrides/main.html",
        lambda text: text + "\n{% if %}\n",
        ":1: the template fails: Expected an expression, got 'end of statement block'.",
    ),
    "name in a template of the theme": (
        "overrides/main.html",
        lambda text: text.replace("{{ page.edit_url }}", "{{ nothing.at.all }}"),
        ": UndefinedError: 'nothing' is undefined",
    ),
    "settings": (
        "mkdocs.yml",
        lambda text: text + "\nplugins: [\n",
        "mkdocs.yml",
    ),
    "setting": (
        "mkdocs.yml",
        lambda text: text.replace("  name: material\n", "  name: no-such-theme\n"),
        "no-such-theme",
    ),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_save_is_told_on_every_page_until_it_is_mended(serving: Serving, kind: str) -> None:
    path, spoil, told = BAD[kind]
    good, before = serving.copy.read(path), serving.get(HERE)
    assert BANNER not in before
    bad = spoil(good)
    assert bad != good
    serving.copy.write(path, bad)
    try:
        for address in (HERE, ELSEWHERE, ""):
            page = serving.wait(lambda page: BANNER in page, address)
            banner = page.split(BANNER)[1].split("</aside>")[0]
            assert told in banner
            assert "Traceback" not in banner
        assert _article(serving.get(HERE)) == _article(before)
    finally:
        serving.copy.write(path, good)
        _say(serving, f"Words after the {kind}.")
    serving.wait_for(f"Words after the {kind}.")
    assert BANNER not in serving.get(ELSEWHERE)


def test_anchors_on_pages_that_nobody_asked_for_are_known(serving: Serving) -> None:
    good = serving.copy.read(PAGE)
    links = "\n\nSee [there](../index.md#said-there), not [there](../index.md#not-there).\n"
    index = serving.copy.read("content/index.md")
    try:
        serving.copy.write("content/index.md", f"{index}\n\n## Said there\n")
        serving.copy.write(PAGE, good + links)
        serving.wait_for("not-there", "understand/one/")
    finally:
        serving.copy.write("content/index.md", index)
        serving.copy.write(PAGE, good)
    serving.wait(lambda page: page != "" and "not-there" not in page, "understand/one/")
    said = serving.log.read_text()
    assert "#not-there" in said
    assert "#said-there" not in said


def test_a_second_bad_save_replaces_the_first(serving: Serving) -> None:
    good = serving.copy.read(MODEL_FILE)
    try:
        serving.copy.write(MODEL_FILE, good.replace("pythia", "pithia"))
        serving.wait(lambda page: "unknown id `pithia`" in page)
        serving.copy.write(MODEL_FILE, good.replace("eleutherai", "eleutherei"))
        page = serving.wait(lambda page: "unknown id `eleutherei`" in page)
    finally:
        serving.copy.write(MODEL_FILE, good)
    assert "pithia" not in page
    assert page.count(BANNER) == 1
    serving.wait(lambda page: page != "" and BANNER not in page)


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_it_stops_when_told(
    project: Callable[[], Copy], small: Callable[[], Copy], tmp_path: Path, name: str
) -> None:
    """Told by the keyboard, the guide itself, in trouble; told by the system, the small project."""
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    guide = name == "SIGINT"
    serving = Serving(project() if guide else small(), tmp_path / "log", TMPDIR=str(temporary))
    try:
        serving.wait(lambda page: page != "", "")
        if guide:
            serving.copy.write(MODEL_FILE, MODEL.replace("eleutherai", "eleutherei"))
            page = serving.wait(lambda page: BANNER in page, "models/pythia/")
            assert "Did you mean `eleutherai`" in page
        serving.process.send_signal(getattr(signal, name))
        serving.process.wait(DEADLINE)
    finally:
        serving.process.kill()
        serving.process.wait()
    assert "Traceback" not in serving.log.read_text()
    if name == "SIGINT":
        assert list(temporary.iterdir()) == []  # Nothing is left behind.


def test_what_is_told_of_a_bad_save_is_text() -> None:
    banner = _banner("data/x.yml:1:1: <script>alert(1)</script>")
    assert "&lt;script&gt;" in banner
    assert "<script" not in banner


def test_whoever_waits_has_a_turn_before_work_behind() -> None:
    turns, done, over = Turns(), 0, threading.Event()

    def work() -> None:
        nonlocal done
        while not over.is_set():
            with turns.behind(0):
                time.sleep(0.002)
                done += 1

    worker = threading.Thread(target=work)
    worker.start()
    try:
        for _ in range(20):
            time.sleep(0.005)
            before = done
            with turns:
                assert done <= before + 2  # What is under way is finished, and no more is begun.
        assert done
    finally:
        over.set()
        worker.join()


def test_work_behind_waits_a_while_for_those_who_may_follow(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("turns.PAUSE", 0.2)
    turns = Turns()
    with turns:
        pass
    last = time.monotonic()
    with turns.behind(last + 60):
        assert time.monotonic() >= last + 0.19
    monkeypatch.setattr("turns.PAUSE", 60)
    last = time.monotonic()
    with turns.behind(last):  # Not when many come one after the other.
        assert time.monotonic() < last + 60


def test_what_builds_leave_behind_goes_though_no_pause_comes() -> None:
    class Left:
        itself: Left

    left: weakref.WeakSet[Left] = weakref.WeakSet()

    def build() -> None:
        one = Left()
        one.itself = one
        left.add(one)
        raise ValueError("A bad save.")

    now = ours.Serving(str)
    try:
        for _ in range(4 * ours.MOST):
            now._rebuild(build)
            assert len(left) <= ours.MOST
    finally:
        now.close()


def test_a_storm_of_edits_ends_in_the_site_of_a_clean_build(
    small: Callable[[], Copy], tmp_path: Path
) -> None:
    """`make storm` makes a thousand."""
    serving = Serving(small(), tmp_path / "log")
    try:
        serving.wait_for("Alpha", "models/alpha/")
        seen = storm.run(serving, 30)
    finally:
        serving.process.kill()
        serving.process.wait()
    assert seen["edits"] == 30
    assert seen["files compared"] > 100
