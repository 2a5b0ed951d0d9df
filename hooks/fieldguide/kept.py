"""What pieces of a page gave, kept for the next page on which they would be the same.

Most of a page is on others too: the words for a state, the terms of a licence, the verdicts on
models of which the same is known. A macro that says so (`{% set state = kept(state) %}`) is
rendered once for the same arguments; `by` gives what of the first of them it turns on, where that
is less than the whole. Links are relative, so what was kept serves pages in one folder only, and
none that it links to, or below: which links were asked for is seen, not guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from .addresses import relative

_PLAIN: Final = (str, int, float, bool, type(None))


class Kept:
    """All that was kept for one build. With `nothing`, every macro is rendered each time."""

    def __init__(self, *, nothing: bool = False) -> None:
        self.nothing = nothing
        self.here = ""
        self._folder = ""
        self._links: dict[tuple[str, str], str] = {}
        self._asked: list[set[str]] = [set()]
        self._kept: dict[Hashable, tuple[Any, frozenset[str], Any]] = {}

    @contextmanager
    def page(self, here: str) -> Iterator[None]:
        """Within, links lead from the page at `here`."""
        before = self.here, self._folder
        self.here, self._folder = here, here.rstrip("/").rpartition("/")[0]
        try:
            yield
        finally:
            self.here, self._folder = before

    def to(self, target: str) -> str:
        """The link to `target` from the page that is being rendered."""
        path = target.partition("#")[0]
        self._asked[-1].add(path)
        if path.startswith(self.here):
            return relative(target, self.here)
        key = self._folder, target
        link = self._links.get(key)
        if link is None:
            link = self._links[key] = relative(target, self.here)
        return link

    def _leads_here(self, links: Iterable[str]) -> bool:
        return any(path.startswith(self.here) for path in links)

    def __call__(
        self, macro: Callable[..., Any], by: Callable[..., Hashable] | None = None
    ) -> Callable[..., Any]:
        """A macro that keeps what it gives."""

        def keeping(*args: Any) -> Any:
            turns = [a if type(a) in _PLAIN else id(a) for a in args]
            if by:
                turns[0] = by(args[0])
            key = name, self._folder, *turns
            found = self._kept.get(key)
            if found is None or self._leads_here(found[1]):
                self._asked.append(set())
                try:
                    html = macro(*args)
                finally:
                    links = frozenset(self._asked.pop())
                # The arguments are held, so that no other can take their place in memory.
                found = html, links, args
                if not self._leads_here(links):
                    self._kept[key] = found
            self._asked[-1].update(found[1])
            return found[0]

        name = getattr(macro, "name", repr(macro))
        return macro if self.nothing else keeping
