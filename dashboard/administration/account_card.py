"""One account (`?account=ID`, or `new`): what it is, and what may be done with it."""

from __future__ import annotations

import streamlit as st

from dashboard import acts, reads
from dashboard.acts import IssuedPassword
from dashboard.administration.account_form import account_fields
from dashboard.administration.account_words import (
    is_locked,
    moment_words,
    role_words,
    scope_told,
    state_words,
)
from dashboard.administration.done import done, issue
from dashboard.administration.opened_row import NEW, opened_row, way_back
from dashboard.administration.refusals import refusals_told
from dashboard.administration.session_list import session_list
from dashboard.parts.leading import set_query
from dashboard.parts.lists import pair_list
from dashboard.parts.panels import headline
from dashboard.reads import Account
from dashboard.viewer import viewer
from supervision.scope import Viewer


def account_card(asked: str, who: Viewer) -> None:
    """Everything about the account that the address asks for."""
    way_back("账号列表", "account")
    if asked == NEW:
        _create(who)
        return
    account = opened_row(
        reads.account_list(who), asked, kind="account", missing="没有找到这个账号。"
    )
    if account is None:
        return
    now = reads.instant()
    headline(
        f"{account.viewer.name}（{account.viewer.account}）：{state_words(account, now)}",
        key="account",
    )
    left, right = st.columns([5, 7], gap="large")
    with left:
        pair_list(
            {
                "角色": role_words(account.viewer.roles),
                "可见范围": scope_told(account.viewer),
                "上次登录": moment_words(account.last_login_at),
                "密码设置": moment_words(account.password_set_at),
                "统一身份标识": account.outside_subject,
            }
        )
        _keys(account, locked=is_locked(account, now))
        st.subheader("在线会话", anchor=False)
        own = [one for one in reads.living_sessions(who) if one.login == account.viewer.account]
        session_list(own, key="own_sessions")
    with right:
        st.subheader("修改姓名、角色和可见范围", anchor=False)
        _change(account, who)


def _create(who: Viewer) -> None:
    st.subheader("新建账号", anchor=False)
    with st.container(width=760), st.form("new_account"):
        wanted = account_fields(reads.names_for_scopes(who), None)
        if not st.form_submit_button("建立账号", type="primary"):
            return
    with refusals_told():
        issued = acts.create_account(wanted, viewer=viewer())
        set_query(account=None)
        issue([issued], f"已建立账号“{wanted.login}”。")


def _keys(account: Account, *, locked: bool) -> None:
    with st.container(horizontal=True, key="account_keys"):
        if locked and st.button("解除锁定"):
            with refusals_told():
                acts.unlock_account(account.id, row_version=account.row_version, viewer=viewer())
                done("已解除锁定。")
        with st.popover("重置密码"):
            st.caption("生成新的一次性密码，原密码作废，本人的会话全部结束。")
            if st.button("确认重置", type="primary"):
                _reset(account)
        with st.popover("停用账号" if account.active else "启用账号"):
            st.caption(
                "停用后不能登录，会话立即结束；记录全部保留，可以再启用。"
                if account.active
                else "启用后可以用原来的密码登录。"
            )
            if st.button("确认停用" if account.active else "确认启用", type="primary"):
                _switch(account)


def _reset(account: Account) -> None:
    with refusals_told():
        password = acts.reset_password(account.id, row_version=account.row_version, viewer=viewer())
        issued = IssuedPassword(account.viewer.account, account.viewer.name, password)
        issue([issued], "已重置密码。")


def _switch(account: Account) -> None:
    with refusals_told():
        acts.set_account_active(
            account.id,
            active=not account.active,
            row_version=account.row_version,
            viewer=viewer(),
        )
        done("已停用账号。" if account.active else "已启用账号。")


def _change(account: Account, who: Viewer) -> None:
    # Another version, another form: it must not keep what was typed over an older one.
    with st.form(f"account:{account.id}:{account.row_version}"):
        wanted = account_fields(reads.names_for_scopes(who), account)
        st.caption("保存后本人的会话全部结束，重新登录时按新的权限。")
        if not st.form_submit_button("保存", type="primary"):
            return
    with refusals_told():
        acts.change_account(account.id, wanted, row_version=account.row_version, viewer=viewer())
        done("已保存。")
