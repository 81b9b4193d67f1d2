"""The tab 在线会话: who is logged in, from where, and how to end it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import acts, reads
from dashboard.administration.account_words import moment_words, way_words
from dashboard.administration.done import done
from dashboard.administration.office_table import Shown, office_table
from dashboard.administration.refusals import refusals_told
from dashboard.parts.safe import plain
from dashboard.reads import LivingSession
from dashboard.viewer import signed_in
from supervision.browsers import browser_words
from supervision.scope import Viewer

_COLUMNS = {
    "name": Shown("姓名", 110),
    "login": Shown("账号", 110),
    "since": Shown("登录时间", 140),
    "seen": Shown("最近操作", 140),
    "address": Shown("来自", 130),
    "browser": Shown("浏览器", 150),
    "way": Shown("方式", 110),
}


def sessions_online(who: Viewer) -> None:
    """Everybody who is logged in now."""
    session_list(reads.living_sessions(who), key="sessions")


def session_list(sessions: Sequence[LivingSession], *, key: str) -> None:
    """The living sessions; a click asks whether to end one."""
    if not sessions:
        st.caption("没有在线会话。")
        return
    st.caption(f"{len(sessions)} 个在线会话。点一行可以结束它。")
    rows = [
        (one.name, one.login, moment_words(one.started_at), moment_words(one.seen_at),
         one.client.address, browser_words(one.client.browser), way_words(one.way))
        for one in sessions
    ]  # fmt: skip
    # Above the table: with many sessions what is asked must not be out of sight.
    asked = st.container()
    place = office_table(rows, _COLUMNS, key=key, alt="在线会话表")
    if place is not None:
        with asked:
            _offer_end(sessions[place])


def _offer_end(session: LivingSession) -> None:
    who = signed_in()
    if session.session_id == who.session_id:
        st.info("这是您自己的会话，请用右上角的“退出登录”。")
        return
    with st.container(horizontal=True, vertical_alignment="center", key="end_session"):
        plain(f"{session.name}（{session.login}），{moment_words(session.started_at)} 登录")
        if st.button("结束这个会话", type="primary"):
            with refusals_told():
                acts.end_session(session.session_id, viewer=who.viewer)
                done(f"已结束{session.name}的会话。")
