"""What Streamlit runs: page frame, who is looking, shared filters, navigation. No figures."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard import reads
from dashboard.frame import page_head, word_mark
from dashboard.viewer import viewer

HERE = Path(__file__).parent

st.set_page_config(page_title="督办", page_icon=str(HERE / "static" / "icon.png"), layout="wide")
word_mark()
page = st.navigation(
    [
        st.Page(HERE / "app_pages" / "overview.py", title="总览", default=True),
        st.Page(HERE / "app_pages" / "items.py", title="事项清单", url_path="items"),
        st.Page(HERE / "app_pages" / "reassignment.py", title="拟重新交办", url_path="reassign"),
        st.Page(HERE / "app_pages" / "ledger_upload.py", title="台账导入", url_path="ledger"),
        st.Page(HERE / "app_pages" / "item.py", title="事项详情", url_path="item",
                visibility="hidden"),
    ],
    position="top",
)  # fmt: skip
page_head(
    page.title,
    reads.choices(reads.change(), viewer().scope, reads.today()),
    # The others show one thing or everything: a filter there would promise what it cannot do.
    filtered=page.title in {"总览", "事项清单"},
)
page.run()
