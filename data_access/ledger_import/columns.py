"""One field per column: what happens when two headings mean the same or none is sure.

The documented defaults of ledgers.md decide (责任单位 leads unless 牵头单位 stands beside it; a
single limit is the feedback limit); every decision a person should see is told.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from data_access.ledger_import.cell_text import compact
from data_access.ledger_import.field_names import JOINED, LABELS, PERSONAL
from data_access.ledger_import.headings import (
    SATISFACTION_TICK,
    STATUS_TICK,
    Heading,
    normalised,
    tick_of,
)
from supervision.vocabulary import Severity

_MANY = JOINED | PERSONAL | {"category", "lead_person", "case_leader", "attachment", "lng_lat",
                             "overdue_flag", "supervisor", "reporter_org", "item_type",
                             "row_number"}  # fmt: skip
_AMBIGUOUS = {
    "时间": ("received_on", "assigned_on"),
    "日期": ("received_on", "assigned_on"),
    "单位": ("lead_departments", "co_departments"),
    "部门": ("lead_departments", "co_departments"),
    "转办单位": ("lead_departments", "supervisor"),
    "派单单位": ("lead_departments", "supervisor"),
    "派发单位": ("lead_departments", "supervisor"),
}
_DONE_OR_DUE = frozenset({"完成时间", "完成日期", "办理时间", "整改时间", "解决时间", "办理日期"})
"""Headings that mean the day it was done, or the day it should be: the values tell."""


@dataclass(frozen=True, slots=True)
class HeadingFault:
    """What a person should look at in a heading."""

    column: int
    field: str | None
    code: str
    severity: Severity
    say: str
    candidates: tuple[str, ...] = ()


@dataclass(slots=True)
class Columns:
    """`fields[column]` is a canonical field or None; `asked` lists what it may also mean."""

    fields: dict[int, str | None] = field(default_factory=dict)
    asked: dict[int, tuple[str, ...]] = field(default_factory=dict)
    faults: list[HeadingFault] = field(default_factory=list)
    done_or_due: int | None = None
    """A column whose values decide between closed_on and due_on."""

    def has(self, name: str) -> bool:
        """Whether any column carries the field."""
        return name in self.fields.values()

    def column(self, name: str) -> int | None:
        """The first column that carries the field."""
        return next((c for c, known in self.fields.items() if known == name), None)

    def choose(self, mapping: dict[int, str | None]) -> None:
        """A person's choice per column overrides what was found, and settles its faults."""
        for column, name in mapping.items():
            self.fields[column] = name
            self.asked.pop(column, None)
        self.faults = [fault for fault in self.faults if fault.column not in mapping]
        if self.done_or_due in mapping:
            self.done_or_due = None


def columns_of(headings: dict[int, str], found: dict[int, Heading]) -> Columns:
    """Printed headings and what each means alone → one field per column."""
    columns = Columns()
    found = _with_ticks(headings, found)
    by_field: dict[str, list[int]] = defaultdict(list)
    for column in sorted(found):
        heading = found[column]
        columns.fields[column] = None
        if heading.field is not None:
            by_field[heading.field].append(column)
    for name, rivals in by_field.items():
        rivals.sort(key=lambda column: (found[column].rank, column))
        many = name in _MANY or name.startswith((STATUS_TICK, SATISFACTION_TICK))
        for place, column in enumerate(rivals):
            if place == 0 or many:
                columns.fields[column] = name
    for name, rivals in by_field.items():
        _judge_rivals(name, [c for c in rivals if columns.fields[c] is None], headings, columns)
    _judge_ambiguous(headings, columns)
    _judge_limits(headings, columns)
    _one_text(columns)
    return columns


def _with_ticks(headings: dict[int, str], found: dict[int, Heading]) -> dict[int, Heading]:
    """满意 | 基本满意 | 不满意 side by side are values; one of them alone is a heading."""
    result = dict(found)
    for prefix in (STATUS_TICK, SATISFACTION_TICK):
        ticks: dict[int, Heading] = {}
        for column, heading in found.items():
            tick = (
                heading
                if (heading.field or "").startswith(prefix)
                else tick_of(headings.get(column, ""))
            )
            if tick is not None and (tick.field or "").startswith(prefix):
                ticks[column] = tick
        values = {tick.field for tick in ticks.values()}
        if len(values) >= 2:
            result.update(ticks)
        else:
            for column in ticks:
                if (result[column].field or "").startswith(prefix):
                    name = "status" if prefix == STATUS_TICK else "satisfaction"
                    result[column] = Heading(name, 5000)
    return result


