"""问责登记: every act of calling to account within reach, with its item where it has one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
from sqlalchemy import Engine, select

from data_access.database import reading
from data_access.facts import facts
from data_access.filters import Filters, departments_asked, narrowed
from data_access.reads.items import described_items
from data_access.schema.accounts import accounts
from data_access.schema.registers import departments
from data_access.schema.supervision import accountability_acts
from supervision.audit_words import actor_told
from supervision.loop_words import AccountabilityKind
from supervision.scope import Scope

COLUMNS = ("accountability_id", "item_id", "number", "title", "done_on", "department", "kind",
           "words", "outcome", "recorded_by")  # fmt: skip


def accountability_register(
    engine: Engine, *, scope: Scope, as_of: date, filters: Filters | None = None
) -> pd.DataFrame:
    """COLUMNS, newest first, kinds in words; what is on no item is told to the whole city alone.

    For a department there is none: the register compares it with others.
    """
    if scope.departments:
        return pd.DataFrame(columns=list(COLUMNS))
    asked = filters or Filters()
    known = facts(engine)
    # The department that was called to account need not be the one that leads the item now.
    places = replace(asked, departments=(), peer_groups=(), period=None)
    seen = narrowed(engine, known.seen_by(scope, known.moment(as_of)), places)
    within = set(seen["item_id"].to_list())
    if scope.everything and places == Filters():
        within.add(None)
    act = accountability_acts.c
    question = (
        select(accountability_acts, departments.c.name.label("department"))
        .outerjoin(departments, departments.c.id == act.department_id)
        .where(act.done_on <= as_of)
        .order_by(act.done_on.desc(), act.id.desc())
    )
    called = departments_asked(engine, asked)
    if called is not None:
        question = question.where(act.department_id.in_(called))
    if asked.period is not None:
        question = question.where(act.done_on.between(asked.period.first, asked.period.last))
    with reading(engine) as connection:
        rows = [
            dict(row) for row in connection.execute(question).mappings() if row["item_id"] in within
        ]
        people = dict(connection.execute(select(accounts.c.login, accounts.c.name)).all())
    ids = tuple(dict.fromkeys(row["item_id"] for row in rows if row["item_id"] is not None))
    about = described_items(engine, scope=scope, as_of=as_of, item_ids=ids)
    told = {row["item_id"]: row for row in about.to_dict("records")}
    for row in rows:
        item = told.get(row["item_id"], {})
        row |= {
            "accountability_id": row["id"],
            "number": item.get("number"),
            "title": item.get("title"),
            "kind": AccountabilityKind(row["kind"]).label,
            "recorded_by": people.get(row["recorded_by"]) or actor_told(row["recorded_by"], None),
        }
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)
