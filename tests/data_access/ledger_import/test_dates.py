"""Every kind of date that ledgers hold, and those that must not be guessed."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.ledger_import.dates import DateReader
from data_access.ledger_import.model import CellError

AS_OF = date(2026, 11, 20)


def reader(year: int | None = 2026) -> DateReader:
    return DateReader(year=year, as_of=AS_OF)


@pytest.mark.parametrize(
    ("cell", "iso"),
    [
        ("2026年9月30日", "2026-09-30"),
        ("2026.9.30", "2026-09-30"),
        ("2026/09/30", "2026-09-30"),
        ("2026 年 9 月 30 日", "2026-09-30"),
        ("２０２６．９．３０", "2026-09-30"),
        ("9月30日", "2026-09-30"),
        ("9.30", "2026-09-30"),
        ("26.9.30", "2026-09-30"),
        ("26年9月30日", "2026-09-30"),
        ("二〇二六年九月三十日", "2026-09-30"),
        ("十月十五日", "2026-10-15"),
        ("2026-9-30 17:00", "2026-09-30"),
        ("2026-09-30T09:10:11", "2026-09-30"),
        ("2026/09/30 下午5:00", "2026-09-30"),
        ("2026年9月30日24时前", "2026-09-30"),
        ("2026年9月30日（周三）前", "2026-09-30"),
        ("2026/9/30前", "2026-09-30"),
        ("10月15日前反馈", "2026-10-15"),
        ("确保2026年9月30日前完成整改", "2026-09-30"),
        ("2026年9.30", "2026-09-30"),
        ("20231116", "2023-11-16"),
        (20231116, "2023-11-16"),
        (46295, "2026-09-30"),
        (46295.75, "2026-09-30"),
        ("46295", "2026-09-30"),
        (datetime.fromisoformat("2026-09-30 08:30"), "2026-09-30"),
        (date(2026, 9, 30), "2026-09-30"),
        ("30/9/2026", "2026-09-30"),
        ("9/30/26", "2026-09-30"),
    ],
)
def test_a_printed_day_is_that_day(cell: object, iso: str) -> None:
    reading = reader().read(cell)
    assert (str(reading.on), reading.code) == (iso, None)


@pytest.mark.parametrize(
    ("cell", "iso"),
    [
        ("9月底前", "2026-09-30"),
        ("2026年9月", "2026-09-30"),
        ("2026-09", "2026-09-30"),
        (2026.9, "2026-09-30"),
        ("26年9月", "2026-09-30"),
        ("2024年2月底", "2024-02-29"),
        ("9月上旬", "2026-09-10"),
        ("9月中旬", "2026-09-20"),
        ("9月下旬", "2026-09-30"),
        ("2026年三季度", "2026-09-30"),
        ("第四季度", "2026-12-31"),
        ("2026年Q1", "2026-03-31"),
        ("年底前", "2026-12-31"),
        ("2027年底", "2027-12-31"),
        ("2026年上半年", "2026-06-30"),
        ("二〇二六年十二月", "2026-12-31"),
    ],
)
def test_a_period_ends_on_its_last_day(cell: object, iso: str) -> None:
    reading = reader().read(cell)
    assert (str(reading.on), reading.code, reading.precision != "day") == (iso, None, True)


@pytest.mark.parametrize(
    ("cell", "count", "unit"),
    [
        ("15个工作日", 15, "working_days"),
        ("15工作日内", 15, "working_days"),
        ("交办之日起15个工作日内", 15, "working_days"),
        ("收到交办单后十五个工作日内书面反馈", 15, "working_days"),
        ("10日内", 10, "days"),
        ("一个月内", 1, "months"),
        ("两周内", 2, "weeks"),
        ("当日", 0, "days"),
    ],
)
def test_a_limit_is_counted_not_dated(cell: str, count: int, unit: str) -> None:
    reading = reader().read(cell)
    assert (reading.on, reading.count, reading.unit) == (None, count, unit)


def test_a_limit_may_name_the_day_it_starts_from() -> None:
    reading = reader().read("自2026年9月1日起15个工作日内")
    assert (reading.start, reading.count) == (date(2026, 9, 1), 15)


@pytest.mark.parametrize(
    "cell", ["长期坚持", "持续推进", "立行立改", "尽快", "常态化", "未反馈", "暂无", "不详", "保密"]
)
def test_words_for_no_date_are_noted(cell: str) -> None:
    reading = reader().read(cell)
    assert reading.on is None
    assert reading.severity is not None
    assert reading.severity.value == "notice"


@pytest.mark.parametrize("cell", [None, "", "/", "—", " "])
def test_a_blank_cell_says_nothing(cell: object) -> None:
    reading = reader().read(cell)
    assert (reading.on, reading.code) == (None, None)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("2月30日", "date-unreadable"),
        ("2026-13-05", "date-unreadable"),
        ("2026年9月31日", "date-unreadable"),
        ("近两天", "date-unreadable"),
        ("2026年", "date-unreadable"),
        ("每月5日前", "date-unreadable"),
        ("每年12月底前", "date-unreadable"),
        ("9月上中旬", "date-unreadable"),
        ("2026年10月初", "date-unreadable"),
        ("30日前", "date-unreadable"),
        ("24小时内", "date-unreadable"),
        ("2026、9、30", "date-unreadable"),
        (12345678901.0, "date-unreadable"),
        (CellError("#REF!"), "cell-error"),
        ("月底前", "date-relative"),
        ("9/10/2026", "date-ambiguous"),
        ("10-12-26", "date-ambiguous"),
        (9.3, "date-ambiguous"),
        (2026.1, "date-ambiguous"),
        ("2026-09-30\n2026-10-15", "date-several"),
        ("2026-9-30 2026-10-15", "date-several"),
        ("5个工作日内反馈，15个工作日内办结", "date-several"),
        ("2062-09-30", "date-implausible"),
        ("1998年9月30日", "date-implausible"),
    ],
)
def test_what_cannot_be_a_day_is_an_error_never_a_guess(cell: object, code: str) -> None:
    reading = reader().read(cell)
    assert (reading.on, reading.count, reading.code) == (None, None, code)
    assert reading.severity is not None
    assert reading.severity.value == "error"


def test_without_a_year_anywhere_both_years_are_proposed() -> None:
    reading = reader(None).read("9月30日")
    assert (reading.on, reading.code) == (None, "date-without-year")
    assert reading.candidates == ("2026-09-30", "2027-09-30")


@pytest.mark.parametrize(
    ("cell", "iso", "code"),
    [
        ("2026.9.1-9.30", "2026-09-30", "date-range"),
        ("2026年12月20日至1月5日", "2027-01-05", "date-range"),
        ("9-10月", "2026-10-31", "date-range"),
        ("9月1日-30日", "2026-09-30", "date-range"),
        ("明年3月底前", "2027-03-31", "date-doubtful"),
        ("9月30日左右", "2026-09-30", "date-doubtful"),
        ("长期坚持，2026年12月底前初见成效", "2026-12-31", "date-doubtful"),
    ],
)
def test_a_doubtful_date_is_taken_with_a_warning(cell: str, iso: str, code: str) -> None:
    reading = reader().read(cell)
    assert (str(reading.on), reading.code) == (iso, code)


def test_serials_of_a_1904_workbook_count_from_1904() -> None:
    mac = DateReader(year=2026, as_of=AS_OF, date_1904=True)
    assert {mac.read(44833).on, mac.read("44833").on} == {date(2026, 9, 30)}


def test_a_csv_doubts_a_zero_that_may_be_lost() -> None:
    doubting = DateReader(year=2026, as_of=AS_OF, zeros_may_be_lost=True)
    assert (doubting.read("9.3").on, doubting.read("9.3").code) == (
        date(2026, 9, 3),
        "date-doubtful",
    )
    assert doubting.read("9.15").code is None


def test_an_inferred_year_is_told() -> None:
    unsure = DateReader(year=2026, as_of=AS_OF, year_is_sure=False)
    assert unsure.read("9月30日").code == "date-year-inferred"
    assert unsure.read("2026年9月30日").code is None


@given(st.dates(min_value=date(2015, 1, 1), max_value=date(2031, 12, 31)))
def test_every_plausible_day_survives_being_printed(day: date) -> None:
    forms = (
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}.{day.month}.{day.day}",
        f"{day:%Y%m%d}",
    )
    assert {reader().read(form).on for form in forms} == {day}


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader(text: str) -> None:
    reading = reader().read(text)
    assert reading.on is None or 2015 <= reading.on.year <= 2031
