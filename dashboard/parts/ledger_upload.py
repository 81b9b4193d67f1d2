"""The first step of 台账导入: what may be uploaded, the file itself, and a refusal."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from dashboard.parts.panels import headline
from dashboard.parts.safe import plain

FORBIDDEN = (
    "严禁上传涉密、敏感信息。台账只用于督查督办；群众姓名、电话等个人信息加密保存，页面上遮盖。"
)
_TURN = "ledger_turn"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as the browser sent it; `key` tells one upload from another."""

    key: str
    name: str
    data: bytes


def upload_box(
    limits: str, *, what: str = "选择一份台账", notice: str = FORBIDDEN
) -> Upload | None:
    """Draw the notice, the limits and the uploader for `what`."""
    turn = st.session_state.setdefault(_TURN, 0)
    left, right = st.columns([3, 2], gap="large")
    with left:
        # Every kind is let through to the gate, which says what is wrong and what to do.
        file = st.file_uploader(what, key=f"ledger_file_{turn}", type=None)
    with right:
        st.warning(notice, icon="⚠️")
        st.caption(limits)
    return Upload(file.file_id, file.name, file.getvalue()) if file is not None else None


def next_file() -> None:
    """Empty the uploader for another ledger."""
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1


def refusal(sentence: str) -> None:
    """The whole file is refused: one sentence that says why and what to do."""
    with st.container(border=True, key="refusal"):
        headline("这份文件没有导入，库中没有任何改变", key="refusal")
        plain(sentence)


def file_line(name: str, told: str) -> None:
    """Which file lies on the desk, and the verdict on it."""
    headline(told, key="verdict")
    plain(f"文件：{name}")
