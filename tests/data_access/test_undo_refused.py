"""An import stays where anything it touched was changed since, and nothing half is ever done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import Engine, insert, select, update

from data_access import clock
from data_access.accounts.known import LOCAL
from data_access.database import change_number, reading, transaction
from data_access.ledger_import.apply import StoredBatch, store_import
from data_access.ledger_import.before import KEPT_DAYS
from data_access.privacy.erasure import erase
from data_access.reads.batch_undo import batch_undo
from data_access.schema.accounts import personal_data
from data_access.schema.imports import import_batches
from data_access.schema.items import items, rounds
from data_access.schema.registers import departments, terms
from data_access.schema.supervision import item_acts
from data_access.writes import undo_batch as undoing
from data_access.writes.acting.said import Said
from data_access.writes.department_merge import merge_department
from data_access.writes.dictionary import merge_term, rename_term
from data_access.writes.item_act import perform
from data_access.writes.undo_batch import BatchNotUndone, Undone, undo_batch
from supervision.beside_acts import BesideAct
from supervision.lifecycle import Act
from supervision.scope import Role, Scope, Viewer
from tests.acting import CLERK, HEAD, OFFICER, Walk, a_token, department_id
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row
from tests.looking import account
from tests.whole_store import whole_store


def stored(engine: Engine, *rows: int, viewer: Viewer = SUPERVISOR, **said: Any) -> StoredBatch:
    ledger = judged_ledger(*(ledger_row(**{"row": row, **said}) for row in rows))
    return store_import(engine, ledger, viewer=viewer, as_of=TODAY)


def undo(engine: Engine, batch_id: int, *, viewer: Viewer = SUPERVISOR) -> Undone:
    return undo_batch(engine, batch_id, "导错了", viewer=viewer)


def refused(engine: Engine, batch_id: int, *, viewer: Viewer = SUPERVISOR) -> BatchNotUndone:
    before, change = whole_store(engine), change_number(engine)
    with pytest.raises(BatchNotUndone) as refusal:
        undo(engine, batch_id, viewer=viewer)
    assert (whole_store(engine), change_number(engine)) == (before, change)
    return refusal.value


def test_an_act_on_one_item_keeps_the_whole_batch(city: Engine):
    batch = stored(city, *range(3, 12))
    walk = Walk(city, 2)
    walk.does(Act.RECEIVE, CLERK)
    refusal = refused(city, batch.id)
    assert str(refusal).startswith("入库以后有 1 件事项又有变动")
    (change,) = refusal.changes
    assert (change.item_id, change.number, change.what) == (2, "MDM-0004", Act.RECEIVE.label)
    assert change.who == CLERK.account


def test_only_the_first_few_are_listed_and_all_are_counted(town: Engine):
    batch = stored(town, *range(3, 12))
    versions = dict.fromkeys(range(1, 10), 1)
    perform(town, BesideAct.NOTE, versions, Said(text="催"), viewer=OFFICER, as_of=TODAY,
            token=a_token())  # fmt: skip
    refusal = refused(town, batch.id)
    assert "入库以后有 9 件事项又有变动（先列 5 件）" in str(refusal)
    assert [change.item_id for change in refusal.changes] == [1, 2, 3, 4, 5]


def test_a_later_ledger_that_told_of_an_item_again_has_to_go_first(city: Engine):
    first = stored(city, 3, 4)
    second = stored(city, 4)
    assert second.unchanged == 1
    refusal = refused(city, first.id)
    assert [(one.item_id, one.what) for one in refusal.changes] == [(2, "第 2 批台账再次报送")]
    undo(city, second.id)
    assert undo(city, first.id).removed == 2


def test_an_item_that_another_was_merged_into_keeps_its_batch(city: Engine):
    batch = stored(city, 3)
    key = registered(city)
    perform(city, Act.MERGE, {key: 1}, Said(reason="同一事项", into_item_id=1), viewer=HEAD,
            as_of=TODAY, token=a_token())  # fmt: skip
    assert {one.what for one in refused(city, batch.id).changes} == {Act.MERGE.label}


def test_erased_data_of_a_resident_are_not_forgotten_again(town: Engine):
    batch = stored(town, 3)
    with transaction(town) as change:
        change.connection.execute(
            insert(personal_data).values(
                item_id=1, field="reporter_name", masked="钱**", sealed="x", key_id="k",
                batch_id=batch.id, stored_at=clock.now(),
            )
        )  # fmt: skip
    erase(town, [1], reason="本人要求", viewer=LOCAL)
    assert [one.what for one in refused(town, batch.id).changes] == ["删除诉求人信息"]


def test_a_batch_is_undone_once(city: Engine):
    batch = stored(city, 3)
    undo(city, batch.id)
    assert "没有重复撤销" in str(refused(city, batch.id))
    assert str(refused(city, 99)) == "没有这一批导入，或不在您的权限范围内。"


@pytest.mark.parametrize(("reason", "why"), [("", "请写明"), (" \n\u200b", "请写明"),
                                             ("多" * 201, "200 字以内")])  # fmt: skip
def test_a_reason_is_asked_for(town: Engine, reason: str, why: str):
    batch = stored(town, 3)
    with pytest.raises(BatchNotUndone, match=why):
        undo_batch(town, batch.id, reason, viewer=SUPERVISOR)


def test_two_at_once_undo_it_once(city: Engine):
    batch = stored(city, *range(3, 60))
    ended: list[object] = []

    def one() -> None:
        try:
            ended.append(undo(city, batch.id).removed)
        except BatchNotUndone as refusal:
            ended.append(str(refusal)[:5])

    both = [Thread(target=one) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join(timeout=60)
    assert sorted(map(str, ended)) == ["57", "这一批已于"]


@pytest.mark.parametrize("where", ["remove_told", "restore_items", "remove_items",
                                   "remove_unused_words", "add_audit_rows"])  # fmt: skip
def test_broken_off_anywhere_nothing_is_done(
    city: Engine, monkeypatch: pytest.MonkeyPatch, where: str
):
    stored(city, 3)
    batch = stored(city, 3, 4, title="改了标题", category=("新词",))
    before, change = whole_store(city), change_number(city)
    done: Callable[..., object] = getattr(undoing, where)

    def breaks(*told: Any) -> None:
        done(*told)
        raise RuntimeError("power cut")

    with monkeypatch.context() as patched:
        patched.setattr(undoing, where, breaks)
        with pytest.raises(RuntimeError):
            undo(city, batch.id)
    assert (whole_store(city), change_number(city)) == (before, change)
    assert undo(city, batch.id).removed == 1


def test_a_county_undoes_its_own_batches_and_no_others(city: Engine):
    scope = Scope(reporting_units=frozenset({"东源县"}))
    account(city, Role.COUNTY_ADMIN, scope=scope, login="dongyuan")
    county = Viewer("dongyuan", "某人", frozenset({Role.COUNTY_ADMIN}), scope)
    account(city, Role.COUNTY_ADMIN, scope=Scope(reporting_units=frozenset({"紫金县"})),
            login="zijin")  # fmt: skip
    other = Viewer("zijin", "某人", frozenset({Role.COUNTY_ADMIN}),
                   Scope(reporting_units=frozenset({"紫金县"})))  # fmt: skip
    mine, citys = stored(city, 3, viewer=county), stored(city, 4)
    assert "不在您的权限范围内" in str(refused(city, citys.id, viewer=county))
    assert "不在您的权限范围内" in str(refused(city, mine.id, viewer=other))
    assert batch_undo(city, scope=other.scope, as_of=TODAY, batch_id=mine.id) is None
    assert undo(city, mine.id, viewer=county).removed == 1


def test_batches_of_older_versions_and_lists_of_acts_stay(town: Engine):
    old, acts = stored(town, 3), stored(town, 4)
    with transaction(town) as change:
        of_old = update(import_batches).where(import_batches.c.id == old.id)
        change.connection.execute(of_old.values(keeps_before=False))
        change.connection.execute(
            insert(item_acts).values(
                item_id=2, act="note", account="x", at=clock.now(), done_on=TODAY, token="t",
                batch_id=acts.id, version_after=1, change_number=change.change,
            )
        )  # fmt: skip
    assert "还没有留存" in str(refused(town, old.id))
    assert "每一行都是一次办理" in str(refused(town, acts.id))


def test_old_values_are_let_go_after_their_time_and_the_refusal_says_so(town: Engine):
    stored(town, 3)
    first = stored(town, 3, title="第一次改")
    clock.tell(TODAY + timedelta(days=KEPT_DAYS + 1))
    second = stored(town, 3, title="第二次改")
    undo(town, second.id)
    assert "已过保留期" in str(refused(town, first.id))


def test_the_last_import_on_an_item_can_be_undone_however_old_it_is(town: Engine):
    stored(town, 3)
    first = stored(town, 3, title="第一次改")
    clock.tell(TODAY + timedelta(days=400))
    stored(town, 9)
    assert undo(town, first.id).restored == 1


def test_after_a_merge_of_departments_an_open_round_goes_to_who_carries_on(city: Engine):
    stored(city, 3, co_departments=("市公安局",))
    batch = stored(city, 3, lead_departments=("市水务局",), co_departments=("市教育局",))
    with reading(city) as connection:
        old = connection.execute(select(departments).where(departments.c.name == "市教育局")).one()
    into = department_id(city, "市财政局")
    merge_department(city, old.id, into, on=date(2026, 11, 20), as_of=TODAY,
                     row_version=old.row_version, viewer=LOCAL)  # fmt: skip
    undo(city, batch.id)
    with reading(city) as connection:
        assert connection.execute(select(rounds.c.lead_department_id)).scalar_one() == into


def test_after_a_merge_of_words_the_word_of_now_is_put_back(city: Engine):
    stored(city, 3, category=("水",))
    batch = stored(city, 3, 4, category=("电",))
    keys = _terms(city)
    merge_term(city, keys["水"], _terms(city)["电"], seen="水", viewer=LOCAL)
    undo(city, batch.id)
    with reading(city) as connection:
        assert list(connection.execute(select(items.c.category_id)).scalars()) == [keys["电"]]


def test_a_word_that_others_use_or_a_person_renamed_stays(city: Engine):
    first = stored(city, 3, category=("水",), origin="热线", session_theme="水务专场")
    stored(city, 4, category=("水",))
    rename_term(city, _terms(city)["热线"], "市民热线", seen="热线", viewer=LOCAL)
    undo(city, first.id)
    assert set(_terms(city)) == {"水", "热线", "市民热线"}
    second = stored(city, 5, category=("电",))
    undo(city, second.id)
    assert "电" not in _terms(city)


def test_an_item_registered_by_hand_never_gets_the_id_of_one_that_was_removed(city: Engine):
    batch = stored(city, 3, 4)
    undo(city, batch.id)
    assert registered(city) == 3
    assert stored(city, 5).new == 1
    with reading(city) as connection:
        assert set(connection.execute(select(items.c.id)).scalars()) == {3, 4}


def registered(engine: Engine) -> int:
    """The id of an item that was registered by hand."""
    with transaction(engine) as change:
        known = select(terms.c.id).where(terms.c.kind == "origin", terms.c.name == "来电")
        origin = change.connection.execute(known).scalar()
        if origin is None:
            new = insert(terms).values(kind="origin", name="来电").returning(terms.c.id)
            origin = change.connection.execute(new).scalar_one()
    said = Said(title="井盖缺失", content="路口井盖缺失", origin_id=origin, unit_id=1,
                duplicate_checked=True)  # fmt: skip
    told = perform(engine, Act.REGISTER, {}, said, viewer=OFFICER, as_of=TODAY, token=a_token())
    (done,) = told.done
    return done.item_id


def _terms(engine: Engine) -> dict[str, int]:
    with reading(engine) as connection:
        return dict(connection.execute(select(terms.c.name, terms.c.id)).all())
