"""What several tests share: copies of the project, its built site, a server and a browser."""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

import browser
import copies
from copies import Copy, warnings

# The files that take longest, in this order: begun first, they leave no worker idle at the end.
SLOW = ("serve", "browser", "bad_input", "catalogue", "whatif", "site", "frames", "properdocs")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the slow files first."""
    places = {f"test_{name}.py": place for place, name in enumerate(SLOW)}
    items.sort(key=lambda item: places.get(item.path.name, len(SLOW)))


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Copy]:
    """Makes copies of the guide, each in a folder of its own."""
    return lambda: Copy(tmp_path_factory.mktemp("project") / "guide")


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Copy]:
    """Makes small projects that are built in a second, each in a folder of its own."""
    return lambda: copies.small(tmp_path_factory.mktemp("small") / "guide")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A copy of the guide with its site, built once for all workers; nobody may change it."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # That of the others, too.
    log = folder / "built.log"
    with _alone(folder / "built.lock"):
        copy = Copy(folder / "built")
        if not log.exists():
            done = copy.build()
            assert done.returncode == 0, done.stdout
            assert not warnings(done.stdout), done.stdout
            log.write_text(done.stdout, encoding="utf-8")
    copy.said = log.read_text(encoding="utf-8")
    return copy


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """Keeps other workers waiting until this one is done."""
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def site(built: Copy) -> Path:
    """The built site."""
    return built.site


class _Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """A browser that goes away in the middle of an answer is no error."""


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """Serves a folder over HTTP; returns its address, with a slash at the end."""
    servers = []

    def start(folder: Path) -> str:
        server = _Server(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def server(serve: Callable[[Path], str], site: Path) -> str:
    """The address of the built site."""
    return serve(site)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests; each opens a context of its own in it."""
    expect.set_options(timeout=30_000)  # Milliseconds, for a machine that has much else to do.
    with sync_playwright() as playwright:
        root = browser.is_root()
        path = browser.find(Path(playwright.chromium.executable_path), root=root)
        started = playwright.chromium.launch(executable_path=path, args=browser.flags(root=root))
        yield started
        started.close()
