"""A workbook judged by a programme's definition: every line it tells, every fault at its cell."""

from __future__ import annotations

import hashlib
import re
from datetime import date

from data_access.ledger_import.cell_text import cell_name, column_letter, compact
from data_access.ledger_import.context import years_in
from data_access.ledger_import.dates import DateReader
from data_access.ledger_import.department_names import NameBook
from data_access.ledger_import.departments import DepartmentReader
from data_access.ledger_import.gazetteer import Gazetteer
from data_access.ledger_import.model import CellValue, Flag, LedgerRefused, Workbook
from data_access.ledger_import.places import PlaceReader
from data_access.programmes.book import KnownProgramme
from data_access.programmes.cells_said import rows_said
from data_access.programmes.judged import JudgedLine, JudgedProgramme
from data_access.programmes.line_cells import LineReader, Readers, is_blank, raw_text
from data_access.programmes.numbers_made import made_told, number_made, number_wanted
from data_access.programmes.tables_found import FoundTable, found_tables, missing_told
from data_access.registers import Registers
from supervision.programme_figures import holds
from supervision.programmes import Clock, FieldKind, Programme
from supervision.scope import Scope
from supervision.vocabulary import Severity

MOST_LINES = 20_000
_DAY_WITH_YEAR = re.compile(r"^\s*(20[12]\d)\s*(?:年|[-/.]\d)")
OUTSIDE = "不在您的可见范围内，不能导入"


def judged_programme(
    known: KnownProgramme, workbook: Workbook, *, registers: Registers, as_of: date, scope: Scope
) -> JudgedProgramme:
    """Judge every line; LedgerRefused in one sentence where the file is no such ledger."""
    programme = known.programme
    judged = JudgedProgramme(programme, known.version, workbook.file_name, workbook.sha256)
    tables = found_tables(programme, workbook)
    book, gazetteer = NameBook(registers, on=as_of), Gazetteer(registers)
    for table in tables:
        readers = Readers(
            registers, _days(table, workbook, as_of), PlaceReader(gazetteer),
            DepartmentReader(book), as_of,
        )  # fmt: skip
        county = _county_around(programme, table, workbook, readers.places, scope)
        judged.lines += _lines(programme, table, LineReader(programme, readers), scope, county)
        if len(judged.lines) > MOST_LINES:
            raise LedgerRefused(f"一份专题台账最多 {MOST_LINES:,} 行，请分成几份上传。")
    if not judged.lines:
        raise LedgerRefused("找到了表头，但下面没有一行内容，请填写后重新上传。")
    _refuse_repeated(programme, judged.lines)
    return judged


def _county_around(
    programme: Programme, table: FoundTable, workbook: Workbook, places: PlaceReader, scope: Scope
) -> tuple[str, str] | None:
    """The county's field and what it says in every line, where the ledger has no column for it:
    above the table, in the sheet's name, in the file's, or the one county of who imports it."""
    field = programme.of_kind(FieldKind.COUNTY)
    if field is None or table.has(field.name):
        return None
    above = [text for row in range(table.heading) for text in table.grid.texts(row)]
    for text in (*above, table.grid.sheet.name, workbook.file_name):
        if (named := places.county_named(text)) is not None:
            return field.name, named
    if len(scope.reporting_units) == 1 and not scope.departments:
        return field.name, next(iter(scope.reporting_units))
    if field.needed:
        raise LedgerRefused(missing_told(programme, table))
    return None


def _days(table: FoundTable, workbook: Workbook, as_of: date) -> DateReader:
    above = [text for row in range(table.heading) for text in table.grid.texts(row)]
    years = {year for text in (*above, workbook.file_name) for year in years_in(text)}
    # The other days of the ledger tell the year too, less surely.
    sure = len(years) == 1
    years = years if sure else _years_below(table)
    return DateReader(
        year=next(iter(years)) if len(years) == 1 else None, year_is_sure=sure, as_of=as_of,
        date_1904=workbook.date_1904, zeros_may_be_lost=workbook.kind == "csv",
    )  # fmt: skip


def _years_below(table: FoundTable) -> set[int]:
    found: set[int] = set()
    for place in range(table.heading + 1, len(table.grid.rows)):
        for column in table.columns:
            value = table.grid.value(place, column)
            if isinstance(value, date):
                found.add(value.year)
            elif isinstance(value, str):
                found |= {int(year) for year in _DAY_WITH_YEAR.findall(value)}
    return found


