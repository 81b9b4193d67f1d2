"""Tiles computed from figures: a change is coloured only where enough cases stand behind it."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.parts.sentences import ORDER, overview_sentence, overview_tiles
from dashboard.parts.tiles import Direction, change_told


def _tile(slug: str, now: tuple[int, int], before: tuple[int, int]):
    empty = {"n": 0, "of": 0, "n_before": 0, "of_before": 0}
    asked = dict(zip(empty, (*now, *before), strict=True))
    figures = {name: asked if name == slug else empty for name in ORDER}
    tiles = overview_tiles(figures, words=("本月", "较上月"), query={})
    return next(tile for tile in tiles if tile.slug == slug)


@pytest.mark.parametrize(
    ("now", "before", "tone"),
    [
        ((9, 10), (5, 10), "better"),
        ((5, 10), (9, 10), "worse"),
        ((5, 9), (9, 10), ""),
        ((9, 10), (5, 9), ""),
    ],
)
def test_the_change_of_a_rate_has_a_colour_from_ten_cases_on(now, before, tone):
    tile = _tile("satisfaction_rate", now, before)
    word, found = change_told(tile)
    assert found == tone
    assert "个百分点" in word
    assert f"本月 {now[0]}/{now[1]}" in tile.basis


@pytest.mark.parametrize(
    ("worst", "words"),
    [
        ([("甲局", 3)], "逾期未反馈 3 件（均为甲局），"),
        ([("甲局", 2), ("乙局", 1)], "逾期未反馈 3 件（甲局 2 件、乙局 1 件），"),
        ([("甲局", 1), ("乙局", 1), ("丙局", 1)], "逾期未反馈 3 件（甲局 1 件、乙局 1 件居前），"),
    ],
)
def test_only_among_several_are_some_in_front(worst, words):
    empty = {"n": 0, "of": 0, "n_before": 0, "of_before": 0}
    figures = {slug: {**empty, "n": 3, "of": 3} for slug in ORDER}
    told = overview_sentence(figures, worst, as_of=date(2026, 11, 25), due_soon_working_days=3)
    assert words in told


def test_nothing_of_nothing_has_neither_change_nor_colour():
    tile = _tile("closure_rate", (0, 0), (1, 2))
    assert (tile.value, tile.change, tile.direction) == ("—", None, Direction.NEITHER)
