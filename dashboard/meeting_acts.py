"""The door for keeping a session's commitments and the milestones of its plan."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from dashboard.engine import engine
from dashboard.identity import require
from data_access.writes import commitments, milestones
from data_access.writes.commitment_rows import CommitmentWanted
from data_access.writes.milestones import MilestoneWanted
from supervision.milestones import MilestoneKind
from supervision.rights import Right
from supervision.scope import Viewer

__all__ = ["CommitmentWanted", "MilestoneWanted"]


def make_commitment(
    session_id: int, wanted: CommitmentWanted, *, as_of: date, viewer: Viewer
) -> int:
    """A new commitment of a session, or CommitmentRefused."""
    require(viewer, Right.KEEP_COMMITMENTS)
    return commitments.make_commitment(engine(), session_id, wanted, as_of=as_of, viewer=viewer)


def change_commitment(
    commitment_id: int, wanted: CommitmentWanted, *, row_version: int, as_of: date, viewer: Viewer
) -> None:
    """Set a commitment right."""
    require(viewer, Right.KEEP_COMMITMENTS)
    commitments.change_commitment(
        engine(), commitment_id, wanted, row_version=row_version, as_of=as_of, viewer=viewer
    )


def fulfil_commitment(
    commitment_id: int, fulfilled_on: date | None, evidence: str, *, row_version: int,
    as_of: date, viewer: Viewer,
) -> None:  # fmt: skip
    """Fulfilled, with what shows it."""
    require(viewer, Right.KEEP_COMMITMENTS)
    commitments.fulfil_commitment(
        engine(), commitment_id, fulfilled_on, evidence,
        row_version=row_version, as_of=as_of, viewer=viewer,
    )  # fmt: skip


def take_back_fulfilment(
    commitment_id: int, *, row_version: int, as_of: date, viewer: Viewer
) -> None:
    """It was not fulfilled after all."""
    require(viewer, Right.KEEP_COMMITMENTS)
    commitments.take_back_fulfilment(
        engine(), commitment_id, row_version=row_version, as_of=as_of, viewer=viewer
    )


def withdraw_commitment(
    commitment_id: int, *, row_version: int, as_of: date, viewer: Viewer
) -> None:
    """It had been entered by mistake."""
    require(viewer, Right.KEEP_COMMITMENTS)
    commitments.withdraw_commitment(
        engine(), commitment_id, row_version=row_version, as_of=as_of, viewer=viewer
    )


def restore_commitment(
    commitment_id: int, *, row_version: int, as_of: date, viewer: Viewer
) -> None:
    """It stands again."""
    require(viewer, Right.KEEP_COMMITMENTS)
    commitments.restore_commitment(
        engine(), commitment_id, row_version=row_version, as_of=as_of, viewer=viewer
    )


def report_on_commitment(
    commitment_id: int, told_on: date | None, text: str, *, as_of: date, viewer: Viewer
) -> None:
    """How far it has come; the responsible department may say so itself."""
    require(viewer, Right.REPORT_COMMITMENTS)
    commitments.report_on_commitment(
        engine(), commitment_id, told_on, text, as_of=as_of, viewer=viewer
    )


def take_back_report(report_id: int, *, as_of: date, viewer: Viewer) -> None:
    """A report that was wrong goes."""
    require(viewer, Right.KEEP_COMMITMENTS)
    commitments.take_back_report(engine(), report_id, as_of=as_of, viewer=viewer)


def accept_plan(
    session_id: int, kinds: Collection[MilestoneKind], *, as_of: date, viewer: Viewer
) -> int:
    """These points of the usual course stand; how many."""
    require(viewer, Right.KEEP_COMMITMENTS)
    return milestones.accept_plan(engine(), session_id, kinds, as_of=as_of, viewer=viewer)


def add_milestone(session_id: int, wanted: MilestoneWanted, *, as_of: date, viewer: Viewer) -> int:
    """A milestone of the city's own."""
    require(viewer, Right.KEEP_COMMITMENTS)
    return milestones.add_milestone(engine(), session_id, wanted, as_of=as_of, viewer=viewer)


def change_milestone(
    milestone_id: int, wanted: MilestoneWanted, *, row_version: int, as_of: date, viewer: Viewer
) -> None:
    """Set a milestone right."""
    require(viewer, Right.KEEP_COMMITMENTS)
    milestones.change_milestone(
        engine(), milestone_id, wanted, row_version=row_version, as_of=as_of, viewer=viewer
    )


def finish_milestone(
    milestone_id: int, done_on: date | None, *, row_version: int, as_of: date, viewer: Viewer
) -> None:
    """Done on a day."""
    require(viewer, Right.KEEP_COMMITMENTS)
    milestones.finish_milestone(
        engine(), milestone_id, done_on, row_version=row_version, as_of=as_of, viewer=viewer
    )


def take_back_finish(milestone_id: int, *, row_version: int, as_of: date, viewer: Viewer) -> None:
    """It is not done after all."""
    require(viewer, Right.KEEP_COMMITMENTS)
    milestones.take_back_finish(
        engine(), milestone_id, row_version=row_version, as_of=as_of, viewer=viewer
    )


def remove_milestone(milestone_id: int, *, row_version: int, as_of: date, viewer: Viewer) -> None:
    """It is in the plan no more."""
    require(viewer, Right.KEEP_COMMITMENTS)
    milestones.remove_milestone(
        engine(), milestone_id, row_version=row_version, as_of=as_of, viewer=viewer
    )


def restore_milestone(milestone_id: int, *, row_version: int, as_of: date, viewer: Viewer) -> None:
    """It stands in the plan again."""
    require(viewer, Right.KEEP_COMMITMENTS)
    milestones.restore_milestone(
        engine(), milestone_id, row_version=row_version, as_of=as_of, viewer=viewer
    )
