"""区划与字典：镇街的名称，问题分类和来源，面对面场次，地图和人口。"""

from __future__ import annotations

import streamlit as st

from dashboard.administration.done import done_told
from dashboard.administration.face_to_face import session_card, session_register
from dashboard.administration.map_tab import map_tab
from dashboard.administration.open_tab import draw_open_tab
from dashboard.administration.place_card import place_card
from dashboard.administration.place_list import place_list
from dashboard.administration.word_list import word_card, word_list
from dashboard.viewer import viewer_with
from supervision.rights import Right

CARDS = {"place": place_card, "word": word_card, "session": session_card}
TABS = {
    "区划": place_list,
    "字典": word_list,
    "面对面场次": session_register,
    "地图": map_tab,
}

who = viewer_with(Right.MANAGE_REGISTERS)
done_told()
for asked, card in CARDS.items():
    if asked in st.query_params:
        card(st.query_params[asked], who)
        st.stop()
draw_open_tab(TABS, who, key="register_tabs")
