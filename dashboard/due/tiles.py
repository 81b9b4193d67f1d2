"""The sentence and the tiles of 时限; each number opens exactly its rows."""

from __future__ import annotations

from datetime import date

from dashboard.leader_reads import DeadlinesSeen
from dashboard.parts.about import about_figure
from dashboard.parts.sentences import ITEMS_PAGE, Query
from dashboard.parts.tiles import Tile
from supervision.figures import FIGURES
from supervision.worklists import DueList, Worklist

_ABOUT = {
    Worklist.LONG_OVERDUE.value: "逾期未反馈的事项中，逾期超过{n}个工作日的；界限由本市规定。",
    Worklist.DUE_TODAY.value: "反馈期限为当日、尚未书面反馈的在办事项。",
    Worklist.NO_DEADLINE.value: "待反馈而没有期限、也推算不出期限的在办事项，等待核实。",
    DueList.EXTENDED.value: "台账载明或本系统批准了延期、尚未书面反馈的在办事项。",
    DueList.PROVISIONAL.value: "期限落在工作日历没有录到的年份、只能暂定的在办事项。",
}


def due_told(seen: DeadlinesSeen, *, counted: bool) -> str:
    """What is overdue and for how long, what falls due, in one sentence.

    Where no working days are `counted` from today, nothing is told of what falls due.
    """
    late, soon = seen.counts["overdue_open"], seen.counts["due_soon"]
    parts = [f"逾期未反馈 {late} 件" if late else "没有逾期未反馈"]
    if late and seen.longest is not None and seen.median is not None:
        parts.append(f"最长 {seen.longest:g} 个、中位数 {seen.median:g} 个工作日")
    near = f"{seen.due_soon_working_days} 个工作日内"
    if counted:
        parts.append(f"{near}到期 {soon} 件" if soon else f"{near}没有到期的")
    else:
        parts.append("哪些临期算不出：工作日历没有录到今天")
    return "，".join(parts)


def uncounted_told(seen: DeadlinesSeen) -> str:
    """What the ageing classes lack, where the work calendar does not reach."""
    unknown = seen.counts[DueList.OVERDUE_UNCOUNTED]
    return f"另有 {unknown} 件逾期天数待核：工作日历没有录到那一年" if unknown else ""


def due_tiles(seen: DeadlinesSeen, query: Query, *, as_of: date) -> list[Tile]:
    """Overdue and long overdue, due today and soon, deadlines that are none yet, extensions."""

    def tile(slug: str, label: str, basis: str, *, red: bool = False) -> Tile:
        return Tile(
            slug, label, str(seen.counts[slug]), ITEMS_PAGE, unit="件", basis=basis, late=red,
            query={**query, "figure": slug}, about=_about(slug, seen, as_of),
        )  # fmt: skip

    long = Worklist.LONG_OVERDUE.value
    longest = "" if seen.longest is None else f"最长 {seen.longest:g} 个工作日"
    return [
        tile("overdue_open", "逾期未反馈", longest, red=True),
        tile(long, "长期逾期", f"超过 {seen.long_overdue} 个工作日", red=True),
        tile(Worklist.DUE_TODAY.value, "今天到期", "尚未反馈"),
        tile("due_soon", "临期", f"{seen.due_soon_working_days} 个工作日内，含今天"),
        tile(DueList.EXTENDED.value, "已延期", "批准延期、尚未反馈"),
        tile(DueList.PROVISIONAL.value, "期限暂定", "等来年放假安排"),
        tile(Worklist.NO_DEADLINE.value, "期限待核实", "推算不出期限"),
    ]  # fmt: skip


def _about(slug: str, seen: DeadlinesSeen, as_of: date) -> tuple[str, ...]:
    if slug in _ABOUT:
        return _ABOUT[slug].format(n=seen.long_overdue), f"截至 {as_of:%Y-%m-%d}"
    figure = FIGURES[slug].told(seen.due_soon_working_days)
    return about_figure(figure, n=seen.counts[slug], of=None, beside={}, as_of=as_of)
