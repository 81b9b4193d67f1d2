"""Entry of the test face."""

from pathlib import Path

import streamlit as st

from dashboard.parts.style import draw_style
from dashboard.web_frame import STATIC

HERE = Path(__file__).parent

st.set_page_config(page_title="督办", page_icon=str(STATIC / "icon.png"), layout="wide")
page = st.navigation(
    [
        st.Page(HERE / "drawn.py", title="图", default=True),
        st.Page(HERE / "rows.py", title="表", url_path="rows"),
        st.Page(HERE / "fields.py", title="控件", url_path="fields"),
    ],
    position="top",
)
draw_style()
st.title(page.title, anchor=False)
page.run()
