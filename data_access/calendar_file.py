"""A work calendar as a file: exceptional days only, one a line, and what is wrong with it.

Columns day, is_working, name, source. A day that is not listed works from Monday to Friday.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from supervision.vocabulary import Severity

CalendarRow: TypeAlias = tuple[date, bool, str, str]
"""day, is_working, name, source."""

COLUMNS = ("day", "is_working", "name", "source")
HEADINGS = {
    "day": "day",
    "日期": "day",
    "is_working": "is_working",
    "是否上班": "is_working",
    "name": "name",
    "名称": "name",
    "source": "source",
    "依据": "source",
}
WORD_OF = {"day": "日期", "is_working": "是否上班", "name": "名称", "source": "依据"}
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


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """What a file says: its sound rows with their lines, and the faults of its form."""

    rows: tuple[CalendarRow, ...]
    lines: tuple[int, ...]
    findings: tuple[CalendarFinding, ...]


def read_calendar_file(data: bytes) -> CalendarFile:
    """Read CSV bytes (UTF-8 or GB18030); whatever the bytes, faults are told and not raised."""
    try:
        table = _table(data)
        order = _columns(table[0][1] if table else [])
    except _NotACalendar as fault:
        return CalendarFile((), (), (CalendarFinding(None, Severity.ERROR, str(fault)),))
    rows: list[CalendarRow] = []
    lines: list[int] = []
    findings: list[CalendarFinding] = []
    for line, cells in table[1:]:
        texts = {column: cells[at].strip() if at < len(cells) else "" for column, at in order}
        day, is_working = _day(texts["day"]), WORDS.get(texts["is_working"].lower())
        if day is None:
            findings.append(_unreadable(line, "日期", texts["day"], "请写成 2026-10-01 这样的日期"))
        if is_working is None:
            remedy = "上班写 1，放假写 0"
            findings.append(_unreadable(line, "是否上班", texts["is_working"], remedy))
        if day is not None and is_working is not None:
            rows.append((day, is_working, texts["name"], texts["source"]))
            lines.append(line)
    if not rows and not findings:
        remedy = "文件里没有一天的放假或调休安排，请检查文件。"
        findings.append(CalendarFinding(None, Severity.ERROR, remedy))
    return CalendarFile(tuple(rows), tuple(lines), tuple(findings))


class _NotACalendar(Exception):
    """Nothing of the file can be read; the sentence says what to do."""


def _table(data: bytes) -> list[tuple[int, list[str]]]:
    """Non-blank lines with their numbers."""
    if len(data) > MOST_BYTES:
        raise _NotACalendar("文件超过 1 MB，不像工作日历，请检查是否选错了文件。")
    if data.startswith(BINARY_STARTS):
        raise _NotACalendar("这是 Excel 文件，请另存为 CSV 后再检查。")
    # The ledger reader raises this limit for its own files; a calendar needs no long cells.
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(_text(data), newline=""))
    try:
        return [(reader.line_num, cells) for cells in reader if any(c.strip() for c in cells)]
    except csv.Error:
        raise _NotACalendar("文件不是完整的 CSV，请用 Excel 打开后另存为 CSV 再检查。") from None


def _text(data: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise _NotACalendar("文件的文字编码无法识别，请另存为 UTF-8 编码的 CSV 后再检查。")


def _columns(heading: list[str]) -> list[tuple[str, int]]:
    found = {HEADINGS.get(cell.strip().lower()): at for at, cell in enumerate(heading)}
    missing = [column for column in COLUMNS if column not in found]
    if missing:
        raise _NotACalendar(
            f"第一行应是表头 {','.join(WORD_OF.values())}，"
            f"现缺少 {'、'.join(WORD_OF[column] for column in missing)}，请补上后再检查。"
        )
    return [(column, found[column]) for column in COLUMNS]


def _day(text: str) -> date | None:
    match = DAY.fullmatch(text)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def _unreadable(line: int, column: str, text: str, remedy: str) -> CalendarFinding:
    said = f"“{text[:20]}”无法识别" if text else "是空的"
    return CalendarFinding(line, Severity.ERROR, f"第 {line} 行的{column}{said}，{remedy}。")
