"""Who helps in which round: what a co-department's scope is drawn from."""

from __future__ import annotations

import polars as pl
from sqlalchemy import Connection, select

from data_access.schema.items import items, round_co_departments, rounds
from supervision.vocabulary import CoRole


def helping_departments(connection: Connection, *, since: int = 0) -> pl.DataFrame:
    """item_id, round_id, department_id, is_joint (共同牵头) of the items changed after this change
    number."""
    helps = round_co_departments.c
    question = (
        select(
            rounds.c.item_id, rounds.c.id, helps.department_id,
            helps.co_role == CoRole.JOINT_LEAD.value,
        )
        .join_from(round_co_departments, rounds, rounds.c.id == round_co_departments.c.round_id)
    )  # fmt: skip
    if since:
        # Not a join: SQLite would go through every helper of the store to find the few.
        changed = select(items.c.id).where(items.c.change_number > since)
        question = question.where(rounds.c.item_id.in_(changed))
    columns = {
        "item_id": pl.Int64, "round_id": pl.Int64, "department_id": pl.Int32,
        "is_joint": pl.Boolean,
    }  # fmt: skip
    rows = [tuple(row) for row in connection.execute(question)]
    return pl.DataFrame(rows, schema=columns, orient="row")
