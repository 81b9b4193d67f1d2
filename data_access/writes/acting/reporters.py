"""Who raised an item that is registered by hand: sealed as imports do it, in clear nowhere."""

from __future__ import annotations

from sqlalchemy import insert

from data_access.ledger_import.personal import masked_cell
from data_access.privacy.key_place import ready_keyring
from data_access.privacy.keys import KeyRefused, Keyring
from data_access.schema.accounts import personal_data
from data_access.writes.acting.deed import Deed
from supervision.lifecycle import ActNotAllowed

NO_KEYS = "没有个人信息的加密密钥，不能登记诉求人；请联系系统管理员。"
_TEXT = "text:"


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


def _ring(deed: Deed) -> Keyring | None:
    keys = deed.occasion.keys
    try:
        return ready_keyring(deed.occasion.connection, keys) if keys is not None else None
    except KeyRefused as refused:
        raise ActNotAllowed(str(refused)) from None
