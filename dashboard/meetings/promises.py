"""承诺 of all sessions and of one: told in a sentence, narrowed by state, what is late first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd
import streamlit as st

from dashboard.meeting_reads import Commitment
from dashboard.parts.about import definition
from dashboard.parts.column_room import BROAD, LAPTOP
from dashboard.parts.figure_table import FigureColumn, figure_table
from dashboard.parts.leading import set_query
from dashboard.parts.panels import headline
from dashboard.reads import Choices
from supervision.commitments import FULFILLED, CommitmentState, tally, told_in_words
from supervision.kept_days import late_told

EVERY, DONE = "all", "fulfilled"
PROMISES_FIRST = "promises"
"""What `part` says in an address that leads to the commitments: they stand above all else."""
SIGNS = {
    CommitmentState.OVERDUE: "▲",
    CommitmentState.DUE_SOON: "◆",
    CommitmentState.NOT_DUE: "●",
    CommitmentState.FULFILLED_LATE: "√",
    CommitmentState.FULFILLED_ON_TIME: "√",
}
NOTE = "兑现率＝已兑现÷到期承诺，逾期兑现的也算，没有到期的不计；点一行看进展和佐证"
_KEY = "kept_shown"
PARTS: dict[str, tuple[str, frozenset[CommitmentState]]] = {
    EVERY: ("全部", frozenset(CommitmentState)),
    CommitmentState.OVERDUE.value: ("逾期未兑现", frozenset({CommitmentState.OVERDUE})),
    CommitmentState.DUE_SOON.value: ("临期", frozenset({CommitmentState.DUE_SOON})),
    CommitmentState.NOT_DUE.value: ("未到期", frozenset({CommitmentState.NOT_DUE})),
    DONE: ("已兑现", FULFILLED),
}
"""Value in the address (`kept`) → its word and the states it shows."""


def state_told(one: Commitment) -> str:
    """Its state with sign, and how late it is or was."""
    state = one.standing.state
    late = late_told(one.standing.days_late)
    if state is CommitmentState.OVERDUE:
        return f"{SIGNS[state]} 逾期 {late}"
    words = f"{SIGNS[state]} {state.label}"
    return f"{words} {late}" if state is CommitmentState.FULFILLED_LATE else words


def draw_promises(
    found: Sequence[Commitment], names: Choices, *, key: str, themes: Mapping[int, str],
    most_rows: int, empty: str, export: Callable[[], None],
) -> Commitment | None:  # fmt: skip
    """The sentence, the states with their counts, the rows; the one that was clicked on.

    `themes` (session → name) adds the column 场次; `export` draws the button of the file.
    """
    with st.container(key=f"promises_of_{key}"):
        told = told_in_words(tally(one.standing for one in found))
        headline(told, NOTE if found else empty, key=f"promises_{key}")
        if not found:
            return None
        with st.container(
            horizontal=True, vertical_alignment="center", key=f"promises_tools_{key}"
        ):
            shown = _narrowed(found)
            if shown:
                export()
        if not shown:
            st.caption("没有这样的承诺。")
            return None
        return _rows(shown, names, key, themes, most_rows)


def part_asked() -> str:
    """Which states the address asks for: a key of PARTS."""
    asked = st.query_params.get("kept", EVERY)
    return asked if asked in PARTS else EVERY


def _rows(
    shown: Sequence[Commitment], names: Choices, key: str, themes: Mapping[int, str],
    most_rows: int,
) -> Commitment | None:  # fmt: skip
    table = pd.DataFrame([_line(one, names, themes) for one in shown])
    of_all = {"session": FigureColumn("场次", 150), "by": FigureColumn("承诺人", 234)}
    columns = {
        "state": FigureColumn(
            "兑现情况", 140, on_phone=104, told=definition("commitment_fulfilment_rate")
        ),
        "text": FigureColumn("承诺内容", 340, on_phone=248 if themes else 270, least=240),
        "department": FigureColumn("责任单位", 112),
        "due": FigureColumn("期限", 98, least=90),
        "done": FigureColumn("兑现日期", 98, least=90),
        **(of_all if themes else {}),
    }
    cell = figure_table(
        table, [one.id for one in shown], columns, key=f"promises_{key}_table", told="承诺表",
        most_rows=most_rows, room=LAPTOP if themes else BROAD, naming=0, breaks=not themes,
    )  # fmt: skip
    return None if cell is None else next(one for one in shown if one.id == cell.key)


def _narrowed(found: Sequence[Commitment]) -> list[Commitment]:
    counts = {
        part: sum(one.standing.state in states for one in found)
        for part, (_, states) in PARTS.items()
    }
    words = {part: f"{word} {counts[part]}" for part, (word, _) in PARTS.items()}
    part = part_asked()
    # Not bound to the address by Streamlit: the desk and links set it.
    if st.session_state.get(_KEY) != part:
        st.session_state[_KEY] = part
    st.segmented_control(
        "兑现情况", list(PARTS), key=_KEY, required=True, label_visibility="collapsed",
        format_func=words.__getitem__, on_change=_taken,
    )  # fmt: skip
    return [one for one in found if one.standing.state in PARTS[part][1]]


def _taken() -> None:
    part = st.session_state[_KEY]
    set_query(kept=None if part == EVERY else part)


def _line(one: Commitment, names: Choices, themes: Mapping[int, str]) -> dict[str, object]:
    return {
        "state": state_told(one),
        "due": f"{one.due_on}",
        "done": f"{one.fulfilled_on}" if one.standing.state in FULFILLED else "—",
        "text": one.text,
        "department": names.short_names.get(one.department_id, one.department),
        "session": themes.get(one.session_id, ""),
        "by": one.promised_by,
    }


def kept_told(found: Sequence[Commitment]) -> str:
    """One session's commitments in a cell: fulfilled of all, and how many are overdue."""
    if not found:
        return "—"
    counted = tally(one.standing for one in found)
    late = f"，▲逾期 {counted.overdue}" if counted.overdue else ""
    return f"{counted.fulfilled}/{counted.total}{late}"
