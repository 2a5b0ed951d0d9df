"""What was built on what in a family of models, as a tree."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from .records import Model
from .views import Guide


@dataclass(frozen=True)
class Kin:
    """A model with those built on it, oldest first.

    `outside` says that it is of another family, `besides` names further models it was made from.
    """

    model: Model
    outside: bool
    besides: tuple[Model, ...]
    children: tuple[Kin, ...]


@dataclass(frozen=True)
class Tree:
    """The tree of a family: its members, all that was built on them, and what they were built on.

    `built` are the models built on a member, `direct` how many directly, by member.
    """

    label: str
    roots: tuple[Kin, ...]
    members: list[Model]
    built: list[Model]
    direct: list[tuple[Model, int]]

    @property
    def finding(self) -> str:
        if not self.built:
            return f"No model here is recorded as built on the {self.label} family"
        foreign = len([model for model in self.built if model not in self.members])
        models = f"{len(self.built)} model{'s' if len(self.built) > 1 else ''}"
        where = f"{len(self.built) - foreign} within it, {foreign} in other families"
        most = max(number for _, number in self.direct)
        names = [model.name for model, number in self.direct if number == most]
        last = f"; most on {names[0]} ({most})" if len(names) == 1 and most > 1 else ""
        return f"{models} built on the {self.label} family: {where}{last}"


def tree(guide: Guide, family: str) -> Tree:
    """The tree of a family. Raises `NotKnown`."""
    words = guide.library.words("families")
    guide.known("family", family, words)
    models = guide.library.models
    members = [key for key, model in models.items() if model.family == family]
    built = _descendants(guide, members)
    bases = [base for key in members for base in models[key].based_on]
    shown = sorted({*members, *built, *bases}, key=lambda key: _age(models[key]))
    parents = {key: [base for base in models[key].based_on if base in shown] for key in shown}
    below: dict[str, list[str]] = defaultdict(list)
    for key in shown:
        for base in parents[key][:1]:
            below[base].append(key)
    seen: set[str] = set()

    def kin(key: str) -> Kin:
        seen.add(key)
        model = models[key]
        besides = tuple(models[base] for base in model.based_on if base not in parents[key][:1])
        children = tuple(kin(child) for child in below[key] if child not in seen)
        return Kin(model, model.family != family, besides, children)

    roots = [kin(key) for key in shown if not parents[key]]
    roots += [kin(key) for key in shown if key not in seen]  # Only if models go round in a circle.
    direct = [(models[key], len(guide.derived.get(key, []))) for key in members]
    oldest = sorted(members, key=lambda key: _age(models[key]))
    return Tree(
        words[family].label,
        tuple(roots),
        [models[key] for key in oldest],
        [models[key] for key in shown if key in built],
        direct,
    )


def _descendants(guide: Guide, members: list[str]) -> set[str]:
    """All models built on one of the members, however far down."""
    found: set[str] = set()
    waiting = [*members]
    while waiting:
        for child in guide.derived.get(waiting.pop(), []):
            if child not in found:
                found.add(child)
                waiting.append(child)
    return found


def _age(model: Model) -> tuple[str, str]:
    return (model.released or "9999", model.name.casefold())
