"""From a definition's file to a Programme, or to every fault at its line and key."""

from __future__ import annotations

from dataclasses import dataclass

from supervision.deadlines import Limit, LimitUnit
from supervision.programme_checks import check_programme
from supervision.programme_toml import DefinitionFault, Rows, read_tables
from supervision.programmes import (
    Choice,
    Clock,
    Condition,
    Cycle,
    Every,
    Field,
    FieldKind,
    Measure,
    Programme,
    ProgrammeFigure,
)

MOST_BYTES = 100_000
MOST_FIELDS, MOST_FIGURES = 40, 20
_LIMIT_UNITS = (LimitUnit.WORKDAY, LimitUnit.DAY)
_MARKS = ("filled", "blank")


@dataclass(frozen=True, slots=True)
class ProgrammeFile:
    """What a file says: a programme, or faults in the order of its lines."""

    programme: Programme | None
    faults: tuple[DefinitionFault, ...] = ()


def read_programme(text: str) -> ProgrammeFile:
    """Read a definition; a programme comes out only where nothing is wrong."""
    if len(text) > MOST_BYTES:
        return ProgrammeFile(None, (DefinitionFault(None, "", "文件太大，不像一份专题定义。"),))
    tables, faults = read_tables(text)
    if tables is None:
        return ProgrammeFile(None, tuple(faults.all))
    programme = _programme(Rows(tables, (), faults))
    if not faults.all:
        check_programme(programme, faults)
    if faults.all:
        told = sorted(faults.all, key=lambda fault: fault.line or 0)
        return ProgrammeFile(None, tuple(told))
    return ProgrammeFile(programme)


def _programme(rows: Rows) -> Programme:
    fields = tuple(_field(one) for one in rows.many("field")[:MOST_FIELDS])
    if not fields:
        rows.fault("field", "至少要有一栏（[[field]]）。")
    programme = Programme(
        name=rows.name(), label=rows.text("label", most=20), theme=rows.text("theme", most=20),
        about=rows.text("about", most=300), unit=rows.text("unit", most=4), fields=fields,
        identity=rows.texts("identity"), status=rows.text("status", needed=False) or None,
        groups=rows.texts("groups"), clocks=tuple(_clock(one) for one in rows.many("clock")),
        cycles=tuple(_cycle(one) for one in rows.many("cycle")),
        figures=tuple(_figure(one) for one in rows.many("figure")[:MOST_FIGURES]),
    )  # fmt: skip
    if not programme.figures:
        rows.fault("figure", "至少要有一项指标（[[figure]]）。")
    rows.done()
    return programme


def _field(rows: Rows) -> Field:
    kind = rows.word("kind", FieldKind) or FieldKind.TEXT
    choices = tuple(_choice(one) for one in rows.many("choices"))
    if kind is FieldKind.CHOICE and not choices:
        rows.fault("choices", "选项栏要写明有哪些选项。")
    if kind is not FieldKind.CHOICE and choices:
        rows.fault("choices", '只有 kind = "choice" 的栏有选项。')
    field = Field(
        name=rows.name(), label=rows.text("label", most=20), kind=kind,
        needed=rows.flag("needed"), words=rows.texts("words"), choices=choices,
        unit=rows.text("unit", needed=False, most=6),
    )  # fmt: skip
    rows.done()
    return field


def _choice(rows: Rows) -> Choice:
    choice = Choice(
        name=rows.name(), label=rows.text("label", most=40), words=rows.texts("words"),
        finished=rows.flag("finished"), left_out=rows.flag("left_out"),
    )  # fmt: skip
    rows.done()
    return choice


def _clock(rows: Rows) -> Clock:
    limit, only = rows.one("limit"), rows.one("only")
    clock = Clock(
        name=rows.name(), label=rows.text("label", most=12), starts=rows.name("starts"),
        ends=rows.name("ends"), limit=_limit(limit) if limit else None,
        due=rows.text("due", needed=False) or None,
        only=_condition(only) if only else Condition(),
    )  # fmt: skip
    if clock.limit is None and clock.due is None:
        rows.fault("limit", '写明时限，例如 { number = 15, unit = "workday" }，或写明期限栏 due。')
    rows.done()
    return clock


def _limit(rows: Rows) -> Limit:
    number = rows.number("number", least=1, most=1000)
    if not number and not rows.has("number"):
        rows.fault("number", "缺少这一项。")
    unit = rows.word("unit", LimitUnit)
    if unit is not None and unit not in _LIMIT_UNITS:
        rows.fault("unit", "时限按 workday（个工作日）或 day（日）计。")
        unit = None
    rows.done()
    return Limit(number or 1, unit or LimitUnit.WORKDAY)


def _cycle(rows: Rows) -> Cycle:
    cycle = Cycle(
        name=rows.name(), label=rows.text("label", most=12),
        every=rows.word("every", Every) or Every.WEEK, day=rows.name("day"), by=rows.name("by"),
        unit=rows.text("unit", most=8),
    )  # fmt: skip
    rows.done()
    return cycle


def _figure(rows: Rows) -> ProgrammeFigure:
    counted, of = rows.one("counted"), rows.one("of")
    figure = ProgrammeFigure(
        name=rows.name(), label=rows.text("label", most=16),
        measure=rows.word("measure", Measure) or Measure.COUNT,
        counted=_condition(counted) if counted else Condition(),
        of=_condition(of) if of else Condition(),
        day=rows.text("day", needed=False) or None,
        clock=rows.text("clock", needed=False) or None,
        cycle=rows.text("cycle", needed=False) or None,
        column=rows.text("column", needed=False) or None,
        more_is=rows.number("more_is", least=-1, most=1), head=rows.flag("head"),
        unit=rows.text("unit", needed=False, most=6),
    )  # fmt: skip
    rows.done()
    return figure


def _condition(rows: Rows) -> Condition:
    marks = {mark: rows.texts(mark) for mark in _MARKS}
    answers = tuple((key, rows.texts(key)) for key in rows.keys if key not in _MARKS)
    return Condition(answers, marks["filled"], marks["blank"])
