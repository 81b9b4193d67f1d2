"""The sample city says when it has grown old, and only while nobody has imported beside it."""

from __future__ import annotations

from datetime import timedelta

from data_access.ledger_import.apply import store_import
from data_access.sample import fill_with_sample, stale_sample
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row

LATER = TODAY + timedelta(days=20)


def test_an_untouched_sample_names_its_day_after_a_week(city):
    assert stale_sample(city, as_of=LATER) is None
    fill_with_sample(city, as_of=TODAY, items=60)
    assert stale_sample(city, as_of=TODAY) is None
    assert stale_sample(city, as_of=LATER) == TODAY
    store_import(city, judged_ledger(ledger_row()), viewer=SUPERVISOR, as_of=TODAY)
    assert stale_sample(city, as_of=LATER) is None
