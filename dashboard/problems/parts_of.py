"""How the parts of a group are told: 源城区 12、东源县 8 等 5 个."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dashboard.problems.told import NOWHERE


def parts_told(
    parts: Iterable[tuple[int | None, int]], names: Mapping[int, str], *, most: int = 2
) -> str:
    """The largest parts by name, and how many there are."""
    known = [(names.get(key, NOWHERE) if key is not None else NOWHERE, n) for key, n in parts]
    told = "、".join(f"{name} {n}" for name, n in known[:most])
    return f"{told} 等{len(known)}个" if len(known) > most else told
