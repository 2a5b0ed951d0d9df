"""Writes a site over the one that stands there: what is the same stays, what nobody wrote goes.

MkDocs empties the site's folder and writes everything anew. With thousands of pages that takes
longer than to look whether they are the same, and a build that fails half way leaves nothing. So
MkDocs writes into a folder of its own, `staged`, and at the end all goes to its place from there.
A file that changes is a new one: whoever holds the old one by a link keeps it as it was.
"""

from __future__ import annotations

import os
import shutil
from io import FileIO
from pathlib import Path

from staging import Staging


class Writing:
    """One build's way into `folder`. Hidden files at its top stay, as with MkDocs."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self._staging = Staging()
        self.staged = str(self._staging.path)
        self._old: set[str] = set()  # Files that stand there, and that this build has not written.
        self._folders: set[str] = set()
        self._used: set[str] = set()  # Folders that hold something.
        self.changed = self.removed = 0

    def begin(self) -> None:
        """Looks at what stands there, and puts in place what MkDocs wrote."""
        self._look(self.folder, hidden=False)
        self._use(self.folder)
        for folder, _, names in os.walk(self.staged):
            for name in names:
                file = Path(folder, name)
                self.put(file.relative_to(self.staged).as_posix(), file.read_bytes())

    def put(self, path: str, content: bytes) -> None:
        """Writes a file, if there is none that is the same; `path` is below the site's folder."""
        file = f"{self.folder}/{path}"
        if file in self._old:
            self._old.discard(file)
            with FileIO(file) as opened:
                if opened.readall() == content:
                    self._use(file.rpartition("/")[0])
                    return
            os.unlink(file)  # noqa: PTH108 (here and below: a quarter of pathlib's time)
        elif file in self._folders:
            self._clear(file)
        self._use(file.rpartition("/")[0])
        left = memoryview(content)
        with FileIO(file, "x") as opened:
            while left:  # On a full disk it writes a part first, and fails the second time.
                left = left[opened.write(left) :]
        self.changed += 1

    def end(self) -> None:
        """Removes what this build has not written, and the folders that are empty then."""
        for file in self._old:
            os.unlink(file)  # noqa: PTH108
        for folder in sorted(self._folders - self._used, reverse=True):
            os.rmdir(folder)  # noqa: PTH106
        self.removed = len(self._old)
        self.leave()

    def leave(self) -> None:
        """Removes what was staged."""
        self._staging.remove()

    def _look(self, folder: str, *, hidden: bool) -> None:
        """Notes the files and folders below a folder; what is neither goes at once."""
        try:
            entries = list(os.scandir(folder))
        except FileNotFoundError:
            return
        for entry in entries:
            if not hidden and entry.name.startswith("."):
                continue
            path = f"{folder}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                self._folders.add(path)
                self._look(path, hidden=True)
            elif entry.is_file(follow_symlinks=False):
                self._old.add(path)
            else:
                os.unlink(path)  # noqa: PTH108

    def _use(self, folder: str) -> None:
        """Makes a folder, if it is not there."""
        if folder in self._used:
            return
        if folder != self.folder:
            self._use(folder.rpartition("/")[0])
        if folder in self._old:
            self._old.discard(folder)
            os.unlink(folder)  # noqa: PTH108
        if folder not in self._folders:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103
        self._used.add(folder)

    def _clear(self, folder: str) -> None:
        """Removes a folder where a file is to stand."""
        shutil.rmtree(folder)
        inside = f"{folder}/"
        for there in (self._old, self._folders, self._used):
            there -= {path for path in there if path == folder or path.startswith(inside)}
