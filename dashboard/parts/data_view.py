"""查看数据: the numbers of a chart as a table below it, for readers who do not see the chart."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from dashboard.parts.safe import clean

MOST_HEIGHT = 420


def data_view(frame: pd.DataFrame, headings: Mapping[str, str]) -> None:
    """Draw the columns named in `headings` in their order, folded away until asked for."""
    if frame.empty:
        return
    shown = frame[list(headings)].rename(columns=dict(headings))
    for name in shown.columns:
        if shown[name].dtype == object:
            shown[name] = shown[name].map(clean, na_action="ignore")
    with st.expander("查看数据"):
        tall = len(shown) > 10
        st.dataframe(shown, hide_index=True, height=MOST_HEIGHT if tall else "content")
