"""专题: a mechanism of the city told as data, never as code: fields, statuses, limits, figures.

What a definition may say is all here; `programme_file` reads it, `programme_figures` counts by
it, `programme_words` tells it in Chinese.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from supervision.deadlines import Limit
from supervision.vocabulary import Worded


class FieldKind(Worded):
    """What a column of the ledger holds."""

    NUMBER = "number", "编号"
    TITLE = "title", "标题"
    COUNTY = "county", "县(区)"
    TOWNSHIP = "township", "镇(街)"
    DEPARTMENT = "department", "单位"
    DAY = "day", "日期"
    CHOICE = "choice", "选项"
    COUNT = "count", "数量"
    TEXT = "text", "文字"
    PERSON = "person", "姓名"
    PHONE = "phone", "电话"
    ID_NUMBER = "id_number", "证件号"
    ADDRESS = "address", "住址"


PERSONAL = frozenset({FieldKind.PERSON, FieldKind.PHONE, FieldKind.ID_NUMBER, FieldKind.ADDRESS})
"""Kept as masks only: what was told in clear is not stored at all (个人信息保护法 6)."""
ONE_OF_A_KIND = frozenset(
    {FieldKind.NUMBER, FieldKind.TITLE, FieldKind.COUNTY, FieldKind.TOWNSHIP, FieldKind.DEPARTMENT}
)
"""A programme has one column of these at most."""


class Every(Worded):
    """How long one cycle of reporting is."""

    WEEK = "week", "周"
    MONTH = "month", "月"
    QUARTER = "quarter", "季度"


class Measure(Worded):
    """How a figure is made of entries."""

    COUNT = "count", "计数"
    STOCK = "stock", "存量"
    SUM = "sum", "合计"
    MEDIAN = "median", "中位数"
    RATE = "rate", "比率"
    DUE_RATE = "due_rate", "到期口径的按期率"
    SETTLED_RATE = "settled_rate", "受理口径的按期率"
    COVERED_RATE = "covered_rate", "周期覆盖率"


RATES = frozenset({Measure.RATE, Measure.DUE_RATE, Measure.SETTLED_RATE, Measure.COVERED_RATE})
OVER_A_PERIOD = frozenset(Measure) - {Measure.STOCK, Measure.COVERED_RATE}
"""Asked of a period; the others of a day."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a column of choices; `words` are other ways in which ledgers write it.

    Of the status: `finished` entries are closed, `left_out` ones are in no figure.
    """

    name: str
    label: str
    words: tuple[str, ...] = ()
    finished: bool = False
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One column of the ledger."""

    name: str
    label: str
    kind: FieldKind
    needed: bool = False
    words: tuple[str, ...] = ()
    """Other headings under which ledgers have it."""
    choices: tuple[Choice, ...] = ()
    unit: str = ""

    def choice(self, name: object) -> Choice | None:
        """The choice of this name."""
        return next((one for one in self.choices if one.name == name), None)


@dataclass(frozen=True, slots=True)
class Condition:
    """Which entries: these answers in these columns, these columns filled, those blank."""

    answers: tuple[tuple[str, tuple[str, ...]], ...] = ()
    filled: tuple[str, ...] = ()
    blank: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it asks for nothing."""
        return not (self.answers or self.filled or self.blank)


@dataclass(frozen=True, slots=True)
class Clock:
    """A limit: from the day in `starts` to the day in `ends`; `due` is a column that states it.

    It runs for the entries that `only` names: a visit that found nothing to do has no limit.
    """

    name: str
    label: str
    starts: str
    ends: str
    limit: Limit | None
    due: str | None = None
    only: Condition = Condition()


@dataclass(frozen=True, slots=True)
class Cycle:
    """Who has to tell something every week, month or quarter: each value of the column `by`."""

    name: str
    label: str
    every: Every
    day: str
    by: str
    unit: str
    """How those who report are counted: 个县(区), 户, 家企业."""


@dataclass(frozen=True, slots=True)
class ProgrammeFigure:
    """A figure: out of the entries that `of` names, those that `counted` names.

    `day` is the column that puts an entry into a period, `clock` or `cycle` what a rate of lateness
    or coverage is about, `column` what is summed or of which the median is taken.
    """

    name: str
    label: str
    measure: Measure
    counted: Condition = Condition()
    of: Condition = Condition()
    day: str | None = None
    clock: str | None = None
    cycle: str | None = None
    column: str | None = None
    more_is: int = 0
    head: bool = False
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Programme:
    """A definition as read and found sound."""

    name: str
    label: str
    theme: str
    about: str
    unit: str
    fields: tuple[Field, ...]
    identity: tuple[str, ...]
    """Columns that together recognise an entry where it has no number."""
    status: str | None = None
    groups: tuple[str, ...] = ()
    """Columns of choices that figures are broken down by."""
    clocks: tuple[Clock, ...] = ()
    cycles: tuple[Cycle, ...] = ()
    figures: tuple[ProgrammeFigure, ...] = field(default=())

    def field(self, name: str) -> Field:
        """The column of this name; KeyError where there is none."""
        for one in self.fields:
            if one.name == name:
                return one
        raise KeyError(name)

    def of_kind(self, kind: FieldKind) -> Field | None:
        """The first column of this kind."""
        return next((one for one in self.fields if one.kind is kind), None)

    def figure(self, name: str) -> ProgrammeFigure | None:
        """The figure of this name."""
        return next((one for one in self.figures if one.name == name), None)

    def clock(self, name: str) -> Clock:
        """The clock of this name; KeyError where there is none."""
        return next(one for one in self.clocks if one.name == name)

    def cycle(self, name: str) -> Cycle:
        """The cycle of this name."""
        return next(one for one in self.cycles if one.name == name)

    @property
    def ledger_title(self) -> str:
        """What stands above its ledger."""
        return f"{self.label}台账"


def columns_counted(programme: Programme) -> frozenset[str]:
    """Columns that are needed, or on which a figure, a group, a clock or the status stands."""
    summed = {figure.column for figure in programme.figures if figure.column}
    needed = {one.name for one in programme.fields if one.needed}
    return columns_asked(programme) | summed | needed | set(programme.groups)


def columns_asked(programme: Programme) -> frozenset[str]:
    """Columns whose answer decides whether an entry counts: of these nothing is guessed."""
    conditions = [
        *(one for figure in programme.figures for one in (figure.counted, figure.of)),
        *(clock.only for clock in programme.clocks),
    ]
    status = {programme.status} if programme.status else set()
    return frozenset(status | {name for one in conditions for name, _ in one.answers})
