"""来源渠道 of an item that is registered by hand: a known word, or one that is new here."""

from __future__ import annotations

from sqlalchemy import insert, select

from data_access.bulk import next_id
from data_access.dictionary import TermKind
from data_access.schema.registers import terms
from data_access.writes.acting.deed import Deed
from data_access.writes.dictionary import LONGEST_WORD
from data_access.writes.record_audit import record_audit
from supervision.lifecycle import ActNotAllowed


def origin_of(deed: Deed) -> int | None:
    """The word that was chosen or written; what a merged word stands for now.

    A store that no ledger filled yet has no words to choose from: the first is written.
    """
    said, connection = deed.said, deed.occasion.connection
    name = " ".join((said.origin_name or "").split())
    if said.origin_id is not None or not name:
        return said.origin_id
    if len(name) > LONGEST_WORD:
        raise ActNotAllowed(f"不能登记立项：来源渠道最多{LONGEST_WORD}个字。")
    kind = TermKind.ORIGIN.value
    known = connection.execute(
        select(terms.c.id, terms.c.stands_for_id).where(terms.c.kind == kind, terms.c.name == name)
    ).one_or_none()
    if known is not None:
        return int(known.stands_for_id or known.id)
    key = next_id(connection, terms)
    connection.execute(insert(terms).values(id=key, kind=kind, name=name))
    record_audit(
        deed.occasion.change, deed.occasion.viewer, act="add_term", entity="term", entity_id=key,
        after={"called": name},
    )  # fmt: skip
    return key
