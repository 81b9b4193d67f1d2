"""督办规则：期限、督办环节、评价与考核的规定，工作日历，历次调整。"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboard.administration.calendar_tab import calendar_tab
from dashboard.administration.done import done_told
from dashboard.administration.open_tab import draw_open_tab
from dashboard.administration.rule_card import rule_card
from dashboard.administration.rule_list import decided_list, rules_of
from dashboard.viewer import viewer_with
from supervision.city_rules import RuleGroup
from supervision.rights import Right
from supervision.scope import Viewer

TABS: dict[str, Callable[[Viewer], None]] = {
    **{group.label: partial(rules_of, group) for group in RuleGroup},
    "工作日历": calendar_tab,
    "历次调整": decided_list,
}

who = viewer_with(Right.MANAGE_RULES)
done_told()
if "rule" in st.query_params:
    rule_card(st.query_params["rule"], who)
    st.stop()
draw_open_tab(TABS, who, key="rule_tabs")
