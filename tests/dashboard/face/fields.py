"""The widgets whose words are Streamlit's own, and a defect."""

import streamlit as st

from dashboard.parts.safe import plain

st.file_uploader("台账", type=["xlsx"], key="file")
st.multiselect("镇街", ["甲", "乙"], key="many")
st.date_input("时段", value=(), key="days")
with st.form("words"):
    st.text_input("说明", key="text")
    st.form_submit_button("提交")
plain("Open")


@st.dialog("请说明")
def ask() -> None:
    st.selectbox("原因", ["甲"], index=None)


if st.button("对话框"):
    ask()
if st.button("出错"):
    raise ValueError("台账里的原文")
