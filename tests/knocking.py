"""Knocks at the doors of acts, harmless where the door is open."""

from __future__ import annotations

from collections.abc import Callable

from dashboard import acts, item_acts, map_acts, meeting_acts, problem_acts, view_acts
from supervision.class_matters import MatterRefused
from supervision.commitments import CommitmentRefused
from supervision.hotline import HotlineRefused
from supervision.lifecycle import Act
from supervision.milestones import MilestoneRefused
from supervision.scope import Viewer
from tests.factories import TODAY, judged_ledger

CSV = (
    "编号,事项内容,乡镇,责任单位,交办时间,反馈时限\n"
    "YC-1,人民路口红绿灯不亮,埔前镇,市教育局,2026-09-01,2026-09-22\n"
)


def knock_to_flag(viewer: Viewer) -> object:
    """On no item."""
    return item_acts.perform(
        Act.FLAG_FOR_REASSIGNMENT, {}, item_acts.Said(), viewer=viewer, as_of=TODAY,
        token=item_acts.new_token(),
    )  # fmt: skip


def knock_to_store(viewer: Viewer) -> object:
    """A ledger without rows."""
    return acts.store_ledger(
        judged_ledger(name="空.xlsx"), viewer=viewer, as_of=TODAY, progress=lambda _s, _w: None
    )


def knock_to_judge(viewer: Viewer) -> object:
    """Judging stores nothing."""
    book = acts.open_ledger(CSV.encode(), "一.csv")
    return acts.judge_ledger(book, None, viewer=viewer, as_of=TODAY)


def knock_with_a_view(shared: bool) -> Callable[[Viewer], object]:
    """One's own view, or one that others see."""
    return lambda viewer: view_acts.save_view(
        "本月", page="overview", query="period=month", shared=shared, viewer=viewer
    )


def knock_for_a_matter(viewer: Viewer) -> object:
    """Nothing is chosen: the rule refuses whom the right lets in."""
    try:
        return problem_acts.add_to_matter(1, [], as_of=TODAY, viewer=viewer)
    except MatterRefused as refusal:
        return refusal


def knock_for_the_hotline(viewer: Viewer) -> object:
    """Nothing was imported."""
    try:
        return problem_acts.undo_hotline(1, viewer=viewer)
    except HotlineRefused as refusal:
        return refusal


def knock_for_a_promise(viewer: Viewer) -> object:
    """There is none."""
    try:
        return meeting_acts.withdraw_commitment(1, row_version=1, as_of=TODAY, viewer=viewer)
    except CommitmentRefused as refusal:
        return refusal


def knock_with_a_report(viewer: Viewer) -> object:
    """On none either."""
    try:
        return meeting_acts.report_on_commitment(1, TODAY, "有进展", as_of=TODAY, viewer=viewer)
    except CommitmentRefused as refusal:
        return refusal


def knock_for_a_milestone(viewer: Viewer) -> object:
    """There is none."""
    try:
        return meeting_acts.remove_milestone(1, row_version=1, as_of=TODAY, viewer=viewer)
    except MilestoneRefused as refusal:
        return refusal


def knock_with_a_map(viewer: Viewer) -> object:
    """No version is there that could be put in force."""
    try:
        return map_acts.restore_map(1, viewer=viewer)
    except map_acts.MapRefused as refusal:
        return refusal
