"""Which measure and which picture the map shows: kept in the page's address by short codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard.parts.leading import set_query
from dashboard.parts.map_scales import OVERDUE, PER_10K, SCALES, Scale, Value
from dashboard.parts.small_frames import as_pandas
from dashboard.parts.zones import HONEYCOMB, kinds
from dashboard.township_reads import Townships

KEY, PICTURE = "measure", "picture"
_WIDGET, _PICTURE_WIDGET = "town_measure", "town_picture"


def measure_chosen(residents: Mapping[str, int], few: int) -> Scale:
    """Draw the choice and give the measure of the address; an unknown one is 逾期."""
    scales = {scale.code: scale for scale in _offered(residents)}
    code = st.query_params.get(KEY, OVERDUE.code)
    wanted = code if code in scales else OVERDUE.code
    if st.session_state.get(_WIDGET) != wanted:
        st.session_state[_WIDGET] = wanted
    names = {code: scale.name for code, scale in scales.items()}
    st.segmented_control(
        "指标", list(names), format_func=names.__getitem__, key=_WIDGET,
        on_change=_taken, required=True, label_visibility="collapsed",
    )  # fmt: skip
    return replace(scales[wanted], few=few)


def _offered(residents: Mapping[str, int]) -> Sequence[Scale]:
    return (*SCALES, PER_10K) if residents else SCALES


def _taken() -> None:
    chosen = st.session_state[_WIDGET]
    set_query(**{KEY: None if chosen == OVERDUE.code else chosen})


def counts_of(seen: Townships, scale: Scale, residents: Mapping[str, int]) -> pd.DataFrame:
    """code, n, of of one measure; the base of a number on 10,000 residents is the residents."""
    found = as_pandas(seen.of_figure(scale.slug))
    if scale.value is Value.PER_10K:
        # Residents of a township without items count in its unit's number too.
        idle = [code for code in residents if code not in set(found["code"])]
        found = pd.concat([found, pd.DataFrame({"code": idle, "n": 0})], ignore_index=True)
        found["of"] = found["code"].map(residents)
    return found


def kind_chosen() -> str:
    """Draw the choice of the picture and give that of the address; an unknown one is the first."""
    names = kinds()
    code = st.query_params.get(PICTURE, HONEYCOMB)
    wanted = code if code in names else HONEYCOMB
    if st.session_state.get(_PICTURE_WIDGET) != wanted:
        st.session_state[_PICTURE_WIDGET] = wanted
    st.segmented_control(
        "图式", list(names), format_func=names.__getitem__, key=_PICTURE_WIDGET,
        on_change=_picture_taken, required=True, label_visibility="collapsed",
    )  # fmt: skip
    return wanted


def _picture_taken() -> None:
    chosen = st.session_state[_PICTURE_WIDGET]
    set_query(**{PICTURE: None if chosen == HONEYCOMB else chosen})
