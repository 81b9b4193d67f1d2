"""诉求人 of one item: masked, or not at all; and the item as somebody sees who must not know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from dashboard.parts.lists import pair_list
from dashboard.reads import FIELD_LABELS, ItemHistory, Reporter, RoundHistory, SourceCell
from supervision.reporters import ReporterView, without_traces

_TEXT = "text:"
_LOOKS = frozenset({"see_personal_data", "update_personal_data", "erase_personal_data"})


def reporter_panel(reporter: Reporter, words: Mapping[str, str]) -> bool:
    """Draw what may be seen; whether the person asks for the whole. `words` name the fields."""
    if reporter.view == ReporterView.HIDDEN:
        st.subheader("诉求人", anchor=False)
        st.caption("按信访保密规定，不向承办单位显示诉求人。如需联系群众，请通过督查室。")
        return False
    if not reporter.masked and not reporter.originals:
        return False
    st.subheader("诉求人", anchor=False)
    pair_list(by_name([(value.field, value.text) for value in reporter.masked], words))
    if reporter.is_erased:
        st.caption("个人信息已按规定删除。")
        return False
    if reporter.view != ReporterView.ON_REASON:
        return False
    if reporter.same_number:
        st.caption(f"同一电话另有 {reporter.same_number} 件事项。")
    return st.button("查看完整信息", help="须写明理由，查看会记入审计")


def by_name(values: list[tuple[str, str]], words: Mapping[str, str]) -> dict[str, str]:
    """Values under the Chinese names of their fields; several of one field together."""
    told: dict[str, list[str]] = {}
    for field, text in values:
        told.setdefault(_field_told(field, words), []).append(text)
    return {name: "、".join(texts) for name, texts in told.items()}


def _field_told(field: str, words: Mapping[str, str]) -> str:
    """诉求人电话 for reporter_phone, 诉求内容（原文） for text:content."""
    name = field.removeprefix(_TEXT)
    label = words.get(name) or FIELD_LABELS.get(name) or "其他"
    return f"{label}（原文）" if field.startswith(_TEXT) else label


def as_seen(history: ItemHistory, reporter: Reporter) -> ItemHistory:
    """The item for this person: who must not know the reporter sees no traces in texts either."""
    if reporter.view != ReporterView.HIDDEN:
        return history
    return replace(
        history,
        texts=_cleaned(history.texts),
        rounds=tuple(_round_cleaned(entry) for entry in history.rounds),
        look_backs=tuple(map(_cleaned, history.look_backs)),
        instructions=tuple(map(_cleaned, history.instructions)),
        audit=tuple(
            {**row, **{name: without_traces(row[name]) for name in ("before", "after", "reason")}}
            for row in history.audit
            if row["act"] not in _LOOKS
        ),
        cells=tuple(_cell_cleaned(cell) for cell in history.cells),
    )


def _round_cleaned(entry: RoundHistory) -> RoundHistory:
    return replace(
        entry,
        round=_cleaned(entry.round),
        feedback=tuple(map(_cleaned, entry.feedback)),
        callbacks=tuple(map(_cleaned, entry.callbacks)),
    )


def _cell_cleaned(cell: SourceCell) -> SourceCell:
    return replace(
        cell,
        file_name=without_traces(cell.file_name) or "",
        sheet=without_traces(cell.sheet) or "",
        heading=without_traces(cell.heading) or "",
        text=without_traces(cell.text) or "",
    )


def _cleaned(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: without_traces(value) if isinstance(value, str) else value
        for name, value in row.items()
    }
