"""The audit trail on a page: filters, entries as sentences, the state of the chain."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from dashboard.parts.leading import set_query
from dashboard.parts.lists import time_line
from dashboard.parts.safe import option
from dashboard.reads import AuditChoices, AuditEntry, AuditFilters, AuditPage

_VERIFIED = "audit_verified"


def audit_filters(choices: AuditChoices) -> tuple[AuditFilters, list[str]]:
    """Draw the filters; what they are set to, for the question and in words."""
    with st.container(horizontal=True, key="audit_filters"):
        actor = _chosen("人员", choices.actors, "全部人员", key="audit_actor")
        act = _chosen("操作", choices.acts, "全部操作", key="audit_act")
        entity = _chosen("对象", choices.entities, "全部对象", key="audit_entity")
        first = _day("自", "audit_first")
        last = _day("至", "audit_last")
        item = st.text_input(
            "事项", placeholder="编号", key="audit_item", width=150, max_chars=80, on_change=_newest
        ).strip()
        batch = st.number_input(
            "导入批次", min_value=1, max_value=999_999_999, value=None, step=1, format="%d",
            placeholder="全部批次", key="audit_batch", width=130, on_change=_newest,
        )  # fmt: skip
    filters = AuditFilters(
        actor, act, entity, first, last, int(batch) if batch else None, item or None
    )
    said = {
        "人员": choices.actors.get(actor or ""),
        "操作": choices.acts.get(act or ""),
        "对象": choices.entities.get(entity or ""),
        "自": first and f"{first:%Y-%m-%d}",
        "至": last and f"{last:%Y-%m-%d}",
        "导入批次": filters.batch,
        "事项": filters.item,
    }
    return filters, [f"{name}：{value}" for name, value in said.items() if value]


def place(page: AuditPage, total: int) -> str:
    """How many there are, and which the page shows."""
    if not page.entries:
        return f"共 {total:,} 条。"
    newest, oldest = page.entries[0].at, page.entries[-1].at
    return (
        f"共 **{total:,}** 条，本页 {oldest:%Y-%m-%d %H:%M} 至 {newest:%Y-%m-%d %H:%M}，新的在前。"
    )


def entries(page: AuditPage) -> None:
    """One sentence each: when, who, what, from which values to which, why."""
    time_line(
        (f"{entry.at:%Y-%m-%d %H:%M:%S}　第 {entry.id} 条", entry.who, _told(entry))
        for entry in page.entries
    )


def chain_standing(walk: Callable[[], tuple[bool, str]]) -> None:
    """Whether nothing was changed or taken out, found once for each visit and when asked."""
    known = st.session_state.get(_VERIFIED)
    told = st.container(width="stretch")
    again = st.button("重新核验", type="tertiary", key="audit_verify")
    if known is None or again:
        with told, st.spinner("正在逐条核验记录……"):
            known = st.session_state[_VERIFIED] = walk()
    whole, sentence = known
    if whole:
        told.success(f"{sentence}。每条记录都与前一条相连，没有改动、插入或删除。")
    else:
        told.error(f"{sentence}请立即报告信息安全负责人，并保留数据库原样备查。")


def _told(entry: AuditEntry) -> str:
    batch = f"（第 {entry.batch} 批导入）" if entry.batch else ""
    reason = f"，原因：{entry.reason}" if entry.reason else ""
    changes = "；".join(entry.changes)
    return f"{entry.sentence}{batch}{reason}" + (f"\n{changes}" if changes else "")


def _chosen(heading: str, names: dict[str, str], nothing: str, *, key: str) -> str | None:
    # Several acts may have the same words: the unknown ones.
    keys = {option(name): stored for stored, name in names.items()}
    chosen = st.selectbox(
        heading, list(keys), index=None, placeholder=nothing, key=key, on_change=_newest
    )
    return keys.get(chosen) if chosen is not None else None


def _day(heading: str, key: str) -> date | None:
    return st.date_input(
        heading, value=None, format="YYYY-MM-DD", key=key, width=150, on_change=_newest
    )


def _newest() -> None:
    set_query(before=None)
