"""拟重新交办: what has been flagged and waits for the approver."""

from __future__ import annotations

from datetime import date

import pandas as pd
from sqlalchemy import Engine, select

from data_access.database import reading
from data_access.reads.items import described_items
from data_access.schema.items import reassignment_flags
from supervision.reporters import without_traces
from supervision.scope import Scope

FLAGGED_COLUMNS = (
    "item_id", "number", "title", "lead", "unit", "township", "round_no", "reason", "words",
    "flagged_by", "flagged_on",
)  # fmt: skip


def flagged_items(engine: Engine, *, scope: Scope, as_of: date) -> pd.DataFrame:
    """Flags without a decision, oldest first: FLAGGED_COLUMNS.

    As in every list, a department reads no trace of who reported, in `words` neither.
    """
    with reading(engine) as connection:
        rows = connection.execute(
            select(reassignment_flags)
            .where(reassignment_flags.c.decision.is_(None))
            .order_by(reassignment_flags.c.flagged_at, reassignment_flags.c.id)
        ).all()
    ids = tuple(dict.fromkeys(row.item_id for row in rows))
    known = described_items(engine, scope=scope, as_of=as_of, item_ids=ids)
    about = known.set_index("item_id").to_dict("index")
    return pd.DataFrame(
        [
            {
                **{name: about[row.item_id][name] for name in
                   ("number", "title", "lead", "unit", "township")},
                "item_id": row.item_id,
                "round_no": row.round_no,
                "reason": row.reason,
                "words": without_traces(row.words) if scope.departments else row.words,
                "flagged_by": row.flagged_by,
                "flagged_on": row.flagged_at.date(),
            }
            for row in rows
            if row.item_id in about
        ],
        columns=list(FLAGGED_COLUMNS),
    )  # fmt: skip
