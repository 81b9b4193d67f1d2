"""What a filled row says: values of the vocabulary, or a fault at its cell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from data_access.ledger_import.cell_text import as_text, compact
from data_access.ledger_import.dates import DateReader
from data_access.ledger_import.model import CellValue, Flag
from data_access.ledger_import.values import resolution_of, satisfaction_of, yes_or_no
from data_access.return_sheets.filled import FilledRow, FilledSheet
from supervision.return_sheets import CHECK, FILLED, NO, NO_ANSWER, YES, ReturnSheet
from supervision.vocabulary import Resolution, Satisfaction, Severity

LONGEST_TEXT = 8_000
_UNREACHED = re.compile("^(?:未接通?|没接通?|无人接听|无法接通|未接听|空号|停机|关机|拒接|打不通)")
_BETWEEN = re.compile(r"[\n;；、]+")
_LEVELS = {level.label: level for level in Satisfaction}


@dataclass(slots=True)
class ToldRow:
    """One row as understood; with an error among its faults it is not taken up."""

    kind: ReturnSheet
    source: FilledRow
    on: date | None = None
    reached: bool | None = None
    result: Satisfaction | None = None
    process: Satisfaction | None = None
    resolved: Resolution | None = None
    text: str | None = None
    measures: str | None = None
    evidence: tuple[str, ...] = ()
    faults: list[Flag] = field(default_factory=list)

    @property
    def is_blank(self) -> bool:
        """Nothing was filled in."""
        return not self.source.values

    @property
    def is_wrong(self) -> bool:
        """A fault keeps the row out."""
        return any(flag.severity is Severity.ERROR for flag in self.faults)

    def fault(self, name: str, say: str, severity: Severity = Severity.ERROR) -> None:
        """Tell a fault at the cell of a column."""
        at, cell = self.source, self.source.cells.get(name)
        place = cell or f"第{at.row}行"
        message = f"工作表“{at.sheet}”{place}（{_HEADINGS[self.kind][name]}）{say}。"
        self.faults.append(
            Flag(at.sheet, at.row, cell, at.number or None, name, severity, "return-sheet", message)
        )


SOLVED = "resolved"
"""The column 是否解决."""
_NEEDED = (SOLVED, "text")
_HEADINGS = {
    kind: {column.name: column.heading for column in columns} | {CHECK: "校验码"}
    for kind, columns in FILLED.items()
}


def told_rows(sheet: FilledSheet, *, as_of: date, own_feedback: bool) -> list[ToldRow]:
    """Every row; `own_feedback`: a department sends its own, which is of today."""
    days = DateReader(year=as_of.year, as_of=as_of, date_1904=sheet.date_1904)
    seen: dict[int, int] = {}
    rows = []
    for source in sheet.rows:
        row = ToldRow(sheet.kind, source)
        rows.append(row)
        if row.is_blank:
            continue
        _judge_code(row, sheet.kind, seen)
        if sheet.kind is ReturnSheet.CALLBACK:
            _judge_callback(row, days, as_of)
        else:
            _judge_feedback(row, days, as_of, own_feedback)
    return rows


def _judge_code(row: ToldRow, kind: ReturnSheet, seen: dict[int, int]) -> None:
    code = row.source.code
    if code is None or code.kind is not kind:
        row.fault(CHECK, "缺失或被改动，认不出是哪件事项；请从新导出的表里复制这一行的校验码")
        return
    first = seen.setdefault(code.item_id, row.source.row)
    if first != row.source.row:
        row.fault(CHECK, f"与第{first}行相同，同一事项只能填一行")


def _judge_callback(row: ToldRow, days: DateReader, as_of: date) -> None:
    values = row.source.values
    row.on = _day(row, "called_on", days, as_of)
    row.reached = _reached(row, values.get("reached"))
    row.text = _text(row, "text")
    if row.reached is None:
        return
    if row.reached is False:
        for name in ("result", "process", "resolved"):
            if name in values:
                row.fault(name, "没有接通，不应填写；请核对“是否接通”")
        return
    row.result, row.process = _level(row, "result"), _level(row, "process")
    row.resolved = _resolution(row)
    if "result" not in values:
        row.fault("result", f"已接通的须填写；群众不评价的填“{NO_ANSWER}”")
    if row.result is not None and SOLVED not in values:
        row.fault(SOLVED, "已接通并评价的须填写")


def _judge_feedback(row: ToldRow, days: DateReader, as_of: date, own: bool) -> None:
    row.resolved = _resolution(row)
    row.text, row.measures = _text(row, "text"), _text(row, "measures")
    evidence = as_text(row.source.values.get("evidence"))
    row.evidence = tuple(part.strip() for part in _BETWEEN.split(evidence) if part.strip())
    row.on = as_of if own else _day(row, "feedback_on", days, as_of)
    if own and "feedback_on" in row.source.values:
        say = f"以提交当天（{as_of:%Y-%m-%d}）为准，表中所填日期不采用"
        if days.read(row.source.values["feedback_on"]).on != as_of:
            row.fault("feedback_on", say, Severity.NOTICE)
    for name in _NEEDED:
        if name not in row.source.values:
            row.fault(name, "须填写")
    if row.resolved is Resolution.RESOLVED and not row.evidence:
        row.fault("evidence", "填“已解决”的，须写明至少一份佐证材料的名称")


def _day(row: ToldRow, name: str, days: DateReader, as_of: date) -> date | None:
    if name not in row.source.values:
        row.fault(name, "须填写")
        return None
    reading = days.read(row.source.values[name])
    if reading.on is None or reading.severity is Severity.ERROR:
        row.fault(name, reading.say or "不是日期，请写成 2026-11-25 这样")
        return None
    if reading.on > as_of:
        row.fault(name, f"是{reading.on:%Y-%m-%d}，还没有到")
        return None
    if reading.say:
        row.fault(name, reading.say, reading.severity or Severity.NOTICE)
    return reading.on


def _reached(row: ToldRow, value: CellValue) -> bool | None:
    text = compact(as_text(value))
    if not text:
        row.fault("reached", "须填写")
        return None
    answer = False if _UNREACHED.match(text) else yes_or_no(text)
    if answer is None:
        row.fault("reached", f"只能填“{YES}”或“{NO}”")
    return answer


def _level(row: ToldRow, name: str) -> Satisfaction | None:
    value = row.source.values.get(name)
    if value is None or compact(as_text(value)) == NO_ANSWER:
        return None
    word = satisfaction_of(value, percent=False, hundred=False)
    level = _LEVELS.get(word.value or "")
    if level is None or word.severity is not None:
        row.fault(name, f"只能填：{'、'.join((*_LEVELS, NO_ANSWER))}")
        return None
    return level


def _resolution(row: ToldRow) -> Resolution | None:
    text = as_text(row.source.values.get("resolved"))
    answer = resolution_of(text) if text else None
    if text and answer is None:
        row.fault("resolved", f"只能填：{'、'.join(a.label for a in Resolution)}")
    return answer


def _text(row: ToldRow, name: str) -> str | None:
    text = as_text(row.source.values.get(name))
    if len(text) > LONGEST_TEXT:
        row.fault(name, f"有{len(text)}字，最多{LONGEST_TEXT}字")
    return text or None
