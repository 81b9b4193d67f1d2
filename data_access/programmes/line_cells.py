"""Reads the cells of one line of a programme's ledger: values as they are kept, faults told."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from data_access.ledger_import.cell_text import BLANK_MARKS, as_text, compact
from data_access.ledger_import.dates import DateReader
from data_access.ledger_import.departments import DepartmentReader
from data_access.ledger_import.model import CellError, CellValue, Flag
from data_access.ledger_import.personal import masked, masked_cell, without_reporter
from data_access.ledger_import.places import PlaceReader
from data_access.ledger_import.readers import reporter_names, reporter_numbers
from data_access.ledger_import.unit_text import LEAD
from data_access.programmes.judged import JudgedLine
from data_access.programmes.limits_said import limit_said, tell_limits
from data_access.programmes.loose_words import SAME_DAY, choice_meant, whole_meant
from data_access.registers import Registers
from supervision.programmes import (
    PERSONAL,
    Field,
    FieldKind,
    Programme,
    columns_asked,
    columns_counted,
)
from supervision.vocabulary import Severity

LONGEST_TEXT, LONGEST_NUMBER, MOST = 2_000, 80, 10**12
_AS_REPORTER = {
    FieldKind.PERSON: "reporter_name",
    FieldKind.PHONE: "reporter_phone",
    FieldKind.ID_NUMBER: "reporter_id",
}
_FIGURES = re.compile(r"\d|[一二三四五六七八九十]+(?:月|日|号)")
_PLACES = frozenset({FieldKind.COUNTY, FieldKind.TOWNSHIP})


@dataclass(slots=True)
class Readers:
    """What the cells of one table are read with."""

    registers: Registers
    days: DateReader
    places: PlaceReader
    departments: DepartmentReader
    as_of: date


class LineReader:
    """Reads line after line of one programme's table."""

    def __init__(self, programme: Programme, readers: Readers) -> None:
        self._programme, self._with = programme, readers
        self._fields = {one.name: one for one in programme.fields}
        self._answers = {
            one.name: {
                compact(word): choice.name
                for choice in one.choices
                for word in (choice.name, choice.label, *choice.words)
            }
            for one in programme.fields
        }
        self._counted, self._asked = columns_counted(programme), columns_asked(programme)
        self._dues = {clock.due for clock in programme.clocks}
        self._happened = {
            *(day for clock in programme.clocks for day in (clock.starts, clock.ends)),
            *(cycle.day for cycle in programme.cycles),
        }
        self._reads: dict[FieldKind, Callable[[JudgedLine, Field, CellValue], None]] = {
            FieldKind.DAY: self._day, FieldKind.CHOICE: self._choice, FieldKind.COUNT: self._count,
            FieldKind.NUMBER: self._number, FieldKind.DEPARTMENT: self._department,
            FieldKind.TITLE: self._text, FieldKind.TEXT: self._text,
        }  # fmt: skip

    def fill(self, line: JudgedLine, said: dict[str, CellValue], *, made: str = "") -> None:
        """Take every cell of the line; `said` holds those that are not blank, `made` is the field
        that the line need not tell."""
        residents: list[str] = []
        # A department of the county is known by the county.
        self._place(line, said)
        for name, value in said.items():
            field = self._fields[name]
            if isinstance(value, CellError):
                self.fault(line, name, "cell-error", f"是公式错误 {value.text}，请改成内容")
            elif field.kind in PERSONAL:
                residents += self._personal(line, field, value)
            elif field.kind not in _PLACES:
                self._reads[field.kind](line, field, value)
        self._same_day(line, said)
        tell_limits(self._programme, line, self.fault)
        self._hide(line, tuple(residents))
        for field in self._programme.fields:
            if field.needed and field.name not in {*said, made}:
                self.fault(line, field.name, "missing", "须填写")

    def fault(
        self, line: JudgedLine, name: str, code: str, say: str,
        severity: Severity = Severity.ERROR, candidates: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        """Tell a fault at the cell of a field."""
        cell = line.cells.get(name)
        place = cell or f"第{line.row}行"
        message = f"工作表“{line.sheet}”{place}（{self._fields[name].label}）{say}。"
        line.faults.append(
            Flag(line.sheet, line.row, cell, line.number or None, name, severity, code, message,
                 candidates)
        )  # fmt: skip

    def _day(self, line: JudgedLine, field: Field, value: CellValue) -> None:
        text = compact(as_text(value))
        if text in SAME_DAY and self._starts_of(field) is not None:
            return
        reading = self._with.days.read(value)
        can_be_blank = not field.needed and field.name not in self._dues
        if reading.on is None and can_be_blank and not _FIGURES.search(text):
            # 未化解, 暂无: it has not happened yet.
            say = f"写的是“{_quoted(value)}”，按没有填日期记"
            self.fault(line, field.name, "date-in-words", say, Severity.WARNING)
            return
        limit = limit_said(reading) if field.name in self._dues else None
        if limit is not None:
            line.limits[field.name] = limit
            return
        if reading.code is not None:
            self.fault(line, field.name, reading.code, reading.say or "不是看得懂的日期",
                       reading.severity or Severity.ERROR, reading.candidates)  # fmt: skip
        elif reading.on is None and reading.count is not None:
            self.fault(line, field.name, "date-unreadable", "不是日期，请写成 2026-11-25 这样")
        if reading.on is None or reading.severity is Severity.ERROR:
            return
        if field.name in self._happened and reading.on > self._with.as_of:
            self.fault(line, field.name, "date-ahead", f"是{reading.on:%Y-%m-%d}，还没有到")
            return
        line.values[field.name] = reading.on

    def _starts_of(self, field: Field) -> str | None:
        """The column in which the clock begins that this one ends."""
        clocks = self._programme.clocks
        return next((one.starts for one in clocks if one.ends == field.name), None)

    def _same_day(self, line: JudgedLine, said: dict[str, CellValue]) -> None:
        """当日: the day on which it began, whichever column came first."""
        for name, value in said.items():
            starts = self._starts_of(self._fields[name])
            if starts in line.values and compact(as_text(value)) in SAME_DAY:
                line.values[name] = line.values[starts]

    def _choice(self, line: JudgedLine, field: Field, value: CellValue) -> None:
        meant = choice_meant(compact(as_text(value)), self._answers[field.name])
        labels = tuple(choice.label for choice in field.choices)
        if meant is None or (not meant.is_exact and field.name in self._asked):
            # What no figure asks for need not keep the line out.
            severity = Severity.ERROR if field.name in self._counted else Severity.WARNING
            self.fault(line, field.name, "choice-unknown", f"只能填：{'、'.join(labels)}",
                       severity, labels)  # fmt: skip
            return
        line.values[field.name] = meant.value
        if not meant.is_exact:
            choice = field.choice(meant.value)
            say = f"“{_quoted(value)}”按“{choice.label if choice else ''}”记，请核对"
            self.fault(line, field.name, "choice-taken-for", say, Severity.WARNING, labels)

    def _count(self, line: JudgedLine, field: Field, value: CellValue) -> None:
        meant = whole_meant(as_text(value), field.unit)
        if meant is None or int(meant.value) >= MOST:
            severity = Severity.ERROR if field.name in self._counted else Severity.WARNING
            self.fault(line, field.name, "count-unreadable", "应是不小于 0 的整数", severity)
            return
        line.values[field.name] = meant.value
        if not meant.is_exact:
            say = f"“{_quoted(value)}”记为 {meant.value}，请核对"
            self.fault(line, field.name, "count-taken-for", say, Severity.WARNING)

    def _number(self, line: JudgedLine, field: Field, value: CellValue) -> None:
        text = masked(unicodedata.normalize("NFKC", as_text(value)).strip())
        if len(text) > LONGEST_NUMBER:
            self.fault(line, field.name, "text-too-long", f"最多 {LONGEST_NUMBER} 个字")
            return
        line.values[field.name] = text

    def _text(self, line: JudgedLine, field: Field, value: CellValue) -> None:
        text = masked(as_text(value))
        if len(text) > LONGEST_TEXT:
            self.fault(line, field.name, "text-too-long", f"最多 {LONGEST_TEXT} 个字")
            return
        line.values[field.name] = text

    def _department(self, line: JudgedLine, field: Field, value: CellValue) -> None:
        units = self._with.departments.read(as_text(value), LEAD)
        if not units.leads and (county := self._county_of(line, as_text(value))):
            say = f"“{_quoted(value)}”不在单位登记簿里，按“{county}”记，请核对"
            self.fault(line, field.name, "department-of-county", say, Severity.WARNING)
            line.department = line.values[field.name] = county
            return
        for fault in units.faults:
            # Who need not be told at all does not keep the line out.
            severity = fault.severity if field.needed else _at_most_warned(fault.severity)
            self.fault(line, field.name, fault.code, fault.say, severity, fault.candidates)
        if units.leads:
            line.department = units.leads[0]
            line.values[field.name] = units.leads[0]

    def _county_of(self, line: JudgedLine, told: str) -> str | None:
        """县民政局, 和平县民政局, 阳明镇: what belongs to the line's county answers through it."""
        county, text = line.unit, compact(told)
        if county is None:
            return None
        towns = {
            town.name
            for town in self._with.registers.townships
            if county in (town.county, town.reporting_unit)
        }
        if text[:1] in ("县", "区") or text.startswith((county, county[:-1], *towns)):
            leads = self._with.departments.read(county, LEAD).leads
            return leads[0] if leads else None
        return None

    def _personal(self, line: JudgedLine, field: Field, value: CellValue) -> tuple[str, ...]:
        """Keep the mask alone; what has to be hidden in the line's other cells."""
        text = as_text(value)
        line.values[field.name] = masked_cell(_AS_REPORTER.get(field.kind), text)
        if field.kind is FieldKind.PERSON:
            return reporter_names(text)
        return reporter_numbers(text) if field.kind is not FieldKind.ADDRESS else ()

    def _place(self, line: JudgedLine, said: dict[str, CellValue]) -> None:
        county = self._programme.of_kind(FieldKind.COUNTY)
        township = self._programme.of_kind(FieldKind.TOWNSHIP)
        texts = [as_text(said.get(one.name)) if one else "" for one in (county, township)]
        place = self._with.places.read(texts[0], texts[1], "", "", None)
        for fault in place.faults:
            at = township if fault.field == "township" and township else county or township
            if at is not None:
                self.fault(line, at.name, fault.code, fault.say, fault.severity, fault.candidates)
        line.unit = place.county
        if county is not None and place.county is not None:
            line.values[county.name] = place.county
        if township is not None and place.township is not None:
            line.township = self._code_of(place.township, place.county)
            line.values[township.name] = place.township

    def _code_of(self, name: str, county: str | None) -> str | None:
        codes = [
            town.code for town in self._with.registers.townships
            if town.name == name and county in (town.county, town.reporting_unit)
        ]  # fmt: skip
        return codes[0] if codes else None

    def _hide(self, line: JudgedLine, residents: tuple[str, ...]) -> None:
        """The residents of the line, wherever its other cells name them."""
        if not residents:
            return
        for name, value in line.values.items():
            if self._fields[name].kind in (FieldKind.TEXT, FieldKind.TITLE):
                line.values[name] = without_reporter(str(value), residents)
        for letter, text in line.raw.items():
            line.raw[letter] = without_reporter(text, residents)
        line.faults = [
            replace(one, message=without_reporter(one.message, residents)) for one in line.faults
        ]


def _at_most_warned(severity: Severity) -> Severity:
    return Severity.WARNING if severity is Severity.ERROR else severity


def _quoted(value: CellValue) -> str:
    """A cell as a fault may say it."""
    return masked(as_text(value))[:20]


def is_blank(value: CellValue) -> bool:
    """Whether a cell says nothing."""
    text = as_text(value)
    return not text or text in BLANK_MARKS


def raw_text(field: Field | None, value: CellValue) -> str:
    """A cell as the batch keeps it: residents masked."""
    text = as_text(value)
    if field is not None and field.kind in PERSONAL:
        return masked_cell(_AS_REPORTER.get(field.kind), text)
    return masked(text)
