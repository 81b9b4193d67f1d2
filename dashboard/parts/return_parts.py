"""A filled 回访表 or 反馈表, before and after: what each row does, faults, conflicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import pandas as pd
import streamlit as st

from dashboard.parts.ledger_tables import cell_place, ledger_table, row_place, without_place
from dashboard.parts.panels import headline

MOST_ROWS = 500
_ROWS = ("place", "number", "title", "words")
_TAKEN, _DONE = "done", "这些行已经登记。"
_TOLD = {
    _TAKEN: "这些行会登记。",
    "conflict": "导出以后别人办过这些事项，没有覆盖。请核对后重新导出，再填这几行。",
    "refused": "这些行不能登记，原因如下；改正后重新上传，已登记的行不会重复登记。",
    "same": "这些行以前已经登记过，内容相同，不重复登记。",
    "blank": "没有填写的行，留待下次。",
}


class FateLine(NamedTuple):
    """One row of the list as it is shown."""

    fate: str
    sheet: str
    row: int
    number: str
    title: str
    words: str


class FaultLine(NamedTuple):
    """One fault at its cell."""

    severity: str
    sheet: str
    cell: str
    number: str
    message: str


class Since(NamedTuple):
    """What somebody did after the list went out: which field from what to what."""

    at: datetime
    who: str
    act: str
    fields: tuple[tuple[str, str, str], ...]


def told_changes(changes: Sequence[Since]) -> str:
    """Who did what since, one after the other."""
    return "；".join(
        f"{change.at:%m-%d %H:%M} {change.who} {change.act}"
        + "".join(f"，{label}：{before} → {after}" for label, before, after in change.fields)
        for change in changes
    )


def fate_tabs(
    fates: Iterable[tuple[str, str]], lines: Sequence[FateLine], faults: Sequence[FaultLine], *,
    key: str, is_done: bool, told: Mapping[str, str] = _TOLD,
) -> None:  # fmt: skip
    """One tab for each fate (value, label) that occurs, and one for the faults; `told` says what
    each fate means."""
    by_fate = [(value, label, [line for line in lines if line.fate == value])
               for value, label in fates]  # fmt: skip
    shown = [entry for entry in by_fate if entry[2]]
    titles = [f"{label} {len(rows)} 行" for _, label, rows in shown]
    tabs = st.tabs([*titles, f"问题 {len(faults)} 处"])
    for tab, (value, _, rows) in zip(tabs, shown, strict=False):
        with tab:
            st.caption(_DONE if is_done and value == _TAKEN else told[value])
            if len(rows) > MOST_ROWS:
                st.caption(f"共 {len(rows)} 行，这里列前 {MOST_ROWS} 行。")
            ledger_table(_frame(rows[:MOST_ROWS]), key=f"{key}:{value}", columns=_ROWS)
    with tabs[-1]:
        _faults(faults, key)


def _frame(rows: Sequence[FateLine]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "place": [row_place(line.sheet, line.row) for line in rows],
            "number": [line.number for line in rows],
            "title": [line.title for line in rows],
            "words": [line.words for line in rows],
        }
    )


def _faults(faults: Sequence[FaultLine], key: str) -> None:
    if not faults:
        st.caption("没有发现问题。")
        return
    shown = faults[:MOST_ROWS]
    frame = pd.DataFrame(
        {
            "outcome": [fault.severity for fault in shown],
            "place": [cell_place(fault.sheet, fault.cell) for fault in shown],
            "number": [fault.number for fault in shown],
            "message": [without_place(f.message, f.sheet, f.cell) for f in shown],
        }
    )
    ledger_table(frame, key=f"{key}:faults")


def store_button(count: int, *, key: str) -> bool:
    """Whether the rows shall be taken up now."""
    if not count:
        st.info("没有可以登记的行。")
        return False
    st.caption("每一行要么全部登记，要么不动；登记的每一处都留下记录和来源单元格。")
    return st.button(f"登记 {count} 行", type="primary", key=f"{key}:store")


def undone_head(kind: str) -> None:
    """Nothing of it stands any more."""
    headline(
        f"这份{kind}的登记已全部撤销", "事项恢复到登记之前；改好后可以再传回来", key="returned"
    )


def stored_head(done: int, left: int, what: str) -> None:
    """What the list did, in one sentence."""
    rest = f"，{left} 行没有登记" if left else ""
    headline(f"已登记 {done} 行{what}{rest}", "清单和统计已按新数据更新", key="returned")
