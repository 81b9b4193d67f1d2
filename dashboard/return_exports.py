"""导出待回访、待反馈清单: which rows, residents masked or in clear, and the workbook."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date

import streamlit as st

from dashboard import reads, return_acts
from dashboard.acts import LONGEST_REASON
from dashboard.briefing.return_workbook import TITLES, return_workbook
from dashboard.briefing.watermark import Watermark
from dashboard.downloads import Made, Offer, download_button
from dashboard.parts.filters import told
from dashboard.parts.safe import option
from dashboard.reads import Choices, Filters
from supervision.reporters import LEAST_REASON
from supervision.return_sheets import (
    MOST_IN_CLEAR,
    MOST_ROWS,
    ReturnSheet,
    kinds_open_to,
    own_feedback_only,
)
from supervision.rights import Right
from supervision.scope import Viewer

_MASKED, _CLEAR = "遮盖", "完整（记录查看理由）"
_WORDS = {
    ReturnSheet.CALLBACK: "已办结、等待回访的事项。填好以后在本页上传，系统自己认得。",
    ReturnSheet.FEEDBACK: "在办、还没有书面反馈的事项。填好以后在本页上传，系统自己认得。",
}


def export_lists(who: Viewer, as_of: date) -> None:
    """The lists that this person may take out."""
    kinds = kinds_open_to(who)
    if not kinds:
        return
    st.header("导出清单，填好再传回", anchor=False)
    names = reads.choices(reads.change(), who.scope, as_of)
    for tab, kind in zip(st.tabs([TITLES[kind] for kind in kinds]), kinds, strict=True):
        with tab:
            _export(kind, names, who, as_of)


def _export(kind: ReturnSheet, names: Choices, who: Viewer, as_of: date) -> None:
    st.caption(_WORDS[kind])
    own = kind is ReturnSheet.FEEDBACK and own_feedback_only(who)
    filters = _filters(kind, names, own=own)
    count = return_acts.return_count(kind, filters, viewer=who, as_of=as_of)
    if not count:
        st.info("没有符合条件的事项。")
        return
    if count > MOST_ROWS:
        st.info(f"符合条件的有 {count:,} 件，一份表最多 {MOST_ROWS:,} 件，请缩小范围。")
        return
    reason = _reason() if kind is ReturnSheet.CALLBACK else ""
    if reason is None:
        return
    if reason and count > MOST_IN_CLEAR:
        st.info(
            f"显示完整姓名、电话的一份表最多 {MOST_IN_CLEAR} 件，现有 {count:,} 件，请缩小范围。"
        )
        return
    _button(kind, filters, names, reason, count, who, as_of)


def _filters(kind: ReturnSheet, names: Choices, *, own: bool) -> Filters:
    """County, department, session; a department's own list needs no choice of departments."""
    offered = {
        "units": ("县（区）", names.units),
        "departments": ("牵头单位", names.departments),
        "sessions": ("面对面场次", names.sessions),
    }
    if own:
        del offered["departments"]
    chosen: dict[str, tuple[int, ...]] = {}
    for place, (field, (heading, entries)) in zip(
        st.columns(len(offered)), offered.items(), strict=True
    ):
        with place:
            chosen[field] = _chosen(heading, entries, f"return:{kind.value}:{field}")
    return Filters(
        units=chosen["units"],
        sessions=chosen["sessions"],
        departments=chosen.get("departments", ()),
    )


def _chosen(heading: str, names: dict[int, str], key: str) -> tuple[int, ...]:
    keys = {option(name): item for item, name in names.items()}
    entries = st.multiselect(heading, list(keys), key=key, placeholder="全部")
    return tuple(keys[entry] for entry in entries if entry in keys)


def _reason() -> str | None:
    """Empty for a masked list; None until a reason for a clear one is long enough."""
    face = st.radio("诉求人姓名和电话", [_MASKED, _CLEAR], horizontal=True, key="return:people")
    if face != _CLEAR:
        return ""
    reason = st.text_input(
        "查看理由", max_chars=LONGEST_REASON, key="return:reason",
        placeholder="例如：11月下旬电话回访，逐件核实办理情况",
        help="谁、何时、因何查看，逐件记入审计",
    ).strip()  # fmt: skip
    if len(reason) < LEAST_REASON:
        st.caption(f"请写明查看理由，{LEAST_REASON} 到 {LONGEST_REASON} 个字，然后导出。")
        return None
    return reason


def _button(
    kind: ReturnSheet, filters: Filters, names: Choices, reason: str, count: int, who: Viewer,
    as_of: date,
) -> None:  # fmt: skip
    said = [*told(filters, names)]
    if kind is ReturnSheet.CALLBACK:
        said.append(f"诉求人：{_CLEAR if reason else _MASKED}")

    def made(taker: Viewer, mark: Watermark) -> Made:
        return list_to_fill(kind, filters, reason, taker=taker, mark=mark, as_of=as_of, said=said)

    asked = repr((kind, filters, reason, reads.change(), who.account, as_of)).encode()
    name = f"{TITLES[kind]}_{as_of:%Y%m%d}_{hashlib.sha256(asked).hexdigest()[:8]}.xlsx"
    download_button(
        f"导出 {count:,} 件", Offer(TITLES[kind], said, name, Right.RETURN_SHEETS), made,
        key=f"return:{kind.value}:export",
    )  # fmt: skip


def list_to_fill(
    kind: ReturnSheet,
    filters: Filters,
    reason: str,
    *,
    taker: Viewer,
    mark: Watermark,
    as_of: date,
    said: Sequence[str] = (),
) -> Made:
    """The workbook for who takes it out; with a reason, residents in clear, each look recorded."""
    rows = return_acts.return_list(kind, filters, viewer=taker, as_of=as_of)
    ids = [int(key) for key in rows["item_id"]]
    people: return_acts.People = {}
    if kind is ReturnSheet.CALLBACK and reason:
        people = return_acts.people_in_clear(ids[:MOST_IN_CLEAR], reason, viewer=taker, as_of=as_of)
    elif kind is ReturnSheet.CALLBACK:
        people = return_acts.people_masked(ids, viewer=taker, as_of=as_of)
    content = return_workbook(
        kind, rows, people, as_of=as_of, told=said, watermark=mark,
        own=own_feedback_only(taker),
    )  # fmt: skip
    return Made(content, len(rows))
