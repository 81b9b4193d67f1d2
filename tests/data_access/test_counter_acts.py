"""Undoing: everything is as it was, the mistake and its undoing stay in the history."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from data_access.audit_trail import verified_chain
from data_access.reads.figures import figure_values
from data_access.reads.item_acts import item_acts_of
from data_access.reads.waiting import notices
from data_access.writes.acting.outcome import Performed
from data_access.writes.counter_act import counter_act, counter_acts
from supervision.beside_acts import BesideAct
from supervision.lifecycle import Act
from supervision.scope import Role, Scope, Viewer
from supervision.vocabulary import ReassignReason
from tests.acting import (
    CLERK,
    HEAD,
    OFFICER,
    WATER,
    Walk,
    a_token,
    department_id,
    person,
    round_rows,
    stored_item,
)
from tests.factories import TODAY


def undoes(walk: Walk, who: Viewer, *, why: str = "点错了", token: str | None = None) -> Performed:
    """The last act of the walk taken back."""
    return counter_act(
        walk.engine, walk.done[-1].done[0].act_id, walk.item["row_version"], why, viewer=who,
        as_of=TODAY, token=token or a_token(),
    )  # fmt: skip


@pytest.fixture
def walk(city: Engine) -> Walk:
    found = Walk(city, stored_item(city))
    found.does(Act.RECEIVE, CLERK)
    return found


def test_an_undone_act_leaves_item_rounds_and_figures_as_they_were(walk: Walk):
    walk.does(Act.FLAG_FOR_REASSIGNMENT, OFFICER, reassign_reason=ReassignReason.DUE_BUT_UNDONE)
    asked = {"scope": Scope.whole_city(), "as_of": TODAY}
    item, rounds = walk.item, round_rows(walk.engine, walk.item_id)
    figures = figure_values(walk.engine, **asked)
    water = department_id(walk.engine, WATER)
    walk.does(Act.REASSIGN, HEAD, lead_department_id=water, co_department_ids=(
        department_id(walk.engine, "市教育局"),))  # fmt: skip
    assert figure_values(walk.engine, **asked) != figures
    assert undoes(walk, HEAD).done
    now = walk.item
    assert (now["row_version"], round_rows(walk.engine, walk.item_id)) == (
        item["row_version"] + 2, rounds,
    )  # fmt: skip
    same = [name for name in item if name not in ("row_version", "change_number")]
    assert {name: now[name] for name in same} == {name: item[name] for name in same}
    assert figure_values(walk.engine, **asked) == figures
    lines = item_acts_of(walk.engine, **asked, item_id=walk.item_id)
    assert [(line.act, line.undone, line.last) for line in lines[2:]] == [
        ("reassign", True, False), ("counter_act", False, False),
    ]  # fmt: skip
    assert verified_chain(walk.engine).fault is None


def test_nobody_undoes_what_others_have_built_on(walk: Walk):
    first = walk.done[-1]
    walk.does(BesideAct.NOTE, OFFICER, text="说明")
    walk.done.append(first)
    assert "此后这件事项又有新的办理" in undoes(walk, CLERK).refused[0].sentence


@pytest.mark.parametrize(
    ("who", "told"),
    [
        (OFFICER, "只有办理人本人或督查室负责人可以撤销。"),
        (person(next(iter(OFFICER.roles)), Scope(), "nobody"), "没有这件事项"),
    ],
    ids=["a colleague", "somebody outside"],
)
def test_others_do_not_undo(walk: Walk, who: Viewer, told: str):
    assert undoes(walk, who).refused[0].sentence.startswith(told)


def test_whoever_has_lost_the_role_since_takes_nothing_back(walk: Walk):
    now = person(Role.CALLBACK, CLERK.scope, CLERK.account)
    assert undoes(walk, now).refused[0].sentence.startswith("只有办理人本人")


def test_an_undoing_needs_a_reason_and_is_done_once(walk: Walk):
    assert undoes(walk, CLERK, why=" ").refused[0].sentence == "请写明撤销的原因。"
    token = a_token()
    first = undoes(walk, CLERK, token=token)
    again = undoes(walk, CLERK, token=token)
    assert first.done
    assert (again.done, again.repeated) == (first.done, True)
    itself = counter_act(
        walk.engine, first.done[0].act_id, walk.item["row_version"], "再撤", viewer=CLERK,
        as_of=TODAY, token=a_token(),
    )  # fmt: skip
    assert itself.refused[0].sentence.startswith("撤销本身不能再撤销")


def test_a_stale_page_undoes_nothing(walk: Walk):
    told = counter_act(walk.engine, 1, 1, "点错了", viewer=CLERK, as_of=TODAY, token=a_token())
    assert [line.version for line in told.stale] == [2]


def test_a_number_once_given_to_a_notice_is_not_given_again(walk: Walk):
    walk.does(BesideAct.DRAFT_NOTICE, OFFICER, text="请办理")
    walk.does(Act.ISSUE_NOTICE, HEAD, notice_id=1)
    undoes(walk, HEAD)
    walk.does(BesideAct.DRAFT_NOTICE, OFFICER, text="另一份")
    walk.does(Act.ISSUE_NOTICE, HEAD, notice_id=2)
    walk.does(Act.ISSUE_NOTICE, HEAD, notice_id=1)
    told = notices(walk.engine, scope=Scope.whole_city(), as_of=TODAY)
    assert list(told["notice_number"]) == ["督办〔2026〕2号", "督办〔2026〕1号"]


def test_several_acts_are_taken_back_together_or_none_of_them(city: Engine):
    walks = [Walk(city, stored_item(city)) for _ in range(2)]
    for walk in walks:
        walk.does(Act.RECEIVE, CLERK)
    seen = [(walk.done[-1].done[0].act_id, walk.item["row_version"]) for walk in walks]
    asked = {"viewer": CLERK, "as_of": TODAY, "token": a_token()}
    walks[1].does(BesideAct.NOTE, OFFICER, text="说明")
    told = counter_acts(city, seen, "点错了", **asked)
    assert (told.done, [one.item_id for one in told.stale]) == ((), [walks[1].item_id])
    assert [walk.round["state"] for walk in walks] == ["received", "received"]
    undoes(walks[1], OFFICER)
    walks[1].does(Act.REPORT_PROGRESS, CLERK, text="已到场")
    seen[1] = (walks[1].done[-1].done[0].act_id, walks[1].item["row_version"])
    done = counter_acts(city, seen, "点错了", **asked)
    assert [one.item_id for one in done.done] == [walk.item_id for walk in walks]
    again = counter_acts(city, seen, "点错了", **asked)
    assert (again.repeated, [(one.act_id, one.version) for one in again.done]) == (
        True, [(one.act_id, one.version) for one in done.done],
    )  # fmt: skip
