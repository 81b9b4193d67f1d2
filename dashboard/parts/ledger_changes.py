"""What storing would change, the storing itself with its progress, and the result."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd
import streamlit as st

from dashboard.parts.ledger_tables import ledger_table
from dashboard.parts.ledger_views import Changes
from dashboard.parts.panels import headline
from dashboard.parts.rows import worded
from dashboard.parts.tables import item_table
from dashboard.parts.theme import lamp_word
from supervision.vocabulary import RowOutcome

_ROWS = ("place", "number", "title", "lead", "unit", "township", "due_on")
_SIMILAR = ("place", "title", "like", "likeness", "like_lead", "like_light", "like_number")
_VANISHED = ("number", "title", "lead", "unit", "light", "due_on")


def change_tabs(changes: Changes, vanished: pd.DataFrame, alike: pd.DataFrame, *, key: str) -> None:
    """One tab for each outcome; items as LIST_COLUMNS: `vanished` are those not told of again,
    `alike` those that new rows read like."""
    names = {
        RowOutcome.NEW: changes.new,
        RowOutcome.UPDATED: changes.updated,
        RowOutcome.UNCHANGED: changes.unchanged,
        RowOutcome.REFUSED: changes.refused,
    }
    titles = [f"{outcome.label} {changes.counts[outcome.label]}" for outcome in names]
    first = next((n for n, outcome in enumerate(names) if changes.counts[outcome.label]), 0)
    more = [f"可能重复 {len(changes.similar)}", f"上期有本期无 {len(changes.vanished)}"]
    tabs = st.tabs([*titles, *more], default=titles[first])
    for tab, (outcome, frame) in zip(tabs, names.items(), strict=False):
        with tab:
            _outcome(outcome, frame, changes.counts[outcome.label], key)
    with tabs[-2]:
        _similar(changes, alike, key)
    with tabs[-1]:
        if not changes.vanished:
            st.caption("上一期台账里的未办结事项，本期都有。")
            return
        st.caption("上一期台账里有、本期没有的未办结事项。入库不会删除它们，请向填报单位核实。")
        item_table(worded(vanished), key=f"{key}:vanished", columns=_VANISHED, most_height=420)


def _similar(changes: Changes, alike: pd.DataFrame, key: str) -> None:
    if changes.uncompared:
        st.caption(
            f"有 {changes.uncompared} 行没有与库中事项比对："
            "没写明县区和镇街，或同一地方的行数太多。"
        )
    if changes.similar.empty:
        st.caption("比对过的新增行里，没有与库中在办事项相近的。")
        return
    st.caption("这些新增行与同一地方的在办事项写法相近，入库时不会自动合并，请核对是否同一事项。")
    ledger_table(side_by_side(changes.similar, alike), key=f"{key}:similar", columns=_SIMILAR)


def side_by_side(similar: pd.DataFrame, alike: pd.DataFrame) -> pd.DataFrame:
    """Each new row beside the item it reads like, so that a person can tell them apart."""
    known = pd.DataFrame(
        {
            "item_id": alike["item_id"],
            "like": alike["title"],
            "like_number": alike["number"],
            "like_lead": alike["lead_short"],
            "like_light": [lamp_word(str(light)) for light in alike["light"]],
        }
    )
    return similar.merge(known, on="item_id", how="left")


def _outcome(outcome: RowOutcome, frame: pd.DataFrame, count: int, key: str) -> None:
    if frame.empty:
        st.caption(f"没有{outcome.label}的事项。")
        return
    if outcome == RowOutcome.UPDATED:
        st.caption("逐字段列出库中现值和将要改成的值。")
        ledger_table(frame, key=f"{key}:updated")
        return
    if len(frame) < count:
        st.caption(f"共 {count} 行，这里列前 {len(frame)} 行。")
    columns = (*_ROWS, "reason") if outcome == RowOutcome.REFUSED else _ROWS
    ledger_table(frame, key=f"{key}:{outcome.value}", columns=columns)


def store_button(changes: Changes, *, key: str) -> bool:
    """Whether the ledger shall be stored now."""
    counts = changes.counts
    told = "、".join(
        f"{outcome.label} {counts[outcome.label]}"
        for outcome in (RowOutcome.NEW, RowOutcome.UPDATED, RowOutcome.UNCHANGED)
        if counts[outcome.label]
    )
    st.caption("入库是一个整体：要么全部写入，要么一行不写；每处改动都留下记录和来源单元格。")
    return st.button(f"入库（{told or '只留存原始行'}）", type="primary", key=f"{key}:store")


def with_progress(store: Callable[[Callable[[float, str], None]], object]) -> None:
    """Run `store(progress)` with a bar that says what is being done."""
    bar = st.progress(0.0, text="正在准备入库")

    def progress(share: float, words: str) -> None:
        bar.progress(min(max(share, 0.0), 1.0), text=words)

    store(progress)
    bar.empty()


def result(counts: Mapping[str, int]) -> None:
    """What the import did, in one sentence."""
    told = "、".join(f"{word} {count} 件" for word, count in counts.items() if count)
    headline(f"已入库：{told or '没有事项行'}", "总览、清单和统计已按新数据更新", key="stored")
