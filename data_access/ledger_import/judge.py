"""A workbook judged: every item it tells, and everything that is wrong with it.

ledger-contract.md is the promise: a value is right, or it is flagged for a person.
"""

from __future__ import annotations

from datetime import date

from data_access.ledger_import.context import sheet_context, years_in
from data_access.ledger_import.department_names import NameBook
from data_access.ledger_import.flagging import Flags
from data_access.ledger_import.found_sections import Walk
from data_access.ledger_import.gazetteer import Gazetteer
from data_access.ledger_import.grid import Grid
from data_access.ledger_import.limits import Limits
from data_access.ledger_import.model import (
    Flag,
    Hints,
    JudgedLedger,
    LedgerRefused,
    LedgerRow,
    LeftOut,
    Sheet,
    Workbook,
)
from data_access.ledger_import.patience import Patience
from data_access.ledger_import.places import PlaceReader
from data_access.ledger_import.readers import LimitCounter
from data_access.ledger_import.room import Room
from data_access.ledger_import.sections import walk
from data_access.ledger_import.sheet_rows import Judging, SheetJudge
from data_access.registers import Registers
from supervision.city_rules import AS_SHIPPED, RuleBook
from supervision.vocabulary import Severity
from supervision.working_days import WorkCalendar

_SENTENCE = 10


def judge(
    workbook: Workbook,
    *,
    registers: Registers,
    calendar: WorkCalendar,
    as_of: date,
    hints: Hints | None = None,
    rules: RuleBook = AS_SHIPPED,
    patience: Patience | None = None,
) -> JudgedLedger:
    """Find the tables, map their headings, read their rows.

    Raises LedgerRefused with one Chinese sentence where there is no header, no item, or no end.
    """
    hints = hints or Hints()
    years, room = years_in(workbook.file_name), Room(workbook.room_left)
    judging = Judging(
        book=NameBook(registers, on=as_of),
        places=PlaceReader(Gazetteer(registers), chosen=hints.townships),
        limits=LimitCounter(calendar, rules),
        as_of=as_of,
        hints=hints,
        flags=Flags(room=room),
        room=room,
        kind=workbook.kind,
        date_1904=workbook.date_1904,
        safe_texts=workbook.safe_texts,
        patience=patience or Patience(Limits().judging_cpu_seconds),
        file_year=years[0] if len(years) == 1 else None,
    )
    ledger = JudgedLedger(
        file_name=workbook.file_name,
        sha256=workbook.sha256,
        kind=workbook.kind,
        sections=[],
        rows=[],
        raw_rows=[],
        flags=judging.flags.all,
        left_out=[],
    )
    for sheet in workbook.sheets:
        _judge_sheet(sheet, judging, ledger)
    _tell_hidden_sheets(workbook, judging.flags)
    _refuse_if_empty(workbook, ledger)
    _flag_repeated_numbers(ledger.rows, judging.flags)
    return ledger


def _judge_sheet(sheet: Sheet, judging: Judging, ledger: JudgedLedger) -> None:
    grid = Grid(sheet)
    chosen = judging.hints.sheets is None or sheet.name in judging.hints.sheets
    found = (
        walk(
            grid,
            sheet_context(sheet.name, judging.places),
            judging.places,
            judging.hints.header_rows.get(sheet.name),
            judging.hints.mapping.get(sheet.name, {}),
            judging.patience,
        )
        if chosen
        else Walk()
    )
    judged = SheetJudge(grid, judging, found)
    judged.run()
    ledger.sections += judged.sections
    ledger.rows += judged.rows
    ledger.raw_rows += judged.raw_rows
    ledger.left_out += sorted(
        (LeftOut(sheet.name, grid.row_number(row), reason) for row, reason in found.left_out),
        key=lambda left: left.row,
    )
    ledger.title = ledger.title or found.context.title
    ledger.reporting_unit = ledger.reporting_unit or found.context.reporting_unit
    if not chosen:
        judging.flags.at_sheet(sheet.name, "sheet-not-chosen", Severity.NOTICE, "未选择，没有取用")
    elif not found.sections and judged.raw_rows:
        say = "没有找到表头，没有取用"
        severity = Severity.WARNING if _holds_items(grid) else Severity.NOTICE
        judging.flags.at_sheet(sheet.name, "sheet-without-header", severity, say)


def _holds_items(grid: Grid) -> bool:
    """Whether a sheet without header may go on with the sheet before: a sentence among cells."""
    return any(
        len(texts) >= 3 and max(map(len, texts)) >= _SENTENCE
        for texts in map(grid.texts, range(len(grid.rows)))
    )


def _tell_hidden_sheets(workbook: Workbook, flags: Flags) -> None:
    for name in workbook.hidden_sheets:
        say = "是隐藏的，没有取用；如需导入请取消隐藏"
        flags.at_sheet(name, "hidden-sheet", Severity.NOTICE, say)


def _refuse_if_empty(workbook: Workbook, ledger: JudgedLedger) -> None:
    if ledger.rows:
        return
    if not ledger.raw_rows:
        hidden = "（隐藏的工作表不取用）" if workbook.hidden_sheets else ""
        raise LedgerRefused(f"文件里没有任何内容{hidden}，请确认是不是交办台账后重新上传。")
    if not ledger.sections:
        raise LedgerRefused(
            "没有找到台账表头：表头至少要有诉求内容（或事项标题）和责任单位（或反馈期限）两栏，"
            "请检查后重新上传，或在页面上指定表头所在行。"
        )
    raise LedgerRefused("找到了表头，但下面没有一行事项，请填写事项后重新上传。")


def _flag_repeated_numbers(rows: list[LedgerRow], flags: Flags) -> None:
    first: dict[str, LedgerRow] = {}
    for row in rows:
        if row.number is None or row.number_is_row_number:
            continue
        before = first.setdefault(row.number, row)
        if before is not row:
            place = f"{before.source.sheet}第{before.source.row}行"
            cell = row.cells.get("number")
            message = (
                f"工作表“{row.source.sheet}”{cell or ''}（编号）与{place}重复，"
                "请核对是不是同一事项。"
            )
            flags.all.append(
                Flag(row.source.sheet, row.source.row, cell, row.number, "number",
                     Severity.WARNING, "number-repeated", message, (place,))
            )  # fmt: skip
