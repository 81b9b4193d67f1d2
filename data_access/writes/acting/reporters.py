"""Who raised an item: sealed at a registration as imports do it, hidden in what is said later."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select

from data_access.ledger_import.personal import masked_cell
from data_access.privacy.key_place import KeyPlace, ready_keyring
from data_access.privacy.keys import KeyRefused, Keyring
from data_access.schema.accounts import personal_data
from data_access.writes.acting.deed import Deed
from data_access.writes.acting.said import names_of
from supervision.lifecycle import ActNotAllowed

NO_KEYS = "没有个人信息的加密密钥，不能登记诉求人；请联系系统管理员。"
_TEXT = "text:"
_HIDDEN = ("reporter_name", "reporter_phone", "reporter_id")


def reporter_kept(deed: Deed) -> None:
    """Seal the resident's data and what was masked in texts; without keys only masks are kept.

    Whoever names a resident is refused without keys: nothing is dropped unsaid.
    """
    said = deed.said
    if said.reporter is not None and said.reporter.protected:
        deed.set_item(reporter_protected=True)
    told = said.reporter.fields() if said.reporter is not None else ()
    values = (*told, *((_TEXT + name, clear) for name, clear in said.in_clear))
    if not values:
        return
    ring = _ring(deed)
    if ring is None:
        if told:
            raise ActNotAllowed(NO_KEYS)
        return
    # Not by deed.add: what an act changed is kept beside it, and this stands in one place only.
    sealed = ring.seal_all((deed.item_id, field, clear) for field, clear in values)
    deed.occasion.connection.execute(
        insert(personal_data),
        [
            {
                "item_id": deed.item_id,
                "field": field,
                "masked": "" if field.startswith(_TEXT) else masked_cell(field, clear),
                "sealed": token,
                "lookup": lookup,
                "key_id": key_id,
                "stored_at": deed.occasion.at,
            }
            for (field, clear), (token, lookup, key_id) in zip(values, sealed, strict=True)
        ],
    )


def known_names(connection: Connection, keys: KeyPlace | None, item_id: int) -> tuple[str, ...]:
    """The item's resident in clear, to be hidden in what people type; nobody where no key opens."""
    kept = personal_data.c
    rows = connection.execute(
        select(kept.field, kept.sealed, kept.key_id).where(
            kept.item_id == item_id, kept.sealed.is_not(None), kept.field.in_(_HIDDEN)
        )
    ).all()
    if keys is None or not rows:
        return ()
    try:
        ring = keys.keyring()
        return names_of(
            [(row.field, ring.opened(item_id, row.field, row.sealed, row.key_id)) for row in rows]
        )
    except KeyRefused:
        return ()


def _ring(deed: Deed) -> Keyring | None:
    keys = deed.occasion.keys
    try:
        return ready_keyring(deed.occasion.connection, keys) if keys is not None else None
    except KeyRefused as refused:
        raise ActNotAllowed(str(refused)) from None
