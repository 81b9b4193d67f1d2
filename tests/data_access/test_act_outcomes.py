"""How acts end: done once, stale with what changed, refused, busy; on both engines."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import OperationalError

from data_access.audit_trail import verified_chain
from data_access.database import Transaction, change_number, open_engine, reading, transaction
from data_access.schema.base import audit
from data_access.schema.items import item_texts
from data_access.schema.registers import reporting_units, terms
from data_access.schema.supervision import followers, item_acts
from data_access.writes import item_act
from data_access.writes.acting.outcome import Performed, StoreBusy
from data_access.writes.acting.said import Said
from data_access.writes.item_act import perform
from supervision.beside_acts import BesideAct
from supervision.deadlines import Limit
from supervision.lifecycle import Act
from supervision.loop_words import FollowerKind
from supervision.vocabulary import ItemState, ReassignReason
from tests.acting import (
    CLERK,
    EDUCATION,
    HEAD,
    OFFICER,
    WATER,
    Walk,
    a_token,
    department_id,
    item_row,
    stored_item,
)
from tests.factories import TODAY


def does(engine: Engine, act, versions: dict[int, int], who=OFFICER, token=None, **said):
    """The act on the versions that somebody saw."""
    return perform(
        engine, act, versions, Said(**said), viewer=who, as_of=TODAY, token=token or a_token()
    )


def acts_kept(engine: Engine) -> list[str]:
    with reading(engine) as connection:
        return list(connection.execute(select(item_acts.c.act).order_by(item_acts.c.id)).scalars())


def test_the_same_token_is_done_once_and_tells_the_first_outcome(city: Engine):
    item_id, token = stored_item(city), a_token()
    first = does(city, Act.RECEIVE, {item_id: 1}, CLERK, token)
    number = change_number(city)
    again = does(city, Act.RECEIVE, {item_id: 1}, CLERK, token)
    assert (first.repeated, again.repeated) == (False, True)
    assert again.done == first.done
    assert acts_kept(city) == ["receive"]
    assert (item_row(city, item_id)["row_version"], change_number(city)) == (2, number)
    assert again.sentence == "已签收 1 件（此前已办理，没有重复办理）。"


def test_an_answer_that_was_lost_on_its_way_says_so_and_sending_again_does_it_once(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    item_id, token = stored_item(city), a_token()

    @contextmanager
    def cut_off(engine: Engine, **asked: int) -> Iterator[Transaction]:
        with transaction(engine, **asked) as change:
            yield change
        raise OperationalError("COMMIT", {}, ConnectionError("server closed the connection"))

    with monkeypatch.context() as line:
        line.setattr(item_act, "transaction", cut_off)
        with pytest.raises(StoreBusy, match="可能没有办理；请直接再提交一次"):
            does(city, Act.RECEIVE, {item_id: 1}, CLERK, token)
    again = does(city, Act.RECEIVE, {item_id: 1}, CLERK, token)
    assert (again.repeated, acts_kept(city)) == (True, ["receive"])


def test_a_token_of_somebody_elses_act_does_nothing(town: Engine):
    item_id, token = stored_item(town), a_token()
    does(town, Act.RECEIVE, {item_id: 1}, CLERK, token)
    other = does(town, BesideAct.NOTE, {item_id: 2}, OFFICER, token, text="说明")
    assert not other.done
    assert [line.sentence for line in other.refused] == [item_act.NOT_DONE_THEN]


def test_two_writers_at_once_one_wins_and_one_is_told_what_changed(store_url: str, city: Engine):
    item_id = stored_item(city)
    ended: dict[str, Performed] = {}
    start = threading.Barrier(2)

    def writes(name: str, words: str) -> None:
        opened = open_engine(store_url)
        start.wait()
        ended[name] = does(opened, BesideAct.NOTE, {item_id: 1}, OFFICER, text=words)
        opened.dispose()

    both = [threading.Thread(target=writes, args=(n, w)) for n, w in (("a", "甲说"), ("b", "乙说"))]
    for writer in both:
        writer.start()
    for writer in both:
        writer.join(timeout=60)
    won, lost = sorted(ended.values(), key=lambda one: not one.done)
    assert (len(won.done), len(lost.done)) == (1, 0)
    (stale,) = lost.stale
    assert (stale.seen_version, stale.version) == (1, 2)
    (change,) = stale.changes
    assert (change.who, change.act) == ("supervisor", "补充说明")
    assert [(f.label, f.before) for f in change.fields] == [("内容", "（空）")]
    assert change.fields[0].after in ("甲说", "乙说")
    assert acts_kept(city) == ["note"]
    assert verified_chain(city).fault is None


def test_stale_tells_every_change_and_the_version_on_which_mine_goes_on_top(town: Engine):
    item_id = stored_item(town)
    does(town, Act.RECEIVE, {item_id: 1}, CLERK)
    does(town, Act.SUBMIT_FEEDBACK, {item_id: 2}, CLERK, text="已修")
    late = does(town, Act.FLAG_FOR_REASSIGNMENT, {item_id: 1},
                reassign_reason=ReassignReason.DUE_BUT_UNDONE)  # fmt: skip
    (stale,) = late.stale
    assert [change.act for change in stale.changes] == ["签收", "提交书面反馈"]
    told = {f.label: (f.before, f.after) for change in stale.changes for f in change.fields}
    assert told["办理环节"] == ("已签收办理中", "已反馈待审核")
    assert told["反馈日期"] == ("（空）", TODAY.isoformat())
    note = does(town, BesideAct.NOTE, {item_id: stale.version}, text="原拟标记")
    on_top = does(town, Act.FLAG_FOR_REASSIGNMENT, {item_id: note.done[0].version},
                  reassign_reason=ReassignReason.DUE_BUT_UNDONE)  # fmt: skip
    assert on_top.done
    assert item_row(town, item_id)["state"] == ItemState.REASSIGN_PENDING


def test_of_many_items_each_is_done_or_told_why_not(town: Engine):
    ids = [stored_item(town) for _ in range(3)]
    does(town, Act.RECEIVE, {ids[1]: 1}, CLERK)
    told = does(town, Act.RECEIVE, {ids[0]: 1, ids[1]: 2, ids[2]: 7, 999: 1}, CLERK)
    assert [line.item_id for line in told.done] == [ids[0]]
    assert [line.item_id for line in told.stale] == [ids[2]]
    sentences = {line.item_id: line.sentence for line in told.refused}
    assert sentences[999] == item_act.NOT_SEEN
    assert sentences[ids[1]].startswith("事项目前为“办理中（已签收办理中）”，不能签收；现在可以：")
    assert told.sentence == "已签收 1 件；1 件已被其他人更新，没有办理；2 件没有办理。"


def test_a_refused_act_leaves_no_trace(town: Engine):
    item_id = stored_item(town)
    before = change_number(town), item_row(town, item_id)
    assert does(town, Act.STRIKE_OFF, {item_id: 1}).refused
    assert does(town, BesideAct.RECORD_MEDIA_REPORT, {item_id: 1}, text="报道").refused
    assert (change_number(town), item_row(town, item_id)) == before
    assert acts_kept(town) == []


def test_what_is_in_no_register_is_refused_and_the_rest_goes_on(city: Engine):
    ids = [stored_item(city) for _ in range(2)]
    told = does(city, BesideAct.RECORD_FIRST_RECEIVER, dict.fromkeys(ids, 1), department_id=99999)
    assert [line.sentence for line in told.refused] == [item_act.NOT_IN_REGISTER] * 2
    assert does(city, BesideAct.NOTE, {ids[0]: 1}, text="说明").done


def test_while_others_write_for_long_nothing_is_done_and_the_sentence_says_so(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    item_id = stored_item(city)
    monkeypatch.setattr("data_access.database.BUSY_MS", 50)
    monkeypatch.setattr(item_act, "WAIT_MS", 50)
    mine = open_engine(city.url.render_as_string(hide_password=False))
    with transaction(city), pytest.raises(StoreBusy, match=r"系统正忙.*本次操作没有办理"):
        does(mine, BesideAct.NOTE, {item_id: 1}, text="说明")
    assert acts_kept(city) == []
    assert does(mine, BesideAct.NOTE, {item_id: 1}, text="说明").done
    mine.dispose()


def test_a_new_item_is_numbered_assigned_and_its_texts_hold_no_number_of_a_resident(city: Engine):
    with reading(city) as connection:
        unit = connection.execute(
            select(reporting_units.c.id).where(reporting_units.c.name == "东源县")
        ).scalar_one()
    stored_item(city, origin="12345热线")
    with reading(city) as connection:
        origin = connection.execute(select(terms.c.id).where(terms.c.kind == "origin")).scalar()
    said = {
        "title": "河堤路路灯不亮", "content": "市民王建国（13812345678）反映路灯\u202e不亮",
        "origin_id": origin, "unit_id": unit, "duplicate_checked": True,
    }  # fmt: skip
    unchecked = does(city, Act.REGISTER, {}, **{**said, "duplicate_checked": False})
    assert "请先核对是否重复" in unchecked.refused[0].sentence
    token = a_token()
    (done,) = does(city, Act.REGISTER, {}, token=token, **said).done
    assert does(city, Act.REGISTER, {}, token=token, **said).done == (done,)
    assert done.number == "DB2026-00001"
    with reading(city) as connection:
        kept = connection.execute(
            select(item_texts.c.content).where(item_texts.c.item_id == done.item_id)
        ).scalar_one()
        told = connection.execute(
            select(audit.c.after).where(audit.c.entity_id == done.item_id)
        ).scalars()
        assert not any("13812345678" in (after or "") for after in told)
    assert kept == "市民王**（138****5678）反映路灯不亮"
    walk = Walk(city, done.item_id)
    walk.does(
        Act.ASSIGN, OFFICER, lead_department_id=department_id(city, EDUCATION), limit=Limit(15),
        co_department_ids=(department_id(city, WATER),),
    )  # fmt: skip
    assert walk.round["due_on"] == date(2026, 12, 16)
    assert (does(city, Act.REGISTER, {}, **said).done[0].number) == "DB2026-00002"


def test_a_merged_item_keeps_its_reporter_and_needs_the_approver(town: Engine):
    parent = stored_item(town)
    child = stored_item(town, assigned_on=None, lead_departments=(), status=None)
    refused = does(town, Act.MERGE, {child: 1}, reason="同一路段", into_item_id=parent)
    assert "须经督查室负责人批准" in refused.refused[0].sentence
    itself = does(town, Act.MERGE, {child: 1}, HEAD, reason="同一路段", into_item_id=child)
    assert itself.refused
    does(town, Act.MERGE, {child: 1}, HEAD, reason="同一路段", into_item_id=parent)
    row = item_row(town, child)
    assert (row["state"], row["merged_into_id"]) == (ItemState.MERGED, parent)
    with reading(town) as connection:
        (told,) = connection.execute(select(followers))
    assert (told.item_id, told.from_item_id, told.kind) == (parent, child, FollowerKind.RESIDENT)
