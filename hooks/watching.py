"""Hears of a save at once where the system tells of it, and by looking again where it does not."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from watchdog.events import (
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
)
from watchdog.observers import Observer

# A rebuild opens thousands of files: to be told of each would take longer than the rebuild.
SAVES: list[type[FileSystemEvent]] = [
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
]


class Watching:
    """Takes the place of a server's observer, which looks. Both tell of each save: the second time,
    that is let go."""

    def __init__(self, looking: Any) -> None:
        self._told, self._looking = Observer(), looking
        self._seen: dict[str, tuple[int, int, int] | None] = {}
        self._watches: dict[Any, Any] = {}

    def schedule(self, handler: Any, path: str, **options: Any) -> Any:
        dispatch = handler.dispatch

        def once(event: Any) -> None:
            if isinstance(event, tuple(SAVES)) and self._new(event):
                dispatch(event)

        handler.dispatch = once
        watch = self._looking.schedule(handler, path, **options)
        with suppress(OSError):  # If the system cannot watch so many files, looking does.
            self._watches[watch] = self._told.schedule(handler, path, event_filter=SAVES, **options)
        return watch

    def _new(self, event: Any) -> bool:
        """Whether a file is not as it was when last told of."""
        new = False
        for path in filter(None, (event.src_path, event.dest_path)):
            try:
                status = Path(path).stat()
                now = status.st_mtime_ns, status.st_size, status.st_ino
            except OSError:
                now = None
            new |= self._seen.get(path, ()) != now
            self._seen[path] = now
        return new

    def unschedule(self, watch: Any) -> None:
        self._looking.unschedule(watch)
        if watch in self._watches:
            self._told.unschedule(self._watches.pop(watch))

    def start(self) -> None:
        self._looking.start()
        with suppress(OSError):
            self._told.start()

    def stop(self) -> None:
        self._looking.stop()
        if self._told.is_alive():
            self._told.stop()

    def join(self, timeout: float | None = None) -> None:
        self._looking.join(timeout)
