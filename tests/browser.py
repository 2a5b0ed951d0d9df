"""Finds a Chromium for the tests; none of them may be skipped for want of one."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Final

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MISSING: Final = (
    "The browser tests need Chromium: install the package `chromium` of your system "
    "or run `python -m playwright install chromium`."
)

_QUIET: Final = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class NoBrowser(RuntimeError):
    """No Chromium is there and none could be installed; says what to do in one sentence."""


def is_root() -> bool:
    """Whether this process may install packages."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def flags(*, root: bool) -> list[str]:
    """What Chromium is started with; its sandbox does not work for root."""
    return ["--no-sandbox", *_QUIET] if root else [*_QUIET]


def install() -> bool:
    """Installs Debian's Chromium; reads the list of packages anew only if the one at hand fails."""
    get = ["apt-get", "--yes", "--quiet", "--option", "DPkg::Lock::Timeout=600"]
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}

    def done(*arguments: str) -> bool:
        return subprocess.run([*get, *arguments], env=environment, check=False).returncode == 0

    package = ("install", "--no-install-recommends", "chromium")
    return done(*package) or (done("update") and done(*package))


def find(
    own: Path,
    *,
    root: bool,
    which: Callable[[str], str | None] = shutil.which,
    install: Callable[[], bool] = install,
) -> str:
    """The path of a Chromium: on the PATH, else Playwright's `own`, else freshly installed.

    Raises `NoBrowser` where there is none and this process may not or cannot install one.
    """

    def on_path() -> str | None:
        return next(filter(None, map(which, NAMES)), None)

    if found := on_path():
        return found
    if own.exists():
        return str(own)
    if root and which("apt-get") and install() and (found := on_path()):
        return found
    raise NoBrowser(MISSING)
