"""A small sheet that is taken whole or not at all: uploaded, opened once, its faults by cell."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from dashboard import acts
from dashboard.acts import CellFault, Workbook
from dashboard.administration.office_table import Shown, office_table
from dashboard.parts.panels import headline

_FAULTS = {
    "cell": Shown("单元格", 90), "heading": Shown("栏目", 120), "sentence": Shown("问题", 600),
}  # fmt: skip


def uploaded_sheet(words: str, *, name: str) -> Workbook | None:
    """The field for a file, and the file opened; None before there is one. `name` tells one
    upload of a session from another."""
    turn = st.session_state.setdefault(_turn(name), 0)
    upload = st.file_uploader(words, key=f"{name}_file_{turn}", type=None)
    if upload is None:
        return None
    # Opening takes a child process: once for an upload, not at every click.
    held: tuple[str, Workbook] | None = st.session_state.get(_opened(name))
    if held is None or held[0] != upload.file_id:
        with st.spinner("正在打开文件……"):
            held = (upload.file_id, acts.open_ledger(upload.getvalue(), upload.name))
        st.session_state[_opened(name)] = held
    return held[1]


def sheet_taken(name: str) -> None:
    """What was uploaded is in force: the field is empty again."""
    st.session_state[_turn(name)] += 1
    st.session_state.pop(_opened(name), None)


def faults_told(faults: Iterable[CellFault], conclusion: str, *, key: str, alt: str) -> None:
    """Every fault with its cell, and what is to be done about them."""
    headline(conclusion, "请在表里改正后重新上传。", key=key)
    rows = [(fault.cell, fault.heading, fault.sentence) for fault in faults]
    office_table(rows, _FAULTS, key=key, alt=alt, choose=False)


def _turn(name: str) -> str:
    return f"{name}_turn"


def _opened(name: str) -> str:
    return f"{name}_opened"
