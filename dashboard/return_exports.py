"""导出待回访、待反馈清单: which rows, residents masked or in clear, and the workbook."""

from __future__ import annotations

import hashlib
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
from supervision.return_sheets import MOST_ROWS, ReturnSheet, kinds_open_to, own_feedback_only
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
    st.subheader("导出清单，填好再传回", anchor=False)
    names = reads.choices(reads.change(), who.scope, as_of)
    for tab, kind in zip(st.tabs([TITLES[kind] for kind in kinds]), kinds, strict=True):
        with tab:
            _export(kind, names, who, as_of)


def _export(kind: ReturnSheet, names: Choices, who: Viewer, as_of: date) -> None:
    st.caption(_WORDS[kind])
    filters = _filters(kind, names)
    count = len(return_acts.return_list(kind, filters, viewer=who, as_of=as_of))
    if not count:
        st.info("没有符合条件的事项。")
        return
    if count > MOST_ROWS:
        st.info(f"符合条件的有 {count:,} 件，一份表最多 {MOST_ROWS:,} 件，请缩小范围。")
        return
    reason = _reason() if kind is ReturnSheet.CALLBACK else ""
    if reason is None:
        return
    _button(kind, filters, names, reason, count, who, as_of)


def _filters(kind: ReturnSheet, names: Choices) -> Filters:
    columns = st.columns(3)
    chosen = [
        _chosen(column, heading, entries, f"return:{kind.value}:{field}")
        for column, (heading, entries, field) in zip(
            columns,
            (("县（区）", names.units, "unit"), ("牵头单位", names.departments, "department"),
             ("面对面场次", names.sessions, "session")),
            strict=True,
        )
    ]  # fmt: skip
    return Filters(units=chosen[0], departments=chosen[1], sessions=chosen[2])


def _chosen(place: object, heading: str, names: dict[int, str], key: str) -> tuple[int, ...]:
    keys = {option(name): item for item, name in names.items()}
    with place:  # type: ignore[attr-defined]
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

    def workbook(taker: Viewer, mark: Watermark) -> Made:
        rows = return_acts.return_list(kind, filters, viewer=taker, as_of=as_of).head(MOST_ROWS)
        ids = [int(key) for key in rows["item_id"]]
        people: return_acts.People = {}
        if kind is ReturnSheet.CALLBACK and reason:
            people = return_acts.people_in_clear(ids, reason, viewer=taker, as_of=as_of)
        elif kind is ReturnSheet.CALLBACK:
            people = return_acts.people_masked(ids, viewer=taker, as_of=as_of)
        content = return_workbook(
            kind, rows, people, as_of=as_of, told=said, watermark=mark,
            own=own_feedback_only(taker),
        )  # fmt: skip
        return Made(content, len(rows))

    asked = repr((kind, filters, reason, reads.change(), who.account, as_of)).encode()
    name = f"{TITLES[kind]}_{as_of:%Y%m%d}_{hashlib.sha256(asked).hexdigest()[:8]}.xlsx"
    download_button(
        f"导出 {count:,} 件", Offer(TITLES[kind], said, name, Right.RETURN_SHEETS), workbook,
        key=f"return:{kind.value}:export",
    )  # fmt: skip
