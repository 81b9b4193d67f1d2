"""What was imported before: the list of batches, and one batch with every row's fate."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboard.parts.ledger_tables import cell_place, ledger_table, row_place, without_place
from dashboard.parts.ledger_undoing import undone_line
from dashboard.parts.panels import headline
from dashboard.parts.rows import actor_told, worded
from dashboard.parts.safe import plain
from supervision.vocabulary import RowOutcome, Severity

_LIST = (
    "id", "standing",
    "file_name", "stored_at", "stored_by", "new", "updated", "unchanged", "refused",
    "left_out", "vanished",
)  # fmt: skip
_COUNTS = {
    "new": RowOutcome.NEW.label,
    "updated": RowOutcome.UPDATED.label,
    "unchanged": RowOutcome.UNCHANGED.label,
    "refused": RowOutcome.REFUSED.label,
    "left_out": RowOutcome.LEFT_OUT.label,
}
MOST_ROWS = 2_000
_OPENED = "batches_opened"


def batch_list(batches: pd.DataFrame) -> int | None:
    """The newest imports; the id of the one that was clicked."""
    st.header("最近的导入", anchor=False)
    if batches.empty:
        st.caption("还没有导入过台账。")
        return None
    st.caption("点一行，看这一批每一行的去向和问题。")
    shown = worded(batches).assign(
        stored_at=[f"{at:%Y-%m-%d %H:%M}" for at in batches["stored_at"]],
        standing=["已入库" if pd.isna(at) else "已撤销" for at in batches["undone_at"]],
    )
    # A browser remembers what was chosen in a table that comes back: told once, it is another.
    turn = st.session_state.setdefault(_OPENED, 0)
    key = f"batches:{batches['id'].iloc[0]}:{turn}"
    place = ledger_table(shown, key=key, columns=_LIST, choose=True)
    if place is not None:
        st.session_state[_OPENED] = turn + 1
    return int(batches["id"].iloc[place]) if place is not None else None


def batch_head(batch: dict[str, Any]) -> None:
    """Which file, when, by whom, and what came of it."""
    told = "、".join(
        f"{word} {batch[name]} {'行' if name == 'left_out' else '件'}"
        for name, word in _COUNTS.items()
        if batch[name]
    )
    standing = "" if batch["undone_at"] is None else "（已撤销）"
    headline(f"第 {batch['id']} 批{standing}：{told or '没有事项行'}", key="batch")
    plain(
        f"文件：{batch['file_name']}\n"
        f"{batch['title'] or ''}\n"
        f"入库：{batch['stored_at']:%Y-%m-%d %H:%M}　经办人：{actor_told(batch['stored_by'])}　"
        f"数据日期：{batch['as_of']:%Y-%m-%d}\n"
        f"文件指纹（SHA-256）：{batch['sha256']}"
    )
    if batch["undone_at"] is not None:
        undone_line(batch, actor_told(batch["undone_by"]))


def batch_tabs(flags: pd.DataFrame, rows: pd.DataFrame) -> int | None:
    """Faults by severity and rows by fate; the id of the item whose row was clicked."""
    fates = [RowOutcome(value) for value in dict.fromkeys(rows["outcome"])]
    fates = [outcome for outcome in RowOutcome if outcome in fates]
    tabs = st.tabs(
        [
            *(f"{_tab(fate)}：{int((rows['outcome'] == fate.value).sum())} 行" for fate in fates),
            f"问题：{len(flags)} 处",
        ]
    )
    chosen = None
    for tab, fate in zip(tabs, fates, strict=False):
        with tab:
            found = _rows(rows[rows["outcome"] == fate.value], fate)
            chosen = found if found is not None else chosen
    with tabs[-1]:
        _flags(flags)
    return chosen


def _tab(fate: RowOutcome) -> str:
    # The head counts rows below the header only; here all rows of the file are shown.
    return f"{fate.label}（含表头）" if fate == RowOutcome.LEFT_OUT else fate.label


def _rows(rows: pd.DataFrame, fate: RowOutcome) -> int | None:
    if len(rows) > MOST_ROWS:
        st.caption(f"共 {len(rows)} 行，这里列前 {MOST_ROWS} 行。")
    elif rows["item_id"].notna().any():
        st.caption("点一行，看它对应的事项。")
    shown = rows.head(MOST_ROWS)
    frame = pd.DataFrame(
        {
            "place": [
                row_place(sheet, row)
                for sheet, row in zip(shown["sheet"], shown["row_no"], strict=True)
            ],
            "reason": shown["outcome_reason"].tolist(),
            "cells": [
                "　".join(f"{letter}：{text}" for letter, text in cells.items())
                for cells in shown["cells"]
            ],
        }
    )
    told = frame if frame["reason"].notna().any() else frame.drop(columns="reason")
    place = ledger_table(told, key=f"batch:{fate.value}", choose=True)
    item = shown["item_id"].iloc[place] if place is not None else None
    return int(item) if item is not None and not pd.isna(item) else None


def _flags(flags: pd.DataFrame) -> None:
    if flags.empty:
        st.caption("没有发现问题。")
        return
    labels = {severity.value: severity.label for severity in Severity}
    frame = pd.DataFrame(
        {
            "outcome": flags["severity"].map(labels),
            "place": [
                cell_place(sheet, cell) if cell else sheet
                for sheet, cell in zip(flags["sheet"], flags["cell"], strict=True)
            ],
            "number": flags["number"],
            "message": [
                without_place(message, sheet, cell)
                for message, sheet, cell in zip(
                    flags["message"], flags["sheet"], flags["cell"], strict=True
                )
            ],
            "candidates": flags["candidates"],
        }
    )  # fmt: skip
    ledger_table(frame.head(MOST_ROWS), key="batch:flags")
