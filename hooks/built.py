"""One build that is served: what makes its files, and templates compiled for the next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

Outputs = Mapping[str, Callable[[], bytes]]  # What makes each file, by its path on the site.


class Built:
    """One build: its folder, and what makes the files that are not in it yet.

    `outputs` are pages, and `later` gives more of them, once; `other` gives a file for other
    programs, if there is one at a path.
    """

    def __init__(
        self,
        folder: Path,
        outputs: Outputs,
        later: Callable[[], Outputs] = dict,
        other: Callable[[str], str | bytes | None] = lambda path: None,
    ) -> None:
        self.folder = folder
        self.outputs = dict(outputs)
        self.failed = False
        self._later: Callable[[], Outputs] | None = later
        self._other = other

    def complete(self) -> None:
        """Makes known what pages there are."""
        if self._later:
            self.outputs.update(self._later())
            self._later = None

    def trials(self) -> Iterator[Callable[[], object]]:
        """What fails if any page does."""
        yield self.complete
        for path in list(self.outputs):
            yield partial(self._try, path)

    def _try(self, path: str) -> None:
        self.outputs.get(path, bytes)()

    def make(self, path: str) -> None:
        """Puts a file into the folder, if there is one and it is not there yet."""
        file = self.folder / path
        content: str | bytes | None = None
        if path.endswith(".html") and path not in self.outputs and not file.exists():
            self.complete()
        if path in self.outputs:
            content = self.outputs[path]()
        elif "\0" not in path and not path.endswith(".html") and not file.exists():
            content = self._other(path)
        if content is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.encode() if isinstance(content, str) else content)
            self.outputs.pop(path, None)


class Templates(BytecodeCache):
    """Compiled templates by their source, for the next build."""

    def __init__(self) -> None:
        self._compiled: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._compiled.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._compiled[(bucket.key, bucket.checksum)] = bucket.code
