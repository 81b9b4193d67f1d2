"""The tiles of one department: each number with its base, each leading to exactly its rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dashboard.leader_reads import DepartmentSeen
from dashboard.parts.about import about_figure
from dashboard.parts.sentences import ITEMS_PAGE, Query
from dashboard.parts.tiles import Tile
from supervision.figures import FIGURES
from supervision.metrics import NOTHING, Rate

_STOCK = {
    "open": "含挂账、待交办", "overdue_open": "占在办", "due_soon": "占在办",
}  # fmt: skip
_BASES = {
    "on_time_feedback_rate": "件次到期", "closure_rate": "件受理", "resolution_rate": "件次作答",
    "satisfaction_rate": "件次评价", "on_time_closure_rate": "件次应办结",
    "reassign_rate": "件已结束第一轮", "rebound_rate": "件回头看", "extension_rate": "件次交办",
    "return_rate": "件次在本系统交办",
}  # fmt: skip
_WITHOUT_PERIOD = frozenset({*_STOCK, "reassign_rate", "rebound_rate"})
FIRST_ROW = (
    "open", "overdue_open", "due_soon", "on_time_feedback_rate", "closure_rate",
    "resolution_rate", "satisfaction_rate",
)  # fmt: skip
SECOND_ROW = (
    "on_time_closure_rate", "reassign_rate", "return_rate", "rebound_rate", "extension_rate",
)  # fmt: skip


def unit_tiles(
    seen: DepartmentSeen, query: Query, helping: Query, *, as_of: date
) -> tuple[list[Tile], list[Tile]]:
    """Two rows: stock and rates first, then the rest with holding time and duties of a helper.

    `query` narrows a link to what the department leads, `helping` to what it helps in.
    """
    first = [_tile(slug, seen, query, as_of) for slug in FIRST_ROW]
    second = [_tile(slug, seen, query, as_of) for slug in SECOND_ROW]
    return first, [*second, _handling(seen.values, query), _helper(seen.helping, helping)]


def _tile(slug: str, seen: DepartmentSeen, query: Query, as_of: date) -> Tile:
    n, of = (int(part or 0) for part in seen.values[slug])
    label = FIGURES[slug].name.removesuffix("（群众认定）")
    link = {**query, "figure": slug}
    about = about_figure(
        FIGURES[slug].told(seen.due_soon_working_days), n=n,
        of=of if slug in _BASES else None, as_of=as_of,
        beside={"due_left_out": int(seen.values["due_left_out"][0] or 0)},
        period=None if slug in _WITHOUT_PERIOD else seen.period,
    )  # fmt: skip
    if slug in _BASES:
        rate = Rate(n, of)
        few = "，样本少" if rate.of and rate.is_small(seen.small_sample) else ""
        return Tile(slug, label, rate.percent, ITEMS_PAGE, query=link, about=about,
                    basis=f"{rate.n}/{rate.of} {_BASES[slug]}{few}")  # fmt: skip
    whole = int(seen.values["open"][0] or 0)
    share = f"{_STOCK[slug]} {n}/{whole}" if whole else "没有在办"
    basis = _STOCK[slug] if slug == "open" else share
    return Tile(slug, label, str(n), ITEMS_PAGE, unit="件", query=link, basis=basis,
                late=slug == "overdue_open", about=about)  # fmt: skip


def _handling(values: Mapping[str, tuple[float | None, int | None]], query: Query) -> Tile:
    """Median and ninth decile; its link opens what was closed in the period."""
    days = [values[slug][0] for slug in ("median_handling", "p90_handling")]
    return Tile(
        "closed", "办理时长",
        " / ".join(NOTHING if one is None else f"{one:g}" for one in days), ITEMS_PAGE,
        basis=f"中位/九成工作日，{int(values['closed'][0] or 0)} 件",
        query={**query, "figure": "closed"},
        about=[FIGURES[slug].definition for slug in ("median_handling", "p90_handling")],
    )  # fmt: skip


def _helper(counts: Mapping[str, int], query: Query) -> Tile:
    return Tile(
        "helping", "协办在办", str(counts["open"]), ITEMS_PAGE, unit="件",
        basis=f"其中逾期 {counts['overdue_open']}，单列", query={**query, "figure": "open"},
        about=["当前轮次由本单位协办的在办事项；单列，不计入牵头单位和全市合计。"],
    )  # fmt: skip
