"""Item tables. `st.dataframe` shows ledger text as it is; a clicked row gives its id, never
its position.

A keyed table keeps chosen *positions* when its rows change, so an act would hit another row
(streamlit issue 17026). Here the key carries a digest of the ids: other rows, other widget.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import pandas as pd
import streamlit as st

from dashboard.parts.below_title import titles_with_more
from dashboard.parts.column_room import LAPTOP, ROW_HEIGHT, TICKS, Layout, laid_out
from dashboard.parts.paper import paper_table
from dashboard.parts.room import room_for
from dashboard.parts.small_frames import clean_texts
from dashboard.parts.style import is_phone
from dashboard.parts.theme import LAMPS, lamp_word

_TEXT, _DATE, _NUMBER, _LAMP = "text", "date", "number", "lamp"

# Column of LIST_COLUMNS → heading, kind, width in pixels.
_COLUMNS: Mapping[str, tuple[str, str, int]] = {
    "light": ("亮灯", _LAMP, 130),
    "days_overdue": ("逾期（日）", _NUMBER, 92),
    "due_on": ("反馈期限", _DATE, 104),
    "number": ("编号", _TEXT, 150),
    "title": ("事项", _TEXT, 420),
    "lead": ("牵头单位", _TEXT, 170),
    "lead_short": ("牵头单位", _TEXT, 120),
    "unit": ("县（区）", _TEXT, 92),
    "township": ("镇（街）", _TEXT, 100),
    "session": ("场次", _TEXT, 170),
    "category": ("类别", _TEXT, 110),
    "matter": ("类案", _TEXT, 140),
    "round_no": ("轮次", _NUMBER, 64),
    "received_on": ("收到日期", _DATE, 104),
    "intake_on": ("登记日期", _DATE, 104),
    "assigned_on": ("交办日期", _DATE, 104),
    "feedback_on": ("反馈日期", _DATE, 104),
    "closed_on": ("办结日期", _DATE, 104),
    "state": ("办理状态", _TEXT, 120),
    "result": ("群众评价", _TEXT, 96),
    "reason": ("原因", _TEXT, 120),
    "words": ("说明", _TEXT, 240),
    "evidence": ("佐证材料", _TEXT, 160),
    "proposed": ("建议交给", _TEXT, 96),
    "proposed_department": ("建议的单位", _TEXT, 150),
    "asked_by": ("提出人", _TEXT, 96),
    "asked_on": ("提出日期", _DATE, 104),
    "age_days": ("已等（天）", _NUMBER, 92),
    "since_on": ("从哪天起", _DATE, 104),
    "why": ("说明", _TEXT, 240),
    "card": ("等级", _TEXT, 64),
    "trigger": ("事由", _TEXT, 150),
    "kind": ("方式", _TEXT, 110),
    "paper": ("文书", _TEXT, 110),
    "department": ("单位", _TEXT, 170),
    "notice_number": ("文号", _TEXT, 140),
    "notice_state": ("进展", _TEXT, 120),
    "drafted_name": ("拟稿人", _TEXT, 110),
    "drafted_on": ("拟稿日期", _DATE, 104),
    "issued_on": ("签发日期", _DATE, 104),
    "reply_due_on": ("回复期限", _DATE, 104),
    "reply_told": ("回复情况", _TEXT, 116),
    "replied_on": ("回复日期", _DATE, 104),
    "answer": ("回复或不同意的理由", _TEXT, 260),
    "done_on": ("日期", _DATE, 104),
    "outcome": ("结果", _TEXT, 200),
    "recorded_by": ("登记人", _TEXT, 110),
}
_ACT, _PLACE = "act", "place"
_SAY_NOTHING_WHEN_EMPTY = frozenset(
    {"why", "words", "evidence", "proposed", "proposed_department", "matter"}
)
"""Columns that are left out where no row has anything in them."""


@dataclass(frozen=True, slots=True)
class Clicked:
    """What a person did in a table: the id of the row clicked on, the ids of those ticked."""

    opened: Any | None
    ticked: list[Any]


@dataclass(frozen=True, slots=True)
class RowAct:
    """A button in each row: its words, and what a click does with the row's id."""

    words: Sequence[str | None]
    """Row by row; None: no button there."""
    does: Callable[[Any], None]


