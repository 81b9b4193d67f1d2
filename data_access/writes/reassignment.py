"""拟重新交办: a supervisor flags items that residents call unsatisfied or nobody has solved.

The approval and the second round belong to the approver; round n is never overwritten.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine, Row, insert, select, update

from data_access import clock
from data_access.database import Transaction, transaction
from data_access.facts import facts
from data_access.ledger_import.personal import masked
from data_access.schema.items import items, reassignment_flags, rounds
from data_access.writes.record_audit import record_audit
from supervision.guards import Circumstances
from supervision.lifecycle import Act, ActNotAllowed, state_after
from supervision.scope import Viewer
from supervision.vocabulary import ItemState, ReassignReason, RoundState

LONGEST_WORDS = 500


@dataclass(frozen=True, slots=True)
class Flagged:
    """How a flagging of many ended: ids flagged, and a Chinese sentence for each refusal."""

    flagged: tuple[int, ...]
    refused: tuple[tuple[int, str], ...]


def flag_for_reassignment(
    engine: Engine,
    versions: dict[int, int],
    *,
    reason: ReassignReason,
    words: str,
    viewer: Viewer,
    as_of: date,
) -> Flagged:
    """Flag items (id → the row version the person saw); each allowed one in one transaction.

    An item that the viewer does not see, that changed since, or whose state forbids the act is
    refused with its sentence and stays as it was. Of `words` only the masked text is kept.
    """
    known = facts(engine)
    frame = known.seen_by(viewer.scope, known.moment(as_of))
    seen = set(frame["item_id"].unique().to_list())
    flagged: list[int] = []
    refused: list[tuple[int, str]] = []
    with transaction(engine) as change:
        for item_id, version in versions.items():
            try:
                if item_id not in seen:
                    raise ActNotAllowed("没有这件事项，或不在您的权限范围内。")
                _flag(change, item_id, version, reason, words.strip(), viewer, as_of)
            except ActNotAllowed as refusal:
                refused.append((item_id, str(refusal)))
            else:
                flagged.append(item_id)
    return Flagged(tuple(flagged), tuple(refused))


def _flag(
    change: Transaction,
    item_id: int,
    version: int,
    reason: ReassignReason,
    words: str,
    viewer: Viewer,
    as_of: date,
) -> None:
    item = change.connection.execute(
        select(items, rounds.c.state.label("round_state"))
        .join_from(
            items,
            rounds,
            (rounds.c.item_id == items.c.id) & (rounds.c.round_no == items.c.current_round),
            isouter=True,
        )
        .where(items.c.id == item_id)
    ).one()
    _refuse_if_changed(item, version)
    if reason == ReassignReason.OTHER and not words:
        raise ActNotAllowed("选择“其他”时，请写明原因。")
    if len(words) > LONGEST_WORDS:
        raise ActNotAllowed(f"说明请控制在 {LONGEST_WORDS} 字以内。")
    words = masked(words)
    after = state_after(
        Act.FLAG_FOR_REASSIGNMENT,
        ItemState(item.state),
        RoundState(item.round_state) if item.round_state else None,
        circumstances=Circumstances(reason=reason.value),
    )
    change.connection.execute(
        insert(reassignment_flags).values(
            item_id=item_id,
            round_no=item.current_round,
            reason=reason.value,
            words=words or None,
            flagged_by=viewer.account,
            flagged_at=clock.now(),
        )
    )
    change.connection.execute(
        update(items)
        .where(items.c.id == item_id, items.c.row_version == version)
        .values(
            state=after.item.value,
            flagged_on=as_of,
            row_version=version + 1,
            change_number=change.change,
        )
    )
    record_audit(
        change,
        viewer,
        act=Act.FLAG_FOR_REASSIGNMENT.value,
        entity="item",
        entity_id=item_id,
        before={"state": item.state},
        after={"state": after.item.value, "reason": reason.value, "words": words},
        reason=reason.label + (f"：{words}" if words else ""),
    )


def _refuse_if_changed(item: Row[tuple[object, ...]], version: int) -> None:
    if item.row_version != version:
        raise ActNotAllowed("这件事项刚被其他人更新过，请刷新页面看过新情况后再操作。")
