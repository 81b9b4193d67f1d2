"""问责 on a department as such; over an item it is an act on the item."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine, insert, select

from data_access.ledger_import.cell_text import clean
from data_access.ledger_import.personal import masked
from data_access.schema.registers import departments
from data_access.schema.supervision import accountability_acts
from data_access.writes.in_line import in_turn
from data_access.writes.item_act import require_role
from data_access.writes.record_audit import record_audit
from supervision.beside_acts import BesideAct
from supervision.lifecycle import ActNotAllowed
from supervision.loop_words import AccountabilityKind
from supervision.scope import Viewer


@dataclass(frozen=True, slots=True)
class Recorded:
    """The key of the act; `repeated`: it had been recorded before and nothing was done."""

    key: int
    repeated: bool = False


def hold_department_to_account(
    engine: Engine,
    department_id: int,
    kind: AccountabilityKind,
    words: str,
    *,
    outcome: str | None,
    on: date,
    viewer: Viewer,
) -> Recorded:
    """Record the act; the same again by the same person is the one already recorded.

    For those who see the whole city: ActNotAllowed for others, for no words, an unknown department.
    """
    act = BesideAct.RECORD_ACCOUNTABILITY
    require_role(act, viewer)
    told, result = masked(clean(words)), masked(clean(outcome or "")) or None
    if not viewer.scope.everything:
        raise ActNotAllowed("对单位的问责由全市督查部门登记；您可以在事项上登记。")
    if not told:
        raise ActNotAllowed("不能登记问责：请写明内容。")
    kept = {
        "department_id": department_id, "kind": kind.value, "done_on": on, "words": told,
        "outcome": result, "recorded_by": viewer.account,
    }  # fmt: skip
    with in_turn(engine) as change:
        connection = change.connection
        name = connection.execute(
            select(departments.c.name).where(departments.c.id == department_id)
        ).scalar()
        if name is None:
            raise ActNotAllowed("不能登记问责：没有这个单位。")
        same = [accountability_acts.c[column] == value for column, value in kept.items()]
        known = connection.execute(
            select(accountability_acts.c.id).where(accountability_acts.c.item_id.is_(None), *same)
        ).scalar()
        if known is not None:
            return Recorded(int(known), repeated=True)
        key = connection.execute(
            insert(accountability_acts).values(**kept).returning(accountability_acts.c.id)
        ).scalar_one()
        record_audit(
            change, viewer, act=act.value, entity="department", entity_id=department_id,
            after={"called": name, "way_of_account": kind.label, "on": on.isoformat(),
                   "words": told, "outcome": result},
        )  # fmt: skip
    return Recorded(int(key))
