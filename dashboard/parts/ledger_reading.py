"""How a ledger is read: which sheets, where the header stands, what each column means.

`st.data_editor` enforces nothing on the server: whatever comes back is compared with what was
offered, and only the one column that may be edited is looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard.parts.ledger_tables import ledger_table, worded
from dashboard.parts.ledger_views import NOT_TAKEN, SheetView
from dashboard.parts.safe import option, plain

_FIND_IT = "自动识别"
_HIGHEST_HEADER, _HEADER_ROWS = 60, 3
_MEANING = "对应字段"
_MOST_IN_SIGHT = 24
"""Columns of a ledger that are seen without scrolling inside the table."""


@dataclass(frozen=True, slots=True)
class HeaderChoice:
    """What was decided about one sheet: taken or not, its header rows (None: find them)."""

    sheet: SheetView
    taken: bool
    header: tuple[int, ...] | None


def sheet_table(sheets: Sequence[SheetView], hidden: Sequence[str], *, key: str) -> None:
    """All sheets at a glance."""
    frame = pd.DataFrame(
        [
            (sheet.name, sheet.rows, header_words(sheet), sheet.items,
             "是" if sheet.taken and sheet.items else "否")
            for sheet in sheets
        ],
        columns=["sheet", "rows", "header", "items", "taken"],
    )  # fmt: skip
    ledger_table(frame, key=f"{key}:sheets")
    if hidden:
        plain("隐藏的工作表不取用：" + "、".join(hidden))


def header_words(sheet: SheetView) -> str:
    """第3行, 第3–4行, or that none was found."""
    if not sheet.header_rows:
        return "没有找到"
    first, last = sheet.header_rows[0], sheet.header_rows[-1]
    return f"第{first}行" if first == last else f"第{first}–{last}行"


def chosen_sheet(sheets: Sequence[SheetView], *, key: str) -> SheetView:
    """The sheet that is looked at; asked only where there are several."""
    if len(sheets) == 1:
        return sheets[0]
    most = max(range(len(sheets)), key=lambda place: sheets[place].items)
    names = [option(f"{place}　{sheet.name}") for place, sheet in enumerate(sheets, start=1)]
    name = st.selectbox("查看和调整哪个工作表", names, index=most, key=f"{key}:sheet")
    return sheets[names.index(name)]


def header_form(sheet: SheetView, *, key: str) -> HeaderChoice | None:
    """Whether the sheet is taken and where its header stands; None until that is sent."""
    st.dataframe(
        sheet.preview, hide_index=True, key=f"{key}:preview", height="content", placeholder="",
        alt="工作表开头几行", column_config={"行": st.column_config.NumberColumn("行", width=48)},
    )  # fmt: skip
    last = sheet.first_row + min(sheet.rows, _HIGHEST_HEADER)
    rows = [_FIND_IT, *(f"第 {row} 行" for row in range(sheet.first_row, last))]
    form = st.form(f"{key}:header", border=False)
    with form.container(horizontal=True, vertical_alignment="bottom"):
        taken = st.checkbox("取用这个工作表", value=sheet.taken)
        first = st.selectbox("表头从哪一行开始", rows, width=190)
        height = st.selectbox("表头占几行", [1, 2, 3], width=120)
        sent = st.form_submit_button("重新判读")
    if not sent:
        return None
    if first == _FIND_IT:
        return HeaderChoice(sheet, taken, None)
    start = sheet.first_row + rows.index(first) - 1
    return HeaderChoice(sheet, taken, tuple(range(start, start + min(height, _HEADER_ROWS))))


def mapping_form(sheet: SheetView, offered: Sequence[str], *, key: str) -> dict[int, str] | None:
    """What each column (0-based) is chosen to mean, only those changed; None until sent."""
    options = [NOT_TAKEN, *offered]
    frame = worded(
        pd.DataFrame(
            [
                (column.letter, column.heading, column.meaning,
                 "请核对" if column.to_check else "", *column.samples)
                for column in sheet.columns
            ],
            columns=["列", "台账栏目", _MEANING, "提示", "样例一", "样例二", "样例三"],
        )
    )  # fmt: skip
    with st.form(f"{key}:mapping", border=False):
        edited = st.data_editor(
            frame,
            key=f"{key}:editor",
            hide_index=True,
            num_rows="fixed",
            disabled=[name for name in frame.columns if name != _MEANING],
            height="content" if len(frame) <= _MOST_IN_SIGHT else _MOST_IN_SIGHT * 36,
            row_height=36,
            placeholder="",
            column_config={
                "列": st.column_config.TextColumn(width=44),
                "台账栏目": st.column_config.TextColumn(width=180),
                _MEANING: st.column_config.SelectboxColumn(
                    options=options, required=True, width=150
                ),
                "提示": st.column_config.TextColumn(width=72),
            },
        )
        if not st.form_submit_button("按所选字段重新判读"):
            return None
    return changed_meanings(sheet, edited, options)


def changed_meanings(
    sheet: SheetView, edited: pd.DataFrame, options: Sequence[str]
) -> dict[int, str]:
    """Column → word, of what came back from the browser: offered words for known columns only."""
    if _MEANING not in edited:
        return {}
    return {
        column.column: word
        for column, word in zip(sheet.columns, edited[_MEANING].tolist(), strict=False)
        if word in options and word != column.meaning
    }
