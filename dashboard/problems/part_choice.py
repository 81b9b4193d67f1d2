"""Which part of 共性问题 is looked at; it stays in the address, and acts may turn to another."""

from __future__ import annotations

from dashboard.parts.address_choice import segments
from dashboard.parts.leading import set_query

HEAT, REPEATS, ALIKE, MATTERS, HOTLINE = "heat", "again", "alike", "matters", "hotline"
PARTS = {
    HEAT: "分类与县区", REPEATS: "反复反映", ALIKE: "相似诉求", MATTERS: "类案",
    HOTLINE: "12345热线",
}  # fmt: skip
_KEY = "part"


def choose_part() -> str:
    """Draw the parts, set to what the address asks for."""
    return segments("看哪一部分", PARTS, key=_KEY, gone=("matter", "saying"))


def turn_to(part: str, *, matter: int | None = None) -> None:
    """Ask for a part, and there for one 类案; the next run shows it."""
    set_query(part=part, matter=matter, saying=None)
