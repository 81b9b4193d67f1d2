"""How wide the columns of an item table are: all in sight on a laptop, what matters on a phone.

The server does not know how wide a screen is. Beyond what is kept here a table grows by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LAPTOP, PHONE = 1286, 352
"""Pixels of a table on a screen of 1366, with its scroll bar, and on one of 390."""
TICKS = 34
_PLACE, _PLACE_ON_A_PHONE = 46, 40
ROW_HEIGHT = 36
WRAPPED_HEIGHT = 66
"""Of a line in which the browser breaks long words: it does where a line is above 64 pixels."""
_LEAST_TITLE = 150

# What a column may give up where there is no room for all, in pixels.
_LEAST: Mapping[str, int] = {
    "light": 118, "number": 134, "title": 230, "lead": 150, "lead_short": 112, "session": 120,
    "unit": 80, "township": 80, "category": 90, "matter": 100, "state": 104, "reason": 84,
    "words": 190, "evidence": 100, "proposed": 84, "proposed_department": 110, "asked_by": 84,
    "why": 190, "card": 52, "trigger": 120, "kind": 90, "department": 120, "notice_number": 120,
    "notice_state": 90, "drafted_name": 84, "answer": 170, "outcome": 140, "recorded_by": 84,
}  # fmt: skip
# Narrower still where a name may take three rows.
_WRAPPED: Mapping[str, int] = {
    "lead": 84, "lead_short": 84, "unit": 76, "township": 76, "days_overdue": 86, "age_days": 86,
    "state": 84, "department": 84, "reason": 76, "card": 56,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Layout:
    """Widths of the columns in their order and of the number before them, height of a line."""

    widths: Mapping[str, int]
    place: int
    line: int


def laid_out(wanted: Mapping[str, int], beside: int, room: int, *, phone: bool) -> Layout:
    """Columns of the widths `wanted`, with `beside` for ticks and buttons."""
    if phone:
        widths = on_a_phone(wanted, beside + _PLACE_ON_A_PHONE)
        return Layout(widths, _PLACE_ON_A_PHONE, WRAPPED_HEIGHT)
    return Layout(widths_within(room, wanted, beside + _PLACE), _PLACE, ROW_HEIGHT)


def widths_within(room: int, wanted: Mapping[str, int], beside: int) -> dict[str, int]:
    """The widths, each column giving up its part where all do not fit `room` less `beside`."""
    spare = {name: width - min(_LEAST.get(name, width), width) for name, width in wanted.items()}
    missing = sum(wanted.values()) + beside - room
    part = min(max(missing / (sum(spare.values()) or 1), 0), 1)
    return {name: width - round(spare[name] * part) for name, width in wanted.items()}


def on_a_phone(wanted: Mapping[str, int], beside: int) -> dict[str, int]:
    """Title first, then as many columns as leave it legible; the others lie to the right."""
    widths = {
        name: _WRAPPED.get(name, min(_LEAST.get(name, width), width))
        for name, width in wanted.items()
    }
    if "title" not in widths:
        return widths
    others = [name for name in widths if name != "title"]
    left = PHONE - beside
    for name in others:
        if left - widths[name] < _LEAST_TITLE:
            break
        left -= widths[name]
    return {"title": max(left, _LEAST_TITLE), **{name: widths[name] for name in others}}
