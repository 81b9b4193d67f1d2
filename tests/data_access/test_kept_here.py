"""What a ledger corrects and the store does not take is told to its sender, cell by cell."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, select

from data_access.database import reading
from data_access.ledger_import.apply import StoredBatch, store_import
from data_access.ledger_import.kept_here import kept_by_store
from data_access.ledger_import.model import JudgedLedger
from data_access.schema.imports import import_flags
from data_access.schema.items import item_texts
from supervision.beside_acts import BesideAct
from supervision.lifecycle import Act
from supervision.vocabulary import ReassignReason, Resolution, Satisfaction
from tests.acting import CALLER, CLERK, HEAD, OFFICER, WATER, Walk, department_id, stored_item
from tests.factories import SUPERVISOR, judged_ledger, ledger_row

ASSIGNED = date(2026, 11, 2)


@pytest.fixture
def walk(town: Engine) -> Walk:
    """An item that a ledger assigned and gave a feedback; its department signed here."""
    found = Walk(town, stored_item(town, assigned_on=ASSIGNED, urgency="一般"))
    found.does(Act.RECEIVE, CLERK)
    return found


def ledger(**said: Any) -> JudgedLedger:
    return judged_ledger(ledger_row(**{"row": 3, "assigned_on": ASSIGNED, **said}), title="再报")


def sent(walk: Walk, **said: Any) -> StoredBatch:
    return store_import(walk.engine, ledger(**said), viewer=SUPERVISOR, as_of=walk.day)


def told(batch: StoredBatch) -> dict[str | None, str]:
    """Cell → what is said of it, without the place."""
    return {flag.cell: flag.message.partition("）")[2] for flag in batch.kept}


def test_a_correction_of_what_was_decided_here_is_told_at_its_cell_and_kept_with_the_batch(
    walk: Walk,
):
    again = {"assigned_on": date(2026, 11, 3), "lead_departments": (WATER,)}
    batch = sent(walk, **again)
    assert told(batch) == {
        "C3": "系统内已办理，台账此处不再改动：库中为市教育局。",
        "D3": "系统内已办理，台账此处不再改动：库中为2026-11-02。",
    }
    with reading(walk.engine) as connection:
        kept = connection.execute(
            select(import_flags.c.cell, import_flags.c.severity, import_flags.c.item_id)
            .where(import_flags.c.batch_id == batch.id)
            .order_by(import_flags.c.cell)
        ).all()
        looked_at = kept_by_store(connection, ledger(**again))
    assert kept == [("C3", "notice", walk.item_id), ("D3", "notice", walk.item_id)]
    assert [flag.message for flag in looked_at] == [flag.message for flag in batch.kept]


def test_a_ledger_that_repeats_itself_is_told_nothing(walk: Walk):
    assert told(sent(walk, urgency="一般")) == {}
    walk.does(Act.FLAG_FOR_REASSIGNMENT, OFFICER, reassign_reason=ReassignReason.DUE_BUT_UNDONE)
    walk.does(Act.REASSIGN, HEAD, lead_department_id=department_id(walk.engine, WATER))
    assert told(sent(walk, urgency="一般")) == {}


def test_news_of_an_earlier_round_are_told_as_such(walk: Walk):
    walk.does(Act.FLAG_FOR_REASSIGNMENT, OFFICER, reassign_reason=ReassignReason.DUE_BUT_UNDONE)
    walk.does(Act.REASSIGN, HEAD, lead_department_id=department_id(walk.engine, WATER))
    batch = sent(walk, feedback_on=date(2026, 11, 20))
    assert told(batch) == {
        "F3": "说的是第1轮，系统内已办理到第2轮，不再改动：库中为（空）。",
    }


def test_a_status_is_told_by_where_the_item_stands_unless_it_is_so(walk: Walk):
    walk.does(Act.SUBMIT_FEEDBACK, CLERK, text="已修")
    sent(walk, status="办理中")
    assert told(sent(walk, status="已办结"))["I3"].endswith("库中为办理中。")
    walk.does(Act.ACCEPT_AND_CLOSE, OFFICER, explained=True)
    assert "I3" not in told(sent(walk, status="已办结"))


def test_an_answer_that_was_called_for_here_stays_and_the_ledger_is_told(walk: Walk):
    walk.does(Act.SUBMIT_FEEDBACK, CLERK, text="已修")
    walk.does(Act.ACCEPT_AND_CLOSE, OFFICER, explained=True)
    walk.does(Act.CALL_BACK, CALLER, reached=True, result=Satisfaction.SATISFIED,
              resolved_by_resident=Resolution.RESOLVED)  # fmt: skip
    assert told(sent(walk, satisfaction="不满意")) == {
        "H3": "系统内已办理，台账此处不再改动：库中为满意。"
    }
    assert walk.round["result"] == Satisfaction.SATISFIED


def test_what_was_reclassified_here_is_not_classified_back(walk: Walk):
    walk.does(BesideAct.RECLASSIFY, OFFICER, reason="升级", urgency="特急")
    batch = sent(walk, urgency="一般", remarks="再报")
    assert [flag.message for flag in batch.kept] == [
        "工作表“Sheet1”第3行（紧急程度）系统内已办理，台账此处不再改动：库中为特急。"
    ]
    with reading(walk.engine) as connection:
        texts = connection.execute(select(item_texts.c.urgency, item_texts.c.remarks)).one()
    assert texts == ("特急", "再报")


def test_a_deadline_that_nobody_gave_yet_a_ledger_still_tells(town: Engine):
    row = ledger_row(assigned_on=ASSIGNED, cells={"due_on": "E3"}, due_basis="长期坚持")
    store_import(town, judged_ledger(row), viewer=SUPERVISOR, as_of=ASSIGNED)
    walk = Walk(town, 1)
    walk.does(Act.RECEIVE, CLERK)
    assert walk.round["due_on"] is None
    assert told(sent(walk, due_on=date(2026, 12, 1))) == {}
    assert walk.round["due_on"] == date(2026, 12, 1)
