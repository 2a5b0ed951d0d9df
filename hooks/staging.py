"""A folder for what is not finished, in the system's folder for such, gone when it is done with.

Who is killed cannot tidy up. So each folder stays locked while its process lives, and whoever makes
the next removes those that nobody holds: two builds at once leave each other's alone.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

PREFIX: Final = "fieldguide_build_"
YOUNG: Final = 60  # Seconds, far more than pass between making a folder and locking it.


class Staging:
    """A new folder, at `path`, until `remove`."""

    def __init__(self) -> None:
        for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
            with suppress(OSError):  # Another user's, or gone meanwhile.
                _remove_if_left(left)
        self.path = Path(tempfile.mkdtemp(prefix=PREFIX))
        self._lock = _locked(self.path)

    def remove(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def _remove_if_left(folder: Path) -> None:
    if folder.is_symlink() or time.time() - folder.stat().st_mtime < YOUNG:
        return
    lock = _locked(folder)
    if lock is not None:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def _locked(folder: Path) -> int | None:
    """What holds the folder until it is closed; nothing if another has it, or on Windows."""
    try:
        import fcntl
    except ImportError:
        return None
    opened = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(opened)
        return None
    return opened
