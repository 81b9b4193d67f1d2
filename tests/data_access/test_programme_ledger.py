"""A programme's ledger: faults at their cell, residents masked, nothing half-stored."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, select

from data_access.database import reading
from data_access.ledger_import.model import LedgerRefused
from data_access.schema.programmes import programme_entries, programme_rows
from data_access.schema.tables import metadata
from supervision.scope import Scope
from supervision.vocabulary import Severity
from tests.data_access.in_use import small_in_use
from tests.programmes import HEADINGS, HOSTILE, LINES, judged, ledger, line, store

DONGYUAN = Scope(reporting_units=frozenset({"东源县"}))


def errors(*lines: tuple[str, ...], scope: Scope | None = None) -> list[tuple[str | None, str]]:
    """Cell and code of every error."""
    told = judged(ledger(*lines), scope=scope)
    return [(one.cell, one.code) for one in told.faults if one.severity is Severity.ERROR]


def test_a_sound_ledger_has_no_faults_and_every_value_is_of_its_kind():
    told = judged(ledger(*LINES))
    assert told.faults == []
    values = told.lines[1].values
    assert (values["kind"], values["people"], values["status"]) == ("b", 5, "done")
    assert values["department"] == "市教育局"
    assert told.lines[0].cells["done_on"] == "J3"


@pytest.mark.parametrize(
    ("wrong", "cell", "code"),
    [
        (line("N-9", "事", "东源县", kind="丙类"), "E3", "choice-unknown"),
        (line("N-9", "事", "东源县", people="三"), "F3", "count-unreadable"),
        (line("N-9", "事", "东源县", begun="2026-13-40"), "I3", "date-unreadable"),
        (line("N-9", "事", "东源县", begun="2026-11-26"), "I3", "date-ahead"),
        (line("N-9", "事", "东源县", done="2026-11-01", status="办结"), "J3", "days-crossed"),
        (line("N-9", "事", "无名县"), "C3", "county-unknown"),
        (line("N-9", "", "东源县"), "B3", "missing"),
        (line("N-9", "字" * 2001, "东源县"), "B3", "text-too-long"),
    ],
)
def test_a_fault_is_told_at_its_cell(wrong: tuple[str, ...], cell: str, code: str):
    assert (cell, code) in errors(wrong)


def test_the_same_number_twice_and_lines_out_of_reach_are_refused():
    assert errors(LINES[0], line("N-1", "另一件", "东源县")) == [("A4", "line-repeated")]
    assert errors(*LINES, scope=DONGYUAN) == [
        ("C5", "outside-scope"), ("C6", "outside-scope"), ("C7", "outside-scope"),
    ]  # fmt: skip


def test_a_department_that_nobody_needs_to_name_is_asked_about_and_left_blank():
    told = judged(ledger(line("N-9", "事", "东源县", department="没有这个局")))
    assert [(one.cell, one.severity) for one in told.faults] == [("D3", Severity.WARNING)]
    assert told.lines[0].department is None
    assert not told.lines[0].is_wrong


def test_another_file_is_refused_with_what_is_missing():
    with pytest.raises(LedgerRefused, match="缺少“县\\(区\\)”，请补上"):
        judged(ledger(*LINES, headings=tuple("镇" if h == "县(区)" else h for h in HEADINGS)))
    with pytest.raises(LedgerRefused, match="没有找到小专题台账的表头"):
        judged("甲,乙\n1,2\n".encode())
    with pytest.raises(LedgerRefused, match="没有一行内容"):
        judged(ledger(("合计", "", "", "", "", "", "", "", "", "", "")))


def test_nobody_stands_in_the_store_in_clear(city: Engine):
    small_in_use(city)
    phone, name = "13812345678", "赖春生"
    store(city, line("N-9", f"{name}反映{phone}接不通", "东源县", who=name, phone=phone))
    with reading(city) as connection:
        whole = "\n".join(
            str(row)
            for table in metadata.sorted_tables
            for row in connection.execute(select(table))
        )
        [told] = connection.execute(select(programme_entries.c.told)).scalars()
    assert name not in whole
    assert phone not in whole
    assert "赖**" in told
    assert "138****5678" in told


def test_what_stands_beside_the_columns_is_not_kept(city: Engine):
    small_in_use(city)
    headings = (*HEADINGS, "身份证号")
    data = ledger((*LINES[0], "441600199001011234"), headings=headings)
    told = judged(data, engine=city)
    assert all("4416" not in text for text in told.lines[0].raw.values())


def test_hostile_text_is_kept_as_text(city: Engine):
    small_in_use(city)
    store(city, line("N-9", HOSTILE, "东源县"))
    with reading(city) as connection:
        [fields] = connection.execute(select(programme_rows.c.fields)).scalars()
        [told] = connection.execute(select(programme_entries.c.told)).scalars()
    assert "title=B3" in fields
    assert "HYPERLINK" in told
