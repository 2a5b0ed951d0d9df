"""What a marker may call: the functions of all subjects, bound to one page."""

from __future__ import annotations

from collections.abc import Callable

from .audits import Audits
from .decisions import Decisions
from .downloads import Downloads
from .facts import Facts
from .listings import Listings
from .pictures import Pictures
from .works import Works


class Functions(Facts, Works, Listings, Pictures, Decisions, Audits, Downloads):
    """All functions for the page at `here`."""

    def vocabulary(self) -> dict[str, Callable[..., object]]:
        """All functions by the name a marker uses: the public methods, those inherited."""
        names = (name for name in dir(type(self)) if not name.startswith("_"))
        return {name: getattr(self, name) for name in names if name != "vocabulary"}
