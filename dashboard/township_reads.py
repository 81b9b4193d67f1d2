"""The door for asking about townships: remembered by change number, like dashboard.reads."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard.engine import engine
from data_access.filters import Filters
from data_access.reads.townships import Townships
from data_access.reads.townships import townships as _townships
from supervision.scope import Scope

__all__ = ["Townships"]


@st.cache_data(max_entries=64, show_spinner=False)
def townships(change: int, scope: Scope, as_of: date, filters: Filters) -> Townships:
    """The figures of the map, by township."""
    return _townships(engine(), scope=scope, as_of=as_of, filters=filters)
