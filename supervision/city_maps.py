"""地图与人口 of a city: what may be put in force, and in which words it is refused."""

from __future__ import annotations

from supervision.vocabulary import Worded

MOST_KEPT = 50
"""Versions of one kind; more than a city uploads in ten years."""


class MapKind(Worded):
    """What a version holds."""

    MAP = "map", "地图"
    RESIDENTS = "residents", "常住人口"


class MapRefused(Exception):
    """Nothing was put in force or taken out of it; the text is a Chinese sentence."""
