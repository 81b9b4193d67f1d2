"""承诺 in the store: entered, changed, fulfilled, taken back, each with its audit row."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine, func, select

from data_access.database import reading
from data_access.filters import Filters
from data_access.meetings import Commitment
from data_access.moment import Period
from data_access.reads.batch_undo import batch_undo
from data_access.reads.commitments import (
    commitments,
    session_plan,
)
from data_access.reads.figures import figure_values
from data_access.reads.sessions import sessions
from data_access.schema.base import audit
from data_access.schema.meetings import commitment_items
from data_access.writes import commitments as acts
from data_access.writes.commitment_rows import CommitmentWanted
from data_access.writes.undo_batch import undo_batch
from supervision.audit_words import ACT_WORDS
from supervision.commitments import CommitmentRefused, CommitmentState
from supervision.scope import Role, Scope, Viewer
from tests.factories import SUPERVISOR, TODAY
from tests.promising import CITY, EDUCATION, WATER, ZIJIN, department, filled, made, promise

COUNTY = Viewer("county", "专班", frozenset({Role.COUNTY_ADMIN}), ZIJIN)


@pytest.fixture
def told(city: Engine) -> Engine:
    """On both engines: the acts."""
    return filled(city)


@pytest.fixture
def local(town: Engine) -> Engine:
    """On SQLite: the questions."""
    return filled(town)


def _all(engine: Engine, scope: Scope = CITY, **filters: object) -> tuple[Commitment, ...]:
    return commitments(engine, scope=scope, as_of=TODAY, filters=Filters(**filters))


def _only(engine: Engine) -> Commitment:
    (found,) = _all(engine)
    return found


def _acts(engine: Engine) -> list[str]:
    with reading(engine) as connection:
        told = select(audit.c.act).where(audit.c.entity == "commitment").order_by(audit.c.id)
        return list(connection.execute(told).scalars())


def test_a_commitment_is_fulfilled_and_everything_can_be_taken_back(told: Engine):
    key = made(told, items=(1, 2))
    one = _only(told)
    assert (one.standing.state, one.standing.days_late) == (CommitmentState.OVERDUE, 3)
    acts.report_on_commitment(told, key, TODAY, "已立项", as_of=TODAY, viewer=SUPERVISOR)
    acts.change_commitment(
        told, key, promise(told, due_on=date(2026, 12, 10), items=(1,)),
        row_version=one.row_version, as_of=TODAY, viewer=SUPERVISOR,
    )  # fmt: skip
    assert _only(told).standing.state is CommitmentState.NOT_DUE
    now = {"as_of": TODAY, "viewer": SUPERVISOR}
    acts.fulfil_commitment(told, key, TODAY, "验收单12号", row_version=2, **now)
    assert _only(told).standing.state is CommitmentState.FULFILLED_ON_TIME
    plan = session_plan(told, scope=CITY, as_of=TODAY, session_id=1)
    assert plan.commitments[0].items == (1,)
    assert [one.text for one in plan.reports[key]] == ["已立项"]
    acts.take_back_fulfilment(told, key, row_version=3, **now)
    assert _only(told).evidence == ""
    acts.take_back_report(told, plan.reports[key][0].id, **now)
    acts.withdraw_commitment(told, key, row_version=4, **now)
    assert _all(told) == ()
    plan = session_plan(told, scope=CITY, as_of=TODAY, session_id=1)
    assert [one.id for one in plan.withdrawn] == [key]
    assert plan.reports == {}
    acts.restore_commitment(told, key, row_version=5, **now)
    assert _only(told).id == key
    assert _acts(told) == [
        "make_commitment", "report_commitment", "change_commitment", "fulfil_commitment",
        "take_back_fulfilment", "take_back_report", "withdraw_commitment", "restore_commitment",
    ]  # fmt: skip
    assert set(_acts(told)) <= set(ACT_WORDS)


def test_a_refused_act_leaves_no_trace(told: Engine):
    key = made(told)
    now = {"as_of": TODAY, "viewer": SUPERVISOR}
    refused = {
        "没有重复登记": lambda: made(told),
        "没有这个场次": lambda: made(told, session=99),
        "请填写承诺内容": lambda: made(told, text="  "),
        "责任单位": lambda: made(told, text="另一项", department_id=999_999),
        "不能早于座谈会": lambda: made(told, text="另一项", due_on=date(2026, 10, 1)),
        "只能关联这一场": lambda: made(told, session=2, text="另一项", items=(1,)),
        "刚被别人改过": lambda: acts.withdraw_commitment(told, key, row_version=9, **now),
        "没有这项承诺": lambda: acts.withdraw_commitment(told, 99, row_version=1, **now),
        "没有撤回": lambda: acts.restore_commitment(told, key, row_version=1, **now),
        "还没有登记兑现": lambda: acts.take_back_fulfilment(told, key, row_version=1, **now),
        "请写明佐证": lambda: acts.fulfil_commitment(told, key, TODAY, " ", row_version=1, **now),
        "已经撤回，请刷新": lambda: acts.take_back_report(told, 99, **now),
    }  # fmt: skip
    for sentence, act in refused.items():
        with pytest.raises(CommitmentRefused, match=sentence):
            act()
    assert _acts(told) == ["make_commitment"]
    assert _only(told).row_version == 1


def test_what_is_typed_is_kept_without_residents_data(told: Engine):
    made(told, text="请联系13912345678 并修路", promised_by="王某 13912345678")
    one = _only(told)
    assert "13912345678" not in one.text + one.promised_by


def test_a_department_reads_no_trace_of_residents_in_what_was_promised(local: Engine):
    now = {"as_of": TODAY, "viewer": SUPERVISOR}
    key = made(local, text="答复王*（138****1234）的诉求")
    acts.report_on_commitment(local, key, TODAY, "已联系13812341234", **now)
    acts.fulfil_commitment(local, key, TODAY, "王*签收", row_version=1, **now)
    (one,) = _all(local, EDUCATION)
    plan = session_plan(local, scope=EDUCATION, as_of=TODAY, session_id=1)
    assert plan.reports is not None
    read = (one.text, one.evidence, plan.reports[key][0].text)
    assert read == ("答复＊＊＊（＊＊＊）的诉求", "＊＊＊签收", "已联系＊＊＊")
    assert "138****1234" in _only(local).text


def test_what_is_hidden_from_who_saves_is_not_lost(local: Engine):
    key = made(local, text="答复王*（138****1234）的诉求")
    clerk = Viewer("clerk", "科员", frozenset({Role.COUNTY_ADMIN}), EDUCATION)
    (read,) = _all(local, clerk.scope)
    wanted = CommitmentWanted(read.text, "新的承诺人", read.department_id, read.due_on)
    acts.change_commitment(local, key, wanted, row_version=1, as_of=TODAY, viewer=clerk)
    kept = _only(local)
    assert (kept.text, kept.promised_by) == ("答复王*（138****1234）的诉求", "新的承诺人")


def test_an_account_sees_commitments_of_its_departments_and_of_its_items(local: Engine):
    made(local, text="甲", items=(2,))
    made(local, text="乙", department_id=department(local, "市水务局"), session=2)
    made(local, text="丙", department_id=department(local, "紫金县人民政府"))
    assert [one.text for one in _all(local)] == ["甲", "乙", "丙"]
    assert {one.text for one in _all(local, ZIJIN)} == {"甲", "丙"}
    assert {one.text for one in _all(local, WATER)} == {"乙"}
    assert _all(local, Scope()) == ()
    # The session stands for whoever has promised there, without any item of it.
    seen = sessions(local, scope=WATER, as_of=TODAY)
    assert [one.theme for one in seen.sessions] == ["供水"]
    assert session_plan(local, scope=WATER, as_of=TODAY, session_id=1).commitments == ()


def test_items_beyond_reach_are_not_told_and_stay_when_a_county_changes_its_commitment(
    local: Engine,
):
    ours = department(local, "紫金县人民政府")
    key = made(local, text="丙", department_id=ours, items=(1, 2))
    plan = session_plan(local, scope=ZIJIN, as_of=TODAY, session_id=1)
    assert plan.commitments[0].items == (2,)
    wanted = promise(local, text="丙改", department_id=ours)
    acts.change_commitment(local, key, wanted, row_version=1, as_of=TODAY, viewer=COUNTY)
    with reading(local) as connection:
        assert list(connection.execute(select(commitment_items.c.item_id)).scalars()) == [1]


def test_a_county_keeps_only_commitments_of_its_own(local: Engine):
    ours, theirs = department(local, "紫金县人民政府"), department(local, "市教育局")
    assert made(local, by=COUNTY, text="县里修路", department_id=ours, items=(2,)) == 1
    with pytest.raises(CommitmentRefused, match="责任单位"):
        made(local, by=COUNTY, text="市里修路", department_id=theirs)
    with pytest.raises(CommitmentRefused, match="只能关联"):
        made(local, by=COUNTY, text="别县修路", department_id=ours, items=(1,))
    with pytest.raises(CommitmentRefused, match="没有这个场次"):
        made(local, by=COUNTY, text="别场修路", department_id=ours, session=2)
    key = made(local, text="市里的", items=(2,))
    with pytest.raises(CommitmentRefused, match="没有这项承诺"):
        acts.fulfil_commitment(local, key, TODAY, "照片", row_version=1, as_of=TODAY, viewer=COUNTY)


def test_filters_leave_commitments_of_their_items_departments_and_sessions(local: Engine):
    education = department(local, "市教育局")
    made(local, text="甲", items=(2,))
    made(local, text="乙", department_id=department(local, "市水务局"), session=2)
    assert [one.text for one in _all(local, departments=(education,))] == ["甲"]
    assert [one.text for one in _all(local, themes=("供水",))] == ["乙"]
    water = Filters(departments=(department(local, "市水务局"),))
    plan = session_plan(local, scope=CITY, as_of=TODAY, session_id=1, filters=water)
    assert plan.commitments == ()
    assert [one.text for one in _all(local, departments=(education,), categories=(999,))] == []
    assert _all(local, categories=(999,)) == ()


def test_the_figures_count_what_is_due_in_the_period(local: Engine):
    made(local, text="甲")
    key = made(local, text="乙")
    acts.fulfil_commitment(
        local, key, date(2026, 11, 24), "照片", row_version=1, as_of=TODAY, viewer=SUPERVISOR
    )
    made(local, text="丙", due_on=date(2026, 12, 10))
    autumn = Period(date(2026, 10, 1), TODAY)
    values = figure_values(local, scope=CITY, as_of=TODAY, filters=Filters(period=autumn))
    assert values["commitments"] == (3, None)
    assert values["commitments_overdue"] == (1, None)
    assert values["commitment_fulfilment_rate"] == (1, 2)
    assert values["commitment_on_time_rate"] == (0, 2)
    month = Period(date(2026, 11, 1), TODAY)
    values = figure_values(local, scope=CITY, as_of=TODAY, filters=Filters(period=month))
    assert values["commitments"] == (0, None)


def test_an_import_that_is_undone_takes_its_items_out_of_commitments(local: Engine):
    made(local, items=(1, 2))
    judged = batch_undo(local, scope=CITY, as_of=TODAY, batch_id=1)
    assert judged is not None
    assert judged.promised == 1
    undone = undo_batch(local, 1, "导错了文件", viewer=SUPERVISOR)
    assert "1 项承诺不再关联这些事项。" in undone.sentence
    with reading(local) as connection:
        left = connection.execute(select(func.count()).select_from(commitment_items)).scalar_one()
        told = select(audit).where(audit.c.act == "leave_commitment_undone")
        row = connection.execute(told).one()
    assert left == 0
    assert (row.entity, row.entity_id, row.batch_id) == ("commitment", 1, 1)
    assert "MDM-0003" in row.after
    assert (_only(local).session_id, _only(local).row_version) == (1, 2)
