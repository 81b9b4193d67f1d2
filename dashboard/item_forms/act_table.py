"""Rows that wait for somebody, with the acts on one of them or on those ticked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from dashboard.item_forms.dialog import act_button, open_form
from dashboard.parts.rows import worded
from dashboard.parts.tables import RowAct, item_table
from supervision.beside_acts import AnyAct

SHOWN_AT_MOST = 100
"""Rows beyond these are reached when those before them are done."""
_LEFT_OUT_WHEN_EMPTY = frozenset({"why", "words", "evidence", "proposed", "proposed_department"})


def act_table(
    rows: pd.DataFrame, acts: Sequence[AnyAct], columns: Sequence[str], *, key: str, place: str
) -> int | None:
    """Draw the rows, the first act in each of them; the item that was clicked on."""
    told = worded(rows.head(SHOWN_AT_MOST))
    above = st.container(horizontal=True, vertical_alignment="center", key=f"acts_{key}")
    shown = [
        name for name in columns if name not in _LEFT_OUT_WHEN_EMPTY or told[name].notna().any()
    ]
    clicked = item_table(
        told, key=key, columns=shown, many=bool(acts),
        act=_row_act(acts[0], told, place) if acts else None,
    )  # fmt: skip
    picked = told[told["item_id"].isin(clicked.ticked)]
    with above:
        for n, act in enumerate(acts):
            act_button(act, picked, place, primary=n == 0)
        st.caption(_told(len(rows), acts), width="stretch")
    return int(clicked.opened) if clicked.opened is not None else None


def _told(n: int, acts: Sequence[AnyAct]) -> str:
    tick = "勾选后可一次办多件，" if acts else ""
    first = f"先列等得最久的 {SHOWN_AT_MOST} 件。" if n > SHOWN_AT_MOST else ""
    return f"{tick}点一行看详情。{first}"


def _row_act(act: AnyAct, rows: pd.DataFrame, place: str) -> RowAct:
    versions = dict(zip(rows["item_id"].tolist(), rows["row_version"].tolist(), strict=True))
    return RowAct(act.label, partial(_open_one, act, versions, place))


def _open_one(act: AnyAct, versions: dict[int, int], place: str, item_id: int) -> None:
    open_form(act, {item_id: versions[item_id]}, place)
