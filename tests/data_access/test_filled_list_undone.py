"""A filled list is taken back: its acts, where its values came from, and the list itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Engine, select

from data_access import clock
from data_access.audit_trail import verified_chain
from data_access.database import reading
from data_access.reads.batch_undo import batch_undo
from data_access.reads.item_acts import item_acts_of
from data_access.return_sheets.taken_up import last_acts_of
from data_access.schema.base import audit
from data_access.schema.imports import import_batches, provenance, raw_rows
from data_access.schema.items import feedback
from data_access.writes.acting.outcome import Performed
from data_access.writes.counter_act import counter_acts
from supervision.beside_acts import BesideAct
from supervision.return_sheets import ReturnSheet
from supervision.scope import Scope
from tests.acting import CLERK, OFFICER, Walk, a_token, round_rows, stored_item
from tests.factories import TODAY
from tests.returning import exported, filled, sent_back

CITY = Scope.whole_city()
GOOD = {"是否解决": "已解决", "解决措施": "更换灯具", "书面反馈": "已修好，夜间照明恢复",
        "佐证材料名称": "验收单.pdf"}  # fmt: skip


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    clock.tell(TODAY)
    yield
    clock.tell(None)


@pytest.fixture
def walks(city: Engine) -> list[Walk]:
    """Two items of one department, neither signed for."""
    return [Walk(city, stored_item(city, number=f"A-{n}")) for n in (1, 2)]


def taken_up(city: Engine) -> int:
    return sent_back(city, filled(exported(city, ReturnSheet.FEEDBACK, CLERK), GOOD, GOOD),
                     CLERK).batch_id  # fmt: skip


def taken_back(city: Engine, batch: int) -> Performed:
    with reading(city) as connection:
        acts = last_acts_of(connection, batch, viewer=CLERK)
    return counter_acts(city, [(one.act_id, one.version) for one in acts], "发错了表",
                        viewer=CLERK, as_of=TODAY, token=a_token())  # fmt: skip


def test_a_list_taken_back_leaves_no_act_no_source_and_is_marked(city: Engine, walks: list[Walk]):
    before = [round_rows(city, walk.item_id) for walk in walks]
    batch = taken_up(city)
    assert [row["state"] for walk in walks for row in round_rows(city, walk.item_id)] == [
        "submitted", "submitted",
    ]  # fmt: skip
    done = taken_back(city, batch)
    assert [one.remark for one in done.done] == ["同一份表同一行登记的“签收”一并撤销。"] * 2
    assert [round_rows(city, walk.item_id) for walk in walks] == before
    with reading(city) as connection:
        assert connection.execute(select(feedback.c.id)).all() == []
        rows = select(raw_rows.c.id, raw_rows.c.item_id).where(raw_rows.c.batch_id == batch)
        kept = connection.execute(rows).all()
        left = provenance.c.raw_row_id.in_([row.id for row in kept])
        assert connection.execute(select(provenance.c.id).where(left)).all() == []
        assert {row.item_id for row in kept} == {None}
        told = connection.execute(select(import_batches).where(import_batches.c.id == batch)).one()
        assert (told.undone_by, told.undone_reason) == (CLERK.account, "发错了表")
        assert last_acts_of(connection, batch, viewer=CLERK) == ()
        acts = select(audit.c.act, audit.c.entity).where(audit.c.batch_id == batch)
        assert sorted(connection.execute(acts).all()) == sorted(
            [("receive", "item"), ("submit_feedback", "item")] * 2
            + [("counter_act", "item")] * 4
            + [("import_feedback", "import_batch"), ("undo_import", "import_batch")]
        )
    lines = item_acts_of(city, scope=CITY, as_of=TODAY, item_id=walks[0].item_id)
    assert [line.act for line in lines] == ["receive", "submit_feedback", *["counter_act"] * 2]
    assert verified_chain(city).fault is None


def test_a_list_taken_back_can_be_sent_again(city: Engine, walks: list[Walk]):
    taken_back(city, taken_up(city))
    taken_up(city)
    assert [walk.round["state"] for walk in walks] == ["submitted", "submitted"]


def test_what_went_on_stays_and_the_list_is_not_undone(city: Engine, walks: list[Walk]):
    batch = taken_up(city)
    walks[0].does(BesideAct.NOTE, OFFICER, text="已看到")
    assert [one.item_id for one in taken_back(city, batch).done] == [walks[1].item_id]
    assert [walk.round["state"] for walk in walks] == ["submitted", "assigned"]
    with reading(city) as connection:
        rows = connection.execute(
            select(raw_rows.c.item_id, raw_rows.c.outcome_reason)
            .where(raw_rows.c.batch_id == batch)
            .order_by(raw_rows.c.id)
        ).all()
        assert [row.item_id for row in rows] == [walks[0].item_id, None]
        assert [row.outcome_reason.endswith("（已撤销）") for row in rows] == [False, True]
        undone = select(import_batches.c.undone_at).where(import_batches.c.id == batch)
        assert connection.execute(undone).scalar_one() is None


@pytest.mark.usefixtures("walks")
def test_acts_that_were_taken_back_still_keep_a_ledgers_items(city: Engine):
    taken_back(city, taken_up(city))
    first = batch_undo(city, scope=CITY, as_of=date(2026, 12, 31), batch_id=1)
    assert first is not None
    assert first.refusal is not None
    assert "又有变动" in first.refusal
