"""Other names of a department or place: when each holds, and the fields of a new one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from dashboard import reads
from dashboard.administration.office_table import Shown, office_table
from dashboard.parts.safe import plain
from dashboard.reads import AliasEntry
from dashboard.register_acts import Validity

_COLUMNS = {
    "name": Shown("别名或旧称", 200),
    "first": Shown("起", 105),
    "last": Shown("止", 105),
    "state": Shown("现在", 76),
}


def alias_table(aliases: Sequence[AliasEntry], end: Callable[[AliasEntry, date], None]) -> None:
    """The names; a click asks whether one has ended, and when."""
    if not aliases:
        st.caption("没有别名。")
        return
    today = reads.today()
    rows = [
        (one.name, one.valid.first or "—", one.valid.last or "—",
         "使用中" if reads.in_force(one.valid, today) else "已停用")
        for one in aliases
    ]  # fmt: skip
    st.caption("台账里写这些名称都认得；停用的名称，没有别处用它时仍认得。点一行可以停用。")
    place = office_table(rows, _COLUMNS, key="aliases", alt="别名和旧称")
    if place is None:
        return
    alias = aliases[place]
    with st.container(horizontal=True, vertical_alignment="bottom", key="end_alias"):
        plain(alias.name)
        last = st.date_input(
            "停用前的最后一天", value=today, format="YYYY-MM-DD", width=180,
            key=f"alias_last:{alias.id}",
        )  # fmt: skip
        if st.button("停用这个别名") and last is not None:
            end(alias, last)


def alias_fields() -> tuple[str, Validity]:
    """A new name and when it holds, inside a form."""
    name = st.text_input("别名（台账里的写法）", max_chars=80)
    first = st.date_input("从哪一天起（一向如此就留空）", value=None, format="YYYY-MM-DD")
    last = st.date_input("用到哪一天（现在还用就留空）", value=None, format="YYYY-MM-DD")
    return name, Validity(first, last)
