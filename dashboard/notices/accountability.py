"""问责登记: every act of calling to account, and how many of each kind each department has."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from dashboard import notice_reads
from dashboard.parts.leading import open_item
from dashboard.parts.panels import headline
from dashboard.parts.tables import item_table
from dashboard.reads import Filters
from supervision.loop_words import AccountabilityKind
from supervision.scope import Viewer


def draw_register(filters: Filters, who: Viewer, as_of: date) -> None:
    """The counts by department and below them each act; a click opens its item."""
    found = notice_reads.accountability_register(who.scope, as_of, filters)
    if found.empty:
        headline(
            "没有问责登记", "打开一件事项，在“职责与跟踪”里登记提醒、约谈、通报等。", key="held"
        )
        return
    counts = counted(found)
    headline(
        f"问责 {len(found)} 次，涉及 {len(counts)} 个单位",
        "、".join(
            f"{kind.label} {n} 次"
            for kind in AccountabilityKind
            if (n := int((found["kind"] == kind.label).sum()))
        ),
        key="held",
    )
    st.dataframe(
        counts, hide_index=True, width="content", height="content", key="held_counts",
        placeholder="", alt="各单位问责次数",
    )  # fmt: skip
    clicked = item_table(
        found, key="held", id_column="accountability_id",
        columns=("done_on", "kind", "department", "title", "words", "outcome", "recorded_by",
                 "number"),
        on_paper=[f"内部资料　{who.name}（{who.account}）打印"],
    )  # fmt: skip
    if clicked.opened is not None:
        open_item(found.loc[found["accountability_id"] == clicked.opened, "item_id"].iloc[0])


def counted(found: pd.DataFrame) -> pd.DataFrame:
    """单位, one column for each kind there is, 合计; the most called to account first."""
    kinds = [kind.label for kind in AccountabilityKind if (found["kind"] == kind.label).any()]
    table = (
        found.assign(department=found["department"].fillna("单位不明"), n=1)
        .pivot_table(index="department", columns="kind", values="n", aggfunc="sum", fill_value=0)
        .reindex(columns=kinds)
        .astype(int)
    )
    table["合计"] = table.sum(axis=1)
    table = table.sort_values(["合计", *kinds], ascending=False)
    return table.reset_index().rename(columns={"department": "单位"}).rename_axis(None, axis=1)
