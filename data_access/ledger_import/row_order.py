"""What a row's dates say together: limits counted, years rolled over, impossible orders."""

from __future__ import annotations

from datetime import date

from data_access.ledger_import.date_reading import Reading
from data_access.ledger_import.field_names import DEADLINES
from data_access.ledger_import.flagging import Flags
from data_access.ledger_import.model import LedgerRow
from data_access.ledger_import.readers import Readers
from supervision.vocabulary import Severity

_ROLLS = frozenset({"due_on", "close_due_on", "feedback_on", "closed_on"})
_HAPPENED = ("received_on", "assigned_on", "signed_on", "feedback_on", "closed_on")
_LONGEST_ROLL_DAYS = 200
_BASIS = {
    "month": "台账只写到月份，按当月最后一天计",
    "part": "台账写的是旬，按当旬最后一天计",
    "quarter": "台账写的是季度，按季末计",
    "half": "台账写的是半年，按期末计",
    "year": "台账写的是年底，按12月31日计",
}
_UNITS = {"working_days": "个工作日", "days": "天", "weeks": "周", "months": "个月"}


class RowDates:
    """Settles the date cells of one row after all of them are read."""

    def __init__(self, readers: Readers, flags: Flags) -> None:
        self._readers = readers
        self._flags = flags

    def settle(self, row: LedgerRow, readings: dict[str, tuple[Reading, int]]) -> None:
        """`readings`: field → what its cell says and its column."""
        for name, (reading, column) in readings.items():
            if reading.code is not None:
                assert reading.severity is not None
                self._flags.at_cell(row, name, column, reading.code, reading.severity,
                                    reading.say, reading.candidates)  # fmt: skip
            if reading.on is not None:
                setattr(row, name, reading.on)
        for name, (reading, column) in readings.items():
            if reading.count is not None:
                self._count(row, name, reading, column)
            elif reading.on is not None:
                if not reading.year_printed and name in _ROLLS:
                    self._roll(row, name, reading.on, column)
                if reading.precision != "day":
                    self._tell_precision(row, name, reading, column)
        self._check(row, readings)

    def _count(self, row: LedgerRow, name: str, reading: Reading, column: int) -> None:
        start = reading.start or row.assigned_on
        shown = f"{reading.count}{_UNITS[reading.unit]}"
        if name not in DEADLINES:
            say = "写的是时限，不是日期，按空白处理"
            self._flags.at_cell(row, name, column, "date-unreadable", Severity.ERROR, say)
            return
        if start is None:
            say = f"写的是交办后{shown}，但没有交办日期，算不出期限"
            self._flags.at_cell(row, name, column, "due-without-assignment", Severity.ERROR, say)
            return
        counted = self._readers.limits.day(start, reading)
        if counted.on is None:
            say = f"交办后{shown}超出已公布的工作日历，期限待核"
            self._flags.at_cell(row, name, column, "due-beyond-calendar", Severity.WARNING, say)
            return
        setattr(row, name, counted.on)
        if name == "due_on":
            row.due_is_computed = True
            row.due_basis = f"自{start.isoformat()}起{shown}"
            if reading.unit == "working_days" and start == row.assigned_on:
                row.due_limit = reading.count
        if reading.unit != "working_days" and reading.count:
            say = f"按自然日自{start.isoformat()}起{shown}算得{counted.on.isoformat()}，请核对"
            self._flags.at_cell(row, name, column, "due-by-calendar-days", Severity.WARNING, say,
                                (counted.on.isoformat(),))  # fmt: skip

    def _roll(self, row: LedgerRow, name: str, on: date, column: int) -> None:
        """12月交办、1月15日前: without a printed year the limit lies in the next year."""
        start = row.assigned_on
        if start is None or on >= start:
            return
        try:
            later = on.replace(year=on.year + 1)
        except ValueError:
            return
        if (later - start).days > _LONGEST_ROLL_DAYS:
            return
        setattr(row, name, later)
        say = f"没有写年份，早于交办日期，按次年{later.isoformat()}理解，请核对"
        self._flags.at_cell(row, name, column, "date-year-rolled", Severity.WARNING, say,
                            (later.isoformat(), on.isoformat()))  # fmt: skip

    def _tell_precision(self, row: LedgerRow, name: str, reading: Reading, column: int) -> None:
        if name in DEADLINES:
            if name == "due_on":
                row.due_basis = _BASIS[reading.precision]
            return
        say = f"没有写到日，按{reading.on.isoformat() if reading.on else ''}理解，请核对"
        self._flags.at_cell(row, name, column, "date-without-day", Severity.WARNING, say)

    def _check(self, row: LedgerRow, readings: dict[str, tuple[Reading, int]]) -> None:
        assigned = row.assigned_on
        if assigned is not None:
            self._after(
                row, readings, "feedback_on", assigned, "feedback-before-assignment", "反馈"
            )
            self._after(row, readings, "due_on", assigned, "due-before-assignment", "期限")
            self._after(row, readings, "closed_on", assigned, "closure-before-assignment", "办结")
            if row.received_on is not None and row.received_on > assigned:
                say = "受理日期晚于交办日期，请核对"
                column = readings["received_on"][1] if "received_on" in readings else None
                self._flags.at_cell(row, "received_on", column, "received-after-assignment",
                                    Severity.WARNING, say)  # fmt: skip
        for name in _HAPPENED:
            on = getattr(row, name)
            if on is not None and on > self._readers.as_of and name in readings:
                say = f"{on.isoformat()}晚于数据日期，请核对"
                self._flags.at_cell(row, name, readings[name][1], "date-in-future",
                                    Severity.WARNING, say)  # fmt: skip

    def _after(
        self,
        row: LedgerRow,
        readings: dict[str, tuple[Reading, int]],
        name: str,
        assigned: date,
        code: str,
        word: str,
    ) -> None:
        on = getattr(row, name)
        if on is None or on >= assigned:
            return
        column = readings[name][1] if name in readings else None
        say = f"{word}日期{on.isoformat()}早于交办日期{assigned.isoformat()}，请核对"
        self._flags.at_cell(row, name, column, code, Severity.WARNING, say)
        row.sound = False
