"""The door for asking: data_access reads, remembered by change number.

What is remembered names everything it depends on (house rule 7): change number, scope, day,
filters. The engine is the process's own and does not change while it runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pandas as pd
import streamlit as st

from dashboard.engine import AS_SAID, engine
from dashboard.identity import require, session_limits
from data_access import clock
from data_access.accounts.known import Account
from data_access.accounts.known import account_list as _account_list
from data_access.accounts.sessions import LivingSession
from data_access.accounts.sessions import living_sessions as _living_sessions
from data_access.accounts.wanted import NamesInUse, names_in_use
from data_access.audit_reading import AuditChoices, AuditEntry, AuditFilters, AuditPage
from data_access.audit_reading import audit_choices as _audit_choices
from data_access.audit_reading import audit_count as _audit_count
from data_access.audit_reading import audit_entries as _audit_entries
from data_access.audit_reading import audit_page as _audit_page
from data_access.audit_story import changed_fields
from data_access.audit_trail import verified_chain
from data_access.database import change_number, reading
from data_access.department_register import AliasEntry, DepartmentRow, DepartmentUse, in_force
from data_access.department_register import department_register as _department_register
from data_access.department_register import department_use as _department_use
from data_access.department_register import unit_names as _unit_names
from data_access.dictionary import Term, TermKind
from data_access.dictionary import dictionary as _dictionary
from data_access.filters import Filters
from data_access.gatherings import Gathering
from data_access.ledger_import.record import FIELDS
from data_access.measures import LISTS, MEASURES
from data_access.moment import Period
from data_access.place_register import PlaceRow
from data_access.place_register import place_register as _place_register
from data_access.place_register import place_use as _place_use
from data_access.privacy.looking import Reporter
from data_access.privacy.looking import reporter_of as _reporter_of
from data_access.reads.batch_undo import BatchUndo, ItemChange
from data_access.reads.batch_undo import batch_undo as _batch_undo
from data_access.reads.choices import Choices
from data_access.reads.choices import choices as _choices
from data_access.reads.figures import ToldFigure
from data_access.reads.figures import told_figures as _told_figures
from data_access.reads.form_choices import case_leaders as _case_leaders
from data_access.reads.history import ItemHistory, RoundHistory, SourceCell
from data_access.reads.history import item_history as _item_history
from data_access.reads.imports import BatchRead
from data_access.reads.imports import import_batch as _import_batch
from data_access.reads.imports import import_batch_list as _import_batch_list
from data_access.reads.items import ItemPage
from data_access.reads.items import described_items as _described_items
from data_access.reads.items import item_page as _item_page
from data_access.reads.items import item_rows as _item_rows
from data_access.reads.overview import Overview
from data_access.reads.overview import overview as _overview
from data_access.reads.quality import QualityEntry
from data_access.reads.quality import quality as _quality
from data_access.writes.face_to_face import SessionEntry
from data_access.writes.face_to_face import session_register as _session_register
from supervision.rights import Right
from supervision.scope import Scope, Viewer
from supervision.vocabulary import DivisionLevel

__all__ = [
    "Account", "AliasEntry", "AuditChoices", "AuditEntry", "AuditFilters", "AuditPage",
    "BatchUndo", "Choices", "DepartmentRow", "DepartmentUse", "Filters", "Gathering", "ItemChange",
    "ItemHistory", "ItemPage",
    "LivingSession", "NamesInUse", "Overview", "Period", "PlaceRow", "Reporter", "RoundHistory",
    "SessionEntry", "SourceCell", "Term", "TermKind", "ToldFigure", "changed_fields", "in_force",
]  # fmt: skip

FIELD_LABELS = {name: kept.label for name, kept in FIELDS.items()}
"""Field of a record → its Chinese name."""

FIGURE_SLUGS = frozenset({*MEASURES, *LISTS})
"""Figures and named lists whose rows a list can show."""


def today() -> date:
    """The city's day, or the day that `--as-of` tells."""
    return clock.today()


def instant() -> datetime:
    """The real clock in city time, by which sessions and locks run."""
    return clock.instant()


def change() -> int:
    """The number of the last change: part of every remembered answer's name."""
    return change_number(engine())


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=AS_SAID)
def choices(change: int, scope: Scope, as_of: date) -> Choices:
    """Names of places, departments, sessions and categories."""
    return _choices(engine(), scope=scope, as_of=as_of)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=AS_SAID)
def case_leaders(change: int, scope: Scope, as_of: date) -> tuple[str, ...]:
    """包案领导 of the items within reach."""
    return _case_leaders(engine(), scope=scope, as_of=as_of)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=AS_SAID)
def overview(change: int, scope: Scope, as_of: date, filters: Filters) -> Overview:
    """All reads of the first page."""
    return _overview(engine(), scope=scope, as_of=as_of, filters=filters)


@st.cache_data(max_entries=16, show_spinner=False, hash_funcs=AS_SAID)
def told_figures(
    change: int, scope: Scope, as_of: date, filters: Filters
) -> tuple[ToldFigure, ...]:
    """Every registered figure with its definition here and its value."""
    return _told_figures(engine(), scope=scope, as_of=as_of, filters=filters)


@st.cache_data(max_entries=128, show_spinner=False, hash_funcs=AS_SAID)
def item_page(
    change: int,
    scope: Scope,
    as_of: date,
    filters: Filters,
    order: str,
    after: str | None,
    size: int,
) -> ItemPage:
    """One page of a list."""
    return _item_page(
        engine(), scope=scope, as_of=as_of, filters=filters, order=order, after=after, size=size
    )


