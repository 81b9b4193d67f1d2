"""What is said above 共性问题: what rises, where it is dense, what comes again; the tiles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.leader_reads import ProblemsSeen
from dashboard.parts.about import about_figure
from dashboard.parts.filter_state import code_of_days
from dashboard.parts.heat_charts import NOBODY_KEY, Heat
from dashboard.parts.link_rows import NOBODY
from dashboard.parts.sentences import ITEMS_PAGE, Query
from dashboard.parts.tiles import Direction, Tile
from dashboard.reads import Choices
from supervision.figures import FIGURES
from supervision.metrics import Comparison, compared_to_last_period, compared_to_last_year

INTAKE, BEFORE = "intake:n", "intake:before"
NOWHERE = "不明"


@dataclass(frozen=True, slots=True)
class Kinds:
    """问题分类 by their first level: 政务服务/办证 counts as 政务服务."""

    names: dict[int, str]
    """Key of a kind → its name; the key is the smallest of its categories."""
    members: dict[int, tuple[int, ...]]
    kind_of: dict[int, int]

    @classmethod
    def of(cls, names: Choices) -> Kinds:
        """The kinds of the categories that this person may name."""
        told: dict[str, list[int]] = {}
        for category, name in names.categories.items():
            told.setdefault(name.partition("/")[0].strip() or name, []).append(category)
        members = {min(keys): tuple(sorted(keys)) for keys in told.values()}
        return cls(
            {min(keys): name for name, keys in told.items()},
            members,
            {category: kind for kind, keys in members.items() for category in keys},
        )

    def name(self, kind: int) -> str:
        """How a kind is called."""
        return self.names.get(kind, NOBODY["category_id"])

    def asked(self, kind: int) -> dict[str, object]:
        """What a link says for it."""
        if kind == NOBODY_KEY:
            return {"nobody": "category_id"}
        return {"category": ",".join(map(str, self.members[kind]))}


@dataclass(frozen=True, slots=True)
class Rise:
    """One kind: what came in the period, what in the one before, and where most of it."""

    kind: int
    name: str
    now: int
    before: int
    where: Sequence[tuple[str, int]]
    """County and how many of `now`, the most first."""
    on_year: bool = False

    @property
    def more(self) -> int:
        """How many more than before."""
        return self.now - self.before

    @property
    def comparison(self) -> Comparison:
        """环比, or 同比."""
        return compared(self.now, self.before, on_year=self.on_year)


def tiles_of(seen: ProblemsSeen, column: str, kinds: Kinds, names: Choices) -> list[Heat]:
    """One column of the cells, kind by county."""
    sums: dict[tuple[int, int], int] = {}
    for row in seen.cells.iter_rows(named=True):
        category, unit = row["category_id"], row["unit_id"]
        kind = NOBODY_KEY if category is None else kinds.kind_of.get(category, NOBODY_KEY)
        place = kind, NOBODY_KEY if unit is None else int(unit)
        sums[place] = sums.get(place, 0) + int(row[column])
    return [
        Heat(kind, kinds.name(kind), unit, names.units.get(unit, NOWHERE), n)
        for (kind, unit), n in sums.items()
        if n
    ]


def densest(tiles: Sequence[Heat]) -> Heat | None:
    """The cell with most of one category in one county."""
    named = [one for one in tiles if NOBODY_KEY not in (one.category, one.unit)]
    return max(named, key=lambda one: one.n, default=None)


def counties(names: Choices) -> list[tuple[int, str]]:
    """The columns of the picture, what names no county last."""
    return [*names.units.items(), (NOBODY_KEY, NOWHERE)]


def rises(seen: ProblemsSeen, kinds: Kinds, names: Choices) -> list[Rise]:
    """Every kind, the one that grew most first; what names none at the end."""
    now, before = (tiles_of(seen, column, kinds, names) for column in (INTAKE, BEFORE))
    called = {tile.category: tile.category_name for tile in (*now, *before)}
    found = [
        Rise(
            kind,
            name,
            sum(tile.n for tile in now if tile.category == kind),
            sum(tile.n for tile in before if tile.category == kind),
            sorted(
                ((tile.unit_name, tile.n) for tile in now if tile.category == kind),
                key=lambda one: -one[1],
            ),
            seen.on_year,
        )
        for kind, name in called.items()
    ]
    return sorted(found, key=lambda one: (one.kind == NOBODY_KEY, -one.more, -one.now, one.name))


def problems_told(seen: ProblemsSeen, found: Sequence[Rise]) -> str:
    """What came in against before, and what grew most, in one sentence."""
    now, before = _sums(seen)
    if not now:
        return "这段时间没有新增事项"
    change = compared(now, before, on_year=seen.on_year)
    parts = [f"新增 {now} 件，{change.text()}"]
    grown = [one for one in found if one.more > 0 and one.kind != NOBODY_KEY][:2]
    if grown:
        named = "、".join(f"{one.name}（{one.before}→{one.now} 件）" for one in grown)
        parts.append(f"上升最多的是{named}")
    else:
        parts.append(f"没有一类比{word_before(seen)}多")
    if seen.taken_up_again:
        parts.append(f"办过一轮又重新交办、仍在办的 {seen.taken_up_again} 件")
    return "；".join(parts)


def _sums(seen: ProblemsSeen) -> tuple[int, int]:
    return int(seen.cells[INTAKE].sum()), int(seen.cells[BEFORE].sum())


def compared(now: int, before: int, *, on_year: bool) -> Comparison:
    """Against the year before, or the period just before; the word follows the computation."""
    return compared_to_last_year(now, before) if on_year else compared_to_last_period(now, before)


def word_before(seen: ProblemsSeen) -> str:
    """What it is compared with."""
    return "上年同期" if seen.on_year else "上期"


def days_told(seen: ProblemsSeen) -> str:
    """The days that are compared."""
    now, before = (
        f"{period.first:%Y-%m-%d} 至 {period.last:%Y-%m-%d}"
        for period in (seen.period, seen.before)
    )
    return f"统计期 {now}，{word_before(seen)} {before}；新增按受理日期计"


def of_county(unit: int) -> dict[str, object]:
    """What a link says for one county."""
    return {"nobody": "unit_id"} if unit == NOBODY_KEY else {"at": unit}


def of_cell(kind: int, unit: int, kinds: Kinds) -> dict[str, object]:
    """What a link says for a kind in a county."""
    if kind == unit == NOBODY_KEY:
        return {"nobody": "category_id,unit_id"}
    return kinds.asked(kind) | of_county(unit)


def days_before(seen: ProblemsSeen) -> dict[str, object]:
    """What a link says for the period before."""
    return {"figure": "intake", "days": code_of_days(seen.before.first, seen.before.last)}


def problem_tiles(
    seen: ProblemsSeen, found: Sequence[Rise], dense: Heat | None, kinds: Kinds, query: Query
) -> list[Tile]:
    """What stands out; each leads to exactly its rows."""
    now, before = _sums(seen)
    intake = FIGURES["intake"]
    told = [
        Tile("intake", intake.name, str(now), ITEMS_PAGE, unit=intake.unit,
             basis=f"{word_before(seen)} {before} 件", change=now - before, change_unit="件",
             since=f"较{word_before(seen)}", direction=Direction.MORE_IS_WORSE,
             query={**query, "figure": "intake"},
             about=(*about_figure(intake, n=now, of=None, beside={}, as_of=seen.as_of,
                                  period=seen.period),
                    compared(now, before, on_year=seen.on_year).text()))
    ]  # fmt: skip
    named = [one for one in found if one.kind != NOBODY_KEY]
    if named and named[0].more > 0:
        most = named[0]
        told.append(
            Tile("grown", "上升最多的一类", str(most.now), ITEMS_PAGE, unit="件", basis=most.name,
                 change=most.more, change_unit="件",
                 since=f"较{word_before(seen)}",
                 direction=Direction.MORE_IS_WORSE,
                 query={**query, "figure": "intake", **_said(kinds.asked(most.kind))},
                 about=("统计期内新增事项按问题分类的第一级归类，比相比时段多得最多的一类。",
                        f"本期 {most.now} 件，{word_before(seen)} {most.before} 件，"
                        + most.comparison.text()))
        )  # fmt: skip
    if dense is not None:
        told.append(
            Tile("dense", "最集中的一处", str(dense.n), ITEMS_PAGE, unit="件",
                 basis=f"{dense.unit_name}　{dense.category_name}",
                 query={**query, "figure": "intake",
                        **_said(of_cell(dense.category, dense.unit, kinds))},
                 about=("统计期内新增事项中，同一县（区）、同一问题分类最多的一处。",))
        )  # fmt: skip
    told.append(
        Tile("again", "重新交办仍在办", str(seen.taken_up_again), ITEMS_PAGE, unit="件",
             basis="第二轮及以后", query={**query, "figure": "taken_up_again"},
             about=("在办事项中已办过一轮、又重新交办的，截至当日。",))
    )  # fmt: skip
    return told


def _said(wanted: dict[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in wanted.items()}
