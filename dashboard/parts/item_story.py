"""An item's history in plain sentences: who did what, when, from what to what."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.parts.safe import clean
from dashboard.reads import FIELD_LABELS, ItemHistory
from supervision.vocabulary import ItemState

_ACTS = {
    "register": "由台账登记",
    "update_from_ledger": "由台账更新",
    "reassign": "台账重新交办，开始新一轮",
    "flag_for_reassignment": "标记拟重新交办",
}
_ACTORS = {"local": "本机督查员", "sample": "演示数据"}


def story_table(history: ItemHistory) -> None:
    """The audit rows of the item, newest first."""
    st.dataframe(
        pd.DataFrame(
            [
                {
                    "时间": f"{row['at']:%Y-%m-%d %H:%M}",
                    "经手": _ACTORS.get(row["actor"], clean(row["actor"])),
                    "事情": _told(row),
                }
                for row in reversed(history.audit)
            ]
        ),
        hide_index=True,
        key="story",
        height="content",
        column_config={"事情": st.column_config.TextColumn(width="large")},
    )


def _told(row: dict[str, Any]) -> str:
    what = _ACTS.get(row["act"], row["act"])
    changes = "；".join(_changes(row["before"], row["after"]))
    reason = f"，原因：{row['reason']}" if row["reason"] else ""
    return clean(what + (f"：{changes}" if changes else "") + reason)


def _changes(before: str | None, after: str | None) -> list[str]:
    if before is None or after is None:
        return []
    was, now = json.loads(before), json.loads(after)
    if "state" in was:
        return [f"{ItemState(was['state']).label}→{ItemState(now['state']).label}"]
    return [f"{FIELD_LABELS.get(name, name)} {was.get(name)}→{now[name]}" for name in now]
