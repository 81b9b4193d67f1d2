"""What stands beside an item: 督办单, 首接责任, 专班, 问责, media, followers; and one 登记."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import streamlit as st

from dashboard import item_acts, loop_reads, notice_reads, reads
from dashboard.item_forms.dialog import forms_opened, open_form
from dashboard.item_forms.duty_forms import RECORDED
from dashboard.loop_reads import Beside
from dashboard.notices.document import Chosen, word_button
from dashboard.parts.lists import time_line
from dashboard.parts.safe import plain
from dashboard.reads import ItemHistory
from supervision.beside_acts import AnyAct
from supervision.loop_words import (
    AccountabilityKind,
    FollowerKind,
    NoticeKind,
    NoticeLevel,
    NoticeState,
)
from supervision.rights import Right, may
from supervision.scope import Viewer

Entry = tuple[str, str, str]
"""When, what kind, the words."""


def duty_panel(who: Viewer, history: ItemHistory, place: str) -> None:
    """Folded while there is nothing; nothing at all for who may record nothing either."""
    _notices(who, history)
    beside = loop_reads.beside_item(who.scope, reads.today(), history.item["id"])
    office = notice_reads.of_the_office(who)
    entries = list(_told(beside, office=office)) if beside is not None else []
    acts = _recordable(who, history)
    if not entries and not acts:
        return
    named = f"职责与跟踪（{len(entries)}）" if entries else "职责与跟踪"
    with st.expander(named, expanded=bool(entries)):
        if entries:
            time_line(entries)
        if acts:
            versions = {history.item["id"]: history.item["row_version"]}
            # Named anew for each form, so that it closes when one is opened from it.
            with st.popover("登记", key=f"record_duty_{forms_opened()}"):
                for act in acts:
                    st.button(
                        act.label.removeprefix("登记"), key=f"duty:{act.value}", type="tertiary",
                        on_click=open_form, args=(act, versions, place),
                    )  # fmt: skip


def _recordable(who: Viewer, history: ItemHistory) -> list[AnyAct]:
    open_to = item_acts.acts_open_to(history.item["id"], viewer=who)
    return [act for act in open_to if act in RECORDED]


def _notices(who: Viewer, history: ItemHistory) -> None:
    found = notice_reads.notice_lines(
        who, reads.today(), frozenset(NoticeState), item_id=history.item["id"]
    )
    if found.empty:
        return
    st.subheader("督办单", anchor=False)
    for row in found.to_dict("records"):
        state, level = NoticeState(row["notice_state"]), NoticeLevel(row["level"])
        with st.container(
            horizontal=True, vertical_alignment="center", key=f"notice_{row['notice_id']}"
        ):
            plain(
                f"{level.label}色　{row['notice_number'] or NoticeKind(row['kind']).label}　"
                f"{row['department'] or ''}　{state.label}{_reply_told(row, state)}"
            )
            if may(who, Right.EXPORT):
                one = Chosen(row["notice_id"], NoticeKind(row["kind"]), row["notice_number"])
                word_button([one], key=f"word_{row['notice_id']}")
        if row["reply"]:
            plain(f"回复：{row['reply']}")


def _reply_told(row: dict[object, object], state: NoticeState) -> str:
    due = row["reply_due_on"]
    if state is NoticeState.ISSUED:
        return f"，回复期限 {due}" + ("，▲ 逾期未回复" if row["reply_late"] else "")
    if state is NoticeState.REPLIED:
        return f"，{row['replied_on']} " + ("逾期回复" if row["reply_late"] else "按期回复")
    return f"：{row['words']}" if row["words"] else ""


def _told(beside: Beside, *, office: bool) -> Iterator[Entry]:
    first = beside.first_receiver
    if first is not None:
        until = f"，{_day(first['told_on'])} 已告知群众" if first["told_on"] else "，尚未告知群众"
        yield _day(first["received_on"]), "首接单位", f"{first['department']}{until}"
    for row in beside.task_forces:
        ended = f"（至 {_day(row['ended_on'])}）" if row["ended_on"] else ""
        more = f"。{row['words']}" if row["words"] else ""
        yield (
            _day(row["formed_on"]), "一事一专班" + ended,
            f"负责人：{row['head']}。成员：{row['members']}{more}",
        )  # fmt: skip
    for row in beside.accountability:
        result = f"。结果：{row['outcome']}" if row["outcome"] else ""
        kind = AccountabilityKind(row["kind"]).label
        yield (
            _day(row["done_on"]),
            f"问责　{kind}",
            f"{row['department'] or ''}：{row['words']}{result}",
        )
    for row in beside.media_reports:
        link = f"（{row['link']}）" if row["link"] else ""
        yield _day(row["reported_on"]), f"媒体报道　{row['outlet']}", f"{row['words']}{link}"
    for row in beside.followers if office else ():
        who = FollowerKind(row["kind"]).label + (
            f"　{row['masked_name']}" if row["masked_name"] else ""
        )
        what = "再次反映" if row["raised_again"] else "提出或关注"
        answered = f"（{_day(row['answered_on'])} 已告知）" if row["answered_on"] else ""
        yield _day(row["since_on"]), f"{what}　{who}", f"{row['words'] or ''}{answered}"


def _day(day: date) -> str:
    return f"{day:%Y-%m-%d}"
