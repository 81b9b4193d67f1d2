"""The only question to the clock (house rule 3); everything else is told the day."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

CITY_TIME = ZoneInfo("Asia/Shanghai")
_told: list[date] = []


def tell(day: date | None) -> None:
    """Replace the clock for this process (`--as-of`); None gives the real clock back."""
    _told.clear()
    if day is not None:
        _told.append(day)


def now() -> datetime:
    """City time without zone, to the second, as instants are stored."""
    real = instant()
    return datetime.combine(_told[0], real.time()) if _told else real


def instant() -> datetime:
    """City time of the real clock, whatever day was told: sessions and locks run by it."""
    return datetime.now(CITY_TIME).replace(tzinfo=None, microsecond=0)


def today() -> date:
    """The city's calendar day."""
    return now().date()
