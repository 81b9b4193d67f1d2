"""Figures of assigned rounds: how many, extended, given back, signed in time (2.1, 2.4, 2.6)."""

from __future__ import annotations

import polars as pl

from data_access.figures import A_ROUND, AN_ITEM, COUNTED, IN_RATES, within
from data_access.moment import Moment


def assigned(moment: Moment) -> pl.Expr:
    return A_ROUND & COUNTED & within("assigned_on", moment)


def assigned_first(moment: Moment) -> pl.Expr:
    return assigned(moment) & (pl.col("round_no") == 1)


def assigned_again(moment: Moment) -> pl.Expr:
    return assigned(moment) & (pl.col("round_no") >= 2)


def assigned_in_rates(moment: Moment) -> pl.Expr:
    return assigned(moment) & IN_RATES


def extended(moment: Moment) -> pl.Expr:
    return assigned_in_rates(moment) & pl.col("extended_due_on").is_not_null()


def return_known(moment: Moment) -> pl.Expr:
    """Ledgers tell of no return: a round counts where this system would know of one."""
    return assigned_in_rates(moment) & (pl.col("assigned_here") | pl.col("was_returned"))


def returned(moment: Moment) -> pl.Expr:
    return return_known(moment) & pl.col("was_returned")


def return_granted(moment: Moment) -> pl.Expr:
    return returned(moment) & pl.col("return_granted")


def _signed_by(moment: Moment) -> pl.Expr:
    return (pl.col("signed_on") <= moment.as_of).fill_null(False)


def to_be_signed(moment: Moment) -> pl.Expr:
    """Twin of supervision.rounds.signed_in_time, where the ledger keeps the day of signing.

    An empty cell tells of the running round only: of one gone by the newest ledger is silent.
    """
    ended = (pl.col("signing_limit_on") < moment.as_of).fill_null(False)
    told = (pl.col("asked_to_sign") & AN_ITEM & ended) | _signed_by(moment)
    return assigned_in_rates(moment) & pl.col("signing_limit_on").is_not_null() & told


def signed_in_time(moment: Moment) -> pl.Expr:
    in_time = (pl.col("signed_on") <= pl.col("signing_limit_on")).fill_null(False)
    return to_be_signed(moment) & _signed_by(moment) & in_time
