"""What goes out in a 回访表 or 反馈表: the rows, and the check code of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
import polars as pl
from sqlalchemy import Connection, Engine, and_, func, select

from data_access.database import reading
from data_access.desk_lists import rows_of
from data_access.facts import facts
from data_access.figures import AN_ITEM, awaiting_feedback
from data_access.filters import Filters, narrowed
from data_access.merged_untold import untold_by_parent
from data_access.moment import Moment
from data_access.reads.items import LIST_COLUMNS, described_items
from data_access.schema.items import callbacks, feedback, items, rounds
from supervision.reporters import without_traces
from supervision.return_sheets import MOST_ROWS, CheckCode, ReturnSheet
from supervision.scope import Scope
from supervision.vocabulary import RoundState
from supervision.worklists import DeskList

RETURN_COLUMNS = (*LIST_COLUMNS, "done", "attempts", "merged", "check")
_HERE = and_(rounds.c.item_id == items.c.id, rounds.c.round_no == items.c.current_round)
# What the department may feed back on now; a return or extension that waits is ruled on first.
_OWES = (RoundState.ASSIGNED, RoundState.RECEIVED, RoundState.RETURNED_FOR_FIX)
_SINCE = {ReturnSheet.CALLBACK: "closed_on", ReturnSheet.FEEDBACK: "due_on"}


def return_count(
    engine: Engine,
    *,
    scope: Scope,
    as_of: date,
    kind: ReturnSheet,
    filters: Filters,
    own: bool = False,
) -> int:
    """How many rows `return_list` has without a limit."""
    return len(_ids(engine, scope, as_of, kind, filters, own=own))


def return_list(
    engine: Engine,
    *,
    scope: Scope,
    as_of: date,
    kind: ReturnSheet,
    filters: Filters,
    own: bool = False,
    most: int = MOST_ROWS,
) -> pd.DataFrame:
    """Closed items to be called back, or rounds that owe feedback, the longest waiting first:
    RETURN_COLUMNS. `own`: only what the scope's departments lead."""
    ids = tuple(_ids(engine, scope, as_of, kind, filters, own=own)[:most])
    with reading(engine) as connection:
        done, attempts = _done(connection, ids), _attempts(connection, ids)
        merged = untold_by_parent(connection) if kind is ReturnSheet.CALLBACK else {}
    found = described_items(engine, scope=scope, as_of=as_of, item_ids=ids)
    told = [done.get(key) for key in found["item_id"]]
    found["done"] = [without_traces(text) for text in told] if scope.departments else told
    found["attempts"] = [attempts.get(key, 0) for key in found["item_id"]]
    found["merged"] = pd.Series(
        [merged.get(key) for key in found["item_id"]], index=found.index, dtype="object"
    )
    keys = zip(found["item_id"], found["round_no"], found["row_version"], strict=True)
    found["check"] = [CheckCode(kind, *map(int, key)).text for key in keys]
    return found.reindex(columns=list(RETURN_COLUMNS))


def _ids(
    engine: Engine, scope: Scope, as_of: date, kind: ReturnSheet, filters: Filters, *, own: bool
) -> list[int]:
    known = facts(engine)
    moment = known.moment(as_of)
    rows = narrowed(engine, known.seen_by(scope, moment), filters).filter(_condition(kind, moment))
    if own:
        leads = [key for name, key in known.department_ids.items() if name in scope.departments]
        rows = rows.filter(pl.col("department_id").is_in(leads).fill_null(False))
    ids: list[int] = rows.sort(_SINCE[kind], "item_id", nulls_last=True)["item_id"].to_list()
    return ids


def _condition(kind: ReturnSheet, moment: Moment) -> pl.Expr:
    if kind is ReturnSheet.CALLBACK:
        return rows_of(DeskList.CALLBACKS_DUE)[0](moment)
    owes = pl.col("round_state").is_in([str(state) for state in _OWES]).fill_null(False)
    return AN_ITEM & awaiting_feedback(moment) & owes


def _done(connection: Connection, ids: Sequence[int]) -> dict[int, str]:
    """The last words of the department on the current round: its reply, else its measures."""
    question = (
        select(items.c.id, feedback.c.kind, feedback.c.text)
        .join(rounds, _HERE)
        .join(feedback, feedback.c.round_id == rounds.c.id)
        .where(items.c.id.in_(ids), feedback.c.kind.in_(["written", "measures"]))
        # The written reply stands last, so that it is the one that stays.
        .order_by(feedback.c.kind, feedback.c.id)
    )
    return {key: text for key, _, text in connection.execute(question)}


def _attempts(connection: Connection, ids: Sequence[int]) -> dict[int, int]:
    question = (
        select(items.c.id, func.count())
        .join(rounds, _HERE)
        .join(callbacks, callbacks.c.round_id == rounds.c.id)
        .where(items.c.id.in_(ids), callbacks.c.reached.is_(False))
        .group_by(items.c.id)
    )
    return dict(connection.execute(question).all())
