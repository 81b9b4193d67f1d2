"""Taking mistaken acts back by counter-acts, which are themselves recorded (issue 4, point 7).

Allowed while nothing came after them on the item; all that are asked for, or none. The acts' own
lines and audit rows stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, Engine, insert, select, update
from sqlalchemy.exc import OperationalError

from data_access import clock
from data_access.act_effects import kept_effects
from data_access.database import Transaction, transaction
from data_access.ledger_import.cell_text import clean
from data_access.ledger_import.personal import masked, without_reporter
from data_access.privacy.key_place import KeyPlace
from data_access.schema.items import items
from data_access.schema.supervision import item_acts
from data_access.writes.acting import telling
from data_access.writes.acting.actors import Actor
from data_access.writes.acting.deed import Row
from data_access.writes.acting.outcome import Done, Performed, Refused, Stale
from data_access.writes.acting.reporters import known_names
from data_access.writes.in_line import WAIT_MS, busy
from data_access.writes.item_act import NOT_SEEN, current_round
from data_access.writes.record_audit import record_audit
from data_access.writes.undoing.effects import put_back
from data_access.writes.undoing.filled_lists import acts_of_its_row, let_lists_go
from supervision.audit_words import act_told
from supervision.beside_acts import BESIDE_RULES
from supervision.lifecycle import RULES
from supervision.scope import Role, Viewer
from supervision.undoing import COUNTER_ACT, refusal_to_undo

TOGETHER = "同一份表同一行登记的“{}”一并撤销。"


def counter_act(
    engine: Engine,
    act_id: int,
    version: int,
    reason: str,
    *,
    viewer: Viewer,
    as_of: date,
    token: str,
    keys: KeyPlace | None = None,
) -> Performed:
    """Put back what the act changed, for who did it or an approver.

    `version` is the item's row version on the page. The same token again does nothing. With
    `keys` the item's resident is hidden in the reason.
    """
    return counter_acts(
        engine, ((act_id, version),), reason, viewer=viewer, as_of=as_of, token=token, keys=keys
    )


def counter_acts(
    engine: Engine,
    wanted: Sequence[tuple[int, int]],
    reason: str,
    *,
    viewer: Viewer,
    as_of: date,
    token: str,
    keys: KeyPlace | None = None,
) -> Performed:
    """The same for the last acts of several items, wholly or not at all: (act, version) each.

    What one row of a filled list did on an item goes together.
    """
    why = masked(clean(reason))
    try:
        with transaction(engine, wait_ms=WAIT_MS) as change:
            return _Undoing(change, why, viewer, as_of, token, keys).of(wanted)
    except _Ended as ended:
        return ended.performed
    except OperationalError as fault:
        raise busy(fault) from fault


class _Ended(Exception):
    """Nothing is to be stored: the transaction leaves no trace."""

    def __init__(self, performed: Performed) -> None:
        super().__init__()
        self.performed = performed


class _Undoing:
    """Acts that are taken back together, inside the transaction."""

    def __init__(
        self, change: Transaction, why: str, viewer: Viewer, as_of: date, token: str,
        keys: KeyPlace | None,
    ) -> None:  # fmt: skip
        self._change, self._connection = change, change.connection
        self._why, self._viewer, self._as_of, self._token = why, viewer, as_of, token
        self._keys = keys
        self._actor = Actor(self._connection, viewer)
        self._undone: list[Row] = []

    def of(self, wanted: Sequence[tuple[int, int]]) -> Performed:
        """Each item's acts, the last first."""
        if (before := self._done_before()) is not None:
            raise _Ended(before)
        self._hide_residents(act_id for act_id, _ in wanted)
        ended = [self._one(act_id, version) for act_id, version in wanted]
        refused = tuple(one for one in ended if isinstance(one, Refused))
        stale = tuple(one for one in ended if isinstance(one, Stale))
        if refused or stale:
            raise _Ended(Performed(COUNTER_ACT, refused=refused, stale=stale))
        let_lists_go(self._change, self._undone, self._why, self._viewer)
        return Performed(COUNTER_ACT, tuple(one for one in ended if isinstance(one, Done)))

    def _hide_residents(self, act_ids: Iterable[int]) -> None:
        acts = [_act(self._connection, act_id) for act_id in act_ids]
        of_items = {act["item_id"] for act in acts if act is not None}
        for item_id in sorted(of_items):
            names = known_names(self._connection, self._keys, item_id)
            self._why = without_reporter(self._why, names)

    def _done_before(self) -> Performed | None:
        rows = self._connection.execute(
            select(item_acts.c.id, item_acts.c.item_id, item_acts.c.version_after, items.c.number)
            .join(items, items.c.id == item_acts.c.item_id)
            .where(item_acts.c.token == self._token)
            .order_by(item_acts.c.id)
        ).all()
        told = tuple(Done(row.item_id, row.number, row.id, row.version_after) for row in rows)
        return Performed(COUNTER_ACT, told, repeated=True) if told else None

    def _one(self, act_id: int, version: int) -> Done | Refused | Stale:
        connection = self._connection
        act = _act(connection, act_id)
        item = _item(connection, act["item_id"]) if act is not None else None
        at = current_round(connection, item) if item is not None else None
        standing = self._actor.standing(item, at) if item is not None else None
        if act is None or item is None or standing is None or not standing.seen:
            return Refused(0, None, NOT_SEEN)
        if item["row_version"] != version:
            return telling.stale(connection, item, version)
        refusal = refusal_to_undo(
            act=act["act"],
            # Whoever has lost the role since takes nothing back with it.
            by_himself=act["account"] == self._viewer.account
            and bool(_roles_with(act["act"]) & standing.roles),
            is_approver=Role.APPROVER in self._viewer.roles,
            is_last=act["version_after"] == item["row_version"],
            reason=self._why,
        )
        if refusal is not None:
            return Refused(item["id"], item["number"], refusal)
        together = acts_of_its_row(connection, act)
        # The token belongs to the last of them: one line for each item.
        tokens = [f"{self._token}+{n}" for n in range(len(together) - 1, 0, -1)] + [self._token]
        done = [self._put_back(*one) for one in zip(together, tokens, strict=True)]
        self._undone += together
        others = "、".join(act_told(one["act"]) for one in together[1:])
        return replace(done[-1], remark=TOGETHER.format(others) if others else None)

    def _put_back(self, act: Row, token: str) -> Done:
        connection = self._connection
        item = _item(connection, act["item_id"])
        version, before = item["row_version"] + 1, _states(connection, item)
        for effect in reversed(kept_effects(act["effects"])):
            put_back(connection, effect)
        connection.execute(
            update(items)
            .where(items.c.id == item["id"])
            .values(row_version=version, change_number=self._change.change)
        )
        key = connection.execute(
            insert(item_acts)
            .values(
                item_id=item["id"], round_no=act["round_no"], act=COUNTER_ACT.value,
                account=self._viewer.account, at=clock.now(), done_on=self._as_of,
                reason=self._why, token=token, undoes_id=act["id"], version_after=version,
                change_number=self._change.change,
            )
            .returning(item_acts.c.id)
        ).scalar_one()  # fmt: skip
        after = {**_states(connection, _item(connection, item["id"])),
                 "undoes": act_told(act["act"])}  # fmt: skip
        record_audit(
            self._change, self._viewer, act=COUNTER_ACT.value, entity="item",
            entity_id=item["id"], before=before, after=after, reason=self._why,
            batch_id=act["batch_id"],
        )  # fmt: skip
        return Done(item["id"], item["number"], int(key), version)


def _roles_with(act: str) -> frozenset[Role]:
    told = {str(kind): rule.roles for kind, rule in RULES.items()}
    return (told | {str(kind): rule.roles for kind, rule in BESIDE_RULES.items()}).get(
        act, frozenset()
    )


def _act(connection: Connection, act_id: int) -> Row | None:
    found = connection.execute(select(item_acts).where(item_acts.c.id == act_id)).mappings().first()
    return dict(found) if found is not None else None


def _item(connection: Connection, item_id: int) -> Row:
    question = select(items).where(items.c.id == item_id).with_for_update()
    return dict(connection.execute(question).mappings().one())


def _states(connection: Connection, item: Row) -> dict[str, object]:
    at = current_round(connection, item)
    return {
        "state": item["state"],
        "round_no": item["current_round"],
        "round_state": at["state"] if at else None,
    }
