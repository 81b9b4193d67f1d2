"""区划与字典：镇街的名称，问题分类和来源，面对面场次，期限规则，工作日历。"""

from __future__ import annotations

import streamlit as st

from dashboard.administration.city_rules import calendar_upload, rules_form
from dashboard.administration.done import done_told
from dashboard.administration.face_to_face import session_card, session_register
from dashboard.administration.place_card import place_card
from dashboard.administration.place_list import place_list
from dashboard.administration.word_list import word_list
from dashboard.viewer import viewer_with
from supervision.rights import Right

who = viewer_with(Right.MANAGE_REGISTERS)
done_told()
if "place" in st.query_params:
    place_card(st.query_params["place"], who)
    st.stop()
if "session" in st.query_params:
    session_card(st.query_params["session"], who)
    st.stop()

places, words, sessions, rules, calendar = st.tabs(
    ["区划", "字典", "面对面场次", "期限规则", "工作日历"]
)
with places:
    place_list(who)
with words:
    word_list(who)
with sessions:
    session_register(who)
with rules:
    rules_form(who)
with calendar:
    calendar_upload(who)
