"""The lists of the page 督办单: proposed, waiting to be signed, out, done; one tab at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import notice_reads
from dashboard.item_forms.desk_acts import roles_with
from dashboard.item_forms.dialog import act_button, open_form
from dashboard.item_forms.notice_forms import MEANT
from dashboard.notices.document import Chosen, word_button
from dashboard.parts.leading import open_item
from dashboard.parts.panels import headline
from dashboard.parts.tables import RowAct, item_table
from dashboard.reads import Filters
from supervision.beside_acts import AnyAct, BesideAct
from supervision.lifecycle import Act
from supervision.loop_words import NoticeKind, NoticeLevel, NoticeState, NoticeTrigger
from supervision.rights import Right, may
from supervision.scope import Viewer
from supervision.vocabulary import Worded

PLACE = "notices"
MOST_HEIGHT = 620


@dataclass(frozen=True, slots=True)
class NoticeList:
    """A tab of notices in some states, with what may be done about its rows."""

    name: str
    states: frozenset[NoticeState]
    columns: tuple[str, ...]
    acts: tuple[AnyAct, ...]
    said: Callable[[pd.DataFrame], tuple[str, str]]
    """The headline and what stands below it."""


def _waiting(rows: pd.DataFrame) -> tuple[str, str]:
    if rows.empty:
        return "没有等待签发的督办单", ""
    return f"{len(rows)} 份等待签发", "勾选后签发；可以一次签发多份。签发后编号，单位才能看到。"


def _out(rows: pd.DataFrame) -> tuple[str, str]:
    late = int(rows["reply_late"].sum())
    if rows.empty:
        return "没有等待回复的督办单", ""
    return f"{len(rows)} 份等待回复" + (f"，其中 {late} 份逾期未回复" if late else ""), ""


def _done(rows: pd.DataFrame) -> tuple[str, str]:
    answered = rows[rows["notice_state"] == NoticeState.REPLIED.value]
    late = int(answered["reply_late"].sum())
    told = f"已回复 {len(answered)} 份" + (f"，其中 {late} 份逾期才回复" if late else "")
    return told, f"未同意签发 {len(rows) - len(answered)} 份"


_S = NoticeState
LISTS: dict[str, NoticeList] = {
    "waiting": NoticeList(
        "待签发", frozenset({_S.DRAFTED}),
        ("card", "title", "trigger", "department", "drafted_name", "drafted_on", "unit", "number"),
        (Act.ISSUE_NOTICE, BesideAct.REFUSE_NOTICE), _waiting,
    ),
    "out": NoticeList(
        "待回复", frozenset({_S.ISSUED}),
        ("card", "title", "notice_number", "department", "reply_due_on", "reply_told", "issued_on",
         "paper", "number"),
        (BesideAct.REPLY_NOTICE, BesideAct.DRAFT_NOTICE), _out,
    ),
    "done": NoticeList(
        "已结束", frozenset({_S.REPLIED, _S.REFUSED}),
        ("card", "title", "notice_number", "department", "notice_state", "reply_told",
         "replied_on", "answer", "number"),
        (), _done,
    ),
}  # fmt: skip


def draw_notices(name: str, filters: Filters, who: Viewer, as_of: date) -> None:
    """One of LISTS: its table, what may be done about the ticked rows, their document."""
    shown = LISTS[name]
    found = notice_reads.notice_lines(who, as_of, shown.states, filters)
    headline(*shown.said(found), key=f"notices_{name}")
    if found.empty:
        return
    rows = _worded(found)
    # Drawn above the table, filled after it.
    place = st.container(horizontal=True, vertical_alignment="center", key="list_acts")
    clicked = item_table(
        rows, key=f"notices_{name}", columns=shown.columns, id_column="notice_id", many=True,
        most_height=MOST_HEIGHT, on_paper=_printed(who),
        act=_row_act(shown.acts, found, "notice_id", who),
    )  # fmt: skip
    if clicked.opened is not None:
        open_item(found.loc[found["notice_id"] == clicked.opened, "item_id"].iloc[0])
    picked = found[found["notice_id"].isin(clicked.ticked)]
    _mean(dict(zip(picked["item_id"], picked["notice_id"], strict=True)))
    with place:
        _acts(shown.acts, picked, who)
        if len(picked) and may(who, Right.EXPORT):
            told = zip(picked["notice_id"], picked["kind"], picked["notice_number"], strict=True)
            chosen = [Chosen(int(key), NoticeKind(kind), number) for key, kind, number in told]
            word_button(chosen, key="word")


def draw_proposed(filters: Filters, who: Viewer, as_of: date) -> None:
    """Items that the trigger catalogue speaks for; drafted by one click, one or many."""
    found = notice_reads.proposed_notices(who.scope, as_of, filters)
    if found.rows.empty:
        headline(
            "没有需要督办的事项", "逾期、反复提出、结果不实等情形出现时列在这里。", key="proposed"
        )
        return
    left = found.total - len(found.rows)
    headline(
        f"{found.total} 件建议拟制督办单",
        "督办等级按事由、逾期天数和此前的督办单提出，由人决定；与亮灯是两回事。"
        + (f"先列最急的 {len(found.rows)} 件，其余 {left} 件在后。" if left else ""),
        key="proposed",
    )
    rows = _worded(found.rows)
    place = st.container(horizontal=True, vertical_alignment="center", key="list_acts")
    clicked = item_table(
        rows, key="proposed",
        columns=("card", "title", "why", "lead", "light", "due_on", "unit", "township", "number"),
        many=True, most_height=MOST_HEIGHT, on_paper=_printed(who),
        act=_row_act((BesideAct.DRAFT_NOTICE,), found.rows, "item_id", who),
    )  # fmt: skip
    if clicked.opened is not None:
        open_item(clicked.opened)
    picked = found.rows[found.rows["item_id"].isin(clicked.ticked)]
    with place:
        _acts((BesideAct.DRAFT_NOTICE,), picked, who)


def _acts(acts: Sequence[AnyAct], picked: pd.DataFrame, who: Viewer) -> None:
    for n, act in enumerate(act for act in acts if roles_with(act) & who.roles):
        act_button(act, picked, PLACE, primary=n == 0)


def _row_act(
    acts: Sequence[AnyAct], found: pd.DataFrame, id_column: str, who: Viewer
) -> RowAct | None:
    """The first act that this person may do, as a button in each row."""
    act = next((act for act in acts if roles_with(act) & who.roles), None)
    if act is None:
        return None
    rows = {row[id_column]: row for row in found.to_dict("records")}
    words = [act.label.removesuffix("督办单")] * len(found)
    return RowAct(words, partial(_open, act, rows))


def _open(act: AnyAct, rows: Mapping[Any, Mapping[Any, Any]], key: Any) -> None:
    row = rows[key]
    if "notice_id" in row:
        _mean({row["item_id"]: row["notice_id"]})
    open_form(act, {row["item_id"]: row["row_version"]}, PLACE)


def _mean(notices: Mapping[int, int]) -> None:
    """Of an item with several notices its form begins at the one that was pointed at."""
    st.session_state[MEANT] = {**st.session_state.get(MEANT, {}), **notices}


def _printed(who: Viewer) -> list[str]:
    return [f"内部资料　{who.name}（{who.account}）打印"]


def _worded(found: pd.DataFrame) -> pd.DataFrame:
    """The rows with cards, papers, triggers and states in Chinese, and the reply in words."""
    rows = found.copy()
    rows["card"] = [f"{NoticeLevel(level).label}色" for level in rows["level"]]
    rows["paper"] = _labels(rows["kind"], NoticeKind)
    rows["trigger"] = _labels(rows["trigger"], NoticeTrigger)
    if "notice_state" not in rows:
        return rows
    rows["drafted_on"] = [at.date() for at in rows["drafted_at"]]
    rows["answer"] = rows["reply"].where(rows["reply"].notna(), rows["words"])
    rows["reply_told"] = [
        _reply_told(NoticeState(state), bool(late))
        for state, late in zip(rows["notice_state"], rows["reply_late"], strict=True)
    ]
    rows["notice_state"] = _labels(rows["notice_state"], NoticeState)
    return rows


def _labels(values: pd.Series, words: type[Worded]) -> list[str]:
    return [words(value).label for value in values]


def _reply_told(state: NoticeState, late: bool) -> str:
    if state is NoticeState.ISSUED:
        return "▲ 逾期未回复" if late else "未到期"
    if state is NoticeState.REPLIED:
        return "逾期回复" if late else "按期回复"
    return ""
