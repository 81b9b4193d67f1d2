"""Duties beside the item: first receiver, accountability, media, task force, followers."""

from __future__ import annotations

from data_access.schema.supervision import (
    accountability_acts,
    first_receivers,
    followers,
    media_reports,
    task_forces,
)
from data_access.writes.acting.deed import Deed
from supervision.lifecycle import ActNotAllowed
from supervision.loop_words import FollowerKind


def resident_told(deed: Deed) -> None:
    """The resident knows: the first receiver is released, what was raised again is answered."""
    for receiver in deed.rows(
        first_receivers,
        first_receivers.c.item_id == deed.item_id,
        first_receivers.c.told_on.is_(None),
    ):
        deed.set_row(first_receivers, receiver, told_on=deed.as_of, told_by=deed.account)
    for follower in deed.rows(
        followers,
        followers.c.item_id == deed.item_id,
        followers.c.raised_again,
        followers.c.answered_on.is_(None),
    ):
        deed.set_row(followers, follower, answered_on=deed.as_of)
    for merged in deed.rows(followers, followers.c.from_item_id == deed.item_id):
        deed.set_row(followers, merged, answered_on=deed.as_of)
    if deed.round is not None and deed.round["ended_on"] is None:
        deed.set_round(residents_told_on=deed.as_of)


def first_received(deed: Deed) -> None:
    """首接责任 of a department that is not the first lead."""
    department = deed.said.department_id
    if department is None:
        raise ActNotAllowed("不能登记首接单位：请选择单位。")
    known = deed.rows(first_receivers, first_receivers.c.item_id == deed.item_id)
    if known:
        deed.set_row(
            first_receivers, known[0], department_id=department,
            received_on=deed.said.on or known[0]["received_on"],
        )  # fmt: skip
        return
    deed.add(
        first_receivers, item_id=deed.item_id, department_id=department,
        received_on=deed.said.on or deed.as_of,
    )  # fmt: skip


def accountability_recorded(deed: Deed) -> None:
    """问责 over this item; of the lead department unless another is said."""
    said, at = deed.said, deed.round
    if said.accountability is None:
        raise ActNotAllowed("不能登记问责：请选择方式。")
    deed.add(
        accountability_acts, item_id=deed.item_id,
        department_id=said.department_id or (at["lead_department_id"] if at else None),
        kind=said.accountability.value, done_on=said.on or deed.as_of, words=said.text,
        outcome=said.outcome, recorded_by=deed.account,
    )  # fmt: skip


def media_report_recorded(deed: Deed) -> None:
    """媒体跟踪."""
    said = deed.said
    if not said.outlet:
        raise ActNotAllowed("不能登记媒体报道：请写明媒体名称。")
    deed.add(
        media_reports, item_id=deed.item_id, outlet=said.outlet,
        reported_on=said.on or deed.as_of, words=said.text, link=said.link,
        recorded_by=deed.account,
    )  # fmt: skip


def task_force_formed(deed: Deed) -> None:
    """一事一专班: the one before ends."""
    said = deed.said
    if not said.head or not said.members:
        raise ActNotAllowed("不能成立一事一专班：请写明负责人和成员。")
    for before in deed.rows(
        task_forces, task_forces.c.item_id == deed.item_id, task_forces.c.ended_on.is_(None)
    ):
        deed.set_row(task_forces, before, ended_on=deed.as_of)
    deed.add(
        task_forces, item_id=deed.item_id, head=said.head, members=said.members,
        words=said.words, formed_on=said.on or deed.as_of, recorded_by=deed.account,
    )  # fmt: skip


def follower_added(deed: Deed) -> None:
    """Who raised or follows the item."""
    _add_follower(deed, raised_again=False)


def raised_again(deed: Deed) -> None:
    """A resident or a superior raised it again: on the desk until the resident is told."""
    _add_follower(deed, raised_again=True)


def _add_follower(deed: Deed, *, raised_again: bool) -> None:
    said = deed.said
    deed.add(
        followers, item_id=deed.item_id, kind=(said.follower or FollowerKind.RESIDENT).value,
        masked_name=said.name, words=said.text, since_on=said.on or deed.as_of,
        raised_again=raised_again, recorded_by=deed.account,
    )  # fmt: skip
