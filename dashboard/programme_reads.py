"""The door for asking about 专题: remembered until the store changes."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard.engine import AS_SAID, engine
from data_access.filters import Filters
from data_access.reads.programme_origins import CellOrigin, ProgrammeBatch
from data_access.reads.programme_origins import entry_origins as _entry_origins
from data_access.reads.programme_origins import programme_batch_list as _programme_batch_list
from data_access.reads.programmes import ProgrammeSeen
from data_access.reads.programmes import programme as _programme
from data_access.reads.programmes import programmes as _programmes
from supervision.scope import Scope

__all__ = ["CellOrigin", "ProgrammeBatch", "ProgrammeSeen"]


# As they are, not copied: twenty thousand entries take longer to copy than to count, and nobody
# changes them.
@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=AS_SAID)
def programmes(
    change: int, scope: Scope, as_of: date, filters: Filters
) -> tuple[ProgrammeSeen, ...]:
    """Every programme in use."""
    return _programmes(engine(), scope=scope, as_of=as_of, filters=filters)


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=AS_SAID)
def programme(
    change: int, scope: Scope, as_of: date, filters: Filters, name: str
) -> ProgrammeSeen | None:
    """One programme; None where there is none of that name."""
    return _programme(engine(), scope=scope, as_of=as_of, filters=filters, name=name)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=AS_SAID)
def programme_batch_list(
    change: int, scope: Scope, as_of: date, name: str
) -> tuple[ProgrammeBatch, ...]:
    """The imports of a programme, newest first."""
    return _programme_batch_list(engine(), scope=scope, as_of=as_of, name=name)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=AS_SAID)
def entry_origins(change: int, scope: Scope, as_of: date, entry_id: int) -> tuple[CellOrigin, ...]:
    """The cell from which each value of an entry came."""
    return _entry_origins(engine(), scope=scope, as_of=as_of, entry_id=entry_id)
