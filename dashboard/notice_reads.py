"""The door for asking about 督办单 and about the register of 问责.

What is proposed is remembered by change number: what was drafted is a change, and gone from the
list at once. All else is read anew each time.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import pandas as pd
import streamlit as st

from dashboard import reads
from dashboard.engine import AS_SAID, engine
from data_access.database import reading
from data_access.filters import Filters
from data_access.notice_rules import ladder as _ladder
from data_access.notice_rules import reply_deadline as _reply_deadline
from data_access.notice_rules import usual_reply_days as _usual_reply_days
from data_access.reads.accountability_register import (
    accountability_register as _accountability_register,
)
from data_access.reads.notice_papers import NoticePaper
from data_access.reads.notice_papers import notice_lines as _notice_lines
from data_access.reads.notice_papers import notice_papers as _notice_papers
from data_access.reads.proposed_notices import ProposedNotices
from data_access.reads.proposed_notices import proposed_notices as _proposed_notices
from supervision.beside_acts import BesideAct
from supervision.deadlines import Deadline
from supervision.escalation import Ladder
from supervision.loop_words import SENT, NoticeState
from supervision.scope import Role, Scope, Viewer

__all__ = ["NoticePaper", "ProposedNotices"]
_ADDRESSED = frozenset({Role.LEAD_UNIT, Role.CO_UNIT})
OFFICE_ACTS = frozenset({BesideAct.DRAFT_NOTICE, BesideAct.REFUSE_NOTICE, BesideAct.ADD_FOLLOWER})
"""What the office only considers, and who follows an item: told to none that notices go to."""


def of_the_office(who: Viewer) -> bool:
    """Whether this person is none of those whom notices go to."""
    return bool(who.roles - _ADDRESSED) and not who.scope.departments


def proposed_notices(
    scope: Scope,
    as_of: date,
    filters: Filters | None = None,
    only: Collection[int] | None = None,
) -> ProposedNotices:
    """Items for which a 督办单 should be drafted now."""
    chosen = None if only is None else tuple(only)
    return _proposed_at(reads.change(), scope, as_of, filters, chosen)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=AS_SAID)
def _proposed_at(
    change: int, scope: Scope, as_of: date, filters: Filters | None, only: tuple[int, ...] | None
) -> ProposedNotices:
    return _proposed_notices(engine(), scope=scope, as_of=as_of, filters=filters, only=only)


def notice_lines(
    who: Viewer,
    as_of: date,
    states: Collection[NoticeState],
    filters: Filters | None = None,
    item_id: int | None = None,
) -> pd.DataFrame:
    """督办单 in these states, newest first; what the office considers is told to it alone."""
    told = frozenset(states) if of_the_office(who) else frozenset(states) & SENT
    return _notice_lines(
        engine(), scope=who.scope, as_of=as_of, states=told, filters=filters, item_id=item_id
    )


def notice_papers(who: Viewer, as_of: date, notice_ids: Collection[int]) -> tuple[NoticePaper, ...]:
    """These notices as they are printed; without those that this person is not told of."""
    papers = _notice_papers(engine(), scope=who.scope, as_of=as_of, notice_ids=notice_ids)
    return tuple(paper for paper in papers if paper.state in SENT or of_the_office(who))


def ladder() -> Ladder:
    """The city's steps from blue to red, as they are in force today."""
    with reading(engine()) as connection:
        return _ladder(connection)


def usual_reply_days(issued_on: date) -> int:
    """Working days for a reply by the city's rule."""
    return _usual_reply_days(engine(), issued_on=issued_on)


def reply_deadline(issued_on: date, working_days: int) -> Deadline:
    """The day for a reply and how it is counted."""
    return _reply_deadline(engine(), issued_on=issued_on, working_days=working_days)


def accountability_register(scope: Scope, as_of: date, filters: Filters) -> pd.DataFrame:
    """Every 问责 in reach, newest first."""
    return _accountability_register(engine(), scope=scope, as_of=as_of, filters=filters)
