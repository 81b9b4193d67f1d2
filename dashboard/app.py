"""What Streamlit runs: page frame, who is looking, shared filters, navigation. No figures."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard import reads
from dashboard.frame import page_head, plain_head, word_mark
from dashboard.map_reads import use_map_in_force
from dashboard.pages import page_named, pages_of
from dashboard.viewer import signed_in
from supervision.rights import Right, may

HERE = Path(__file__).parent

st.set_page_config(page_title="督办", page_icon=str(HERE / "static" / "icon.png"), layout="wide")
word_mark()
who = signed_in()
use_map_in_force()
page = st.navigation(pages_of(who.viewer), position="top")
if may(who.viewer, Right.VIEW_ITEMS):
    page_head(
        page_named(page.title),
        who,
        reads.choices(reads.change(), who.viewer.scope, reads.today()),
        filtered=page_named(page.title).filtered,
    )
else:
    plain_head(page.title, who)
page.run()
