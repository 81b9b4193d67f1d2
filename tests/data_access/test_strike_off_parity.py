"""What may be struck off, over the facts and by the guard of the act: 满意才销号."""

from __future__ import annotations

from itertools import product

import polars as pl

from data_access.desk_lists import may_be_struck_off
from data_access.fact_columns import ANSWER, RESOLVED
from supervision.guards import Circumstances, satisfied_or_confirmed
from supervision.loop_words import CONFIRMED
from supervision.vocabulary import CONTENT, ItemState, Resolution, Satisfaction

CASES = list(
    product(
        [None, True, False],
        [None, *Satisfaction],
        [None, *Resolution],
        [None, CONFIRMED, ItemState.REBOUNDED.value],
    )
)


def test_the_condition_over_the_facts_is_the_guard_of_striking_off():
    reached, results, resolved, look_backs = zip(*CASES, strict=True)
    facts = pl.DataFrame(
        [
            pl.Series("reached", reached, dtype=pl.Boolean),
            pl.Series("result", [r and str(r) for r in results], dtype=ANSWER),
            pl.Series("resolved_by_resident", [r and str(r) for r in resolved], dtype=RESOLVED),
            pl.Series("look_back", look_backs, dtype=pl.String),
            pl.Series("look_back_stands", [True] * len(CASES), dtype=pl.Boolean),
        ]
    )
    allowed = [
        satisfied_or_confirmed(
            Circumstances(
                resolved_and_satisfied=(
                    answered is True and said is Resolution.RESOLVED and result in CONTENT
                ),
                look_back_confirmed=found == CONFIRMED,
            )
        )
        is None
        for answered, result, said, found in CASES
    ]
    told = facts.select(may_be_struck_off()).to_series().to_list()
    assert told == allowed
    assert set(allowed) == {True, False}
