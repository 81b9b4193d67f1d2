"""不计入考核 by rule: items of a category or origin that the city leaves out of its rates."""

from __future__ import annotations

from itertools import pairwise

import polars as pl

from supervision.city_rules import CATEGORY, EXCLUDED, ORIGIN, RuleBook

_COLUMN = {CATEGORY: "category_id", ORIGIN: "origin_id"}
OUT = "yes"


def left_out_of_appraisal(rules: RuleBook) -> pl.Expr:
    """Items that came in while their kind, or everything, was left out.

    Twin of RuleBook.of_kind: a category's own rule goes before that of an origin, that before the
    rule of all items. Judged by the day of intake, so that a new rule changes no earlier month.
    """
    judged = _in_force(rules, "")
    for kind in (ORIGIN, CATEGORY):
        for subject in rules.subjects(EXCLUDED):
            name, _, key = subject.partition(":")
            if name != kind:
                continue
            own = (pl.col(_COLUMN[kind]) == int(key)).fill_null(False)
            judged = pl.when(own).then(pl.coalesce(_in_force(rules, subject), judged)).otherwise(
                judged
            )  # fmt: skip
    return judged.fill_null(False)


def _in_force(rules: RuleBook, subject: str) -> pl.Expr:
    """True, false, or null where the kind has no rule of its own on the day of intake."""
    days = sorted({one.valid_from for one in rules.all_of(EXCLUDED) if one.subject == subject})
    told: pl.Expr = pl.lit(None, dtype=pl.Boolean)
    for first, after in pairwise([*days, None]):
        assert first is not None
        value = rules.value(EXCLUDED, first, subject)
        since = pl.col("intake_on") >= first
        within = since if after is None else since & (pl.col("intake_on") < after)
        verdict = pl.lit(value == OUT if value else None, dtype=pl.Boolean)
        told = pl.when(within.fill_null(False)).then(verdict).otherwise(told)
    return told
