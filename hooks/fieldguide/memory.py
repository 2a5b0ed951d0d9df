"""How much memory a model needs: its weights at a precision, and the cache of a conversation.

Weights take `parameters × bits ÷ 8` bytes. All parameters of a mixture of experts have to be in
memory, though few work on one token. The cache takes, for every token, two numbers (key and value)
per layer, key-value head and width of the head; latent attention keeps one shorter row per layer
instead (Denneman 2026, "The Dynamic World of LLM Runtime Memory"; for latent attention LLM Academy,
"KV Cache calculator"). The bits of each precision, and their source, are in the vocabulary.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

from . import records as r
from .library import Library

CACHE_BYTES: Final = 2  # One number of the cache at 16 bits, the usual choice.
TOKENS: Final = (8_000, 32_000, 128_000)  # Lengths of text that pages show.
MEMORIES: Final = (4, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 512)  # Common ones, in GB.
PRECISION: Final = "q4-k-m"  # The usual choice, where a reader has made none.
KIND: Final = "plain"  # What is said of a memory holds for this kind of machine.
GB: Final = 10**9  # Decimal, as makers of hardware and of model files count.


def weights(size: r.Size, precision: r.PrecisionWord) -> float | None:
    """Bytes for the weights of one size; None where its parameters are not known."""
    return size.parameters * precision.bits / 8 if size.parameters else None


def cache_per_token(size: r.Size) -> int | None:
    """Bytes of cache for one token, at most; None where the architecture is not known.

    At most, because sliding windows, state-space layers and linear attention keep less: records do
    not say which layers have them.
    """
    if not size.layers:
        return None
    if size.kv_latent:
        return size.layers * size.kv_latent * CACHE_BYTES
    if size.kv_heads and size.head_dim:
        return 2 * size.layers * size.kv_heads * size.head_dim * CACHE_BYTES
    return None


def cache(size: r.Size, tokens: int) -> int | None:
    """Bytes of cache for one conversation of so many tokens, at most."""
    each = cache_per_token(size)
    return None if each is None else each * tokens


def kept(size: r.Size) -> tuple[int, int, int] | None:
    """What memory is reckoned from: parameters, bytes of cache for a token, tokens it takes.

    None where the parameters are not known; 0 for each of the others that is not.
    """
    if not size.parameters:
        return None
    return size.parameters, cache_per_token(size) or 0, size.context or 0


def least(parameters: int, each: int, context: int, bits: float) -> float:
    """Bytes for weights of so many bits and the cache of the shortest text that pages show.

    `each` are the bytes of cache for a token, and `context` the tokens that a size takes; 0 where
    they are not known.
    """
    return parameters * bits / 8 + each * min(TOKENS[0], context or TOKENS[0])


@dataclass(frozen=True)
class Need:
    """What one size of a model needs, in bytes: weights by precision, cache by tokens."""

    model: r.Model
    size: r.Size
    weights: dict[str, float | None]
    cache: dict[int, int | None]

    @property
    def cache_known(self) -> bool:
        return cache_per_token(self.size) is not None

    def together(self, precision: str, tokens: int) -> float | None:
        """Weights and cache in one figure, where both are known."""
        parts = self.weights[precision], self.cache[tokens]
        return None if None in parts else sum(filter(None, parts))


def needs(
    model: r.Model, precisions: Mapping[str, r.PrecisionWord], tokens: tuple[int, ...]
) -> list[Need]:
    """What each size of a model needs whose parameters are known, in the record's order.

    Lengths beyond a size's own context are left as None: it cannot hold them.
    """
    return [
        Need(
            model,
            size,
            {key: weights(size, word) for key, word in precisions.items()},
            {n: cache(size, n) if n <= (size.context or n) else None for n in tokens},
        )
        for size in model.sizes
        if size.parameters
    ]


# What fits


@dataclass(frozen=True)
class Room:
    """What fits in so many GB: for each size the most precise form, and one that fits barely."""

    memory: int
    cells: tuple[tuple[str | None, str | None], ...]


def rooms(
    needs: Sequence[Need], precisions: Mapping[str, r.PrecisionWord], spare: int
) -> list[Room]:
    """What fits in common memories with the shortest text of `TOKENS`, or all that a size takes.

    `spare` per cent of the memory are to stay free; what leaves less fits barely. The cache counts
    where it is known. Left out is what tells nothing: memories too small for any size, and all
    beyond the first that holds everything as published.
    """

    def best(need: Need, room: float) -> str | None:
        tokens = min(TOKENS[0], need.size.context or TOKENS[0])
        rest = room - (cache(need.size, tokens) or 0)
        each = ((key, weights(need.size, word)) for key, word in precisions.items())
        return next((key for key, number in each if number is not None and number <= rest), None)

    found: list[Room] = []
    widest = next(iter(precisions), None)
    for memory in MEMORIES:
        whole = memory * GB
        pairs = [(best(need, whole * (100 - spare) / 100), best(need, whole)) for need in needs]
        cells = tuple((fits, None if barely == fits else barely) for fits, barely in pairs)
        if any(fits or barely for fits, barely in cells):
            found.append(Room(memory, cells))
        if all(fits == widest for fits, _ in cells):
            break
    return found


def machines(library: Library) -> dict[str, Any]:
    """What the script of the models' pages needs to hold a size against a reader's machine."""
    return {
        "shortest": TOKENS[0],
        "fits": {key: [word.symbol, word.label] for key, word in library.words("fits").items()},
        "kinds": [
            {
                "label": kind.label,
                "spare": kind.spare,
                "machines": [
                    [key, machine.label, machine.memory]
                    for key, machine in library.machines.items()
                    if machine.kind == kind.id
                ]
                or [[str(memory), "", memory] for memory in MEMORIES],
            }
            for kind in library.machine_kinds.values()
        ],
    }


# Published figures


@dataclass(frozen=True)
class Checked:
    """A published figure, and what is computed in its place; `off` is how far, as a share of it."""

    check: r.MemoryCheck
    computed: float

    @property
    def off(self) -> float:
        return self.computed / self.check.bytes - 1


def checked(library: Library) -> list[Checked]:
    """Each published figure beside ours, in the order of the records."""
    found = []
    for check in library.memory_checks.values():
        size = next(s for s in library.models[check.model].sizes if s.name == check.size)
        if check.precision:
            computed = weights(size, library.precisions[check.precision])
        else:
            computed = cache(size, check.tokens or 0)
        if computed is not None:
            found.append(Checked(check, computed))
    return found


def error(library: Library) -> tuple[float, float]:
    """The median and the largest distance from published figures, as shares of them."""
    each = [abs(one.off) for one in checked(library)] or [0.0]
    return median(each), max(each)


# Words


def per_cent(share: float) -> str:
    """`4.2%`, `under 0.1%`."""
    return f"{abs(share):.1%}" if abs(share) >= 0.0005 else "under 0.1%"


def gigabytes(number: float | None) -> str:
    """`4.9 GB`, `43 GB`, `0.3 GB`: two digits, for the figure is an estimate."""
    if number is None:
        return "not known"
    amount = number / GB
    if amount >= 10:
        return f"{amount:,.0f} GB"
    return f"{amount:.1f} GB" if amount >= 0.1 else "under 0.1 GB"
