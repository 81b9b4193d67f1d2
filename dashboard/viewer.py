"""Who is looking: asked of the store at every run, in every callback, before every act."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard import identity, wording
from dashboard.identity import SignedIn
from dashboard.upload_gate import page_is_of
from supervision.rights import NotPermitted, Right
from supervision.scope import Viewer

_KEPT_FOR = "kept_for_login"


def signed_in() -> SignedIn:
    """The living session of this page; when it has ended, the page says so and stops."""
    who = identity.signed_in(st.context.cookies.get(identity.cookie_name()))
    if who is None or who.must_change:
        st.warning(wording.SESSION_ENDED)
        st.link_button("重新登录", "/login", type="primary")
        st.stop()
    _forget_what_was_kept_for_another_login(who)
    if (run := get_script_run_ctx()) is not None:
        page_is_of(run.session_id, who.session_id)
    return who


def _forget_what_was_kept_for_another_login(who: SignedIn) -> None:
    """A tab that connects anew brings what it kept: filters, ticked rows, an opened ledger."""
    if st.session_state.setdefault(_KEPT_FOR, who.session_id) != who.session_id:
        st.session_state.clear()
        st.session_state[_KEPT_FOR] = who.session_id


def viewer() -> Viewer:
    """The person who looks at this page."""
    return signed_in().viewer


def viewer_with(right: Right) -> Viewer:
    """The person who looks, with this right; without it the page says so and stops."""
    who = viewer()
    try:
        identity.require(who, right)
    except NotPermitted as refusal:
        st.warning(str(refusal))
        st.stop()
    return who
