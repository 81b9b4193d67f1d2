"""单位登记册：有哪些单位、台账里怎么称呼它们；登记、更名、合并、别名、分组。"""

from __future__ import annotations

import streamlit as st

from dashboard.administration.department_card import department_card
from dashboard.administration.department_list import department_list
from dashboard.administration.done import done_told
from dashboard.viewer import viewer_with
from supervision.rights import Right

who = viewer_with(Right.MANAGE_REGISTERS)
done_told()
if "unit" in st.query_params:
    department_card(st.query_params["unit"], who)
    st.stop()
department_list(who)
