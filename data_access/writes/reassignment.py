"""拟重新交办 for many at once: what a supervisor ticks in a list, each with its refusal.

The approval and the second round belong to the approver; round n is never overwritten.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine

from data_access.writes.acting.said import Said
from data_access.writes.item_act import perform
from supervision.lifecycle import Act
from supervision.scope import Viewer
from supervision.vocabulary import ReassignReason

CHANGED_SINCE = "这件事项刚被其他人更新过，请刷新页面看过新情况后再操作。"


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
    performed = perform(
        engine,
        Act.FLAG_FOR_REASSIGNMENT,
        versions,
        Said(reassign_reason=reason, words=words),
        viewer=viewer,
        as_of=as_of,
        token=secrets.token_hex(16),
    )
    refused = {line.item_id: line.sentence for line in performed.refused}
    refused |= {line.item_id: CHANGED_SINCE for line in performed.stale}
    return Flagged(
        tuple(line.item_id for line in performed.done),
        tuple((key, refused[key]) for key in versions if key in refused),
    )
