"""An item table with hostile texts, and the same texts drawn elsewhere."""

import pandas as pd
import streamlit as st

from dashboard.parts.safe import label, plain
from dashboard.parts.tables import item_table

HOSTILE = [
    "![图](http://outside.example/a.png)",
    "[点这里](http://outside.example/)",
    "<img src=http://outside.example/b.png onerror=alert(1)>",
    "$5万和$6万 :red[假] :100: **粗** www.outside.example a@outside.example",
]
st.text(f"来自 {st.query_params.get('light', '无')}")
rows = pd.DataFrame(
    {"item_id": range(101, 101 + 8), "light": ["red", "green"] * 4, "title": HOSTILE * 2}
)
if st.toggle("倒序"):
    rows = rows.iloc[::-1].reset_index(drop=True)
chosen = item_table(rows, key="items", columns=["light", "title"], many=True, most_height=400)
st.text(f"选中 {[int(item_id) for item_id in chosen.ticked]}")
for number, text in enumerate(HOSTILE):
    plain(text)
    st.button(label(text), key=f"button{number}")
    st.caption(label(text))
plain("长" * 12_000)
