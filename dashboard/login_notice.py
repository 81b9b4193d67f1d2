"""The quiet line about one's own logins, and a word when somebody typed wrong passwords."""

from __future__ import annotations

from datetime import datetime, timedelta

import streamlit as st

from dashboard import identity, reads
from dashboard.identity import PASSWORD, LastUse, SignedIn
from dashboard.parts.safe import label
from supervision.browsers import browser_words

_KNOWN = "last_use"
_AT_FIRST = timedelta(minutes=5)
"""A tab opened later than this after the login is no place for news about it."""


def last_use_told(who: SignedIn) -> None:
    """This login and the one before, in the menu of the person's name."""
    st.caption(f"本次登录　{_moment(who.started_at)}")
    used = st.session_state.get(_KNOWN)
    if used is None:
        used = st.session_state[_KNOWN] = identity.last_use(who)
        if used.failures and reads.instant() - who.started_at < _AT_FIRST:
            st.toast(_warning(used, who), duration="long")
    for heading, words in use_words(used).items():
        st.caption(f"{heading}　{label(words)}")


def use_words(used: LastUse) -> dict[str, str]:
    """When, from where, and how many wrong passwords since."""
    told = {"上次登录": "无，这是第一次"}
    if used.earlier is not None:
        began, seen, client = used.earlier
        until = _moment(seen) if seen.date() != began.date() else f"{seen:%H:%M}"
        told = {
            "上次登录": _moment(began) + (f" 至 {until}" if until != f"{began:%H:%M}" else ""),
            "上次来自": f"{browser_words(client.browser)}，{client.address}",
        }
    if used.failures:
        since = "其间" if used.earlier is not None else "此前"
        told[f"{since}密码输错"] = f"{used.failures} 次"
    return told


def _warning(used: LastUse, who: SignedIn) -> str:
    advice = "修改密码并告诉系统管理员" if who.way == PASSWORD else "告诉系统管理员"
    return f"这次登录之前，有 {used.failures} 次密码输错。如果不是您本人，请{advice}。"


def _moment(instant: datetime) -> str:
    year = "" if instant.year == reads.instant().year else f"{instant.year}年"
    return f"{year}{instant:%-m月%-d日 %H:%M}"
