"""How wide the columns of an item table are: all in sight on a laptop, what matters on a phone.

The server does not know how wide a screen is. Beyond what is kept here a table grows by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LAPTOP, PHONE = 1286, 352
"""Pixels of a table on a screen of 1366, with its scroll bar, and on one of 390."""
BROAD, HALF, NARROW = 706, 604, 496
"""Pixels on a laptop in seven of twelve parts of the page, in six and in five."""
TICKS = 34
_PLACE, _PLACE_ON_A_PHONE = 46, 40
ROW_HEIGHT = 36
WRAPPED_HEIGHT = 70
"""Of a line in which the browser breaks long words: it does above 4 rem, which on a wall are 68."""
_TALLER_HEIGHT = 86
_LEAST_TITLE, _WIDE_TITLE = 150, 220
_SIGN = 50
"""Of a lamp that is only its sign: its word stands below the title."""

# What a column may give up where there is no room for all, in pixels.
_LEAST: Mapping[str, int] = {
    "light": 126, "number": 134, "title": 230, "lead": 150, "lead_short": 104, "session": 120,
    "unit": 72, "township": 72, "category": 90, "matter": 100, "state": 100, "reason": 84,
    "words": 190, "evidence": 100, "proposed": 84, "proposed_department": 110, "asked_by": 84,
    "why": 232, "card": 52, "trigger": 120, "kind": 90, "department": 120, "notice_number": 120,
    "notice_state": 90, "drafted_name": 84, "answer": 170, "outcome": 140, "recorded_by": 84,
    "due_on": 90, "received_on": 90, "intake_on": 90, "assigned_on": 90, "feedback_on": 90,
    "closed_on": 90, "asked_on": 90, "since_on": 90, "result": 84, "days_overdue": 84,
}  # fmt: skip
# Narrower still where a name may take three rows.
_WRAPPED: Mapping[str, int] = {
    **_LEAST, "title": _LEAST_TITLE,
    "lead": 84, "lead_short": 84, "unit": 76, "township": 76, "days_overdue": 86, "age_days": 86,
    "state": 84, "department": 84, "reason": 76, "card": 56, "words": 160, "why": 160,
}  # fmt: skip
_LEAVES_FIRST = ("state", "assigned_on", "feedback_on")
"""Left out where the columns do not fit at their least, and on a phone: the lamp tells the state,
and the item itself and the workbook tell all of them."""
BELOW_THE_TITLE = ("lead_short", "lead", "department", "days_overdue", "due_on")
"""What stands on a phone in the title's cell, below it (parts/below_title.py)."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Widths of the columns in their order and of the number before them, height of a line."""

    widths: Mapping[str, int]
    place: int
    line: int
    below: Sequence[str] = ()
    """Columns that are told below the title instead of beside it."""

    @property
    def rows(self) -> int:
        """How many rows of words a line holds."""
        return self.line // 20


def laid_out(wanted: Mapping[str, int], beside: int, room: int, *, phone: bool) -> Layout:
    """Columns of the widths `wanted`, with `beside` for ticks and buttons."""
    if phone:
        return _on_a_phone(wanted, PHONE - beside - _PLACE_ON_A_PHONE)
    kept = dict(wanted)
    for name in _LEAVES_FIRST:
        if _needed(kept, _LEAST) + beside + _PLACE > room:
            kept.pop(name, None)
    if _needed(kept, _LEAST) + beside + _PLACE <= room:
        return Layout(widths_within(room, kept, beside + _PLACE), _PLACE, ROW_HEIGHT)
    return Layout(widths_within(room, kept, beside + _PLACE, _WRAPPED), _PLACE, WRAPPED_HEIGHT)


def widths_within(
    room: int, wanted: Mapping[str, int], beside: int, least: Mapping[str, int] = _LEAST
) -> dict[str, int]:
    """The widths, each column giving up its part where all do not fit `room` less `beside`."""
    spare = {name: width - min(least.get(name, width), width) for name, width in wanted.items()}
    missing = sum(wanted.values()) + beside - room
    part = min(max(missing / (sum(spare.values()) or 1), 0), 1)
    return {name: width - round(spare[name] * part) for name, width in wanted.items()}


def _needed(wanted: Mapping[str, int], least: Mapping[str, int]) -> int:
    return sum(min(least.get(name, width), width) for name, width in wanted.items())


def _on_a_phone(wanted: Mapping[str, int], room: int) -> Layout:
    """Title first and in its cell who has it and how late it is; the others lie to the right."""
    widths = {
        name: min(_WRAPPED.get(name, width), width)
        for name, width in wanted.items() if name not in _LEAVES_FIRST
    }  # fmt: skip
    if "title" not in widths:
        return Layout(widths, _PLACE_ON_A_PHONE, WRAPPED_HEIGHT)
    below = [name for name in BELOW_THE_TITLE if name in widths]
    beside = {name: width for name, width in widths.items() if name not in (*below, "title")}
    if "light" in beside:
        beside = {**dict.fromkeys(["light"], _SIGN), **{**beside, "light": _SIGN}}
        below.insert(1, "light")
    least, left = _LEAST_TITLE if len(below) < 2 else _WIDE_TITLE, room
    for width in beside.values():
        if left - width < least:
            break
        left -= width
    line = WRAPPED_HEIGHT if left >= least else _TALLER_HEIGHT
    title = {"title": max(left, _LEAST_TITLE)}
    return Layout(title | beside, _PLACE_ON_A_PHONE, line, tuple(below))
