"""What stands under each picture of the townships: what it is not, where it is from, 审图号."""

from __future__ import annotations

from dashboard.parts.map_shelf import MapShelf, shelf
from dashboard.parts.zones import BORDERS, ON_TILES, has_borders
from dashboard.wording import (
    MAP_ARRANGED,
    MAP_FROM,
    MAP_NO_REVIEW,
    MAP_NOTE,
    MAP_OWN_SOURCE,
    MAP_REVIEWED,
    MAP_SOURCE,
)


def note_under(kind: str, of: MapShelf | None = None) -> str:
    """The words under a picture, one of zones.kinds(): on the page and on paper."""
    of = of or shelf()
    about = of.about()
    if kind in {BORDERS, ON_TILES} and has_borders(of):
        number = about.review_number
        told = MAP_REVIEWED.format(number) if number else MAP_NO_REVIEW
        return told + (MAP_FROM.format(about.source) if about.source else "")
    if about.arranged:
        return MAP_NOTE + MAP_ARRANGED
    return MAP_NOTE + (MAP_SOURCE if of.shipped else MAP_OWN_SOURCE)
