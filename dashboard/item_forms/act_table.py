"""Rows that wait for somebody, with the acts on one of them or on those ticked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import pandas as pd
import streamlit as st

from dashboard.item_forms.desk_acts import fits
from dashboard.item_forms.dialog import act_button, open_form
from dashboard.loop_reads import DeskPage
from dashboard.parts.list_tools import page_turner
from dashboard.parts.rows import worded
from dashboard.parts.tables import RowAct, item_table
from supervision.beside_acts import AnyAct, BesideAct
from supervision.scope import Viewer

PAGE_SIZE = 100


def act_table(
    rows: pd.DataFrame,
    acts: Sequence[AnyAct],
    columns: Sequence[str],
    *,
    who: Viewer,
    key: str,
    place: str,
    page: DeskPage | None = None,
) -> int | None:
    """Draw the rows, in each the first act that fits it; the item that was clicked on.

    `page`: where these rows stand among all that wait, if they are not all.
    """
    fitting = {
        int(row["item_id"]): [act for act in acts if fits(act, row, who)]
        for row in rows.to_dict("records")
    }
    acts = [act for act in acts if any(act in fitting[key] for key in fitting)]
    told = worded(rows)
    above = st.container(horizontal=True, vertical_alignment="center", key=f"acts_{key}")
    clicked = item_table(
        told, key=key, columns=columns, many=bool(acts),
        act=_row_act(told, fitting, place) if acts else None,
        first=page.position + 1 if page is not None else 1,
    )  # fmt: skip
    if page is not None and len(rows) < page.total:
        with st.container(horizontal=True, horizontal_alignment="right", key=f"pages_{key}"):
            page_turner(page)
    picked = told[told["item_id"].isin(clicked.ticked)]
    with above:
        for n, act in enumerate(acts):
            able = picked["item_id"].map(lambda key, act=act: act in fitting[key])
            act_button(act, picked[able.astype(bool)], place, primary=n == 0)
        st.caption(_told(page, acts), width="stretch")
    return int(clicked.opened) if clicked.opened is not None else None


def _told(page: DeskPage | None, acts: Sequence[AnyAct]) -> str:
    tick = "勾选后可一次办多件，" if acts else ""
    here = ""
    if page is not None and len(page.rows) < page.total:
        last = page.position + len(page.rows)
        here = f"等得最久的在前，本页第 {page.position + 1}–{last} 件。"
    return f"{tick}点一行看详情。{here}"


def _row_act(rows: pd.DataFrame, fitting: Mapping[int, list[AnyAct]], place: str) -> RowAct:
    versions = dict(zip(rows["item_id"].tolist(), rows["row_version"].tolist(), strict=True))
    first = {
        key: acts[0] for key, acts in fitting.items() if acts and acts[0] is not BesideAct.NOTE
    }
    words = [first[key].label if key in first else None for key in versions]
    return RowAct(words, partial(_open_one, first, versions, place))


def _open_one(
    first: Mapping[int, AnyAct], versions: Mapping[int, int], place: str, item_id: int
) -> None:
    open_form(first[item_id], {item_id: versions[item_id]}, place)
