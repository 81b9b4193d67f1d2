"""An item's history in plain sentences: who did what, when, why, from what to what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.loop_reads import ActLine
from dashboard.notice_reads import OFFICE_ACTS
from dashboard.parts.lists import time_line
from dashboard.parts.rows import actor_told
from dashboard.reads import FIELD_LABELS, ItemHistory, changed_fields
from supervision.audit_words import FIELD_WORDS, act_told

_TOLD_BY_THE_REASON = frozenset({"原因", "说明"})
_SAID_BY_ACTS = frozenset(
    FIELD_LABELS.get(field) or FIELD_WORDS[field]
    for field in (
        "text", "measures", "lead_departments", "due_on", "extended_due_on", "fix_due_on",
        "hang_until", "resolved_by_unit", "satisfaction", "process_satisfaction", "resolved",
        "category", "urgency", "excluded",
    )
)  # fmt: skip
"""Names of what an act decided; where it led stands in the act's own name."""


def story(history: ItemHistory, acts: Sequence[ActLine], *, of_the_office: bool) -> None:
    """What happened to the item, newest first: the trail's rows, in the acts' own words.

    Whoever is not `of_the_office` is told neither what it only considered nor who follows an item.
    """
    lines = [
        (row, line)
        for row, line in _paired(history.audit, acts)
        if of_the_office or row["act"] not in OFFICE_ACTS
    ]
    time_line(
        (f"{row['at']:%Y-%m-%d %H:%M}", _who(row, line), _told(row, line))
        for row, line in reversed(lines)
    )


def _paired(
    rows: Sequence[dict[str, Any]], acts: Sequence[ActLine]
) -> list[tuple[dict[str, Any], ActLine | None]]:
    """Each row of the trail with the act that wrote it; rows of ledgers have none."""
    waiting, paired = list(acts), []
    for row in rows:
        line = next(
            (one for one in waiting if (one.act, one.account) == (row["act"], row["actor"])), None
        )
        if line is not None:
            waiting.remove(line)
        paired.append((row, line))
    return paired


def _who(row: dict[str, Any], line: ActLine | None) -> str:
    if line is None:
        return actor_told(row["who"])
    return f"{line.department}，{line.who}" if line.department else line.who


def _told(row: dict[str, Any], line: ActLine | None) -> str:
    if line is None:
        what, why = act_told(row["act"]), row["reason"]
    else:
        what = line.act_words + ("（已撤销）" if line.undone else "")
        why = "；".join(part for part in (line.reason, line.words) if part)
    parts = [f"{what}：{why}" if why else what]
    if line is not None and line.evidence:
        parts.append("佐证材料：" + "、".join(line.evidence))
    if row["before"] is None:
        return "\n".join(parts)
    changed = changed_fields(row["before"], row["after"])
    if line is None:
        parts += [
            f"{name} {before} → {after}"
            for name, before, after in changed
            if not (row["reason"] and name in _TOLD_BY_THE_REASON)
        ]
    else:
        parts += [f"{name}：{after}" for name, _before, after in changed if name in _SAID_BY_ACTS]
    return "\n".join(parts)
