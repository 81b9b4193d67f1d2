"""数据质量: all lists by kind, and one list with its rows, cells and the way to the repair."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn, Protocol

import pandas as pd
import streamlit as st

from dashboard.parts.leading import set_query
from dashboard.parts.ledger_tables import cell_place, ledger_table
from dashboard.parts.list_tools import Turned, page_turner
from dashboard.parts.panels import headline
from dashboard.parts.paper import paper_table
from dashboard.parts.safe import label
from dashboard.parts.theme import lamp_word
from supervision.quality import QUALITY_RULES, QualityGroup, QualityList, Repair
from supervision.scope import Viewer

_IMPORT_PAGE = "app_pages/ledger_upload.py"
_COLUMNS = ("number", "title", "why", "cell", "lead", "unit", "light", "file_name")
_REFUSED = ("why", "cell", "file_name")
_HEADINGS = {
    "number": "编号", "title": "事项", "why": "情况", "lead": "牵头单位", "unit": "县（区）",
    "light": "亮灯", "cell": "台账单元格", "file_name": "台账文件",
}  # fmt: skip
_OPENED = "quality_opened"


class Entry(Protocol):
    """One list and how many rows it has."""

    @property
    def slug(self) -> QualityList: ...
    @property
    def count(self) -> int: ...


class QualityPage(Turned, Protocol):
    """One page of a list's rows."""

    @property
    def rows(self) -> pd.DataFrame: ...
    @property
    def total(self) -> int: ...


def all_lists(entries: Sequence[Entry]) -> None:
    """The lists in three columns; those without rows in one line."""
    waiting = [entry for entry in entries if entry.count]
    whole = sum(entry.count for entry in waiting)
    headline(
        f"{len(waiting)} 类、{whole:,} 处需要看一看" if waiting else "没有发现需要处理的数据问题",
        "改正以后自己从清单里消失。迹象只供核查，不是结论。",
        key="quality",
    )
    for place, group in zip(st.columns(3, gap="large"), QualityGroup, strict=True):
        with place:
            _group(group, [e for e in waiting if QUALITY_RULES[e.slug].group is group])
    empty = [entry.slug.label for entry in entries if not entry.count]
    if empty:
        st.caption("没有发现：" + "；".join(empty) + "。")


def _group(group: QualityGroup, entries: Sequence[Entry]) -> None:
    st.header(group.label, anchor=False)
    if not entries:
        st.caption("没有发现。")
    for entry in entries:
        with st.container(gap="small"):
            st.button(
                f"**{entry.count:,}**　{entry.slug.label}",
                key=f"quality:{entry.slug.value}",
                on_click=set_query,
                kwargs={"list": entry.slug.value, "after": None},
                width="stretch",
            )
            st.caption(label(QUALITY_RULES[entry.slug].words))


def list_head(slug: QualityList, total: int) -> None:
    """Which list, how many, and what it tells."""
    unit = "行" if slug is QualityList.ROWS_REFUSED else "件"
    headline(f"{slug.label}：{total:,} {unit}", QUALITY_RULES[slug].words, key="quality_list")


def repair_line(repair: Repair, *, may_import: bool) -> None:
    """What to do about it, with the way to the import page for who may import."""
    with st.container(horizontal=True, vertical_alignment="center", key="quality_repair"):
        st.caption(f"怎么办：{repair.label}。")
        if may_import and repair is not Repair.ITEM:
            st.page_link(_IMPORT_PAGE, label="去台账导入")


def quality_table(
    page: QualityPage, slug: QualityList, who: Viewer
) -> tuple[int | None, int | None] | None:
    """Draw the rows; the item and the batch of the one that was clicked."""
    rows, here = page.rows, f"{page.total:,} 处"
    if rows.empty:
        st.info("现在没有这类情况。")
        return None
    if len(rows) < page.total:
        last = page.position + len(rows)
        here = f"共 {here}，本页第 {page.position + 1:,}–{last:,} 处"
        st.caption(f"{here}。")
    columns = _REFUSED if slug is QualityList.ROWS_REFUSED else _COLUMNS
    shown = pd.DataFrame(
        {name: _told(name, rows) for name in columns}, index=rows.index, dtype="object"
    )
    # A browser remembers what was chosen in a table that comes back: told once, it is another.
    turn = st.session_state.setdefault(_OPENED, 0)
    said = f"{slug.label}　{here}　内部资料　{who.name}（{who.account}）打印"
    with st.container(key="quality_rows"):
        place = ledger_table(shown, key=f"quality:{slug.value}:{turn}", choose=True)
        headings = {name: _HEADINGS[name] for name in columns}
        paper_table(shown, headings, [said], key="quality")
    if len(rows) < page.total:
        with st.container(horizontal=True, horizontal_alignment="right", key="pages_quality"):
            page_turner(page)
    if place is None:
        return None
    st.session_state[_OPENED] = turn + 1
    return _number(rows["item_id"].iloc[place]), _number(rows["batch_id"].iloc[place])


def open_batch(batch: int | None) -> NoReturn:
    """The import batch that holds a row."""
    st.switch_page(_IMPORT_PAGE, query_params={"batch": str(batch)})


def _told(name: str, rows: pd.DataFrame) -> list[object]:
    if name == "light":
        return [lamp_word(str(light)) if isinstance(light, str) else "" for light in rows["light"]]
    if name == "cell":
        return [
            cell_place(sheet, cell) if isinstance(cell, str) else "系统内登记"
            for sheet, cell in zip(rows["sheet"], rows["cell"], strict=True)
        ]
    return [None if pd.isna(value) else value for value in rows[name]]


def _number(value: object) -> int | None:
    return None if pd.isna(value) else int(value)  # type: ignore[call-overload]
