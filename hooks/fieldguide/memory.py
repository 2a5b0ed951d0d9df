"""How much memory a model needs: its weights at a precision, and the cache of a conversation.

Weights take `parameters × bits ÷ 8` bytes. All parameters of a mixture of experts have to be in
memory, though few work on one token. The cache takes, for every token, two numbers (key and value)
per layer, key-value head and width of the head; latent attention keeps one shorter row per layer
instead (Denneman 2026, "The Dynamic World of LLM Runtime Memory"; for latent attention LLM Academy,
"KV Cache calculator"). The bits of each precision, and their source, are in the vocabulary.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from . import records as r

CACHE_BYTES: Final = 2  # One number of the cache at 16 bits, the usual choice.
TOKENS: Final = (8_000, 32_000, 128_000)  # Lengths of conversation that pages show.
PRECISION: Final = "q4-k-m"  # The usual choice, where a reader has made none.
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


@dataclass(frozen=True)
class Need:
    """What one size of a model needs, in bytes: weights by precision, cache by tokens."""

    model: r.Model
    size: r.Size
    weights: dict[str, float | None]
    cache: dict[int, int | None]

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


def gigabytes(number: float | None) -> str:
    """`4.9 GB`, `43 GB`, `0.3 GB`: two digits, for the figure is an estimate."""
    if number is None:
        return "not known"
    amount = number / GB
    if amount >= 10:
        return f"{amount:,.0f} GB"
    return f"{amount:.1f} GB" if amount >= 0.1 else "under 0.1 GB"
