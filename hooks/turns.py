"""Who goes first while the site is served: rebuilds and pages, then work that nobody waits for."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

PAUSE = 1.0  # Seconds after a turn in which those who may follow have the machine.
GIVE_WAY = 0.01  # Seconds between two looks whether others have had their turn.


class Turns:
    """A lock for those who wait, and for work behind that lets all of them go first; for a
    while, those too who may follow.

    A thread that gives up a lock and asks for it again gets it, most of the time, before one that
    has waited for long.
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._waiting = 0
        self._count = threading.Lock()
        self._last = 0.0  # When someone who waited was done.

    def __enter__(self) -> None:
        with self._count:
            self._waiting += 1
        self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._last = time.monotonic()
        self._lock.release()
        with self._count:
            self._waiting -= 1

    @contextmanager
    def behind(self, until: float) -> Iterator[None]:
        """Within, the lock is held; entered when nobody else holds it or waits. Before `until` (on
        the monotonic clock), nobody may have had it for `PAUSE` either."""
        while True:
            with self._lock:
                now = time.monotonic()
                if not self._waiting and (now >= until or now - self._last >= PAUSE):
                    yield
                    return
            time.sleep(GIVE_WAY)
