"""A new key for everything that is sealed: block by block, so that it may be broken off.

The new key is written beside the old ones first and the old ones go last, so at every moment
each row can be opened; started again, a rotation goes on where it was broken off.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, Row, bindparam, func, select, update

from data_access.database import Transaction, recording
from data_access.privacy.key_place import KeyPlace, write_private
from data_access.privacy.keys import KeyRefused, Keyring, id_of, new_key
from data_access.schema.accounts import personal_data
from data_access.writes.record_audit import record_audit
from supervision.scope import Viewer

BLOCK = 500


class Rotated(NamedTuple):
    """How many values were sealed anew, with which key."""

    rows: int
    key_id: str


def rotate(engine: Engine, place: KeyPlace, *, viewer: Viewer) -> Rotated:
    """Seal every row with the newest key, which a key file is given first.

    Keys in the environment are its operator's: two must be there, the new one in front.
    """
    keys = place.keys()
    if len(keys) < 2:
        if place.told:
            raise KeyRefused(
                "请把新密钥写在 DUBAN_KEY 的最前面、旧密钥留在后面（用逗号分隔），再轮换。"
            )
        place.replace([new_key(), *keys])
    rows = last = 0
    while (block := _next_block(engine, place, last))[0]:
        rows, last = rows + block[0], block[1]
    with recording(engine) as change:
        ring = place.keyring()
        left = change.connection.execute(
            select(func.count()).select_from(personal_data).where(_under_another(ring.current))
        ).scalar_one()
        if left:
            raise KeyRefused(f"还有 {left} 项没有换成新密钥，请再执行一次。")
        record_audit(
            change, viewer, act="rotate_key", entity="key", entity_id=None,
            after={"key_id": ring.current, "rows": rows},
        )  # fmt: skip
        # Under the writers' lock: nobody can be sealing with a key that is going.
        if place.file is not None and not place.told:
            _retire(place)
    return Rotated(rows, ring.current)


def _next_block(engine: Engine, place: KeyPlace, last: int) -> tuple[int, int]:
    """Seal some rows after `last` anew: how many, and the id of the last of them."""
    with recording(engine) as change:
        ring = place.keyring()
        rows = _rows_of_older_keys(change.connection, ring, last)
        if rows:
            _seal_anew(change, ring, rows)
        return len(rows), rows[-1].id if rows else last


def _rows_of_older_keys(connection: Connection, ring: Keyring, last: int) -> list[Row[Any]]:
    return list(
        connection.execute(
            select(personal_data)
            .where(personal_data.c.id > last, _under_another(ring.current))
            .order_by(personal_data.c.id)
            .limit(BLOCK)
        )
    )


def _under_another(key_id: str) -> Any:
    return personal_data.c.sealed.is_not(None) & (personal_data.c.key_id != key_id)


def _seal_anew(change: Transaction, ring: Keyring, rows: list[Row[Any]]) -> None:
    again = []
    for row in rows:
        clear = ring.opened(row.item_id, row.field, row.sealed, row.key_id)
        sealed = ring.seal(row.item_id, row.field, clear)
        again.append({"key": row.id, **sealed._asdict()})
    columns = ("sealed", "lookup", "key_id")
    change.connection.execute(
        update(personal_data)
        .where(personal_data.c.id == bindparam("key"))
        .values({name: bindparam(name) for name in columns}),
        again,
    )


def _retire(place: KeyPlace) -> None:
    """Old keys go to a file of their own: older backups need them."""
    assert place.file is not None
    newest, *old = place.keys()
    for key in old:
        kept = place.file.with_name(f"{place.file.name}.{id_of(key)}.old")
        if not kept.exists():
            write_private(kept, [key])
    place.replace([newest])
