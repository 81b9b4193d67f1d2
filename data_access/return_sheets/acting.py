"""One act inside a transaction that stores more than the act."""

from __future__ import annotations

from datetime import date

from data_access.database import Transaction
from data_access.writes.acting.outcome import Performed
from data_access.writes.acting.said import Said
from data_access.writes.item_act import _Performance
from supervision.beside_acts import AnyAct
from supervision.scope import Viewer


def perform_in(
    change: Transaction,
    act: AnyAct,
    versions: dict[int, int],
    said: Said,
    *,
    viewer: Viewer,
    as_of: date,
    token: str,
) -> Performed:
    """The act on its items, judged like every other; what is refused left no trace."""
    return _Performance(change, act, said.as_kept(), viewer, as_of, token).of(versions)
