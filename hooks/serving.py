"""What `mkdocs serve` shows: each page made when it is asked for, so that a save shows at once.

A rebuild reads and checks the data, and makes nothing else. The page that a browser asks for is
rendered then, from scratch, so there is nothing that could be out of date. A moment later all
others are tried out behind: a marker can be wrong, and a template can fail on one record. Whatever
is saved, serving goes on: if a rebuild or a page fails, the last good site is shown, with a banner
that says what is wrong.
"""

from __future__ import annotations

import gc
import logging
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterable
from html import escape
from itertools import chain
from pathlib import Path
from typing import Any

from built import Built, Templates
from fieldguide.readings import Readings
from staging import Staging
from turns import Turns

log = logging.getLogger("mkdocs.hooks.fieldguide")
DELAY = 0.1  # Seconds after a save in which another may follow.
LONGEST = 3.0  # Seconds after a rebuild for which trying it out waits for those who may follow.
MOST = 5  # Builds after which what they left behind goes, though somebody waits.


class Serving:
    """The site that is shown, and what passes from one build to the next.

    `said` gives an error in words.
    """

    def __init__(self, said: Callable[[BaseException], str]) -> None:
        gc.disable()  # Among so many records it takes longer than all else: see `_tidy`.
        self.said = said
        self.readings: Readings | None = None  # What the last build read.
        self.templates = Templates()
        self.problem = ""  # With the last save; nothing if all is well.
        self.shown = Built(Path(), {})
        self._good: Built | None = None  # The last of which no page failed.
        self._next: Built | None = None
        self._server: Any = None
        self._turns = Turns()
        self._staging = Staging()
        self._number = 0
        self._untidy = 0  # Builds since `_tidy`.

    def begin(self) -> Path:
        """A new folder for a build."""
        self._number += 1
        return self._staging.path / str(self._number)

    @property
    def well(self) -> bool:
        """Whether what is shown is as it was saved, so that what waits may be looked at later."""
        return bool(self._server) and not self.problem

    def end(self, built: Built) -> None:
        """Takes what was built, to be shown once the build is over."""
        self._next = built

    def attach(self, server: Any) -> None:
        """Shows the first build, and takes over the server's rebuilds and answers."""
        self._server = server
        builder = server.builder
        server.builder = lambda: self._rebuild(builder)
        server.build_delay = DELAY
        server.error_handler = self._missing
        server.set_app(self._answer)
        with self._turns:
            self._take()

    def close(self) -> None:
        """Takes everything away."""
        gc.enable()
        self.shown = Built(Path(), {})
        self._staging.remove()

    def _rebuild(self, builder: Callable[[], None]) -> None:
        """Builds, and shows what was built; on any error what is shown stays, with a banner."""
        with self._turns:
            try:
                builder()
            except (Exception, SystemExit) as error:
                self._fail(error)
            else:
                self._take()
            self._untidy += 1
            if self._untidy >= MOST:
                self._tidy()

    def _take(self) -> None:
        """Shows what was built last."""
        assert self._next
        if not self.shown.failed:
            old, self._good = self._good, self.shown
        else:
            old = self.shown
        if old and old.folder.name and old is not self._good:
            shutil.rmtree(old.folder, ignore_errors=True)
        self.problem = ""
        self._show(self._next)
        threading.Thread(target=self._try_out, args=(self.shown,), daemon=True).start()

    def _show(self, built: Built) -> None:
        self.shown = built
        self._server.root = str(built.folder)

    def _fail(self, error: BaseException) -> None:
        self.problem = self.said(error)
        log.error("The last good site is shown until this is mended:\n%s", self.problem)

    def _fall_back(self, error: BaseException) -> None:
        """A page of the site that is shown failed."""
        self.shown.failed = True
        self._fail(error)
        if self._good and self._good.folder.name:
            shutil.rmtree(self.shown.folder, ignore_errors=True)
            self._show(self._good)

    def _try_out(self, built: Built) -> None:
        """Makes every page once: what fails must be told, though nobody asks for it."""
        until = time.monotonic() + LONGEST
        for trial in chain((self._tidy,), built.trials()):
            with self._turns.behind(until):
                if self.shown is not built:
                    return
                try:
                    trial()
                except Exception as error:
                    self._fall_back(error)
                    self._reload()
                    return

    def _tidy(self) -> None:
        """Frees the memory of builds that are over."""
        gc.collect()
        self._untidy = 0

    def _reload(self) -> None:
        """Has browsers ask again."""
        with self._server._epoch_cond:
            self._server._wanted_epoch += 1
            self._server._visible_epoch = self._server._wanted_epoch
            self._server._epoch_cond.notify_all()

    # Requests

    def _answer(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """Makes the page asked for, and lets the server answer; a WSGI application."""
        server = self._server
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        if path.startswith("/livereload/"):
            return server.serve_request(environ, start)  # type: ignore[no-any-return]
        while True:
            shown = self._made(path.removeprefix(server.mount_path).lstrip("/"))
            head: list[Any] = []
            body = server.serve_request(environ, lambda *given, head=head: head.extend(given))
            if shown is self.shown:  # Else another build has come in between.
                return self._with_banner(head, body, start)
            getattr(body, "close", lambda: None)()

    def _made(self, path: str) -> Built:
        """The site that is shown, with the page at `path` made."""
        name = f"{path}index.html" if path.endswith("/") or not path else path
        with self._turns:
            for _ in range(2):  # The second time of the last good site.
                try:
                    self.shown.make(name)
                    break
                except Exception as error:
                    self._fall_back(error)
            return self.shown

    def _with_banner(
        self, head: list[Any], body: Iterable[bytes], start: Callable[..., Any]
    ) -> Iterable[bytes]:
        status, headers = head[:2]
        problem = self.problem
        if not problem or dict(headers).get("Content-Type") != "text/html":
            start(status, headers)
            return body
        page = b"".join(body).decode("utf-8")
        page, count = re.subn(
            r"<body[^>]*>", lambda match: match[0] + _banner(problem), page, count=1
        )
        content = (page if count else page + _banner(problem)).encode()
        kept = [(name, value) for name, value in headers if name != "Content-Length"]
        start(status, [*kept, ("Content-Length", str(len(content)))])
        return [content]

    def _missing(self, code: int) -> bytes | None:
        """The page for what is not there."""
        file = self.shown.folder / f"{code}.html"
        return file.read_bytes() if file.is_file() else None


def _banner(problem: str) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in problem.splitlines() if line)
    return (
        '<aside class="fg-problems" role="alert"><strong>Not up to date.</strong> '
        f"The last save has problems:<ul>{items}</ul></aside>"
    )


# Lives as long as the process.
current: Serving | None = None
