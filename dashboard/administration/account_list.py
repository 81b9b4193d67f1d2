"""The tab 账号: everybody who may log in, found by name."""

from __future__ import annotations

import streamlit as st

from dashboard import reads
from dashboard.administration.account_words import (
    is_locked,
    moment_words,
    role_words,
    scope_told,
    state_words,
)
from dashboard.administration.office_table import Shown, office_table
from dashboard.administration.opened_row import NEW
from dashboard.administration.seen import look_afresh
from dashboard.parts.leading import set_query
from dashboard.reads import Account
from supervision.scope import Viewer

_COLUMNS = {
    "name": Shown("姓名", 120),
    "state": Shown("状态", 150),
    "login": Shown("账号", 130),
    "roles": Shown("角色", 220),
    "scope": Shown("可见范围", 260),
    "last_login": Shown("上次登录", 140),
}


def account_list(who: Viewer) -> None:
    """Search, counts, the table; a click opens the account."""
    look_afresh()
    known, now = reads.account_list(who), reads.instant()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = st.text_input("查找", placeholder="姓名或账号的一部分", max_chars=60, width=420)
        st.button("新建账号", type="primary", on_click=set_query, kwargs={"account": NEW})
    wanted = text.strip().casefold()
    found = [account for account in known if _is_meant(account, wanted)]
    off = sum(not account.active for account in known)
    locked = sum(account.active and is_locked(account, now) for account in known)
    st.caption(
        f"共 {len(known)} 个账号，停用 {off} 个，锁定 {locked} 个。点一行查看和办理。"
        if found
        else "没有符合条件的账号。"
    )
    if not found:
        return
    rows = [
        (account.viewer.name, state_words(account, now), account.viewer.account,
         role_words(account.viewer.roles), scope_told(account.viewer),
         moment_words(account.last_login_at))
        for account in found
    ]  # fmt: skip
    place = office_table(rows, _COLUMNS, key="accounts", alt="账号表", opens=True)
    if place is not None:
        set_query(account=found[place].id)
        st.rerun()


def _is_meant(account: Account, wanted: str) -> bool:
    return wanted in account.viewer.account.casefold() or wanted in account.viewer.name.casefold()
