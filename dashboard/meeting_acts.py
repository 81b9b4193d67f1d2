"""The door for keeping a session's commitments and the milestones of its plan."""

from __future__ import annotations

from dashboard.identity import behind
from data_access.writes import commitments, milestones
from data_access.writes.commitment_rows import CommitmentWanted
from data_access.writes.milestones import MilestoneWanted
from supervision.rights import Right

__all__ = ["CommitmentWanted", "MilestoneWanted"]

make_commitment = behind(Right.KEEP_COMMITMENTS, commitments.make_commitment)
change_commitment = behind(Right.KEEP_COMMITMENTS, commitments.change_commitment)
fulfil_commitment = behind(Right.KEEP_COMMITMENTS, commitments.fulfil_commitment)
take_back_fulfilment = behind(Right.KEEP_COMMITMENTS, commitments.take_back_fulfilment)
withdraw_commitment = behind(Right.KEEP_COMMITMENTS, commitments.withdraw_commitment)
restore_commitment = behind(Right.KEEP_COMMITMENTS, commitments.restore_commitment)
report_on_commitment = behind(Right.REPORT_COMMITMENTS, commitments.report_on_commitment)
take_back_report = behind(Right.KEEP_COMMITMENTS, commitments.take_back_report)
accept_plan = behind(Right.KEEP_COMMITMENTS, milestones.accept_plan)
add_milestone = behind(Right.KEEP_COMMITMENTS, milestones.add_milestone)
change_milestone = behind(Right.KEEP_COMMITMENTS, milestones.change_milestone)
finish_milestone = behind(Right.KEEP_COMMITMENTS, milestones.finish_milestone)
take_back_finish = behind(Right.KEEP_COMMITMENTS, milestones.take_back_finish)
remove_milestone = behind(Right.KEEP_COMMITMENTS, milestones.remove_milestone)
restore_milestone = behind(Right.KEEP_COMMITMENTS, milestones.restore_milestone)
