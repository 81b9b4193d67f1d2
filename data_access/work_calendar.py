"""The work calendar that ships with the program, and the check for the next year's.

The State Council publishes a year's holidays and make-up days (调休) each November. To add a
year: append its days to `register/work_calendar.csv`, name the notice as source, then run
`duban calendar check` on the file; the tests compare every day with chinesecalendar.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from data_access.calendar_file import (
    CalendarFile,
    CalendarFinding,
    CalendarRow,
    read_calendar_file,
)
from data_access.registers import REGISTER
from supervision.vocabulary import Severity
from supervision.working_days import WorkCalendar

SATURDAY = 5
MAKE_UP_WORDS = ("上班", "补班", "调班")
REST_WORDS = ("放假", "休息")

# Where each statutory holiday of the year can fall (lunar ones: the window of all years), and
# how many days there it rests at least.
FESTIVALS: tuple[tuple[str, tuple[int, int], tuple[int, int], int], ...] = (
    ("元旦", (1, 1), (1, 1), 1),
    ("春节", (1, 20), (2, 24), 3),
    ("清明节", (4, 3), (4, 6), 1),
    ("劳动节", (5, 1), (5, 1), 1),
    ("端午节", (5, 26), (6, 26), 1),
    ("中秋节", (9, 6), (10, 8), 1),
    ("国庆节", (10, 1), (10, 3), 3),
)

# 全国年节及纪念日放假办法: statutory days a year, by the year they came into force.
STATUTORY_DAYS = ((2025, 13), (2014, 11))


@lru_cache(maxsize=1)
def calendar_rows() -> tuple[CalendarRow, ...]:
    """The shipped exceptional days, oldest first, for seeding the store."""
    file = read_calendar_file((REGISTER / "work_calendar.csv").read_bytes())
    if file.findings:
        raise ValueError(f"the shipped work calendar is damaged: {file.findings[0].message}")
    return tuple(sorted(file.rows))


def calendar_years() -> range:
    """The years that the shipped calendar knows from 1 January to 31 December."""
    return range(calendar_rows()[0][0].year, calendar_rows()[-1][0].year + 1)


@lru_cache(maxsize=1)
def shipped_calendar() -> WorkCalendar:
    """The calendar as shipped; the store keeps the one in force."""
    return WorkCalendar.from_rows(calendar_rows(), years=calendar_years(), version="shipped")


def check_calendar_file(data: bytes) -> list[CalendarFinding]:
    """Everything wrong with a calendar file, in the order of its lines; empty when sound."""
    return calendar_findings(read_calendar_file(data))


def calendar_findings(file: CalendarFile) -> list[CalendarFinding]:
    """The same for a file that has been read, whatever it was written with."""
    if not file.rows:
        return list(file.findings)
    findings = [
        *file.findings,
        *_repeated_days(file),
        *_contradictions(file),
        *_lonely_weekends(file),
        *_unsourced(file),
        *_years_not_whole(file),
    ]
    return sorted(findings, key=lambda finding: (finding.line is None, finding.line or 0))


def _repeated_days(file: CalendarFile) -> Iterator[CalendarFinding]:
    first: dict[date, int] = {}
    for line, (day, *_) in zip(file.lines, file.rows, strict=True):
        if day in first:
            message = f"第 {line} 行的 {day} 与第 {first[day]} 行重复，请只保留一行。"
            yield CalendarFinding(line, Severity.ERROR, message, file.cell(line, "day"))
        first.setdefault(day, line)


def _contradictions(file: CalendarFile) -> Iterator[CalendarFinding]:
    """Make-up days fall on weekends and are called so; rest days are not called work."""
    for line, (day, is_working, name, _) in zip(file.lines, file.rows, strict=True):
        if is_working and day.weekday() < SATURDAY:
            message = (
                f"第 {line} 行：{day} 是{_weekday(day)}，本来就上班，"
                "调休上班日应是周六或周日，请核对日期或改为放假。"
            )
            yield CalendarFinding(line, Severity.ERROR, message, file.cell(line, "day"))
        if not is_working and any(word in name for word in MAKE_UP_WORDS):
            message = f"第 {line} 行：{day} 名称写的是上班，是否上班却写成放假，请核对。"
            yield CalendarFinding(line, Severity.ERROR, message, file.cell(line, "is_working"))
        if is_working and any(word in name for word in REST_WORDS):
            message = f"第 {line} 行：{day} 名称写的是放假，是否上班却写成上班，请核对。"
            yield CalendarFinding(line, Severity.ERROR, message, file.cell(line, "is_working"))


def _lonely_weekends(file: CalendarFile) -> Iterator[CalendarFinding]:
    """A weekend rests anyway: listed apart from any holiday it is likely a make-up day."""
    resting = {day for day, is_working, *_ in file.rows if not is_working}
    for line, (day, is_working, *_) in zip(file.lines, file.rows, strict=True):
        if not is_working and not any(d.weekday() < SATURDAY for d in _run(day, resting)):
            message = (
                f"第 {line} 行：{day} 是{_weekday(day)}，不与任何节假日相连，本来就休息；"
                "如果是调休上班，是否上班应写 1。"
            )
            yield CalendarFinding(line, Severity.WARNING, message, file.cell(line, "is_working"))


def _run(day: date, days: set[date]) -> Iterator[date]:
    """The unbroken run of `days` that `day` belongs to."""
    for step in (timedelta(days=1), timedelta(days=-1)):
        at = day
        while at in days:
            yield at
            at += step


def _unsourced(file: CalendarFile) -> Iterator[CalendarFinding]:
    lines = [line for line, row in zip(file.lines, file.rows, strict=True) if not row[3]]
    if lines:
        message = f"从第 {lines[0]} 行起有 {len(lines)} 行没有写依据，请写明放假通知的名称和文号。"
        cell = file.cell(lines[0], "source")
        yield CalendarFinding(lines[0], Severity.WARNING, message, cell)


def _years_not_whole(file: CalendarFile) -> Iterator[CalendarFinding]:
    years = Counter(day.year for day, *_ in file.rows if not _belongs_to_next_year(day))
    if not years:
        yield CalendarFinding(None, Severity.ERROR, "没有任何一年的完整放假安排，请检查文件。")
        return
    for before, after in pairwise(sorted(years)):
        if after - before > 1:
            message = f"{before} 年以后直接是 {after} 年，中间的年份缺少放假安排，请补全。"
            yield CalendarFinding(None, Severity.ERROR, message)
    for year in sorted(years):
        rows = [row for row in file.rows if row[0].year == year]
        missing = list(_missing_festivals(year, rows))
        if missing:
            message = f"{year} 年不完整：缺少{'、'.join(missing)}的放假安排，请补全后再用。"
            yield CalendarFinding(None, Severity.ERROR, message)
        else:
            yield from _unbalanced(year, rows)


def _belongs_to_next_year(day: date) -> bool:
    """30 December of a year may be in the next year's notice (元旦), and is no year by itself."""
    return (day.month, day.day) >= (12, 26)


def _missing_festivals(year: int, rows: Iterable[CalendarRow]) -> Iterator[str]:
    resting = {day for day, is_working, *_ in rows if not is_working}
    for name, start, end, least in FESTIVALS:
        if sum(date(year, *start) <= day <= date(year, *end) for day in resting) < least:
            yield name


def _unbalanced(year: int, rows: Iterable[CalendarRow]) -> Iterator[CalendarFinding]:
    """Weekdays off are the statutory days plus one for each make-up day."""
    statutory = next((days for since, days in STATUTORY_DAYS if year >= since), None)
    if statutory is None:
        return
    unique = {day: is_working for day, is_working, *_ in rows}
    made_up = sum(unique.values())
    off = sum(not works and day.weekday() < SATURDAY for day, works in unique.items())
    if off != statutory + made_up:
        message = (
            f"{year} 年周一至周五放假 {off} 天，法定节假日 {statutory} 天加调休上班 {made_up} 天"
            f"应为 {statutory + made_up} 天，可能漏写或多写了放假日、调休上班日，请对照通知核对。"
        )
        yield CalendarFinding(None, Severity.WARNING, message)


def _weekday(day: date) -> str:
    return f"周{'一二三四五六日'[day.weekday()]}"
