"""账号管理：谁能登录、能做什么、看到哪里，现在谁在线；新建、停用、重置、批量导入。"""

from __future__ import annotations

import streamlit as st

from dashboard.administration.account_batch import account_batch
from dashboard.administration.account_card import account_card
from dashboard.administration.account_list import account_list
from dashboard.administration.done import done_told
from dashboard.administration.open_tab import draw_open_tab
from dashboard.administration.session_list import sessions_online
from dashboard.viewer import viewer_with
from supervision.rights import Right

who = viewer_with(Right.MANAGE_ACCOUNTS)
done_told()
if "account" in st.query_params:
    account_card(st.query_params["account"], who)
    st.stop()
draw_open_tab(
    {"账号": account_list, "在线会话": sessions_online, "批量导入": account_batch},
    who,
    key="account_tabs",
)
