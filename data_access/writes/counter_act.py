"""Taking a mistaken act back by a counter-act, which is itself recorded (issue 4, point 7).

Allowed while nothing came after it on the item. The act's own line and audit row stay.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select, update
from sqlalchemy.exc import OperationalError

from data_access import clock
from data_access.act_effects import Effect, kept_effects
from data_access.database import Transaction, transaction
from data_access.ledger_import.cell_text import clean
from data_access.ledger_import.personal import masked
from data_access.schema.items import items, round_co_departments
from data_access.schema.supervision import item_acts, supervision_notices
from data_access.writes.acting import telling
from data_access.writes.acting.actors import Actor
from data_access.writes.acting.deed import Row, as_stored, table_named
from data_access.writes.acting.outcome import Done, Performed, Refused, Stale
from data_access.writes.item_act import NOT_SEEN, WAIT_MS, busy, current_round
from data_access.writes.record_audit import record_audit
from supervision.audit_words import act_told
from supervision.scope import Role, Viewer
from supervision.undoing import COUNTER_ACT, refusal_to_undo


def counter_act(
    engine: Engine,
    act_id: int,
    version: int,
    reason: str,
    *,
    viewer: Viewer,
    as_of: date,
    token: str,
) -> Performed:
    """Put back what the act changed, for who did it or an approver.

    `version` is the item's row version on the page. The same token again does nothing.
    """
    why = masked(clean(reason))
    try:
        with transaction(engine, wait_ms=WAIT_MS) as change:
            done = _counter(change, act_id, version, why, viewer, as_of, token)
    except _Ended as ended:
        return ended.performed
    except OperationalError as fault:
        raise busy(fault) from fault
    return done


class _Ended(Exception):
    def __init__(self, performed: Performed) -> None:
        super().__init__()
        self.performed = performed


def _counter(
    change: Transaction, act_id: int, version: int, why: str, viewer: Viewer, as_of: date,
    token: str,
) -> Performed:  # fmt: skip
    connection = change.connection
    act = _act(connection, act_id)
    item = _item(connection, act["item_id"]) if act is not None else None
    at = current_round(connection, item) if item is not None else None
    if act is None or item is None or not Actor(connection, viewer).standing(item, at).seen:
        raise _Ended(_answer(refused=Refused(0, None, NOT_SEEN)))
    again = connection.execute(select(item_acts).where(item_acts.c.token == token)).first()
    if again is not None:
        told = Done(item["id"], item["number"], again.id, again.version_after)
        raise _Ended(Performed(COUNTER_ACT, (told,), repeated=True))
    if item["row_version"] != version:
        raise _Ended(_answer(stale=telling.stale(connection, item, version)))
    refusal = refusal_to_undo(
        act=act["act"],
        by_himself=act["account"] == viewer.account,
        is_approver=Role.APPROVER in viewer.roles,
        is_last=act["version_after"] == item["row_version"],
        reason=why,
    )
    if refusal is not None:
        raise _Ended(_answer(refused=Refused(item["id"], item["number"], refusal)))
    return _put_back(change, act, item, why, viewer, as_of, token)


def _answer(*, refused: Refused | None = None, stale: Stale | None = None) -> Performed:
    return Performed(
        COUNTER_ACT,
        refused=(refused,) if refused is not None else (),
        stale=(stale,) if stale is not None else (),
    )


def _act(connection: Connection, act_id: int) -> Row | None:
    found = connection.execute(select(item_acts).where(item_acts.c.id == act_id)).mappings().first()
    return dict(found) if found is not None else None


def _item(connection: Connection, item_id: int) -> Row:
    question = select(items).where(items.c.id == item_id).with_for_update()
    return dict(connection.execute(question).mappings().one())


def _put_back(
    change: Transaction, act: Row, item: Row, why: str, viewer: Viewer, as_of: date, token: str
) -> Performed:
    connection, version = change.connection, item["row_version"] + 1
    before = _states(connection, item["id"])
    for effect in reversed(kept_effects(act["effects"])):
        _undo(connection, effect)
    connection.execute(
        update(items)
        .where(items.c.id == item["id"])
        .values(row_version=version, change_number=change.change)
    )
    key = connection.execute(
        insert(item_acts)
        .values(
            item_id=item["id"], round_no=act["round_no"], act=COUNTER_ACT.value,
            account=viewer.account, at=clock.now(), done_on=as_of, reason=why, token=token,
            undoes_id=act["id"], version_after=version, change_number=change.change,
        )
        .returning(item_acts.c.id)
    ).scalar_one()  # fmt: skip
    record_audit(
        change, viewer, act=COUNTER_ACT.value, entity="item", entity_id=item["id"], before=before,
        after={**_states(connection, item["id"]), "undoes": act_told(act["act"])}, reason=why,
    )  # fmt: skip
    return Performed(COUNTER_ACT, (Done(item["id"], item["number"], int(key), version),))


def _states(connection: Connection, item_id: int) -> dict[str, object]:
    item = _item(connection, item_id)
    at = current_round(connection, item)
    return {
        "state": item["state"],
        "round_no": item["current_round"],
        "round_state": at["state"] if at else None,
    }


def _undo(connection: Connection, effect: Effect) -> None:
    table = table_named(effect.table)
    if not effect.after:
        connection.execute(insert(table).values(round_id=effect.key, **(effect.before or {})))
        return
    if effect.before is None:
        if table is round_co_departments:
            helper = table.c.department_id == effect.after["department_id"]
            connection.execute(delete(table).where(table.c.round_id == effect.key, helper))
            return
        key = next(iter(table.primary_key))
        connection.execute(delete(table).where(key == effect.key))
        return
    values: dict[str, Any] = as_stored(table, effect.before)
    if table is supervision_notices:
        # A number that has been given is never given to another notice.
        values.pop("number", None)
    key = next(iter(table.primary_key))
    if values:
        connection.execute(update(table).where(key == effect.key).values(**values))