@st.cache_data(max_entries=4, show_spinner=False, hash_funcs=AS_SAID)
def item_rows(
    change: int,
    scope: Scope,
    as_of: date,
    filters: Filters,
    order: str,
) -> pd.DataFrame:
    """Every row of a list, for its export."""
    return _item_rows(engine(), scope=scope, as_of=as_of, filters=filters, order=order)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=AS_SAID)
def described_items(
    change: int,
    scope: Scope,
    as_of: date,
    item_ids: tuple[int, ...],
) -> pd.DataFrame:
    """These items in this order."""
    return _described_items(engine(), scope=scope, as_of=as_of, item_ids=item_ids)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=AS_SAID)
def item_history(change: int, scope: Scope, as_of: date, item_id: int) -> ItemHistory | None:
    """Everything about one item."""
    return _item_history(engine(), scope=scope, as_of=as_of, item_id=item_id)


def reporter(who: Viewer, as_of: date, item_id: int) -> Reporter:
    """The masked reporter of an item as this person may see it; never remembered."""
    return _reporter_of(engine(), item_id, viewer=who, as_of=as_of)


@st.cache_data(max_entries=16, show_spinner=False, hash_funcs=AS_SAID)
def quality_counts(change: int, scope: Scope, as_of: date) -> tuple[QualityEntry, ...]:
    """Every list of 数据质量 with its count; asked through dashboard.quality_reads."""
    return _quality(engine(), scope=scope, as_of=as_of)


@st.cache_data(max_entries=16, show_spinner=False, hash_funcs=AS_SAID)
def import_batch_list(change: int, scope: Scope, as_of: date) -> pd.DataFrame:
    """The newest import batches."""
    return _import_batch_list(engine(), scope=scope, as_of=as_of)


@st.cache_data(max_entries=16, show_spinner=False, hash_funcs=AS_SAID)
def batch_undo(change: int, scope: Scope, as_of: date, batch_id: int) -> BatchUndo | None:
    """What undoing a batch would do, or what stands in its way."""
    return _batch_undo(engine(), scope=scope, as_of=as_of, batch_id=batch_id)


@st.cache_data(max_entries=8, show_spinner=False, hash_funcs=AS_SAID)
def import_batch(change: int, scope: Scope, as_of: date, batch_id: int) -> BatchRead | None:
    """One import batch whole."""
    return _import_batch(engine(), scope=scope, as_of=as_of, batch_id=batch_id)


# Accounts and sessions change without a change number: they are asked for anew each time.


def account_list(viewer: Viewer) -> list[Account]:
    """Every account, by login; for administrators."""
    require(viewer, Right.MANAGE_ACCOUNTS)
    return _account_list(engine())


def living_sessions(viewer: Viewer) -> list[LivingSession]:
    """Who is logged in now; for administrators."""
    require(viewer, Right.MANAGE_ACCOUNTS)
    return _living_sessions(engine(), limits=session_limits())


def names_for_scopes(viewer: Viewer) -> NamesInUse:
    """The units and departments that an account may be given; for administrators."""
    require(viewer, Right.MANAGE_ACCOUNTS)
    with reading(engine()) as connection:
        return names_in_use(connection)


def audit_page(filters: AuditFilters, *, viewer: Viewer, before: int | None) -> AuditPage:
    """One page of the audit trail, newest first; never remembered."""
    return _audit_page(engine(), filters, viewer=viewer, before=before)


def audit_count(filters: AuditFilters, *, viewer: Viewer) -> int:
    """How many rows of the trail the filters leave."""
    return _audit_count(engine(), filters, viewer=viewer)


def audit_entries(filters: AuditFilters, *, viewer: Viewer) -> Iterator[AuditEntry]:
    """Every row of the trail that the filters leave, oldest first."""
    return _audit_entries(engine(), filters, viewer=viewer)


def audit_choices(*, viewer: Viewer) -> AuditChoices:
    """What the trail's filters can be set to."""
    return _audit_choices(engine(), viewer=viewer)


def audit_standing(*, viewer: Viewer) -> tuple[bool, str]:
    """Whether the whole chain fits, and the sentence that says so; walks every row."""
    require(viewer, Right.READ_AUDIT)
    verdict = verified_chain(engine())
    if verdict.fault is not None:
        return False, f"记录不完整：{verdict.fault}"
    return True, f"记录完整，共 {verdict.length:,} 条"


def department_register(viewer: Viewer) -> list[DepartmentRow]:
    """单位登记册, for those who keep it."""
    require(viewer, Right.MANAGE_REGISTERS)
    return _department_register(engine())


def department_use(viewer: Viewer, department_id: int) -> DepartmentUse:
    """What a merge of this department would move."""
    require(viewer, Right.MANAGE_REGISTERS)
    return _department_use(engine(), department_id)


def unit_names(viewer: Viewer) -> tuple[str, ...]:
    """The reporting units, for those who keep the registers."""
    require(viewer, Right.MANAGE_REGISTERS)
    return _unit_names(engine())


def place_register(viewer: Viewer, level: DivisionLevel) -> list[PlaceRow]:
    """Townships or villages, for those who keep them."""
    require(viewer, Right.MANAGE_REGISTERS)
    return _place_register(engine(), level=level)


def place_use(viewer: Viewer, code: str) -> int:
    """How many items a merge of this township would move."""
    require(viewer, Right.MANAGE_REGISTERS)
    return _place_use(engine(), code)


def dictionary(viewer: Viewer, kind: TermKind) -> list[Term]:
    """问题分类 or 来源渠道, for those who keep them."""
    require(viewer, Right.MANAGE_REGISTERS)
    return _dictionary(engine(), kind=kind)


def session_register(viewer: Viewer) -> list[SessionEntry]:
    """面对面场次, for those who keep them."""
    require(viewer, Right.MANAGE_REGISTERS)
    return _session_register(engine())
