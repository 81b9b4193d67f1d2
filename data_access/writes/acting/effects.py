"""Which effect each act has; the states come from the rules."""

from __future__ import annotations

from collections.abc import Callable

from data_access.writes.acting import closing, duties, handling, opening, supervising
from data_access.writes.acting.deed import Deed
from supervision.beside_acts import AnyAct, BesideAct
from supervision.lifecycle import Act

EFFECTS: dict[AnyAct, Callable[[Deed], None]] = {
    Act.REGISTER: opening.registered,
    Act.MARK_INVALID: closing.without_effect,
    Act.MERGE: opening.merged,
    Act.ASSIGN: opening.assigned,
    Act.RECEIVE: handling.received,
    Act.ASK_RETURN: handling.return_asked,
    Act.GRANT_RETURN: handling.return_granted,
    Act.REFUSE_RETURN: handling.return_refused,
    Act.ASK_EXTENSION: handling.extension_asked,
    Act.GRANT_EXTENSION: handling.extension_granted,
    Act.REFUSE_EXTENSION: handling.extension_refused,
    Act.REPORT_PROGRESS: closing.without_effect,
    Act.SUBMIT_FEEDBACK: handling.fed_back,
    Act.RETURN_FOR_FIX: handling.returned_for_fix,
    Act.RESUBMIT: handling.resubmitted,
    Act.ACCEPT_AND_CLOSE: closing.closed,
    Act.ACCEPT_AND_HANG: closing.accepted_and_hung,
    Act.ISSUE_NOTICE: supervising.notice_issued,
    Act.CALL_BACK: closing.called_back,
    Act.STRIKE_OFF: closing.struck_off,
    Act.FLAG_FOR_REASSIGNMENT: closing.flagged,
    Act.REASSIGN: opening.reassigned,
    Act.KEEP_CLOSED: closing.kept_closed,
    Act.LOOK_BACK_REBOUND: closing.rebounded,
    Act.REOPEN: opening.reopened,
    Act.HANG: closing.hung,
    Act.TAKE_OFF_HANGING: closing.taken_off_hanging,
    Act.ARCHIVE: closing.without_effect,
    Act.TERMINATE: closing.terminated,
    BesideAct.NOTE: closing.without_effect,
    BesideAct.INSTRUCT: supervising.instructed,
    BesideAct.ANSWER_INSTRUCTION: supervising.instruction_answered,
    BesideAct.ATTEMPT_CALLBACK: closing.keep_call,
    BesideAct.CONFIRM_LOOK_BACK: closing.look_back_confirmed,
    BesideAct.APPROVE_STRIKE_OFF: closing.without_effect,
    BesideAct.REFUSE_FLAG: closing.flag_refused,
    BesideAct.RECLASSIFY: supervising.reclassified,
    BesideAct.DRAFT_NOTICE: supervising.notice_drafted,
    BesideAct.REFUSE_NOTICE: supervising.notice_refused,
    BesideAct.REPLY_NOTICE: supervising.notice_replied,
    BesideAct.TELL_RESIDENT: duties.resident_told,
    BesideAct.RECORD_FIRST_RECEIVER: duties.first_received,
    BesideAct.RECORD_ACCOUNTABILITY: duties.accountability_recorded,
    BesideAct.RECORD_MEDIA_REPORT: duties.media_report_recorded,
    BesideAct.FORM_TASK_FORCE: duties.task_force_formed,
    BesideAct.ADD_FOLLOWER: duties.follower_added,
    BesideAct.RAISE_AGAIN: duties.raised_again,
}
