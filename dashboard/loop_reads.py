"""The door for asking about the supervision loop: desk, waiting decisions, an item's acts.

The lists of pages are remembered by change number: what is done is a change, and gone from them
at once. What forms ask about the items in hand is read anew each time.
"""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from dashboard import reads
from dashboard.engine import AS_SAID, engine
from data_access.filters import Filters
from data_access.reads.beside import Beside
from data_access.reads.beside import beside_item as _beside_item
from data_access.reads.beside import first_receivers_open as _first_receivers_open
from data_access.reads.desk import DeskEntry, DeskPage
from data_access.reads.desk import desk as _desk
from data_access.reads.desk import desk_items as _desk_items
from data_access.reads.desk import reassign_candidates as _reassign_candidates
from data_access.reads.item_acts import ActLine, Holding, Spell
from data_access.reads.item_acts import item_acts_of as _item_acts_of
from data_access.reads.item_acts import rounds_held as _rounds_held
from data_access.reads.merged import Merged
from data_access.reads.merged import merged_items as _merged_items
from data_access.reads.waiting import notices as _notices
from data_access.reads.waiting import waiting_extensions as _waiting_extensions
from data_access.reads.waiting import waiting_flags as _waiting_flags
from data_access.reads.waiting import waiting_returns as _waiting_returns
from supervision.loop_words import NoticeState
from supervision.scope import Scope
from supervision.worklists import DeskList

__all__ = ["ActLine", "Beside", "DeskEntry", "DeskPage", "Holding", "Merged", "Spell"]


def desk(scope: Scope, as_of: date, filters: Filters | None = None) -> tuple[DeskEntry, ...]:
    """Every list of the 督办工作台 with its count and the age of its oldest row."""
    return _desk_at(reads.change(), scope, as_of, filters)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=AS_SAID)
def _desk_at(
    change: int, scope: Scope, as_of: date, filters: Filters | None
) -> tuple[DeskEntry, ...]:
    return _desk(engine(), scope=scope, as_of=as_of, filters=filters)


def desk_items(
    scope: Scope,
    as_of: date,
    slug: DeskList,
    filters: Filters | None = None,
    most: int | None = None,
    after: str | None = None,
) -> DeskPage:
    """One page of a list, the longest waiting first, and how many wait in all."""
    return _desk_items_at(reads.change(), scope, as_of, slug, filters, most, after)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=AS_SAID)
def _desk_items_at(
    change: int, scope: Scope, as_of: date, slug: DeskList, filters: Filters | None,
    most: int | None, after: str | None,
) -> DeskPage:  # fmt: skip
    return _desk_items(
        engine(), scope=scope, as_of=as_of, slug=slug, filters=filters, most=most, after=after
    )


def reassign_candidates(
    scope: Scope, as_of: date, most: int | None = None, after: str | None = None
) -> DeskPage:
    """What the rule proposes for 重新交办, and how much of it there is in all."""
    return _reassign_candidates_at(reads.change(), scope, as_of, most, after)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=AS_SAID)
def _reassign_candidates_at(
    change: int, scope: Scope, as_of: date, most: int | None, after: str | None
) -> DeskPage:
    return _reassign_candidates(engine(), scope=scope, as_of=as_of, most=most, after=after)


def item_acts_of(scope: Scope, as_of: date, item_id: int) -> tuple[ActLine, ...]:
    """What was done on an item, oldest first."""
    return _item_acts_of(engine(), scope=scope, as_of=as_of, item_id=item_id)


def rounds_held(scope: Scope, as_of: date, item_id: int) -> Holding | None:
    """Who held each round of an item for how many working days."""
    return _rounds_held(engine(), scope=scope, as_of=as_of, item_id=item_id)


def beside_item(scope: Scope, as_of: date, item_id: int) -> Beside | None:
    """First receiver, accountability, media, task force, followers, hangs, returns, clocks."""
    return _beside_item(engine(), scope=scope, as_of=as_of, item_id=item_id)


def merged_items(scope: Scope, as_of: date, item_id: int) -> Merged:
    """并单: the item that this one ended in, and those that ended in it."""
    return _merged_items(engine(), scope=scope, as_of=as_of, item_id=item_id)


def first_receivers_open(scope: Scope, as_of: date) -> pd.DataFrame:
    """首接责任 not yet released, by department."""
    return _first_receivers_open(engine(), scope=scope, as_of=as_of)


def waiting_flags(scope: Scope, as_of: date) -> pd.DataFrame:
    """拟重新交办 without a decision, oldest first."""
    return _waiting_flags_at(reads.change(), scope, as_of)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=AS_SAID)
def _waiting_flags_at(change: int, scope: Scope, as_of: date) -> pd.DataFrame:
    return _waiting_flags(engine(), scope=scope, as_of=as_of)


def waiting_extensions(scope: Scope, as_of: date) -> pd.DataFrame:
    """延期 without a decision, oldest first."""
    return _waiting_extensions(engine(), scope=scope, as_of=as_of)


def waiting_returns(scope: Scope, as_of: date) -> pd.DataFrame:
    """退单 without a ruling, oldest first."""
    return _waiting_returns(engine(), scope=scope, as_of=as_of)


def notices(
    scope: Scope,
    as_of: date,
    states: frozenset[NoticeState] = frozenset(NoticeState),
    item_id: int | None = None,
) -> pd.DataFrame:
    """督办单 in these states, newest first; of one item where it is told."""
    return _notices(engine(), scope=scope, as_of=as_of, states=states, item_id=item_id)
