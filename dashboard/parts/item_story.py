"""An item's history in plain sentences: who did what, when, from what to what."""

from __future__ import annotations

import json
from typing import Any

from dashboard.parts.lists import time_line
from dashboard.parts.rows import actor_told
from dashboard.reads import FIELD_LABELS, ItemHistory
from supervision.audit_words import act_told
from supervision.vocabulary import ItemState


def story(history: ItemHistory) -> None:
    """The audit rows of the item, newest first."""
    time_line(
        (f"{row['at']:%Y-%m-%d %H:%M}", actor_told(row["actor"]), _told(row))
        for row in reversed(history.audit)
    )


def _told(row: dict[str, Any]) -> str:
    what = act_told(row["act"])
    changes = "\n".join(_changes(row["before"], row["after"]))
    reason = f"，原因：{row['reason']}" if row["reason"] else ""
    return what + reason + (f"\n{changes}" if changes else "")


def _changes(before: str | None, after: str | None) -> list[str]:
    if before is None or after is None:
        return []
    was, now = json.loads(before), json.loads(after)
    if "state" in was:
        return [f"{ItemState(was['state']).label}→{ItemState(now['state']).label}"]
    return [
        f"{FIELD_LABELS.get(name, name)} {was.get(name, '（空）')} → {now[name]}" for name in now
    ]
