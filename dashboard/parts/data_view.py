"""查看数据: the numbers of a chart as a table below it, for readers who do not see the chart."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from dashboard.parts.small_frames import clean_texts
from dashboard.parts.theme import LAMPS

MOST_HEIGHT = 420


def data_view(frame: pd.DataFrame, headings: Mapping[str, str]) -> None:
    """Draw the columns named in `headings` in their order, folded away until asked for."""
    if frame.empty:
        return
    shown = frame[list(headings)].rename(columns=dict(headings))
    for name in shown.columns:
        if shown[name].dtype == object:
            shown[name] = clean_texts(shown[name])
    with st.expander("查看数据"):
        tall = len(shown) > 10
        st.dataframe(shown, hide_index=True, height=MOST_HEIGHT if tall else "content")


def lights_view(counts: pd.DataFrame, whose: str) -> None:
    """The numbers of bars stacked by light: `counts` has name, light and n; `whose` a name is."""
    if counts.empty:
        return
    lines: dict[str, dict[str, int]] = {}
    for name, light, n in zip(counts["name"], counts["light"], counts["n"], strict=True):
        line = lines.setdefault(name, {})
        line[light] = line.get(light, 0) + int(n)
    words = {
        light.value: lamp.word
        for light, lamp in LAMPS.items()
        if any(light.value in line for line in lines.values())
    }
    names = sorted(lines)
    numbers = [[lines[name].get(light, 0) for light in words] for name in names]
    wide = pd.DataFrame(numbers, columns=list(words))
    wide["of"] = [sum(line) for line in numbers]
    wide["name"] = names
    data_view(wide, {"name": whose, **words, "of": "在办合计"})
