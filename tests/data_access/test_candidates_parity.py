"""Who is proposed for re-assignment, over the facts and by the rule, in the same words."""

from __future__ import annotations

from datetime import date
from itertools import product

import polars as pl

from data_access.desk_lists import WHY
from data_access.fact_columns import ANSWER, ITEM_STATE
from data_access.figures import with_standing
from data_access.measures import reassign_candidate
from data_access.moment import moment
from data_access.work_calendar import shipped_calendar
from supervision.loop_words import CONFIRMED
from supervision.rounds import Candidate, reassignment_candidate
from supervision.vocabulary import OUT_OF_COUNT, ItemState, Satisfaction
from tests.factories import TODAY

REBOUNDED = ItemState.REBOUNDED.value
CASES = list(product(ItemState, [None, *Satisfaction], [None, CONFIRMED, REBOUNDED], [1, 2, 3]))


def ruled(
    item: ItemState, result: Satisfaction | None, look_back: str | None, n: int
) -> Candidate | None:
    """What the rule says of an item that counts."""
    if item in OUT_OF_COUNT:
        return None
    return reassignment_candidate(
        item_state=item, result=result, rebounded=look_back == REBOUNDED, round_no=n
    )


def facts() -> pl.DataFrame:
    """One current round for each case."""
    items, results, look_backs, numbers = zip(*CASES, strict=True)
    told = pl.DataFrame(
        [
            pl.Series("item_state", [str(item) for item in items], dtype=ITEM_STATE),
            pl.Series("result", [r and str(r) for r in results], dtype=ANSWER),
            pl.Series("look_back", look_backs, dtype=pl.String),
            pl.Series("current_round", numbers),
        ]
    ).with_columns(
        look_back_stands=pl.lit(True),
        round_id=pl.lit(1), is_current=pl.lit(True), intake_on=pl.lit(date(2026, 1, 5)),
        round_state=pl.lit("accepted"), sound=pl.lit(True), excluded=pl.lit(False),
        closed_on=pl.lit(None, dtype=pl.Date), struck_off_on=pl.lit(None, dtype=pl.Date),
        feedback_on=pl.lit(None, dtype=pl.Date),
    )  # fmt: skip
    return with_standing(told)


def test_the_condition_over_the_facts_is_the_rule_and_tells_its_words():
    now = moment(shipped_calendar(), as_of=TODAY)
    told = facts().select(proposed=reassign_candidate(now), why=WHY)
    expected = [ruled(*case) for case in CASES]
    assert told["proposed"].to_list() == [found is not None for found in expected]
    words = [why for why, proposed in zip(told["why"], told["proposed"], strict=True) if proposed]
    assert words == [found.why for found in expected if found is not None]
    assert len(set(words)) == 3
