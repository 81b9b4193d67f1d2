"""What an act has done, told once at the top of the next run; and passwords shown once."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import streamlit as st

from dashboard.acts import IssuedPassword
from dashboard.administration.seen import look_afresh
from dashboard.briefing.account_workbooks import passwords_workbook
from dashboard.downloads import Made, Offer, download_button
from dashboard.parts.panels import headline
from dashboard.parts.safe import label, plain
from supervision.rights import Right

_DONE, _ISSUED = "administration_done", "issued_passwords"


def done(sentence: str) -> None:
    """Keep the sentence for the next run and run again, so that the page shows what now is."""
    st.session_state[_DONE] = sentence
    look_afresh()
    st.rerun()


def issue(passwords: Sequence[IssuedPassword], sentence: str) -> None:
    """Keep one-time passwords until the administrator has taken them down."""
    st.session_state[_ISSUED] = tuple(passwords)
    done(sentence)


def done_told() -> None:
    """Tell what was done, and the passwords that were issued."""
    sentence = st.session_state.pop(_DONE, None)
    if sentence is not None:
        st.success(label(sentence))
    passwords: tuple[IssuedPassword, ...] = st.session_state.get(_ISSUED, ())
    if not passwords:
        return
    with st.container(border=True, key="issued"):
        headline(
            "一次性密码只显示这一次，请当面或用可靠的方式告诉本人",
            "本人第一次登录时必须改掉它；忘记抄下时，可以重新重置密码。",
            key="issued",
        )
        if len(passwords) == 1:
            plain(f"{passwords[0].name}（{passwords[0].login}）")
            st.code(passwords[0].password, language=None)
        else:
            # Streamlit tells downloads apart by name.
            name = f"一次性密码_{_mark(passwords)}.xlsx"
            download_button(
                f"下载 {len(passwords)} 个账号的一次性密码",
                Offer("一次性密码", (), name, Right.MANAGE_ACCOUNTS),
                lambda _who, mark: Made(passwords_workbook(passwords, mark), len(passwords)),
            )
        st.button("我已记下，不再显示", on_click=_forget)


def _mark(passwords: Sequence[IssuedPassword]) -> str:
    return hashlib.sha256(repr(passwords).encode()).hexdigest()[:8]


def _forget() -> None:
    st.session_state.pop(_ISSUED, None)