def item_table(
    rows: pd.DataFrame,
    *,
    key: str,
    columns: Iterable[str],
    id_column: str = "item_id",
    many: bool = False,
    most_height: int | None = None,
    on_paper: Sequence[str] = (),
    act: RowAct | None = None,
    first: int = 1,
    room: int = LAPTOP,
) -> Clicked:
    """Draw `columns` of `rows` in this order. Any cell opens its row; with `many`, boxes tick.

    Only what is in `columns` goes to the browser. `light` is told by colour, shape and word.
    `most_height` in pixels; None shows every row. A page whose main thing is this table says with
    `on_paper` what a printed sheet tells above it. With `act` every row begins with a button.
    Rows are numbered from `first`. `room`: pixels that it has on a laptop.
    """
    shown, digest, ids = table_frame(rows, columns), rows_digest(rows[id_column]), rows[id_column]
    said = [name for name in shown.columns if not _is_silent(name, shown[name])]
    beside = TICKS * many + (_act_width(act) if act is not None else 0)
    laid = laid_out({name: _COLUMNS[name][2] for name in said}, beside, room, phone=is_phone())
    drawn, config = _drawn(shown, laid), column_config(laid.widths, laid.widths)
    if act is not None:
        beside_title = list(drawn.columns).index("title") + 1
        drawn.insert(beside_title, _ACT, pd.Series(act.words, index=shown.index, dtype=object))
        config[_ACT] = _act_column(act, ids.tolist(), f"{key}_act:{digest}")
    drawn.insert(0, _PLACE, range(first, first + len(shown)))
    config[_PLACE] = st.column_config.NumberColumn("序", width=laid.place, format="%d")
    needed = ROW_HEIGHT + len(shown) * laid.line + 2
    height = needed if most_height is None else min(needed, most_height)
    with room_for(height, key):
        event = st.dataframe(
            drawn,
            key=f"{key}:{digest}",
            hide_index=True,
            column_config=config,
            on_select="rerun",
            selection_mode=["multi-row", "single-cell"] if many else "single-cell",
            row_height=laid.line,
            # A table taller than its rows draws empty lines.
            height=height if height < needed else "content",
            placeholder="",
            alt="事项表",
        )
        if not is_phone():
            headings = {name: _COLUMNS[name][0] for name in said}
            paper_table(shown[said], headings, on_paper, key=key)
    opened, ticked = clicked_rows(event)
    return Clicked(
        ids.iloc[opened] if opened is not None else None,
        [ids.iloc[position] for position in ticked],
    )


def _is_silent(name: str, column: pd.Series) -> bool:
    return name in _SAY_NOTHING_WHEN_EMPTY and not column.replace("", pd.NA).notna().any()


def _drawn(shown: pd.DataFrame, laid: Layout) -> pd.DataFrame:
    """The columns that stand beside each other, the others in the titles' cells."""
    drawn = shown[list(laid.widths)].copy()
    if laid.below:
        drawn["title"] = titles_with_more(
            shown, laid.below, width=laid.widths["title"], lines=laid.rows
        )
    if "light" in laid.below:
        drawn["light"] = [[word.partition(" ")[0] for word in told] for told in drawn["light"]]
    return drawn


def _act_column(act: RowAct, ids: list[Any], key: str) -> Any:
    def clicked() -> None:
        # The ids are those of the table that was on the screen.
        act.does(ids[int(st.session_state[key]["row"])])

    return st.column_config.ButtonColumn("办理", width=_act_width(act), key=key, on_click=clicked)


def _act_width(act: RowAct) -> int:
    return 15 * max((len(words or "") for words in act.words), default=0) + 36


def clicked_rows(event: object) -> tuple[int | None, list[int]]:
    """Positions in a table's selection: the row of the clicked cell, the rows ticked."""
    # By item and not by attribute: tests put plain dicts there.
    selection = cast("dict[str, Any]", event)["selection"]
    # A grid that gains focus (a header clicked on, to sort) takes its first cell for chosen: where
    # that is the row's number, nobody has clicked on a row. A button is no row either.
    cells = [cell for cell in selection.get("cells") or [] if cell[1] not in (_ACT, _PLACE)]
    return (int(cells[0][0]) if cells else None), list(selection.get("rows") or [])


def table_frame(rows: pd.DataFrame, columns: Iterable[str]) -> pd.DataFrame:
    """What is sent: known columns, text cleaned, lights as sign and word."""
    kept: dict[str, Any] = {}
    for name in columns:
        column = rows[name]
        kind = _COLUMNS[name][1]
        if kind == _LAMP:
            kept[name] = [[lamp_word(str(light))] for light in column.tolist()]
        elif kind == _DATE:
            kept[name] = pd.to_datetime(column)
        elif kind == _NUMBER:
            kept[name] = column
        else:
            kept[name] = clean_texts(column)
    return pd.DataFrame(kept, index=rows.index)


def column_config(
    columns: Iterable[str], widths: Mapping[str, int] | None = None
) -> dict[str, Any]:
    """Chinese headings, formats and widths: those given, else their own."""
    return {name: _column(name, (widths or {}).get(name)) for name in columns}


def rows_digest(ids: Iterable[object]) -> str:
    """Changes whenever the rows or their order do."""
    return hashlib.sha256(repr(list(ids)).encode()).hexdigest()[:12]


def _column(name: str, given: int | None) -> Any:
    heading, kind, width = _COLUMNS[name]
    width = given or width
    if kind == _DATE:
        return st.column_config.DateColumn(heading, width=width, format="YYYY-MM-DD")
    if kind == _NUMBER:
        return st.column_config.NumberColumn(heading, width=width, format="%d")
    if kind == _LAMP:
        return st.column_config.MultiselectColumn(
            heading,
            width=width,
            options=[word for lamp in LAMPS.values() for word in (lamp.word, lamp.sign)],
            color=[lamp.chip for lamp in LAMPS.values() for _ in (lamp.word, lamp.sign)],
        )
    return st.column_config.TextColumn(heading, width=width)
