"""Which rows an act added or changed, as it is kept beside the act."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec


class Effect(msgspec.Struct, array_like=True, frozen=True):
    """A row that was added (`before` None), changed, or taken away (`after` empty)."""

    table: str
    key: int
    before: dict[str, Any] | None
    after: dict[str, Any]


def told_effects(effects: Iterable[Effect]) -> str:
    """Effects as they are kept beside the act."""
    return msgspec.json.encode(list(effects)).decode()


def kept_effects(told: str | None) -> list[Effect]:
    """Effects as they were kept."""
    return msgspec.json.decode(told, type=list[Effect]) if told else []
