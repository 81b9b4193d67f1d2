"""Each shipped programme takes a real, messy ledger: lines, faults at their cells, its figures."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine

from data_access.filters import Filters
from data_access.ledger_import.model import LedgerRefused
from data_access.programmes.apply import store_programme
from data_access.programmes.book import KnownProgramme, shipped_definitions
from data_access.programmes.judged import JudgedProgramme
from data_access.programmes.judging import judged_programme
from data_access.reads.programmes import programme
from data_access.registers import Registers, shipped_registers
from supervision.programme_figures import counted
from supervision.programme_file import read_programme
from supervision.scope import Scope
from supervision.vocabulary import Severity
from tests.factories import SUPERVISOR, TODAY
from tests.messy_programme_ledgers import LEDGERS, messy_ledger

# Programme → lines, cells that refuse their line, cells that are only told, figures of the year.
EXPECTED: dict[str, tuple[int, str, str, dict[str, str]]] = {
    "dispute_mediation": (5, "J10", "I12 L12", {
        "resolution_rate": "50.00%（2/4）", "on_time_resolution_rate": "50.00%（2/4）", "open": "2",
    }),
    "township_whistle": (3, "", "K4 J5 E6", {
        "response_rate": "66.67%（2/3）", "arrival_hours": "1", "working": "2",
    }),
    "household_visits": (4, "", "H4 I4 M4 H5 H6 H7", {
        "visits": "4", "needs": "1", "solved_rate": "100.00%（1/1）",
    }),
    "enterprise_visits": (4, "G4 D6 G6 G8", "", {"visits": "1", "problems": "0"}),
    "service_card": (3, "", "G6", {
        "on_time_answer_rate": "66.67%（2/3）", "on_spot_rate": "33.33%（1/3）", "asked": "3",
    }),
    "suggestions": (3, "", "", {"adoption_rate": "50.00%（1/2）", "received": "3"}),
    "acceptance": (3, "", "", {"acceptance_rate": "50.00%（1/2）", "reviewers": "43"}),
    "research_findings": (3, "", "", {
        "entered": "2", "conversion_rate": "100.00%（2/2）", "on_time_rate": "50.00%（1/2）",
    }),
    "task_lists": (3, "", "H4", {
        "done_rate": "33.33%（1/3）", "on_time_rate": "50.00%（1/2）", "open": "2",
    }),
    "petition_by_proxy": (2, "", "L4", {
        "closure_rate": "50.00%（1/2）", "on_time_closure_rate": "100.00%（1/1）",
        "told_rate": "100.00%（1/1）",
    }),
    "household_aid": (3, "", "O5", {
        "granted_rate": "100.00%（2/2）", "amount": "5,501", "open": "1",
    }),
}  # fmt: skip


@pytest.fixture(scope="module")
def registers() -> Registers:
    return shipped_registers()


def _judged(
    name: str, registers: Registers, scope: Scope = SUPERVISOR.scope, text: str | None = None
) -> JudgedProgramme:
    defined = read_programme(shipped_definitions()[name]).programme
    assert defined is not None
    return judged_programme(
        KnownProgramme(defined, 0), messy_ledger(name, text), registers=registers, as_of=TODAY,
        scope=scope,
    )  # fmt: skip


def test_every_shipped_programme_is_tried():
    assert set(EXPECTED) == set(LEDGERS) == set(shipped_definitions())


@pytest.mark.parametrize("name", EXPECTED)
def test_a_messy_ledger_is_read_and_its_faults_stand_at_their_cells(
    registers: Registers, name: str
):
    lines, wrong, told, _ = EXPECTED[name]
    judged = _judged(name, registers)
    cells = {
        severity: " ".join(one.cell or "?" for one in judged.faults if one.severity is severity)
        for severity in (Severity.ERROR, Severity.WARNING)
    }
    assert (len(judged.lines), cells[Severity.ERROR]) == (lines, wrong)
    assert cells[Severity.WARNING] == told


def test_the_figures_of_the_messy_ledgers(city: Engine, registers: Registers):
    found = {}
    for name, (_, _, _, figures) in EXPECTED.items():
        store_programme(city, _judged(name, registers), viewer=SUPERVISOR, as_of=TODAY)
        shown = programme(city, scope=SUPERVISOR.scope, as_of=TODAY, filters=Filters(), name=name)
        assert shown is not None
        for key in figures:
            figure = shown.programme.figure(key)
            assert figure is not None
            told = counted(shown.programme, figure, shown.entries, as_of=TODAY,
                           first=date(2026, 1, 1), last=TODAY)  # fmt: skip
            found[name, key] = told.text()
    assert found == {
        (name, key): text for name, told in EXPECTED.items() for key, text in told[3].items()
    }


def test_the_county_stands_above_the_table_or_is_that_of_who_imports(registers: Registers):
    county = Scope(reporting_units=frozenset({"和平县"}))
    nowhere = LEDGERS["household_visits"].replace("和平县", "本县")
    for scope, text in ((SUPERVISOR.scope, None), (county, nowhere)):
        judged = _judged("household_visits", registers, scope, text)
        assert {line.unit for line in judged.lines} == {"和平县"}
        assert not any(line.is_wrong for line in judged.lines)
    with pytest.raises(LedgerRefused, match="缺少“县"):
        _judged("household_visits", registers, text=nowhere)


@pytest.mark.parametrize("words", ["正在化解", "待化解", "基本化解", "不化解"])
def test_whether_it_counts_is_never_guessed(registers: Registers, words: str):
    text = LEDGERS["dispute_mediation"].replace("7月20日|已化解", f"7月20日|{words}")
    line = _judged("dispute_mediation", registers, text=text).lines[0]
    assert line.is_wrong
    assert [fault.cell for fault in line.faults] == ["M5"]


def test_what_a_resident_is_called_is_in_no_fault(registers: Registers):
    text = LEDGERS["dispute_mediation"].replace("未化解|未化解", "孙七未签|未化解").replace(
        "孙七||同上|市级", "孙七||孙七家的事|市级"
    )  # fmt: skip
    judged = _judged("dispute_mediation", registers, text=text)
    assert judged.faults
    assert not any("孙七" in fault.message for line in judged.lines[3:4] for fault in line.faults)


@pytest.mark.parametrize(
    ("words", "day"),
    [("5个工作日", date(2026, 11, 9)), ("3日内", date(2026, 11, 5)), ("2周内", date(2026, 11, 16))],
)
def test_a_limit_in_the_place_of_a_day_is_counted_by_the_calendar_and_told(
    city: Engine, registers: Registers, words: str, day: date
):
    text = LEDGERS["township_whistle"].replace("5个工作日", words)
    for _again in range(2):
        judged = _judged("township_whistle", registers, text=text)
        (fault,) = judged.lines[0].faults
        assert (fault.cell, fault.severity) == ("K4", Severity.WARNING)
        assert "吹哨日期2026-11-02起" in fault.message
        store_programme(city, judged, viewer=SUPERVISOR, as_of=TODAY)
        shown = programme(city, scope=SUPERVISOR.scope, as_of=TODAY, filters=Filters(),
                          name="township_whistle")  # fmt: skip
        assert shown is not None
        assert shown.entries[0].values["due_on"] == day


@pytest.mark.parametrize("words", ["5日", "2小时", "9999天", "3日或5日"])
def test_what_may_be_a_day_of_the_month_or_no_limit_of_days_is_not_counted(
    registers: Registers, words: str
):
    text = LEDGERS["township_whistle"].replace("5个工作日", words)
    line = _judged("township_whistle", registers, text=text).lines[0]
    assert [fault.cell for fault in line.faults if fault.severity is Severity.ERROR] == ["K4"]


def test_a_limit_without_a_day_to_count_from_keeps_the_line_out(registers: Registers):
    text = LEDGERS["township_whistle"].replace("11.2 9:30", "待定")
    line = _judged("township_whistle", registers, text=text).lines[0]
    assert line.is_wrong
    assert any("算不出是哪一天" in fault.message for fault in line.faults)


def _unnumbered(lines: str) -> str:
    heading = "=序号|所属县区|镇街|哨件内容|类别|响应部门|吹哨时间|办结时间|状态"
    return f"吹哨台账.xlsx\n街镇吹哨、部门报到工作台账（2026年11月）\n单位：件\n{heading}\n{lines}"


FIRST = "#1|紫金县|蓝塘镇|占道经营|执法哨|市水务局|2026-11-02||办理中"
OTHER = "#1|紫金县|蓝塘镇|山体滑坡|应急哨|市水务局|2026-11-03||办理中"


def test_without_a_column_of_numbers_each_matter_has_one_of_its_own(
    city: Engine, registers: Registers
):
    for text, fates in (
        (FIRST, "new"), (FIRST.replace("2026-11-02||办理中", "11月2日|11月9日|办结"), "updated"),
        # Next month's ledger counts from one again.
        (OTHER, "new"), (OTHER, "unchanged"),
    ):  # fmt: skip
        judged = _judged("township_whistle", registers, text=_unnumbered(text))
        (fault,) = judged.faults
        assert (fault.severity, fault.field) == (Severity.WARNING, "number")
        assert f"自编，如“{judged.lines[0].number}”" in fault.message
        stored = store_programme(city, judged, viewer=SUPERVISOR, as_of=TODAY)
        assert [one.fate.value for one in stored.plan.lines] == [fates]
    shown = programme(city, scope=SUPERVISOR.scope, as_of=TODAY, filters=Filters(),
                      name="township_whistle")  # fmt: skip
    assert shown is not None
    assert [one.values["title"] for one in shown.entries] == ["占道经营", "山体滑坡"]
    assert all(str(one.values["number"]).startswith("自编-") for one in shown.entries)


def test_the_same_matter_twice_without_numbers_is_refused(registers: Registers):
    again = FIRST.replace("#1", "#2")
    judged = _judged("township_whistle", registers, text=_unnumbered(f"{FIRST}\n{again}"))
    assert [line.is_wrong for line in judged.lines] == [False, True]


def test_without_a_title_either_the_ledger_is_refused(registers: Registers):
    text = _unnumbered(FIRST).replace("|哨件内容|", "||")
    with pytest.raises(LedgerRefused, match="哨单编号”“吹哨事项"):
        _judged("township_whistle", registers, text=text)
