"""The door for asking what was promised at sessions and what their plans are: remembered."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard.engine import AS_SAID, engine
from data_access.filters import Filters
from data_access.meetings import Commitment
from data_access.reads.commitments import CommitmentTold, Milestone, Report, SessionPlan
from data_access.reads.commitments import commitments as _commitments
from data_access.reads.commitments import commitments_of_item as _commitments_of_item
from data_access.reads.commitments import commitments_told as _commitments_told
from data_access.reads.commitments import session_plan as _session_plan
from supervision.scope import Scope

__all__ = ["Commitment", "CommitmentTold", "Milestone", "Report", "SessionPlan"]


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=AS_SAID)
def commitments(change: int, scope: Scope, as_of: date, filters: Filters) -> tuple[Commitment, ...]:
    """Every commitment within reach, what is overdue first."""
    return _commitments(engine(), scope=scope, as_of=as_of, filters=filters)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=AS_SAID)
def commitments_of_item(
    change: int, scope: Scope, as_of: date, item_id: int
) -> tuple[Commitment, ...]:
    """The commitments about one item."""
    return _commitments_of_item(engine(), scope=scope, as_of=as_of, item_id=item_id)


@st.cache_data(max_entries=16, show_spinner=False, hash_funcs=AS_SAID)
def commitments_told(
    change: int, scope: Scope, as_of: date, filters: Filters
) -> tuple[CommitmentTold, ...]:
    """Every commitment within reach with its items and newest report."""
    return _commitments_told(engine(), scope=scope, as_of=as_of, filters=filters)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=AS_SAID)
def session_plan(
    change: int, scope: Scope, as_of: date, filters: Filters, session_id: int
) -> SessionPlan:
    """Commitments, reports and milestones of one session."""
    return _session_plan(engine(), scope=scope, as_of=as_of, session_id=session_id, filters=filters)