def _judge_rivals(name: str, losers: list[int], headings: dict[int, str], columns: Columns) -> None:
    for column in losers:
        if name == "lead_departments" and not columns.has("co_departments"):
            columns.fields[column] = "co_departments"
            columns.asked[column] = ("co_departments", "lead_departments")
            _tell(
                columns, column, headings, "co_departments", "另有牵头单位栏，这一栏按协办单位读取"
            )
        elif name == "due_on" and not columns.has("close_due_on"):
            columns.fields[column] = "close_due_on"
            columns.asked[column] = ("close_due_on", "due_on")
            _tell(columns, column, headings, "close_due_on", "另有反馈期限栏，这一栏按办结期限读取")
        elif name == "content" and not columns.has("title"):
            first = columns.column("content")
            if first is not None and first > column:
                columns.fields[column] = "title"
                columns.asked[column] = ("title", "content")
                _tell(columns, column, headings, "title", "另有内容栏，这一栏按标题读取")
            elif first == column - 1 and headings[first] == headings[column]:
                # One heading merged over two columns: a short name, then what it is about.
                columns.fields[first], columns.fields[column] = "title", "content"
                columns.asked[column] = ("content", "title")
                _tell(columns, column, headings, "content", "下有两列，左列按标题、右列按内容读取")
        elif name == "title" and not columns.has("content"):
            _title_and_content(column, headings, columns)
        if columns.fields[column] is None:
            columns.asked[column] = (name,)
            label = LABELS.get(name, name)
            _tell(columns, column, headings, None, f"与另一栏同为{label}，这一栏没有取用")


def _title_and_content(column: int, headings: dict[int, str], columns: Columns) -> None:
    """工作事项 | 主要任务: the left one names the item, the right one says what it is."""
    first = columns.column("title")
    if first is None:
        return
    left, right = sorted((first, column))
    columns.fields[left], columns.fields[right] = "title", "content"
    columns.asked[right] = ("content", "title")
    _tell(columns, right, headings, "content", "另有标题栏，这一栏按内容读取")


def _tell(
    columns: Columns, column: int, headings: dict[int, str], name: str | None, say: str
) -> None:
    heading = shown_heading(headings, column)
    columns.faults.append(
        HeadingFault(
            column, name, "heading-asked", Severity.WARNING, f"栏目“{heading}”：{say}，请核对"
        )
    )


def shown_heading(headings: dict[int, str], column: int) -> str:
    """A heading as a message repeats it: the child of a merged parent, short."""
    return compact(headings.get(column, "").rpartition("/")[2])[:20]


def _judge_ambiguous(headings: dict[int, str], columns: Columns) -> None:
    for column, heading in headings.items():
        meanings = _AMBIGUOUS.get(normalised(heading))
        if meanings is None or columns.fields.get(column) is not None:
            continue
        columns.asked[column] = meanings
        free = [name for name in meanings if not columns.has(name)]
        # The documented meaning is taken only where no other column already says it.
        taken = free[0] if free and free[0] == meanings[0] else None
        columns.fields[column] = taken
        say = f"按{LABELS[taken]}读取" if taken else "看不出含义，没有取用"
        _tell(columns, column, headings, taken, say)


def _judge_limits(headings: dict[int, str], columns: Columns) -> None:
    """A ledger with one limit column: it is the limit that counts (due_on)."""
    if columns.has("due_on"):
        return
    column = columns.column("close_due_on")
    if column is not None:
        columns.fields[column] = "due_on"
        heading = shown_heading(headings, column)
        say = f"全表只有一个期限栏“{heading}”，作为反馈期限读取"
        columns.faults.append(
            HeadingFault(column, "due_on", "due-from-only-limit", Severity.NOTICE, say)
        )
        return
    for column, heading in headings.items():
        if normalised(heading) in _DONE_OR_DUE and columns.fields.get(column) in (
            None,
            "closed_on",
        ):
            columns.done_or_due = column
            return


def _one_text(columns: Columns) -> None:
    """A ledger with one text column fills content (ledger-contract)."""
    if not columns.has("content"):
        column = columns.column("title")
        if column is not None:
            columns.fields[column] = "content"
