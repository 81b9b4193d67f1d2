"""Forms of acts on the pages: refused in words, kept when others were faster, done once, undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select
from streamlit.testing.v1 import AppTest

from dashboard.item_forms.desk_acts import DESK_ACTS, acts_for, roles_with
from dashboard.item_forms.table import FORMS
from data_access import database
from data_access.database import open_engine, reading, transaction
from data_access.ledger_import.apply import store_import
from data_access.schema.accounts import personal_data
from data_access.schema.items import rounds
from data_access.schema.supervision import item_acts
from data_access.writes import in_line
from supervision.beside_acts import BesideAct
from supervision.lifecycle import Act
from supervision.scope import Role
from supervision.vocabulary import ItemState, RoundState
from supervision.worklists import DeskList
from tests.acting import HEAD, Walk, flagged, item_row, person
from tests.app_store import store_of_the_app
from tests.dashboard.handling import People, Tab
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row

LEAD, OTHER = "市住房和城乡建设局", "市水务局"
FASTER = person(Role.APPROVER, account="faster")


@pytest.fixture
def store(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    """Items 1 and 2 in round 1, both reported on and waiting for review."""
    with store_of_the_app(sqlite_template, tmp_path, monkeypatch) as engine:
        rows = [
            ledger_row(row=n, number=f"A-{n}", lead_departments=(lead,), township=None,
                       county="源城区", feedback_on=TODAY, feedback_text="已修好", origin="信访")
            for n, lead in ((3, LEAD), (4, OTHER))
        ]  # fmt: skip
        store_import(engine, judged_ledger(*rows), viewer=SUPERVISOR, as_of=TODAY)
        yield engine


@pytest.fixture
def people(store: Engine, monkeypatch: pytest.MonkeyPatch) -> People:
    return People(store, monkeypatch)


def item_page(people: People, login: str = "supervisor", item: int = 1) -> Tab:
    return people.at(login, "item.py", id=str(item))


def acts_done(engine: Engine, item: int = 1) -> list[str]:
    with reading(engine) as connection:
        question = select(item_acts.c.act).where(item_acts.c.item_id == item)
        return list(connection.execute(question.order_by(item_acts.c.id)).scalars())


def round_state(engine: Engine, item: int = 1) -> RoundState:
    with reading(engine) as connection:
        found = connection.execute(select(rounds.c.state).where(rounds.c.item_id == item))
        return RoundState(found.scalars().all()[-1])


def test_a_form_that_lacks_something_says_it_in_the_rules_words_and_keeps_what_was_written(
    store: Engine, people: People
):
    page = item_page(people).press("退回补正").send()
    assert page.refusals == ["不能退回补正：请写明原因。"]
    page.fill(reason="缺照片").send()
    assert round_state(store) is RoundState.RETURNED_FOR_FIX
    assert "A-3：已退回补正。" in page.said


def test_what_was_done_is_taken_back_from_the_line_that_says_it(store: Engine, people: People):
    page = item_page(people).press("退回补正").fill(reason="缺照片").send()
    page.press("撤销")
    next(one for one in page.app.text_input if one.label == "撤销的原因").set_value("看错了")
    page.press("确认撤销")
    assert round_state(store) is RoundState.SUBMITTED
    assert "A-3：已撤销误操作。" in page.said
    assert "退回补正（已撤销）：缺照片" in page.said


def test_only_its_author_and_approvers_are_offered_to_take_the_last_act_back(
    store: Engine, people: People
):
    Walk(store, 1).does(BesideAct.NOTE, FASTER, text="催过一次")
    assert "撤销最近一次办理（补充说明）" not in item_page(people).buttons
    assert "撤销最近一次办理（补充说明）" in item_page(people, "approver").buttons


def opened_and_overtaken(store: Engine, people: People) -> Tab:
    """A form is being filled in while somebody else writes a note on the item."""
    page = item_page(people).press("退回补正").fill(reason="缺照片")
    Walk(store, 1).does(BesideAct.NOTE, FASTER, text="已电话催办")
    page.send()
    assert "别人已经更新了这件事项" in page.said
    assert "已电话催办" in page.said
    assert round_state(store) is RoundState.SUBMITTED
    return page


def test_who_was_overtaken_may_put_his_own_on_top_after_seeing_what_changed(
    store: Engine, people: People
):
    page = opened_and_overtaken(store, people).press("看过了，仍按我填的退回补正")
    assert acts_done(store) == ["note", "return_for_fix"]
    assert "A-3：已退回补正。" in page.said


def test_who_was_overtaken_may_leave_only_what_he_wrote_as_a_note(store: Engine, people: People):
    page = opened_and_overtaken(store, people).press("不办理，只把我写的留作说明")
    assert acts_done(store) == ["note", "note"]
    assert round_state(store) is RoundState.SUBMITTED
    assert "内容：缺照片" in page.said


def test_who_was_overtaken_may_give_up_and_nothing_is_done(store: Engine, people: People):
    page = opened_and_overtaken(store, people).press("放弃")
    assert acts_done(store) == ["note"]
    assert "已退回补正" not in page.said
    assert not any(str(one.key).startswith("form:") for one in page.app.button)


def test_a_busy_store_says_that_nothing_was_done_and_the_form_can_be_sent_again(
    store: Engine, people: People, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(database, "BUSY_MS", 100)
    page = item_page(people).press("退回补正").fill(reason="缺照片")
    other = open_engine(str(store.url))
    with transaction(other):
        page.send()
    other.dispose()
    assert page.refusals == [in_line.BUSY]
    assert acts_done(store) == []
    page.send()
    assert acts_done(store) == ["return_for_fix"]


def test_who_may_not_act_on_an_item_is_offered_nothing_on_its_page(people: People):
    offered = item_page(people, "leadunit").buttons
    assert "退回补正" not in offered
    assert "审核通过并办结" not in offered
    assert "审核通过并办结" in item_page(people, "approver").buttons


def test_many_flags_are_granted_at_once_each_to_the_department_it_proposes(
    store: Engine, people: People
):
    flagged(store, {1: item_row(store, 1)["row_version"], 2: item_row(store, 2)["row_version"]})
    page = people.at("approver", "reassign.py")
    assert "2 件等待审批" in page.said
    versions = {key: item_row(store, key)["row_version"] for key in (1, 2)}
    open_here(page, Act.REASSIGN, versions, "reassignment")
    assert any("市住房和城乡建设局 1 件、市水务局 1 件" in box.label for box in page.app.checkbox)
    page.send()
    assert "已重新交办 2 件" in page.said
    with reading(store) as connection:
        leads = connection.execute(
            select(rounds.c.item_id, rounds.c.lead_department_id).where(rounds.c.round_no == 2)
        ).all()
    assert len({lead for _item, lead in leads}) == len(leads) == 2


def test_refusing_a_flag_keeps_the_item_closed_and_out_of_appraisal_if_ticked(
    store: Engine, people: People
):
    Walk(store, 1).does(Act.ACCEPT_AND_CLOSE, HEAD, explained=True)
    flagged(store, {1: item_row(store, 1)["row_version"]})
    page = item_page(people, "approver").press("维持办结")
    page.fill(reason="诉求超出政策范围", exclude=True).send()
    assert item_row(store, 1)["state"] == ItemState.STRUCK_OFF.value
    assert item_row(store, 1)["excluded"]


def test_a_new_item_is_registered_after_what_it_may_repeat_was_shown(store: Engine, people: People):
    page = people.at("supervisor", "desk.py").press("登记新事项")
    page.fill(title="第3号路口路灯不亮", content="夜里很黑").choose("unit", "源城区")
    assert "A-3" in page.said
    assert "相似" in page.said
    page.send()
    assert page.refusals == ["不能登记立项：请填写来源渠道。"]
    page.fill(origin="信访", reporter_name="张小明", reporter_phone="13800001234")
    page.fill(checked=True).send()
    assert "登记立项" in page.said
    with reading(store) as connection:
        kept = connection.execute(select(personal_data.c.field, personal_data.c.masked)).all()
    assert set(kept) == {("reporter_name", "张**"), ("reporter_phone", "138****1234")}


def open_here(page: Tab, act: Any, versions: dict[int, int], place: str) -> None:
    """Open a form as a button of the page does."""
    from dashboard.item_forms.dialog import Opened

    page.app.session_state["opened_form"] = Opened(act, versions, place, "token-of-test")
    page.run()


def test_the_desk_shows_each_role_its_lists_and_empties_as_work_is_done(
    store: Engine, people: People
):
    desk = people.at("supervisor", "desk.py")
    assert "**2** 反馈待审核" in desk.buttons
    assert "由别人办理" not in desk.said
    versions = {key: item_row(store, key)["row_version"] for key in (1, 2)}
    open_here(desk, Act.ACCEPT_AND_CLOSE, versions, "desk")
    desk.fill(how="已解决").send()
    assert "已审核通过并办结 2 件。" in desk.said
    assert not any("反馈待审核" in words for words in desk.buttons)
    assert "**2** 已办结待回访" in people.at("callback", "desk.py").buttons
    assert "由别人办理：已办结待回访 1 件" in people.at("leadunit", "desk.py").said


def test_every_list_of_the_desk_names_its_acts_and_a_role_is_shown_only_its_own():
    assert set(DESK_ACTS) == set(DeskList)
    for slug, acts in DESK_ACTS.items():
        for role in Role:
            own = {act for act in acts if role in roles_with(act) and act in FORMS}
            shown = set(acts_for(slug, frozenset({role})))
            assert shown == (own if own != {BesideAct.NOTE} else set())
    assert acts_for(DeskList.FLAGS_WAITING, frozenset({Role.SUPERVISOR})) == ()
    assert acts_for(DeskList.FLAGS_WAITING, frozenset({Role.APPROVER}))[0] is Act.REASSIGN


def draw_every_form() -> None:
    """A page with all forms, one below the other, for one item."""
    import streamlit as st

    from dashboard import reads
    from dashboard.item_forms.sheet import Sheet
    from dashboard.item_forms.table import FORMS
    from tests.acting import OFFICER

    rows = reads.described_items(reads.change(), OFFICER.scope, reads.today(), (1,))
    for act, form in FORMS.items():
        st.subheader(act.label)
        form.draw(Sheet(act, rows, OFFICER, reads.today(), act.value))


@pytest.mark.usefixtures("store")
def test_every_act_that_has_a_form_can_be_asked_for():
    page = AppTest.from_function(draw_every_form, default_timeout=120).run()
    assert not page.exception
    assert len(page.subheader) == len(FORMS)
    without = {act for act in Act if act not in FORMS}
    assert without <= {Act.ISSUE_NOTICE, Act.ARCHIVE}
