"""A work calendar as a file: exceptional days only, one a line, and what is wrong with it.

Columns day, is_working, name, source, and until where a line tells several days. A day that is not
listed works from Monday to Friday. Workbooks come in by `data_access.calendar_workbook`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeAlias

from supervision.vocabulary import Severity

CalendarRow: TypeAlias = tuple[date, bool, str, str]
"""day, is_working, name, source."""

COLUMNS = ("day", "is_working", "name", "source")
UNTIL = "until"
"""The last of the days that a line tells, both included; may be missing."""
LONGEST_LINE_DAYS = 15
HEADINGS = {
    "day": "day",
    "日期": "day",
    "until": UNTIL,
    "至": UNTIL,
    "is_working": "is_working",
    "是否上班": "is_working",
    "name": "name",
    "名称": "name",
    "source": "source",
    "依据": "source",
}
WORD_OF = {"day": "日期", UNTIL: "至", "is_working": "是否上班", "name": "名称", "source": "依据"}
"""Column → the heading that people are told; the English one is taken too."""
ENCODINGS = ("utf-8-sig", "gb18030")
WORDS = {
    **dict.fromkeys(("1", "true", "是", "上班", "工作日"), True),
    **dict.fromkeys(("0", "false", "否", "放假", "休息", "节假日"), False),
}
MOST_BYTES = 1_000_000
"""Twenty years of exceptional days are far below 100 kB: more is no calendar."""

BINARY_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")

LONGEST_CELL = 100_000


@dataclass(frozen=True, slots=True)
class CalendarFinding:
    """One fault of a calendar file; `line` counts from 1 with the heading, None is the file."""

    line: int | None
    severity: Severity
    message: str
    cell: str | None = None
    """The cell of a workbook, as B7."""


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """What a file says: its sound rows with their lines, and the faults of its form."""

    rows: tuple[CalendarRow, ...]
    lines: tuple[int, ...]
    findings: tuple[CalendarFinding, ...]
    letters: Mapping[str, str] = field(default_factory=dict)
    """Column → its letter in a workbook."""

    def cell(self, line: int, column: str) -> str | None:
        """The cell of a line's column; None in a file that has no cells."""
        letter = self.letters.get(column)
        return f"{letter}{line}" if letter else None


def read_calendar_file(data: bytes) -> CalendarFile:
    """Read CSV bytes (UTF-8 or GB18030); whatever the bytes, faults are told and not raised."""
    try:
        table = _table(data)
        return file_of_table(table, column_order(table[0][1] if table else []))
    except NotACalendar as fault:
        return refused_file(str(fault))


def refused_file(sentence: str) -> CalendarFile:
    """A file of which nothing can be read."""
    return CalendarFile((), (), (CalendarFinding(None, Severity.ERROR, sentence),))


def file_of_table(
    table: Sequence[tuple[int, Sequence[str]]],
    order: Mapping[str, int],
    letters: Mapping[str, str] | None = None,
) -> CalendarFile:
    """What numbered lines of texts say; the first line is the heading."""
    rows: list[CalendarRow] = []
    lines: list[int] = []
    findings: list[CalendarFinding] = []
    file = CalendarFile((), (), (), letters or {})
    for line, cells in table[1:]:
        texts = {
            column: cells[at].strip() if at < len(cells) else "" for column, at in order.items()
        }
        told = _Line(file, line, texts)
        days, is_working = told.days(), told.is_working()
        findings += told.findings
        for day in days if is_working is not None else ():
            rows.append((day, bool(is_working), texts["name"], texts["source"]))
            lines.append(line)
    if not rows and not findings:
        remedy = "文件里没有一天的放假或调休安排，请检查文件。"
        findings.append(CalendarFinding(None, Severity.ERROR, remedy))
    return CalendarFile(tuple(rows), tuple(lines), tuple(findings), file.letters)


class _Line:
    """One line on its way to its days; keeps what is wrong with it."""

    def __init__(self, file: CalendarFile, line: int, texts: Mapping[str, str]) -> None:
        self._file, self._line, self._texts = file, line, texts
        self.findings: list[CalendarFinding] = []

    def days(self) -> list[date]:
        """The days from 日期 to 至."""
        first, until = _day(self._texts["day"]), self._texts.get(UNTIL, "")
        last = _day(until) if until else first
        if first is None:
            self._fault("day", "请写成 2026-10-01 这样的日期")
        if until and last is None:
            self._fault(UNTIL, "请写成 2026-10-01 这样的日期，只放一天的留空")
        if first is None or last is None:
            return []
        length = (last - first).days + 1
        if not 1 <= length <= LONGEST_LINE_DAYS:
            self._fault(UNTIL, f"应在“日期”当天或之后、一共不超过 {LONGEST_LINE_DAYS} 天")
            return []
        return [first + timedelta(days=n) for n in range(length)]

    def is_working(self) -> bool | None:
        """Whether the days work; None where the cell does not say."""
        told = WORDS.get(self._texts["is_working"].lower())
        if told is None:
            self._fault("is_working", "上班写“上班”（或 1），放假写“放假”（或 0）")
        return told

    def _fault(self, column: str, remedy: str) -> None:
        text = self._texts.get(column, "")
        said = f"“{text[:20]}”无法识别" if text else "是空的"
        if column == UNTIL and _day(text) is not None:
            said = f"“{text[:20]}”不对"
        message = f"第 {self._line} 行的{WORD_OF[column]}{said}，{remedy}。"
        cell = self._file.cell(self._line, column)
        self.findings.append(CalendarFinding(self._line, Severity.ERROR, message, cell))


class NotACalendar(Exception):
    """Nothing of the file can be read; the sentence says what to do."""


def _table(data: bytes) -> list[tuple[int, list[str]]]:
    """Non-blank lines with their numbers."""
    if len(data) > MOST_BYTES:
        raise NotACalendar("文件超过 1 MB，不像工作日历，请检查是否选错了文件。")
    if data.startswith(BINARY_STARTS):
        raise NotACalendar("这是 Excel 文件，请另存为 CSV 后再检查。")
    # The ledger reader raises this limit for its own files; a calendar needs no long cells.
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(_text(data), newline=""))
    try:
        return [(reader.line_num, cells) for cells in reader if any(c.strip() for c in cells)]
    except csv.Error:
        raise NotACalendar("文件不是完整的 CSV，请用 Excel 打开后另存为 CSV 再检查。") from None


def _text(data: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise NotACalendar("文件的文字编码无法识别，请另存为 UTF-8 编码的 CSV 后再检查。")


def column_order(heading: Sequence[str]) -> dict[str, int]:
    """Column → its place in the lines. Raises NotACalendar where one is missing."""
    found = {HEADINGS.get(cell.strip().lower()): at for at, cell in enumerate(heading)}
    missing = [column for column in COLUMNS if column not in found]
    if missing:
        raise NotACalendar(
            f"第一行应是表头 {','.join(WORD_OF[column] for column in COLUMNS)}，"
            f"现缺少 {'、'.join(WORD_OF[column] for column in missing)}，请补上后再检查。"
        )
    return {column: at for column, at in found.items() if column is not None}


def _day(text: str) -> date | None:
    match = DAY.fullmatch(text)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None
