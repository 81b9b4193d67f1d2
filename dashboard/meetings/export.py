"""A list of commitments as a workbook: exactly its rows, as who presses the button sees them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboard import leader_reads, meeting_reads, reads
from dashboard.briefing.list_workbook import list_workbook
from dashboard.briefing.watermark import Watermark
from dashboard.downloads import Made, Offer, download_button
from dashboard.leader_reads import SessionSeen
from dashboard.meeting_reads import CommitmentTold
from dashboard.meetings import told
from dashboard.meetings.promises import EVERY, PARTS, part_asked
from dashboard.parts.filters import told as filters_told
from dashboard.reads import Choices, Filters
from supervision.commitments import FULFILLED, CommitmentState
from supervision.kept_days import late_told
from supervision.rights import Right, may
from supervision.scope import Viewer

TITLE = "面对面承诺"
_HEADINGS = {
    "state": ("兑现情况", "text"),
    "late": ("逾期（工作日）", "count"),
    "text": ("承诺内容", "title"),
    "department": ("责任单位", "text"),
    "due": ("期限", "day"),
    "done": ("兑现日期", "day"),
    "evidence": ("佐证", "words"),
    "progress": ("最近进展", "words"),
    "progress_on": ("进展日期", "day"),
    "items": ("关联事项", "text"),
    "session": ("场次", "text"),
    "by": ("承诺人", "text"),
}
_LATE = frozenset({CommitmentState.OVERDUE, CommitmentState.FULFILLED_LATE})


@dataclass(frozen=True, slots=True)
class Sessions:
    """Whose commitments the list shows: those of one session, or of all of a level."""

    one: int | None = None
    level: str | None = None

    def has(self, session: SessionSeen) -> bool:
        """Whether the list shows the commitments of this session."""
        return self.one in (None, session.id) and self.level in (None, session.level)


def export_button(which: Sessions, called: str, filters: Filters, names: Choices, who: Viewer
                  ) -> None:  # fmt: skip
    """Made when asked for; `called` says in words which sessions they are of."""
    if not may(who, Right.EXPORT):
        return
    as_of, change, part = reads.today(), reads.change(), part_asked()
    word, states = PARTS[part]
    narrowed = [called] if called else []
    said = [
        *narrowed,
        *([f"兑现情况：{word}"] if part != EVERY else []),
        *filters_told(filters, names),
    ]

    def workbook(taker: Viewer, mark: Watermark) -> Made:
        seen = leader_reads.sessions(change, taker.scope, as_of, filters).sessions
        sessions = {one.id: told.name_told(one) for one in seen if which.has(one)}
        found = [
            one
            for one in meeting_reads.commitments_told(change, taker.scope, as_of, filters)
            if one.commitment.session_id in sessions and one.commitment.standing.state in states
        ]
        about = tuple(sorted({key for one in found for key in one.commitment.items}))
        items = reads.described_items(change, taker.scope, as_of, about)
        numbers = dict(zip(items["item_id"], items["number"].fillna(items["title"]), strict=True))
        rows = [_row(one, sessions, numbers) for one in found]
        content = list_workbook(
            rows, _HEADINGS, title=TITLE, as_of=as_of, told=said, watermark=mark
        )
        return Made(content, len(rows))

    asked = repr((change, who.account, who.scope, as_of, filters, which, part)).encode()
    name = f"{TITLE}_{as_of:%Y%m%d}_{hashlib.sha256(asked).hexdigest()[:8]}.xlsx"
    download_button("导出 Excel", Offer(TITLE, said, name, Right.EXPORT), workbook)


def _row(
    told_of: CommitmentTold, sessions: Mapping[int, str], numbers: Mapping[int, str]
) -> dict[str, Any]:
    one, latest = told_of.commitment, told_of.latest
    state, days = one.standing.state, one.standing.days_late
    is_fulfilled = state in FULFILLED
    return {
        "state": state.label,
        "late": (days or late_told(days)) if state in _LATE else None,
        "text": one.text,
        "department": one.department,
        "due": one.due_on,
        "done": one.fulfilled_on if is_fulfilled else None,
        "evidence": one.evidence if is_fulfilled else "",
        "progress": latest.text if latest else "",
        "progress_on": latest.told_on if latest else None,
        "items": "、".join(str(numbers[key]) for key in one.items if key in numbers),
        "session": sessions[one.session_id],
        "by": one.promised_by,
    }
