"""Ranking in a bulletin, where metrics.md 2.7 allows it: inside a peer group, of enough cases."""

from __future__ import annotations

from collections.abc import Mapping

from supervision.metrics import Rate
from supervision.ranking import Contender, Ranking, Standing, Weights, ranking
from supervision.vocabulary import PeerGroup

_RATE = "rate"
PART_OF_THE_CITY = "排名只在全市范围、同类之间进行；这里是一部分，不排名。"


def ranking_told(
    rates: Mapping[int, Rate],
    peers: Mapping[int, str],
    names: Mapping[int, str],
    *,
    name: str,
    least: int,
    whole: bool,
) -> list[str]:
    """A sentence for each peer group: its order with n/N, and who is listed without a rank."""
    if not whole:
        return [PART_OF_THE_CITY]
    told = [f"按{name}在同类之间排名，不足 {least} 件的不排名；相同的并列，下一名次空出。"]
    for group in PeerGroup:
        inside = [key for key in rates if peers.get(key) == group]
        if inside:
            found = ranking(
                (Contender(key, n, {_RATE: rates[key]}) for n, key in enumerate(inside)),
                Weights.only(_RATE), base=_RATE, least=least,
            )  # fmt: skip
            told.append(f"{group.label}：{_order(found, names)}")
    return told if len(told) > 1 else ["没有可以比较的同类单位，不排名。"]


def _order(found: Ranking, names: Mapping[int, str]) -> str:
    parts = []
    if found.ranked:
        parts.append("，".join(f"第{one.rank}名 {_with_rate(one, names)}" for one in found.ranked))
    if found.too_few:
        few = "、".join(_with_rate(one, names) for one in found.too_few)
        parts.append(f"件数不足不排名的：{few}")
    if found.without_due:
        none = "、".join(names[one.contender.key] for one in found.without_due)
        parts.append(f"没有应计件数的：{none}")
    return "；".join(parts) + "。"


def _with_rate(one: Standing, names: Mapping[int, str]) -> str:
    return f"{names[one.contender.key]} {one.contender.rates[_RATE].text()}"
