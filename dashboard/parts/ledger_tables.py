"""Tables of the page 台账导入: Chinese headings, ledger text shown exactly as it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.parts.safe import clean
from dashboard.parts.tables import clicked_rows

MOST_HEIGHT = 420
_ROW = 36

# Column → heading, width in pixels, whether it is a day.
_HEADINGS: Mapping[str, tuple[str, int, bool]] = {
    "place": ("位置", 150, False),
    "number": ("编号", 130, False),
    "field": ("栏目", 96, False),
    "message": ("问题", 560, False),
    "candidates": ("可选", 260, False),
    "reason": ("原因", 220, False),
    "title": ("事项", 380, False),
    "words": ("说明", 560, False),
    "why": ("情况", 330, False),
    "light": ("亮灯", 110, False),
    "cell": ("台账单元格", 180, False),
    "lead": ("牵头单位", 170, False),
    "unit": ("县(区)", 92, False),
    "township": ("镇(街)", 100, False),
    "due_on": ("反馈期限", 104, True),
    "like": ("库中相近的事项", 290, False),
    "like_number": ("库中编号", 150, False),
    "like_lead": ("库中牵头单位", 120, False),
    "like_light": ("库中状态", 110, False),
    "likeness": ("相近程度", 84, False),
    "before": ("库中现值", 240, False),
    "after": ("改为", 240, False),
    "outcome": ("结果", 84, False),
    "cells": ("原始内容（个人信息已遮盖）", 640, False),
    "sheet": ("工作表", 200, False),
    "rows": ("行数", 72, False),
    "header": ("表头", 110, False),
    "items": ("事项", 72, False),
    "taken": ("取用", 72, False),
    "id": ("批次", 64, False),
    "standing": ("状态", 76, False),
    "file_name": ("文件", 300, False),
    "stored_at": ("入库时间", 150, False),
    "stored_by": ("经办人", 90, False),
    "new": ("新增", 64, False),
    "updated": ("更新", 64, False),
    "unchanged": ("不变", 64, False),
    "refused": ("拒绝", 64, False),
    "left_out": ("未取用", 72, False),
    "vanished": ("上期有本期无", 110, False),
}
_COUNTS = frozenset(
    {"rows", "items", "id", "new", "updated", "unchanged", "refused", "left_out", "vanished"}
)


def ledger_table(
    frame: pd.DataFrame, *, key: str, columns: tuple[str, ...] = (), choose: bool = False
) -> int | None:
    """Draw the frame (all its columns unless named); with `choose`, the position clicked."""
    shown = worded(frame[list(columns)] if columns else frame)
    # A row or two more are shown rather than scrolled.
    tall = (len(shown) + 1) * _ROW > MOST_HEIGHT + 3 * _ROW
    event = st.dataframe(
        shown,
        key=key,
        hide_index=True,
        column_config={name: _column(name) for name in shown.columns},
        row_height=_ROW,
        height=MOST_HEIGHT if tall else "content",
        placeholder="",
        on_select="rerun" if choose else "ignore",
        selection_mode="single-cell",
        alt="台账导入的明细表",
    )
    return clicked_rows(event)[0] if choose else None


def cell_place(sheet: str, cell: str) -> str:
    """F5　台账: a long sheet name is cut off in a table, the cell must not be."""
    return f"{cell}　{sheet}"


def row_place(sheet: str, row: int) -> str:
    """第5行　台账."""
    return f"第{row}行　{sheet}"


def without_place(message: str, sheet: str, cell: str | None) -> str:
    """What a fault says, without 工作表“台账”G6（牵头单位）: the columns beside it say that."""
    if not cell:
        return message
    whole = f"工作表“{sheet}”{cell}"
    rest = message.removeprefix(whole)
    if rest == message or not rest.startswith("（"):
        return message
    return rest.partition("）")[2] or message


def worded(frame: pd.DataFrame) -> pd.DataFrame:
    """What is sent: texts cleaned, days as days."""
    sent: dict[str, Any] = {}
    for name in frame.columns:
        _, _, is_day = _HEADINGS.get(name, (name, 0, False))
        if is_day:
            sent[name] = pd.to_datetime(frame[name])
        elif name in _COUNTS:
            sent[name] = frame[name]
        else:
            sent[name] = [clean(None if pd.isna(text) else text) for text in frame[name]]
    return pd.DataFrame(sent, index=frame.index)


def _column(name: str) -> Any:
    heading, width, is_day = _HEADINGS.get(name, (name, 120, False))
    if is_day:
        return st.column_config.DateColumn(heading, width=width, format="YYYY-MM-DD")
    if name in _COUNTS:
        return st.column_config.NumberColumn(heading, width=width, format="%d")
    return st.column_config.TextColumn(heading, width=width)
