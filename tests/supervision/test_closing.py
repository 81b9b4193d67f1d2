"""Since when a closed item is no longer open."""

from __future__ import annotations

from datetime import date

import pytest

from supervision.closing import closed_from

CLOSED, STRUCK, FEEDBACK = date(2026, 6, 5), date(2026, 6, 20), date(2026, 6, 1)


@pytest.mark.parametrize(
    ("closed", "struck", "fed_back", "since"),
    [
        (CLOSED, STRUCK, FEEDBACK, CLOSED),
        (None, STRUCK, FEEDBACK, STRUCK),
        (None, None, FEEDBACK, FEEDBACK),
        (None, None, None, None),
    ],
)
def test_an_item_is_open_until_the_best_known_day_of_its_closing(closed, struck, fed_back, since):
    assert closed_from(closed, struck, fed_back) == since
