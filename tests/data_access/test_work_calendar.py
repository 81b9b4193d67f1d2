"""The shipped work calendar is true day by day; a bad calendar file is told what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import chinese_calendar
import pytest

from data_access.calendar_file import CalendarFinding, read_calendar_file
from data_access.registers import REGISTER
from data_access.work_calendar import (
    calendar_rows,
    calendar_years,
    check_calendar_file,
    shipped_calendar,
)
from supervision.vocabulary import Severity
from supervision.working_days import CalendarNotKnown

SHIPPED = (REGISTER / "work_calendar.csv").read_bytes()
LINES = SHIPPED.decode().splitlines()


def _with(change: Callable[[str], str | None], *, year: str = "") -> list[CalendarFinding]:
    """What is found when each line (of one year) is changed; None leaves a line out."""
    changed = [LINES[0]]
    for line in LINES[1:]:
        new = change(line) if line.startswith(year) else line
        if new is not None:
            changed.append(new)
    return check_calendar_file("\n".join(changed).encode())


def _without(day: str) -> list[CalendarFinding]:
    return _with(lambda line: None if line.startswith(day) else line)


def test_every_shipped_day_agrees_with_chinesecalendar() -> None:
    calendar = shipped_calendar()
    day, last = date(2021, 1, 1), date(2026, 12, 31)
    wrong = []
    while day <= last:
        if calendar.is_working_day(day) != chinese_calendar.is_workday(day):
            wrong.append(day)
        day += timedelta(days=1)
    assert not wrong


def test_the_calendar_knows_whole_years_and_says_where_it_ends() -> None:
    assert list(calendar_years()) == [2021, 2022, 2023, 2024, 2025, 2026]
    with pytest.raises(CalendarNotKnown):
        shipped_calendar().is_working_day(date(2027, 1, 1))


def test_every_day_names_the_notice_of_its_year() -> None:
    for day, _, name, source in calendar_rows():
        year = day.year + (day.month == 12)
        assert source.startswith(f"国务院办公厅关于{year}年部分节假日安排的通知"), day
        assert name


def test_the_shipped_calendar_passes_its_own_check() -> None:
    assert check_calendar_file(SHIPPED) == []
    assert check_calendar_file(SHIPPED.decode().encode("gb18030")) == []
    assert check_calendar_file(SHIPPED.decode().encode("utf-8-sig")) == []


@pytest.mark.parametrize("year", [2021, 2022, 2023, 2024, 2025, 2026])
def test_a_single_whole_year_passes(year: int) -> None:
    own = [line for line in LINES if f"关于{year}年" in line]
    assert check_calendar_file("\n".join([LINES[0], *own]).encode()) == []


def test_words_and_chinese_headings_are_understood() -> None:
    file = read_calendar_file(
        "日期,是否上班,名称,依据\n2026/10/1,放假,国庆节,通知\n2026年10月10日,上班,国庆节调休,通知\n".encode()
    )
    assert file.findings == ()
    assert [(day, works) for day, works, *_ in file.rows] == [
        (date(2026, 10, 1), False),
        (date(2026, 10, 10), True),
    ]


def test_a_repeated_day_is_told_with_both_lines() -> None:
    [finding] = check_calendar_file((SHIPPED.decode() + LINES[5] + "\n").encode())
    assert finding.line == len(LINES) + 1
    assert "与第 6 行重复" in finding.message


@pytest.mark.parametrize(
    ("day", "festival"),
    [
        ("2026-01-01", "元旦"),
        ("2026-05-01", "劳动节"),
        ("2026-04-0", "清明节"),
        ("2026-06", "端午节"),
        ("2026-10-02", "国庆节"),
        ("2026-02", "春节"),
    ],
)
def test_a_missing_festival_is_named(day: str, festival: str) -> None:
    findings = _without(day)
    assert any(
        finding.severity == Severity.ERROR
        and f"2026 年不完整：缺少{festival}的放假安排" in finding.message
        for finding in findings
    )


def test_a_year_that_stops_in_the_middle_is_not_whole() -> None:
    findings = _with(lambda line: None if line > "2026-06" else line, year="2026")
    assert "缺少端午节、中秋节、国庆节的放假安排" in findings[-1].message


def test_a_missing_make_up_day_upsets_the_balance() -> None:
    [finding] = _without("2026-10-10")
    assert finding.severity == Severity.WARNING
    assert "法定节假日 13 天加调休上班 5 天应为 18 天" in finding.message


def test_a_make_up_day_on_a_weekday_is_refused() -> None:
    findings = _with(lambda line: line.replace("2026-10-10", "2026-10-12"))
    assert any("2026-10-12 是周一，本来就上班" in finding.message for finding in findings)


def test_a_make_up_day_marked_as_rest_is_refused() -> None:
    findings = _with(lambda line: line.replace("2026-10-10,1", "2026-10-10,0"))
    messages = " ".join(finding.message for finding in findings)
    assert "名称写的是上班，是否上班却写成放假" in messages
    assert "不与任何节假日相连，本来就休息" in messages


def test_a_year_left_out_between_two_is_told() -> None:
    findings = _with(lambda _: None, year="2024")
    assert any("2023 年以后直接是 2025 年" in finding.message for finding in findings)


def test_lines_without_source_are_counted_once() -> None:
    findings = _with(lambda line: line.rsplit(",", 1)[0] + ",", year="2026")
    [finding] = findings
    assert finding.severity == Severity.WARNING
    assert "有 39 行没有写依据" in finding.message


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "现缺少 日期、是否上班、名称、依据"),
        (b"\x00\x01\x02", "编码无法识别"),
        (b"PK\x03\x04rest", "另存为 CSV"),
        (b"\xd0\xcf\x11\xe0rest", "另存为 CSV"),
        (b"day,is_working,name,source\n", "没有一天"),
        ("日期,名称\n2026-01-01,元旦\n".encode(), "现缺少 是否上班、依据"),
        (b"a" * 1_000_001, "超过 1 MB"),
        (b'day,is_working,name,source\n"' + b"x" * 200_000, "CSV"),
    ],
    ids=["empty", "zeros", "xlsx", "xls", "heading", "columns", "large", "quote"],
)
def test_a_file_that_is_no_calendar_ends_in_one_sentence(data: bytes, said: str) -> None:
    [finding] = check_calendar_file(data)
    assert finding.severity == Severity.ERROR
    assert said in finding.message


def test_unreadable_cells_are_told_by_line() -> None:
    data = "day,is_working,name,source\n2026-02-30,休息日,元旦,通知\n,1,,\n".encode()
    findings = check_calendar_file(data)
    assert [finding.line for finding in findings] == [2, 2, 3]
    assert "“2026-02-30”无法识别" in findings[0].message
    assert "日期是空的" in findings[2].message