def _lines(
    programme: Programme, table: FoundTable, reader: LineReader, scope: Scope,
    county: tuple[str, str] | None,
) -> list[JudgedLine]:  # fmt: skip
    lines = []
    for place, said in rows_said(programme, table):
        if county is not None:
            said.setdefault(*county)
        line = _line(programme, table, place, said, reader)
        _check_order(programme, line, reader)
        if not line.is_wrong and not scope.sees(line.unit, line.department):
            where = programme.of_kind(FieldKind.COUNTY) or programme.of_kind(FieldKind.DEPARTMENT)
            reader.fault(line, (where or programme.fields[0]).name, "outside-scope", OUTSIDE)
        lines.append(line)
    if lines and (made := number_wanted(programme, table)) is not None:
        say = made_told(programme, lines[0])
        reader.fault(lines[0], made.name, "number-made", say, Severity.WARNING)
    return lines


def _line(
    programme: Programme, table: FoundTable, place: int, said: dict[str, CellValue],
    reader: LineReader,
) -> JudgedLine:  # fmt: skip
    row = table.grid.row_number(place)
    line = JudgedLine(table.grid.sheet.name, row)
    line.cells = {name: cell_name(row, column) for column, name in table.columns.items()}
    fields = {one.name: one for one in programme.fields}
    # What stands under headings that the definition does not know may be anybody's data.
    for column, name in table.columns.items():
        if not is_blank(value := table.grid.value(place, column)):
            line.raw[column_letter(column)] = raw_text(fields[name], value)
    number = programme.of_kind(FieldKind.NUMBER)
    if number is not None and number.name in said:
        line.number = raw_text(number, said[number.name])[:80]
    made = number_wanted(programme, table)
    reader.fill(line, said, made=made.name if made else "")
    if made is not None:
        line.number = line.values[made.name] = number_made(programme, line)
    line.fingerprint = _fingerprint(programme, line)
    return line


def _check_order(programme: Programme, line: JudgedLine, reader: LineReader) -> None:
    """A clock does not end before it begins; a finished line says when, an open one does not."""
    for clock in programme.clocks:
        start, end = line.values.get(clock.starts), line.values.get(clock.ends)
        if isinstance(start, date) and isinstance(end, date) and end < start:
            begins = programme.field(clock.starts).label
            reader.fault(line, clock.ends, "days-crossed", f"早于{begins}{start:%Y-%m-%d}")
    if programme.status is not None and programme.clocks:
        _check_status(programme, programme.clocks[-1], line, reader)


def _check_status(programme: Programme, clock: Clock, line: JudgedLine, reader: LineReader) -> None:
    field = programme.field(programme.status or "")
    choice = field.choice(line.values.get(field.name))
    if choice is None or choice.left_out or not holds(clock.only, line.values):
        return
    ends = programme.field(clock.ends).label
    if clock.ends in line.values and not choice.finished:
        say = f"为“{choice.label}”，却填了{ends}，请核对"
        reader.fault(line, field.name, "status-doubtful", say, Severity.WARNING)
    if choice.finished and clock.ends not in line.values:
        say = f"为“{choice.label}”，没有填{ends}，按期率按未完成计"
        reader.fault(line, field.name, "status-doubtful", say, Severity.WARNING)


def _fingerprint(programme: Programme, line: JudgedLine) -> str:
    """By the number where there is one, else by the columns that identify."""
    names = programme.identity or tuple(
        one.name for one in programme.fields if one.kind is FieldKind.NUMBER
    )
    if line.number and not programme.identity:
        parts = [compact(line.number)]
    else:
        parts = [compact(str(line.values.get(name, ""))) for name in names]
    told = "\x1f".join([programme.name, *parts])
    return hashlib.blake2b(told.encode(), digest_size=16).hexdigest()


def _refuse_repeated(programme: Programme, lines: list[JudgedLine]) -> None:
    first: dict[str, JudgedLine] = {}
    names = programme.identity or tuple(
        one.name for one in programme.fields if one.kind is FieldKind.NUMBER
    )
    label = "、".join(programme.field(name).label for name in names)
    for line in lines:
        before = first.setdefault(line.fingerprint, line)
        if before is line:
            continue
        cell = line.cells.get(names[0]) if names else None
        message = (
            f"工作表“{line.sheet}”{cell or f'第{line.row}行'}（{label}）与工作表“{before.sheet}”"
            f"第{before.row}行相同，同一条只能填一行。"
        )
        line.faults.append(
            Flag(line.sheet, line.row, cell, line.number or None, names[0] if names else None,
                 Severity.ERROR, "line-repeated", message)
        )  # fmt: skip
