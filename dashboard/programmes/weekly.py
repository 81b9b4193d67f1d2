"""A week of a programme: 调度 (what is owed), 汇总 (what came in), 通报 (who stands where).

Flows are of the week; rates are of the year up to the week's end, whose cohorts are large enough
to compare; stock and lateness are as of today, which the ledger alone knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.briefing.programme_bulletin import Bulletin, Section
from dashboard.parts.trend_charts import cut_told
from dashboard.programme_reads import ProgrammeSeen
from dashboard.programmes.cards import place_column
from dashboard.programmes.entries import rows_of
from dashboard.programmes.groups import grouped
from dashboard.programmes.narrowing import NOBODY, group_code, group_told
from dashboard.programmes.told import Asked, cycle_of, due_soon, figure_of, overdue, value_told
from dashboard.programmes.weekly_ranking import ranking_told
from dashboard.reads import Period
from supervision.programme_cycles import cycle_span
from supervision.programme_figures import Entry
from supervision.programme_words import definition_told
from supervision.programmes import RATES, Every, FieldKind, Measure, ProgrammeFigure
from supervision.vocabulary import Light

WEEKS, MOST_LATE = 12, 15
_FLOWS = (Measure.COUNT, Measure.SUM)


@dataclass(frozen=True, slots=True)
class Week:
    """Monday to Sunday, the running one cut at the day."""

    first: date
    last: date
    as_of: date

    @property
    def asked(self) -> Asked:
        """What came in within the week."""
        return Asked(self.as_of, Period(self.first, self.last))

    @property
    def of_year(self) -> Asked:
        """The year up to its end."""
        return Asked(self.last, Period(self.last.replace(month=1, day=1), self.last))

    @property
    def told(self) -> str:
        """11月23日起一周（至25日）."""
        runs = self.last < self.first + timedelta(days=6)
        cut = cut_told(self.first, self.last) if runs else ""
        year = f"{self.first.year}年" if self.first.year != self.as_of.year else ""
        return f"{year}{self.first.month}月{self.first.day}日起一周{cut}"


def weeks(as_of: date) -> dict[str, Week]:
    """Monday as an address says it → week; the running one first."""
    found = {}
    for back in range(WEEKS):
        span = cycle_span(Every.WEEK, as_of, back=back, as_of=as_of)
        found[span.first.isoformat()] = Week(span.first, span.last, as_of)
    return found


def entries_of(seen: ProgrammeSeen, week: Week) -> tuple[Entry, ...]:
    """Entries with a day of theirs in the week that tells of something done, and all that are
    late."""
    days = _days_told(seen)
    late = {one.id for one in overdue(seen)}
    return tuple(one for one in seen.entries if one.id in late or _within(one, days, week))


def _days_told(seen: ProgrammeSeen) -> set[str]:
    programme = seen.programme
    due = {clock.due for clock in programme.clocks}
    return {
        one.name for one in programme.fields if one.kind is FieldKind.DAY and one.name not in due
    }


def _within(entry: Entry, days: set[str], week: Week) -> bool:
    told = (entry.day(name) for name in days)
    return any(day is not None and week.first <= day <= week.last for day in told)


def bulletin(
    seen: ProgrammeSeen, week: Week, peers: Mapping[int, str], *, narrowed: Sequence[str] = (),
    whole: bool,
) -> Bulletin:  # fmt: skip
    """All of it in words; `peers` is county or department → peer group, `narrowed` what the
    filters say, `whole` whether the city is seen."""
    sections = [_figures_section(seen, week), *_cycle_sections(seen, week)]
    if seen.programme.clocks:
        sections.append(_late_section(seen))
    sections += _place_sections(seen, week, peers, whole=whole)
    return Bulletin(
        f"{seen.programme.label}周通报", week.first, week.last, week.as_of, narrowed, sections,
        [(one.label, definition_told(seen.programme, one)) for one in seen.programme.figures],
    )  # fmt: skip


def _figures_section(seen: ProgrammeSeen, week: Week) -> Section:
    figures, unit = seen.programme.figures, seen.programme.unit
    flows = [one for one in figures if one.measure in _FLOWS]
    told = "，".join(_figure_told(seen, one, week.asked) for one in flows)
    here = sum(_within(one, _days_told(seen), week) for one in seen.entries)
    sentences = [f"本周有动态的 {here} {unit}" + (f"；{told}" if told else "") + "。"]
    rows = [
        (one.label, "本周", *_value(seen, one, week.asked)) for one in flows
    ] + [
        (one.label, _span_of(one), *_value(seen, one, _asked_of(one, week)))
        for one in figures if one not in flows
    ]  # fmt: skip
    return Section("总体情况", sentences, ("指标", "统计范围", "数值", "n/N"), rows, (5, 4, 4, 4))


def _asked_of(figure: ProgrammeFigure, week: Week) -> Asked:
    return week.asked if figure.measure is Measure.STOCK else week.of_year


def _span_of(figure: ProgrammeFigure) -> str:
    if figure.measure is Measure.STOCK:
        return "截至数据日"
    return "所在周期" if figure.measure is Measure.COVERED_RATE else "本年至周末"


def _value(seen: ProgrammeSeen, figure: ProgrammeFigure, asked: Asked) -> tuple[str, str]:
    value, unit, basis = value_told(seen, figure, asked)
    return f"{value}{f' {unit}' if unit else ''}", basis or "—"


def _figure_told(seen: ProgrammeSeen, figure: ProgrammeFigure, asked: Asked) -> str:
    value, basis = _value(seen, figure, asked)
    return f"{figure.label} {value}" + (f"（{basis}）" if figure.measure in RATES else "")


def _cycle_sections(seen: ProgrammeSeen, week: Week) -> Iterator[Section]:
    for cycle in seen.programme.cycles:
        if cycle.every is not Every.WEEK:
            continue
        found = cycle_of(seen, cycle.name, week.last)
        silent = [group_told(seen, cycle.by, group_code(one.key)) for one in found.silent]
        named = f"未报 {len(silent)} {cycle.unit}：{'、'.join(silent)}。" if silent else "都报了。"
        yield Section("报送情况", [f"{cycle.label}已报 {found.rate.text()}，{named}"])


def _late_section(seen: ProgrammeSeen) -> Section:
    late, soon, unit = overdue(seen), due_soon(seen), seen.programme.unit
    if not late:
        return Section("逾期和临期", [f"没有逾期，临期 {soon} {unit}。"])
    number = seen.programme.of_kind(FieldKind.NUMBER)
    title = seen.programme.of_kind(FieldKind.TITLE)
    place = place_column(seen)
    rows = [
        tuple(
            str(row.get(one) or "") if one else ""
            for one in (number and number.name, title and title.name, place, "late")
        )
        for row in rows_of(seen, late[:MOST_LATE])
    ]
    more = f"，列出最久的 {MOST_LATE} {unit}" if len(late) > MOST_LATE else ""
    return Section(
        "逾期和临期", [f"逾期 {len(late)} {unit}，临期 {soon} {unit}{more}。"],
        ("编号", "事项", seen.programme.field(place).label if place else "所在", "逾期(工作日)"),
        rows, (4, 7, 3, 3),
    )  # fmt: skip


def _place_sections(
    seen: ProgrammeSeen, week: Week, peers: Mapping[int, str], *, whole: bool
) -> Iterator[Section]:
    place = place_column(seen)
    if place is None:
        return
    groups = grouped(seen, place)
    codes = [code for code in groups if code != NOBODY]
    if not codes:
        return
    order = {str(unit): n for n, unit in enumerate(seen.units)}
    codes.sort(key=lambda code: (order.get(code, len(order)), code))
    head = _ranked_figure(seen)
    label, unit = seen.programme.field(place).label, seen.programme.unit
    rows = [
        (
            group_told(seen, place, code),
            str(sum(_within(one, _days_told(seen), week) for one in groups[code])),
            # By its light: past the calendar an entry is late by nobody knows how many days.
            str(sum(seen.lights.get(one.id) is Light.RED for one in groups[code])),
            *([figure_of(seen, head, week.of_year, groups[code]).rate.text()] if head else []),
        )
        for code in codes
    ]
    headings = (label, f"本周有动态({unit})", f"逾期({unit})", *([head.label] if head else []))
    told = [f"{head.label}为本年至周末。"] if head else []
    yield Section(f"分{label}情况", told, headings, rows, (4, 4, 3, *([5] if head else [])))
    if head is not None:
        yield Section("同类排名", ranking_told(
            {int(code): figure_of(seen, head, week.of_year, groups[code]).rate for code in codes},
            peers, {int(code): group_told(seen, place, code) for code in codes},
            name=head.label, least=seen.small_sample, whole=whole,
        ))  # fmt: skip


def _ranked_figure(seen: ProgrammeSeen) -> ProgrammeFigure | None:
    """The first head rate of which more is better, and which holds for a part of the entries."""
    return next(
        (one for one in seen.programme.figures
         if one.head and one.measure in RATES and one.measure is not Measure.COVERED_RATE
         and one.more_is > 0),
        None,
    )  # fmt: skip
