"""A programme's figures as tiles and sentences: n/N beside each, and what it counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboard.programme_reads import ProgrammeSeen
from dashboard.reads import Filters, Period
from supervision.metrics import NOTHING, Rate
from supervision.programme_cycles import CycleSeen, cycle_span, reported
from supervision.programme_figures import Counted, Entry, counted
from supervision.programmes import RATES, FieldKind, Measure, ProgrammeFigure
from supervision.vocabulary import Light

ENTRIES_PAGE = "app_pages/programme_entries.py"


@dataclass(frozen=True, slots=True)
class Asked:
    """The day and the days that figures are asked of."""

    as_of: date
    period: Period

    @property
    def told(self) -> str:
        """The days in words."""
        return f"统计期 {self.period.first:%Y-%m-%d} 至 {self.period.last:%Y-%m-%d}"


def asked_of(filters: Filters, as_of: date) -> Asked:
    """The period of the filters, else the year so far: a programme's cohorts are small."""
    period = filters.period or Period(as_of.replace(month=1, day=1), as_of)
    return Asked(as_of, period.cut_at(as_of))


def figure_of(
    seen: ProgrammeSeen,
    figure: ProgrammeFigure,
    asked: Asked,
    entries: tuple[Entry, ...] | None = None,
) -> Counted:
    """A figure over the programme's entries, or over some of them."""
    return counted(
        seen.programme, figure, seen.entries if entries is None else entries,
        as_of=asked.as_of, first=asked.period.first, last=asked.period.last,
    )  # fmt: skip


def cycle_of(seen: ProgrammeSeen, name: str, as_of: date, *, back: int = 0) -> CycleSeen:
    """Who has reported in the running cycle, or in the one so many before it."""
    cycle = seen.programme.cycle(name)
    is_county = seen.programme.field(cycle.by).kind is FieldKind.COUNTY
    return reported(
        seen.programme, cycle, seen.entries, cycle_span(cycle.every, as_of, back=back, as_of=as_of),
        expected=seen.units if is_county else (),
    )  # fmt: skip


def found_of(seen: ProgrammeSeen, figure: ProgrammeFigure, asked: Asked) -> Counted | CycleSeen:
    """What a figure is told from; that of a cycle is the running cycle."""
    if figure.measure is Measure.COVERED_RATE:
        return cycle_of(seen, figure.cycle or "", asked.as_of)
    return figure_of(seen, figure, asked)


def rate_of(seen: ProgrammeSeen, figure: ProgrammeFigure, asked: Asked) -> Rate:
    """A rate; that of a cycle is the running cycle's."""
    return found_of(seen, figure, asked).rate


def value_told(seen: ProgrammeSeen, figure: ProgrammeFigure, asked: Asked) -> tuple[str, str, str]:
    """(93.55%, , 58/62), or (62, 件, )."""
    return value_of(seen, figure, found_of(seen, figure, asked))


def value_of(
    seen: ProgrammeSeen, figure: ProgrammeFigure, found: Counted | CycleSeen
) -> tuple[str, str, str]:
    """The same of what was counted before."""
    if figure.measure in RATES or isinstance(found, CycleSeen):
        rate = found.rate
        return rate.percent, "", f"{rate.n}/{rate.of}"
    value = NOTHING if found.number is None else f"{found.number:,}"
    return value, figure.unit or seen.programme.unit, ""


def is_small(seen: ProgrammeSeen, rate: Rate) -> bool:
    """Too few cases to compare."""
    return rate.is_small(seen.small_sample)


def overdue(seen: ProgrammeSeen) -> tuple[Entry, ...]:
    """Entries whose clock is over, those that are late for longest first."""
    late = [one for one in seen.entries if seen.lights.get(one.id) is Light.RED]
    return tuple(sorted(late, key=lambda one: (-seen.late.get(one.id, 0), one.id)))


def due_soon(seen: ProgrammeSeen) -> int:
    """How many are near their limit."""
    return sum(seen.lights.get(one.id) is Light.YELLOW for one in seen.entries)


def conclusion(seen: ProgrammeSeen, asked: Asked) -> str:
    """What matters, computed: what is late, who is silent, then the head figures."""
    unit = seen.programme.unit
    if not seen.entries:
        if seen.stored_at is None:
            return f"{seen.programme.label}还没有台账"
        return f"{seen.programme.label}在您的可见范围和当前筛选下没有条目"
    parts = []
    late = overdue(seen)
    if late:
        longest = seen.late.get(late[0].id)
        told = f"，最长 {longest} 个工作日" if longest else ""
        parts.append(f"逾期 {len(late)} {unit}{told}")
    elif seen.programme.clocks:
        parts.append("没有逾期")
    parts += silent_told(seen, asked.as_of)
    for figure in seen.programme.figures:
        if figure.head and figure.measure is not Measure.COVERED_RATE:
            parts.append(_figure_told(seen, figure, asked))
    return "；".join(parts)


def _figure_told(seen: ProgrammeSeen, figure: ProgrammeFigure, asked: Asked) -> str:
    value, unit, basis = value_told(seen, figure, asked)
    if figure.measure not in RATES:
        return f"{figure.label} {value} {unit}"
    rate = rate_of(seen, figure, asked)
    few = "，样本偏少" if rate.of and is_small(seen, rate) else ""
    return f"{figure.label} {value}（{basis}）{few}"


def silent_told(seen: ProgrammeSeen, as_of: date) -> list[str]:
    """本周 3 个县(区)未报, one phrase for each cycle in which somebody is silent."""
    told = []
    for cycle in seen.programme.cycles:
        silent = len(cycle_of(seen, cycle.name, as_of).silent)
        if silent:
            told.append(f"{cycle.label}：本{cycle.every.label} {silent} {cycle.unit}未报")
    return told
