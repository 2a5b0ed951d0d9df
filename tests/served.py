"""A project that `mkdocs serve` shows, for tests that save files and look at pages."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from html import unescape
from http.client import HTTPException
from pathlib import Path
from typing import Final
from urllib.request import urlopen

from copies import Copy, environment

DEADLINE: Final = 90  # Seconds; for a machine that has much else to do.
BANNER: Final = "The last save has problems:"
HERE: Final = "models/quillfeather-9/"  # The page of `copies.MODEL`.

_POLICY: Final = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>')


def plain(page: bytes) -> bytes:
    """A built page as it is served: without a policy, for live reload writes a script into it."""
    return _POLICY.sub(b"", page)


class Serving:
    """A project that is being served."""

    def __init__(self, copy: Copy, log: Path, **variables: str) -> None:
        self.copy = copy
        self.log = log
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}/"
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"],
                cwd=copy.root,
                env=environment(SITE_URL=self.address, **variables),
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def fetch(self, address: str) -> bytes:
        """A file as it is now. Raises `OSError` or `HTTPException` if it cannot be had."""
        with urlopen(self.address + address, timeout=DEADLINE) as answer:
            return bytes(answer.read())

    def get(self, address: str) -> str:
        """A page as it is now, or nothing while it cannot be had."""
        try:
            return unescape(self.fetch(address).decode("utf-8"))
        except (OSError, HTTPException):
            return ""

    def wait(self, right: Callable[[str], bool], address: str = HERE) -> str:
        """The page at `address`, once it is as it should be."""
        end = time.monotonic() + DEADLINE
        while not right(page := self.get(address)):
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < end, f"{page[:20000]}\n\n{self.log.read_text()[-5000:]}"
            time.sleep(0.1)
        return page

    def wait_for(self, text: str, address: str = HERE) -> str:
        return self.wait(lambda page: text in page and BANNER not in page, address)
