"""The tab 面对面场次 and one session (`?session=ID`, or `new`)."""

from __future__ import annotations

import streamlit as st

from dashboard import reads, register_acts
from dashboard.administration.done import done
from dashboard.administration.office_table import Shown, office_table
from dashboard.administration.opened_row import NEW, way_back
from dashboard.administration.refusals import refusals_told
from dashboard.administration.seen import look_afresh, seen_version
from dashboard.parts.leading import set_query
from dashboard.reads import SessionEntry
from dashboard.register_acts import SessionWanted
from dashboard.viewer import viewer
from supervision.scope import Viewer

_COLUMNS = {
    "held_on": Shown("日期", 110),
    "theme": Shown("主题", 360),
    "host": Shown("主持人", 150),
    "level": Shown("层级", 100),
    "collected": Shown("收集", 76),
    "valid": Shown("有效", 76),
    "represented": Shown("参加代表", 90),
}
_LEVELS = ("市级", "县(区)级", "镇(街)级")


def session_register(who: Viewer) -> None:
    """Every session; a click opens one."""
    look_afresh()
    known = reads.session_register(who)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(
            f"共 {len(known)} 场，新的在前。点一行可以补充和更正。" if known else "还没有场次。",
            width="stretch",
        )
        st.button("登记场次", type="primary", on_click=set_query, kwargs={"session": NEW})
    if not known:
        return
    rows = [
        (one.told.held_on or "未填", one.told.theme, one.told.host, one.told.level,
         one.told.collected, one.told.valid, one.told.represented)
        for one in known
    ]  # fmt: skip
    place = office_table(rows, _COLUMNS, key="face_to_face", alt="面对面场次表", opens=True)
    if place is not None:
        set_query(session=known[place].id)
        st.rerun()


def session_card(asked: str, who: Viewer) -> None:
    """Enter a session, or set one right."""
    way_back("场次", "session")
    found = next((one for one in reads.session_register(who) if str(one.id) == asked), None)
    if found is None and asked != NEW:
        st.info("没有这个场次。")
        return
    st.subheader("更正场次" if found else "登记场次", anchor=False)
    version = seen_version(f"session:{found.id}", found.row_version) if found else 0
    with st.container(width=760), st.form(f"session:{asked}:{version}"):
        wanted = _fields(found)
        if not st.form_submit_button("保存" if found else "登记", type="primary"):
            return
    with refusals_told():
        if found is None:
            register_acts.enter_session(wanted, viewer=viewer())
        else:
            register_acts.correct_session(found.id, wanted, row_version=version, viewer=viewer())
        set_query(session=None)
        done("已保存。" if found else f"已登记“{wanted.theme}”。")


def _fields(found: SessionEntry | None) -> SessionWanted:
    told = found.told if found else SessionWanted(None, "", None, None, None, None, None)
    theme = st.text_input("主题", value=told.theme, max_chars=120)
    held_on = st.date_input("日期", value=told.held_on, format="YYYY-MM-DD")
    host = st.text_input("主持人", value=told.host or "", max_chars=60)
    levels = [*_LEVELS, *([told.level] if told.level and told.level not in _LEVELS else [])]
    level = st.selectbox(
        "层级", levels, index=levels.index(told.level) if told.level else None,
        placeholder="不填",
    )  # fmt: skip
    left, middle, right = st.columns(3)
    with left:
        collected = st.number_input("收集件数", value=told.collected, min_value=0, step=1)
    with middle:
        valid = st.number_input("有效件数", value=told.valid, min_value=0, step=1)
    with right:
        represented = st.number_input("参加代表人数", value=told.represented, min_value=0, step=1)
    return SessionWanted(
        held_on=held_on,
        theme=" ".join(theme.split()),
        host=host.strip() or None,
        level=level,
        collected=collected,
        valid=valid,
        represented=represented,
    )
