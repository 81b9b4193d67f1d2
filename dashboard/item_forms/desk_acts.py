"""What is done about the rows of each list of the 督办工作台, the most likely act first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.item_forms.table import FORMS
from supervision.beside_acts import AnyAct, BesideAct, allowed_beside, roles_of
from supervision.lifecycle import RULES, Act, is_allowed
from supervision.scope import Role, Viewer
from supervision.vocabulary import ItemState, RoundState
from supervision.worklists import DeskList

_A, _B, _D = Act, BesideAct, DeskList

DESK_ACTS: dict[DeskList, tuple[AnyAct, ...]] = {
    _D.OVERDUE_SILENT: (
        _B.DRAFT_NOTICE, _A.FLAG_FOR_REASSIGNMENT, _A.RECEIVE, _A.SUBMIT_FEEDBACK, _A.RESUBMIT,
        _A.REPORT_PROGRESS, _B.NOTE,
    ),
    _D.DUE_WITHIN: (
        _B.DRAFT_NOTICE, _A.RECEIVE, _A.SUBMIT_FEEDBACK, _A.RESUBMIT, _A.ASK_EXTENSION,
        _A.REPORT_PROGRESS, _B.NOTE,
    ),
    _D.TO_ASSIGN: (_A.ASSIGN, _A.MARK_INVALID, _A.MERGE),
    _D.TO_RECEIVE: (_A.RECEIVE, _A.ASK_RETURN),
    _D.AWAITING_REVIEW: (_A.ACCEPT_AND_CLOSE, _A.RETURN_FOR_FIX, _A.ACCEPT_AND_HANG),
    _D.FIX_NOT_BACK: (_A.RESUBMIT, _B.DRAFT_NOTICE, _A.FLAG_FOR_REASSIGNMENT),
    _D.NOT_YET_FLAGGED: (_A.FLAG_FOR_REASSIGNMENT,),
    _D.FLAGS_WAITING: (_A.REASSIGN, _A.KEEP_CLOSED, _B.REFUSE_FLAG),
    _D.RETURNS_WAITING: (_A.GRANT_RETURN, _A.REFUSE_RETURN),
    _D.EXTENSIONS_WAITING: (_A.GRANT_EXTENSION, _A.REFUSE_EXTENSION),
    _D.HANG_REVIEW_DUE: (_A.TAKE_OFF_HANGING, _A.FLAG_FOR_REASSIGNMENT, _A.REPORT_PROGRESS),
    _D.CALLBACKS_DUE: (_A.CALL_BACK, _B.ATTEMPT_CALLBACK),
    _D.TO_STRIKE_OFF: (_A.STRIKE_OFF,),
    _D.LOOK_BACKS_DUE: (_B.CONFIRM_LOOK_BACK, _A.LOOK_BACK_REBOUND),
    _D.TO_REOPEN: (_A.REOPEN,),
    _D.RAISED_AGAIN: (_B.TELL_RESIDENT, _B.DRAFT_NOTICE, _A.FLAG_FOR_REASSIGNMENT),
    _D.CO_SILENT: (_B.DRAFT_NOTICE, _A.REPORT_PROGRESS),
    _D.REASSIGNED_TWICE: (
        _B.DRAFT_NOTICE, _B.RECORD_ACCOUNTABILITY, _B.FORM_TASK_FORCE, _B.NOTE,
    ),
    _D.INSTRUCTIONS_OPEN: (_B.ANSWER_INSTRUCTION,),
    _D.NOTICES_WAITING: (_A.ISSUE_NOTICE, _B.REFUSE_NOTICE),
    _D.NOTICE_REPLY_LATE: (_B.REPLY_NOTICE, _B.DRAFT_NOTICE),
    _D.CLOCKS_BESIDE: (_B.DRAFT_NOTICE, _B.NOTE),
    _D.RESIDENTS_TO_TELL: (_B.TELL_RESIDENT,),
}  # fmt: skip


def roles_with(act: AnyAct) -> frozenset[Role]:
    """Who may do an act."""
    return roles_of(act) if isinstance(act, BesideAct) else RULES[act].roles


def fits(act: AnyAct, row: Mapping[Any, Any], who: Viewer) -> bool:
    """Whether the act is allowed where this row stands, by this person as far as the row tells.

    Lists of what waits for a decision hold no states: there every act of the list fits.
    """
    if who.roles & roles_with(act) == {Role.LEAD_UNIT} and row["lead"] not in who.scope.departments:
        return False
    if "round_state" not in row:
        return True
    state = ItemState(row["state"])
    at = RoundState(row["round_state"]) if isinstance(row["round_state"], str) else None
    if isinstance(act, BesideAct):
        return act in allowed_beside(state, at)
    return is_allowed(act, state, at)


def acts_for(slug: DeskList, roles: frozenset[Role]) -> tuple[AnyAct, ...]:
    """What these roles may do about the rows of a list, as far as there is a form for it.

    Whoever could only add a note has nothing to do there.
    """
    acts = tuple(act for act in DESK_ACTS[slug] if act in FORMS and roles_with(act) & roles)
    return acts if any(act is not BesideAct.NOTE for act in acts) else ()
