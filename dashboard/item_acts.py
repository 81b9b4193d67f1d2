"""The door for acts on items: the lifecycle's, those beside it, and their undoing.

Roles are asked for by the act itself; what an account's scope does not see does not exist for it.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date

from dashboard.engine import engine, key_place
from dashboard.identity import note_unseen_item, refusals_noted, require
from data_access.writes.accountability import Recorded
from data_access.writes.accountability import (
    hold_department_to_account as _hold_department_to_account,
)
from data_access.writes.acting.offers import acts_open_to as _acts_open_to
from data_access.writes.acting.outcome import (
    ChangedField,
    ChangeSince,
    Done,
    Performed,
    Refused,
    Stale,
    StoreBusy,
)
from data_access.writes.acting.said import Reporter, Said
from data_access.writes.counter_act import counter_acts as _counter_acts
from data_access.writes.item_act import NOT_SEEN, require_role
from data_access.writes.item_act import perform as _perform
from supervision.beside_acts import AnyAct, BesideAct
from supervision.loop_words import AccountabilityKind
from supervision.rights import Right
from supervision.scope import Viewer

__all__ = [
    "ChangeSince", "ChangedField", "Done", "Performed", "Refused", "Reporter", "Said", "Stale",
    "StoreBusy",
]  # fmt: skip


def new_token() -> str:
    """For one form: made when it is drawn, so that sending it twice does it once."""
    return secrets.token_hex(16)


def acts_open_to(item_id: int, *, viewer: Viewer) -> tuple[AnyAct, ...]:
    """Which acts a page may offer this person on this item now."""
    require(viewer, Right.VIEW_ITEMS)
    return _acts_open_to(engine(), item_id, viewer=viewer)


def perform(
    act: AnyAct, versions: dict[int, int], said: Said, *, viewer: Viewer, as_of: date, token: str
) -> Performed:
    """An act on items by id and the row version that was on the screen; 登记立项 takes none."""
    with refusals_noted(viewer, act.label):
        require_role(act, viewer)
    performed = _perform(
        engine(), act, versions, said, viewer=viewer, as_of=as_of, token=token, keys=key_place()
    )
    for one in performed.refused:
        if one.sentence == NOT_SEEN:
            note_unseen_item(viewer, one.item_id)
    return performed


def counter_acts(
    wanted: Sequence[tuple[int, int]], reason: str, *, viewer: Viewer, as_of: date, token: str
) -> Performed:
    """Take the last acts on items back, all or none, by their author or an approver.

    (act, the item's row version on the page) each.
    """
    require(viewer, Right.VIEW_ITEMS)
    return _counter_acts(
        engine(), wanted, reason, viewer=viewer, as_of=as_of, token=token, keys=key_place()
    )


def hold_department_to_account(
    department_id: int,
    kind: AccountabilityKind,
    words: str,
    *,
    outcome: str | None,
    on: date,
    viewer: Viewer,
) -> Recorded:
    """问责 on a department as such; supervision.lifecycle.ActNotAllowed says why not."""
    with refusals_noted(viewer, BesideAct.RECORD_ACCOUNTABILITY.label):
        require_role(BesideAct.RECORD_ACCOUNTABILITY, viewer)
    return _hold_department_to_account(
        engine(), department_id, kind, words, outcome=outcome, on=on, viewer=viewer
    )
