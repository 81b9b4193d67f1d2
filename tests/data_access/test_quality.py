"""数据质量: each list holds what it says, within the scope, and empties when it is put right."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, insert

from data_access.database import transaction
from data_access.ledger_import.apply import store_import
from data_access.ledger_import.model import Flag, JudgedLedger
from data_access.reads.quality import QualityRows, quality, quality_rows
from data_access.schema.imports import import_flags
from supervision.deadlines import Limit, LimitUnit
from supervision.lifecycle import Act
from supervision.quality import (
    LEAST_CLOSURES,
    LEAST_ROUNDS,
    QUALITY_RULES,
    SAME_REPLIES,
    QualityList,
)
from supervision.scope import Scope
from supervision.vocabulary import LedgerStatus, Resolution, Severity
from tests.acting import CLERK, EDUCATION, OFFICER, Walk, department_id, stored_item
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row

CITY = Scope.whole_city()
ASSIGNED = date(2026, 11, 2)
BY_RULE = date(2026, 11, 23)
REPLY = "已组织人员到现场查看并完成整改，群众表示认可。"


def asked(engine: Engine, slug: QualityList, scope: Scope = CITY) -> QualityRows:
    return quality_rows(engine, scope=scope, as_of=TODAY, slug=slug)


def keys(engine: Engine, slug: QualityList, scope: Scope = CITY) -> list[int]:
    return [int(key) for key in asked(engine, slug, scope).rows["item_id"]]


def stored(engine: Engine, *rows: dict[str, Any], **ledger: Any) -> None:
    lines = [ledger_row(**{"row": n, **said}) for n, said in enumerate(rows, start=3)]
    store_import(engine, judged_ledger(*lines, **ledger), viewer=SUPERVISOR, as_of=TODAY)


@pytest.mark.parametrize(
    ("slug", "wrong", "right", "cell"),
    [
        (QualityList.CLOSED_UNDATED, {"status": LedgerStatus.CLOSED},
         {"status": LedgerStatus.CLOSED, "closed_on": date(2026, 11, 20)}, "I3"),
        (QualityList.FEEDBACK_BEFORE_ASSIGNMENT, {"feedback_on": date(2026, 10, 30)},
         {"feedback_on": ASSIGNED}, "F3"),
        (QualityList.CLOSED_BEFORE_ASSIGNMENT, {"closed_on": date(2026, 10, 30)},
         {"closed_on": ASSIGNED}, "G3"),
        (QualityList.DUE_BEFORE_ASSIGNMENT, {"due_on": date(2026, 10, 30)},
         {"due_on": BY_RULE}, "E3"),
        (QualityList.DUE_DIFFERS, {"due_on": date(2026, 12, 31)}, {"due_on": BY_RULE}, "E3"),
        (QualityList.UNKNOWN_DEPARTMENT, {"lead_departments": ()},
         {"lead_departments": ("市教育局",)}, "第3行"),
        (QualityList.UNLOCATED, {"township": None}, {"township": "船塘镇"}, "第3行"),
    ],
)  # fmt: skip
def test_a_fault_is_listed_with_its_cell_until_the_ledger_is_put_right(
    engine: Engine, slug: QualityList, wrong: dict[str, Any], right: dict[str, Any], cell: str
):
    stored(engine, wrong, {"row": 4, **right})
    found = asked(engine, slug)
    assert found.total == 1
    line = found.rows.iloc[0]
    assert (line["number"], line["cell"], line["file_name"]) == ("MDM-0003", cell, "台账.xlsx")
    assert line["why"]
    item = ledger_row(row=3, **right)
    if slug is QualityList.UNLOCATED:
        item.number = line["number"]
    store_import(engine, judged_ledger(item), viewer=SUPERVISOR, as_of=TODAY)
    assert keys(engine, slug) == []


def test_a_limit_that_a_person_chose_here_is_no_difference(engine: Engine):
    walk = Walk(engine, stored_item(engine, assigned_on=None, lead_departments=()))
    assert walk.item["state"] == "registered"
    walk.does(
        Act.ASSIGN, OFFICER, lead_department_id=department_id(engine, EDUCATION),
        limit=Limit(0, LimitUnit.FIXED_DATE, date(2026, 12, 31)),
    )  # fmt: skip
    assert keys(engine, QualityList.DUE_DIFFERS) == []


def test_a_place_that_no_register_has_is_told_apart_from_a_missing_one(engine: Engine):
    stored(engine, {"township": None}, {"township": None})
    first, second = sorted(keys(engine, QualityList.UNLOCATED))
    with transaction(engine) as change:
        change.connection.execute(
            insert(import_flags).values(
                batch_id=1, sheet="Sheet1", row_no=3, cell="C3", field="township",
                severity=Severity.WARNING.value, code="township-doubtful", message="对不上。",
                candidates="[]", item_id=first,
            )
        )  # fmt: skip
    assert keys(engine, QualityList.UNKNOWN_PLACE) == [first]
    assert keys(engine, QualityList.UNLOCATED) == [second]


def test_two_items_of_one_number_or_of_one_text_are_suspected(engine: Engine):
    same = {"title": "同一路口", "content": "同一路口的路灯不亮"}
    stored(engine, {"number": "A", **same}, {"number": "Z"})
    stored(engine, {"number": "B", **same}, title="另一份台账", name="另一份.xlsx")
    stored(engine, {"row": 9, "number": "Z", "county": "紫金县", "township": "蓝塘镇"},
           title="紫金台账", name="紫金.xlsx")  # fmt: skip
    found = asked(engine, QualityList.DUPLICATES).rows
    # Counties number their ledgers alike: Z stands in two of them.
    assert sorted(found["number"]) == ["A", "B"]
    assert found.set_index("number")["why"]["A"] == "与 B 内容与地点相同"


def test_rows_of_the_ledger_before_that_are_gone_are_listed_until_they_come_again(engine: Engine):
    def sent(*rows: int, day: str) -> None:
        lines = [ledger_row(row=n, number=f"N-{n}") for n in rows]
        ledger = judged_ledger(*lines, name=f"台账{day}.xlsx")
        store_import(engine, ledger, viewer=SUPERVISOR, as_of=TODAY)

    sent(3, 4, day="10月")
    assert keys(engine, QualityList.VANISHED) == []
    sent(3, day="11月")
    found = asked(engine, QualityList.VANISHED)
    assert found.rows["number"].tolist() == ["N-4"]
    assert "台账11月.xlsx" in found.rows["why"].iloc[0]
    sent(3, 4, day="12月")
    assert keys(engine, QualityList.VANISHED) == []


def test_rows_that_were_not_stored_are_told_of_the_newest_ledger_only(engine: Engine):
    def sent(*, storable: bool, name: str) -> JudgedLedger:
        ledger = judged_ledger(ledger_row(row=3), ledger_row(row=4, storable=storable), name=name)
        ledger.flags.append(
            Flag("Sheet1", 4, "B4", None, "title", Severity.ERROR, "content-missing", "没有内容。")
        )
        store_import(engine, ledger, viewer=SUPERVISOR, as_of=TODAY)
        return ledger

    sent(storable=False, name="台账1.xlsx")
    found = asked(engine, QualityList.ROWS_REFUSED)
    assert found.total == 1
    line = found.rows.iloc[0]
    assert (line["cell"], line["file_name"], line["batch_id"]) == ("第4行", "台账1.xlsx", 1)
    sent(storable=True, name="台账2.xlsx")
    assert asked(engine, QualityList.ROWS_REFUSED).total == 0


def closures(n: int, on_last_day: int, **said: Any) -> list[dict[str, Any]]:
    return [
        {"due_on": date(2026, 11, 20), "assigned_on": ASSIGNED, "feedback_text": f"第{k}件已办",
         "closed_on": date(2026, 11, 20) - timedelta(days=0 if k < on_last_day else 3), **said}
        for k in range(n)
    ]  # fmt: skip


def test_closures_on_the_last_day_are_a_sign_from_the_thresholds_on(engine: Engine):
    half = LEAST_CLOSURES // 2
    stored(engine, *closures(LEAST_CLOSURES, half))
    found = asked(engine, QualityList.LAST_DAY_CLOSURES)
    assert found.total == half
    assert f"办结 {LEAST_CLOSURES} 件，{half} 件在期限当天（50%）" in found.rows["why"].iloc[0]


@pytest.mark.parametrize(("n", "hits"), [(LEAST_CLOSURES, LEAST_CLOSURES // 2 - 1),
                                         (LEAST_CLOSURES - 1, LEAST_CLOSURES - 1)])  # fmt: skip
def test_few_closures_on_the_last_day_are_no_sign(engine: Engine, n: int, hits: int):
    stored(engine, *closures(n, hits))
    assert keys(engine, QualityList.LAST_DAY_CLOSURES) == []


def test_extensions_in_mass_are_a_sign(engine: Engine):
    late = {"due_on": BY_RULE, "extended_due_on": date(2026, 12, 10)}
    usual = {"due_on": BY_RULE}
    stored(engine, *([late] * 5 + [usual] * (LEAST_ROUNDS - 5)))
    found = asked(engine, QualityList.MASS_EXTENSIONS)
    assert found.total == 5
    assert "5 件延期（50%）" in found.rows["why"].iloc[0]


def test_the_same_reply_is_a_sign_from_three_items_on_and_its_words_are_shown(engine: Engine):
    stored(engine, *[{"feedback_text": REPLY, "feedback_on": ASSIGNED}] * (SAME_REPLIES - 1))
    assert keys(engine, QualityList.SAME_REPLY) == []
    stored_item(engine, feedback_text=REPLY, feedback_on=ASSIGNED)
    stored_item(engine, feedback_text="已办结。", feedback_on=ASSIGNED)
    found = asked(engine, QualityList.SAME_REPLY)
    assert found.total == SAME_REPLIES
    assert found.rows["why"].iloc[0].startswith("3 件的反馈同为“已组织人员到现场查看")


def test_a_closure_without_words_or_evidence_is_a_sign(engine: Engine):
    stored(engine, {"closed_on": BY_RULE}, {"closed_on": BY_RULE, "feedback_text": REPLY})
    assert len(keys(engine, QualityList.NO_EVIDENCE)) == 1
    walk = Walk(engine, stored_item(engine))
    walk.does(Act.RECEIVE, CLERK)
    walk.does(Act.SUBMIT_FEEDBACK, CLERK, text=REPLY, resolved=Resolution.UNRESOLVED)
    walk.does(Act.ACCEPT_AND_CLOSE, OFFICER, explained=True)
    found = asked(engine, QualityList.NO_EVIDENCE).rows.set_index("item_id")["why"]
    assert found[walk.item_id] == "有反馈，没有佐证材料"


def test_a_county_and_a_department_are_told_of_their_own_items_alone(engine: Engine):
    fault = {"feedback_on": date(2026, 10, 30)}
    stored(engine, fault,
           {**fault, "county": "紫金县", "township": "蓝塘镇", "lead_departments": ("市水务局",)},
           {**fault, "lead_departments": ("市水务局",)})  # fmt: skip
    slug = QualityList.FEEDBACK_BEFORE_ASSIGNMENT
    county = Scope(reporting_units=frozenset({"东源县"}))
    water = Scope(departments=frozenset({"市水务局"}))
    assert [asked(engine, slug, scope).total for scope in (CITY, county, water, Scope())] == [
        3, 2, 2, 0,
    ]  # fmt: skip
    told = {entry.slug: entry.count for entry in quality(engine, scope=county, as_of=TODAY)}
    assert told[slug] == 2
    assert set(told) == set(QualityList) == set(QUALITY_RULES)


def test_the_number_of_every_list_is_the_number_of_its_rows(engine: Engine):
    stored(engine, {"status": LedgerStatus.CLOSED}, {"due_on": date(2026, 12, 31)},
           {"township": None}, {"closed_on": BY_RULE}, {"feedback_text": REPLY})  # fmt: skip
    entries = quality(engine, scope=CITY, as_of=TODAY)
    assert sum(entry.count for entry in entries) >= 4
    for entry in entries:
        found = asked(engine, entry.slug)
        assert entry.count == found.total == len(found.rows), entry.slug


def test_no_list_accuses_anybody():
    words = "".join(rule.words + rule.repair.label for rule in QUALITY_RULES.values())
    assert not {word for word in ("造假", "弄虚", "作弊", "虚假", "突击") if word in words}
    signs = [r for r in QUALITY_RULES.values() if r.group.label == "供核查的迹象"]
    assert len(signs) == 4
    assert all("仅供核查" in rule.words for rule in signs)
