"""The door for asking, for the leaders' pages 部门, 时限, 满意度, 面对面 and 趋势: remembered."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from dashboard.engine import AS_SAID, engine
from data_access.around_sessions import Due
from data_access.filters import Filters
from data_access.reads.alike import AlikeGroup, AlikeSeen, RaisedAgain
from data_access.reads.alike import alike as _alike
from data_access.reads.class_matters import ClassMatter, MatterOfItem
from data_access.reads.class_matters import class_matters_seen as _class_matters_seen
from data_access.reads.class_matters import items_numbered as _items_numbered
from data_access.reads.class_matters import matter_of_item as _matter_of_item
from data_access.reads.common_problems import ProblemsSeen
from data_access.reads.common_problems import common_problems as _common_problems
from data_access.reads.deadlines import DeadlinesSeen
from data_access.reads.deadlines import deadlines as _deadlines
from data_access.reads.departments import DepartmentSeen, DepartmentsSeen
from data_access.reads.departments import department as _department
from data_access.reads.departments import departments as _departments
from data_access.reads.hotline import HotlineImport, HotlineSeen
from data_access.reads.hotline import hotline as _hotline
from data_access.reads.satisfaction import SatisfactionSeen
from data_access.reads.satisfaction import satisfaction as _satisfaction
from data_access.reads.sessions import SessionItems, SessionSeen, SessionsSeen
from data_access.reads.sessions import session_items as _session_items
from data_access.reads.sessions import sessions as _sessions
from data_access.reads.township_items import township_items as _township_items
from data_access.reads.townships import Townships
from data_access.reads.townships import townships as _townships
from data_access.reads.trends import Counted, TrendLine, TrendsSeen
from data_access.reads.trends import trends as _trends
from supervision.scope import Scope
from supervision.spans import Step

__all__ = [
    "AlikeGroup", "AlikeSeen", "ClassMatter", "Counted", "DeadlinesSeen", "DepartmentSeen",
    "DepartmentsSeen", "Due", "HotlineImport", "HotlineSeen", "MatterOfItem",
    "ProblemsSeen", "RaisedAgain", "SatisfactionSeen", "SessionItems", "SessionSeen",
    "SessionsSeen", "Townships", "TrendLine", "TrendsSeen",
]  # fmt: skip


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=AS_SAID)
def departments(change: int, scope: Scope, as_of: date, filters: Filters) -> DepartmentsSeen:
    """Every lead department's figures."""
    return _departments(engine(), scope=scope, as_of=as_of, filters=filters)


@st.cache_data(max_entries=128, show_spinner=False, hash_funcs=AS_SAID)
def department(
    change: int, scope: Scope, as_of: date, filters: Filters, department_id: int
) -> DepartmentSeen:
    """One department whole."""
    return _department(
        engine(), scope=scope, as_of=as_of, filters=filters, department_id=department_id
    )


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=AS_SAID)
def deadlines(change: int, scope: Scope, as_of: date, filters: Filters) -> DeadlinesSeen:
    """What is owed and what falls due."""
    return _deadlines(engine(), scope=scope, as_of=as_of, filters=filters)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=AS_SAID)
def satisfaction(
    change: int, scope: Scope, as_of: date, filters: Filters, by: str
) -> SatisfactionSeen:
    """What residents answered, grouped by one column of the facts."""
    return _satisfaction(engine(), scope=scope, as_of=as_of, filters=filters, by=by)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=AS_SAID)
def townships(change: int, scope: Scope, as_of: date, filters: Filters) -> Townships:
    """The figures of the map, by township; asked through dashboard.township_reads."""
    return _townships(engine(), scope=scope, as_of=as_of, filters=filters)


@st.cache_data(max_entries=32, show_spinner=False, hash_funcs=AS_SAID)
def township_items(change: int, scope: Scope, as_of: date, filters: Filters) -> pd.DataFrame:
    """Open items of one township by village; asked through dashboard.township_reads."""
    return _township_items(engine(), scope=scope, as_of=as_of, filters=filters)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=AS_SAID)
def sessions(change: int, scope: Scope, as_of: date, filters: Filters) -> SessionsSeen:
    """The face-to-face sessions within reach."""
    return _sessions(engine(), scope=scope, as_of=as_of, filters=filters)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=AS_SAID)
def session_items(
    change: int, scope: Scope, as_of: date, filters: Filters, session_id: int
) -> SessionItems:
    """The items of one session."""
    return _session_items(
        engine(), scope=scope, as_of=as_of, filters=filters, session_id=session_id
    )


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=AS_SAID)
def trends(change: int, scope: Scope, as_of: date, filters: Filters, step: Step) -> TrendsSeen:
    """Periods one after another with what they are compared with."""
    return _trends(engine(), scope=scope, as_of=as_of, filters=filters, step=step)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=AS_SAID)
def common_problems(change: int, scope: Scope, as_of: date, filters: Filters) -> ProblemsSeen:
    """What troubles residents, category by county."""
    return _common_problems(engine(), scope=scope, as_of=as_of, filters=filters)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=AS_SAID)
def alike(change: int, scope: Scope, as_of: date, filters: Filters) -> AlikeSeen:
    """Texts that resemble each other, and matters raised again."""
    return _alike(engine(), scope=scope, as_of=as_of, filters=filters)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=AS_SAID)
def class_matters(
    change: int, scope: Scope, as_of: date, filters: Filters
) -> tuple[ClassMatter, ...]:
    """类案 with the figures of their items."""
    return _class_matters_seen(engine(), scope=scope, as_of=as_of, filters=filters)


@st.cache_data(max_entries=128, show_spinner=False, hash_funcs=AS_SAID)
def matter_of_item(change: int, scope: Scope, as_of: date, item_id: int) -> MatterOfItem | None:
    """The 类案 that an item belongs to."""
    return _matter_of_item(engine(), scope=scope, as_of=as_of, item_id=item_id)


@st.cache_data(max_entries=32, show_spinner=False, hash_funcs=AS_SAID)
def hotline(change: int, scope: Scope, as_of: date, filters: Filters) -> HotlineSeen:
    """What the hotline counted, theme by month."""
    return _hotline(engine(), scope=scope, as_of=as_of, filters=filters)


@st.cache_data(max_entries=8, show_spinner=False, hash_funcs=AS_SAID)
def items_numbered(
    change: int, scope: Scope, as_of: date, numbers: tuple[str, ...]
) -> dict[str, tuple[int, ...]]:
    """Which items bear these numbers."""
    return _items_numbered(engine(), scope=scope, as_of=as_of, numbers=numbers)
