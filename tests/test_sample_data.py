"""The sample city: the same every time, nobody real, and read by the importer as it was meant."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
import python_calamine

from data_access.ledger_import.model import JudgedLedger
from data_access.ledger_import.receive import judged_file
from data_access.registers import shipped_registers
from sample_data.generate import main, sample_ledgers, write_sample
from sample_data.large import HEADINGS, USUAL_DAY, rows_large, write_large
from sample_data.paper import Ledger
from sample_data.population import FICTIONAL_PREFIX, GIVEN_NAMES, population
from sample_data.story import Item, Seen, seen
from sample_data.workdays import Workdays
from supervision.vocabulary import LedgerStatus, Severity

AS_OF = date(2026, 11, 25)
SEED = 20261125
FIELDS = (
    "number",
    "title",
    "content",
    "session_theme",
    "county",
    "township",
    "lead_departments",
    "co_departments",
    "received_on",
    "assigned_on",
    "due_on",
    "feedback_on",
    "feedback_text",
    "status",
    "satisfaction",
    "remarks",
)
BEYOND = ("category", "village", "address", "signed_on", "closed_on", "extended_due_on", "measures")
LEDGERS = range(9)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    written: Path = tmp_path_factory.mktemp("sample")
    write_sample(written, as_of=AS_OF, seed=SEED)
    return written


@pytest.fixture(scope="module")
def ledgers() -> list[Ledger]:
    return list(sample_ledgers(items=1500, as_of=AS_OF, seed=SEED))


@pytest.fixture(scope="module")
def people() -> list[Item]:
    chapters = population(items=1500, as_of=AS_OF, seed=SEED)
    return [item for chapter in chapters.values() for item in chapter]


def _now(items: list[Item]) -> Iterator[Seen]:
    for item in items:
        yield seen(item, AS_OF, round_no=item.latest_on(AS_OF))


def test_the_same_arguments_write_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    again = write_sample(tmp_path, as_of=AS_OF, seed=SEED)
    assert len(again) == 10
    for path in again:
        assert path.read_bytes() == (folder / path.name).read_bytes(), path.name


def test_another_seed_tells_another_story(people: list[Item]) -> None:
    other = population(items=1500, as_of=AS_OF, seed=SEED + 1)
    assert [item.content for item in people[:50]] != [i.content for i in other["first"][:50]]


def test_the_city_has_its_size_its_places_and_its_departments(people: list[Item]) -> None:
    registers = shipped_registers()
    assert len(people) == 1500
    assert {item.lead for item in people} == {entry.name for entry in registers.departments}
    assert {item.place.county for item in people} == set(registers.counties)
    townships = {(item.place.county, item.place.township) for item in people}
    assert 85 <= len(townships) < 101
    assert len({item.problem.theme for item in people}) >= 12


def test_texts_are_not_repeated(people: list[Item]) -> None:
    assert len({item.content for item in people}) > 1400
    assert len({(item.content, item.place.township) for item in people}) == 1500
    assert not [item.content for item in people if "{" in item.title + item.content]


def test_two_years_are_told_to_the_day_shown(people: list[Item]) -> None:
    months = Counter(f"{item.rounds[0].assigned_on:%Y-%m}" for item in people)
    assert len(months) == 24
    assert min(months.values()) >= 20
    assert max(item.rounds[0].assigned_on for item in people) <= AS_OF


def test_every_state_that_a_ledger_can_tell_is_there(people: list[Item]) -> None:
    statuses = {entry.status for entry in _now(people)}
    assert statuses == {status.label for status in LedgerStatus} - {LedgerStatus.REASSIGNED.label}


def test_some_residents_cannot_be_reached_and_some_get_a_second_round(people: list[Item]) -> None:
    calls = [entry.call for entry in _now(people) if entry.call]
    assert sum(not call.reached for call in calls) > 20
    assert sum(len(item.rounds) > 1 for item in people) > 40


@pytest.mark.parametrize(
    ("items", "as_of"),
    [
        (1500, date(2026, 11, 20)),
        (1500, date(2026, 12, 1)),
        (1500, date(2027, 2, 14)),
        (6000, AS_OF),
    ],
    ids=str,
)
def test_the_backlog_is_believable_on_any_day_and_at_any_size(items: int, as_of: date) -> None:
    chapters = population(items=items, as_of=as_of, seed=SEED)
    everything = [item for chapter in chapters.values() for item in chapter]
    shown = [item.rounds[item.latest_on(as_of) - 1] for item in everything]
    standing = [told for told in shown if told.open_on(as_of)]
    overdue = [told for told in standing if told.overdue_on(as_of)]
    soon_until = Workdays(as_of).after(as_of, 3)
    soon = [
        told
        for told in standing
        if as_of <= told.limit_on <= soon_until and not told.answered_by(as_of)
    ]
    assert 0.05 <= len(standing) / items <= 0.12
    assert 0.06 <= len(overdue) / len(standing) <= 0.10
    assert 0.04 <= len(soon) / len(standing) <= 0.08
    assert min(told.limit_on for told in overdue) > as_of - timedelta(days=100)


@pytest.mark.parametrize(
    "as_of", [date(2026, 12, 31), date(2027, 3, 1), date(2028, 2, 29)], ids=str
)
def test_the_city_can_be_shown_past_the_known_calendar(as_of: date) -> None:
    ledgers = list(sample_ledgers(items=120, as_of=as_of, seed=SEED))
    assert sum(len(ledger.truth) for ledger in ledgers) >= 120


@pytest.mark.parametrize("items", [1, 5, 30, 3000])
def test_any_number_of_items_can_be_asked_for(items: int) -> None:
    chapters = population(items=items, as_of=AS_OF, seed=SEED)
    numbers = [item.number for chapter in chapters.values() for item in chapter]
    assert len(numbers) == len(set(numbers)) == items


def test_every_telephone_number_and_name_is_fictional(folder: Path) -> None:
    text = (folder / "04_热线转办工单.csv").read_text(encoding="gb18030")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert all(row["来电人"][1:] in GIVEN_NAMES for row in rows)
    for path in folder.glob("*.xls*"):
        book = python_calamine.load_workbook(str(path))
        cells = [
            str(cell)
            for name in book.sheet_names
            for row in book.get_sheet_by_name(name).to_python()
            for cell in row
        ]
        text += "\n".join(cells)
    phones = re.findall(r"(?<!\d)1[3-9]\d{9}(?!\d)", text)
    assert len(phones) > 200
    assert all(phone.startswith(FICTIONAL_PREFIX) for phone in phones)
    assert not re.search(r"(?<!\d)\d{17}[\dXx](?!\d)", text)


def test_the_workbooks_open_and_hold_what_makes_them_messy(folder: Path) -> None:
    yearly = openpyxl.load_workbook(folder / "01_面对面交办事项台账.xlsx")["2025年"]
    assert yearly["A4"].value == "=ROW()-3"
    assert any(merge.min_col == merge.max_col == 3 for merge in yearly.merged_cells.ranges)
    counties = openpyxl.load_workbook(folder / "03_县区面对面台账.xlsx")
    assert counties["填写说明"].sheet_state == "hidden"
    assert len(counties.sheetnames) == 9
    traffic = openpyxl.load_workbook(folder / "05_道路交通专项台账.xlsx").active
    assert sum(row.hidden for row in traffic.row_dimensions.values()) == 3
    old = python_calamine.load_workbook(str(folder / "02_面对面办理情况一览表.xls"))
    assert old.get_sheet_by_index(0).to_python()[2][1] == "诉求基本情况"


def test_the_sessions_are_told_with_what_they_collected(folder: Path) -> None:
    with (folder / "sessions.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 50
    assert len({(row["held_on"], row["theme"]) for row in rows}) == len(rows)
    assert all(int(row["valid"]) <= int(row["collected"]) for row in rows)
    assert {row["level"] for row in rows} == {"市级", "县(区)级"}


def test_the_command_names_what_it_wrote(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main([str(tmp_path), "--items", "60", "--as-of", "2026-06-30"])
    named = capsys.readouterr().out.splitlines()
    assert sorted(named) == sorted(str(path) for path in tmp_path.iterdir())


def test_a_large_ledger_has_its_rows_and_twenty_columns(tmp_path: Path) -> None:
    path = write_large(tmp_path / "large.xlsx", rows=500, seed=1)
    rows = python_calamine.load_workbook(str(path)).get_sheet_by_index(0).to_python()
    assert len(rows) == 502
    assert tuple(rows[1]) == HEADINGS
    told, asked = list(rows_large(rows=500, seed=1)), rows_large(rows=1, seed=1, residents=True)
    assert (len(HEADINGS), [len(row) for row in asked]) == (20, [23])
    assert rows[2][1:5] == list(told[0][1:5])
    assert len({row[1] for row in told}) == 500


def test_a_large_ledger_is_as_believable_as_the_city() -> None:
    told = [dict(zip(HEADINGS, row, strict=True)) for row in rows_large(rows=9000, seed=1)]
    standing = [row for row in told if row["办结时间"] is None]
    late = [row for row in standing if row["反馈时间"] is None and row["反馈时限"] < USUAL_DAY]
    assert 0.05 <= len(standing) / len(told) <= 0.12
    assert 0.05 <= len(late) / len(standing) <= 0.12


@pytest.fixture(scope="module", params=LEDGERS)
def read(
    request: pytest.FixtureRequest, folder: Path, ledgers: list[Ledger]
) -> tuple[Ledger, JudgedLedger]:
    """One ledger as it was meant, and as the importer reads it."""
    ledger = ledgers[request.param]
    data = (folder / ledger.file_name).read_bytes()
    return ledger, judged_file(data, ledger.file_name, as_of=AS_OF, engine=None)


def test_the_importer_finds_every_row(read: tuple[Ledger, JudgedLedger]) -> None:
    ledger, judged = read
    sheets = {row.source.sheet for row in judged.rows}
    assert len(sheets) == len({truth.sheet for truth in ledger.truth})
    meant = Counter(truth.row for truth in ledger.truth)
    assert Counter(row.source.row for row in judged.rows) == meant


def test_the_importer_reads_what_was_meant(read: tuple[Ledger, JudgedLedger]) -> None:
    ledger, judged = read
    rows = {_place(row.source.sheet, row.source.row, ledger): row for row in judged.rows}
    wrong = [
        (truth.sheet, truth.row, field, meant, found)
        for truth in ledger.truth
        for field, meant, found in _compared(truth.says, rows[truth.sheet, truth.row])
        if found != meant
    ]
    assert not wrong, f"{len(wrong)} wrong, the first ones: {wrong[:12]}"


def test_the_importer_flags_the_planted_faults_and_no_others(
    read: tuple[Ledger, JudgedLedger],
) -> None:
    ledger, judged = read
    planted = {(truth.sheet, truth.row, field) for truth in ledger.truth for field in truth.faults}
    flagged = {
        (*_place(flag.sheet, flag.row or 0, ledger), flag.field): flag.severity
        for flag in sorted(judged.flags, key=lambda flag: flag.severity != Severity.ERROR)[::-1]
    }
    assert {place for place, how in flagged.items() if how == Severity.ERROR} <= planted
    assert planted <= {place for place, how in flagged.items() if how != Severity.NOTICE}


def test_no_resident_is_named_in_what_the_importer_keeps(
    read: tuple[Ledger, JudgedLedger],
) -> None:
    _, judged = read
    kept = repr(judged.rows) + repr(judged.flags) + repr(judged.raw_rows)
    assert FICTIONAL_PREFIX not in kept
    assert not [name for name in ("示例", "虚构", "样例", "假设") if name in repr(judged.rows)]


def _place(sheet: str, row: int, ledger: Ledger) -> tuple[str, int]:
    """A CSV file has one sheet, whatever the reader calls it."""
    only = ledger.pages[0].name if ledger.file_name.endswith(".csv") else sheet
    return only, row


def _compared(says: dict[str, object], row: object) -> Iterator[tuple[str, object, object]]:
    """Contract field, its meaning, what was read; a field without a column means nothing."""
    for field in FIELDS:
        empty: object = () if field.endswith("departments") else None
        found = getattr(row, field)
        if field == "status" and found is not None:
            found = LedgerStatus(found).label
        yield field, says.get(field, empty), found
    for field in BEYOND:
        if field in says:
            yield field, says[field], getattr(row, field)
