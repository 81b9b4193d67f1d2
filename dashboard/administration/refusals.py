"""A refused act on the administration pages: its sentence is told where it was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from dashboard.acts import AccountRefused, LedgerRefused
from dashboard.administration.seen import look_afresh
from dashboard.item_acts import StoreBusy
from dashboard.parts.safe import label
from dashboard.register_acts import RegisterRefused
from dashboard.rule_acts import CalendarRefused, RuleRefused
from supervision.city_maps import MapRefused
from supervision.class_matters import MatterRefused
from supervision.commitments import CommitmentRefused
from supervision.hotline import HotlineRefused
from supervision.milestones import MilestoneRefused
from supervision.rights import NotPermitted

_REFUSALS = (
    AccountRefused,
    CalendarRefused,
    CommitmentRefused,
    HotlineRefused,
    LedgerRefused,
    MapRefused,
    MatterRefused,
    MilestoneRefused,
    NotPermitted,
    RegisterRefused,
    RuleRefused,
    StoreBusy,
)


@contextmanager
def refusals_told() -> Iterator[None]:
    """What is refused inside is said on the page, and the page goes on."""
    try:
        yield
    except _REFUSALS as refusal:
        look_afresh()
        st.error(label(refusal))
