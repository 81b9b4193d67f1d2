"""Lists of 数据质量 and of 时限 hold, of any items, what their rules say of each one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random

from sqlalchemy import Engine

from data_access.database import transaction
from data_access.due_lists import DUE_LISTS
from data_access.facts import Facts, facts
from data_access.figures import AN_ITEM
from data_access.quality_conditions import FINDERS
from supervision.due_rules import due_lists_of
from supervision.lights import light
from supervision.quality import QualityList
from supervision.quality_rules import QualityItem, conflicts_of
from supervision.scope import Scope
from supervision.vocabulary import DeadlineBasis, ItemState, RoundState
from supervision.worklists import DueList
from tests.desk_stories import Story, kept
from tests.factories import TODAY

CROWDED = {QualityList.LAST_DAY_CLOSURES, QualityList.MASS_EXTENSIONS}
"""Signs of a department's many rows: no rule of one item."""


def conflicts(story: Story, known: Facts) -> frozenset[QualityList]:
    at = story.round or {}
    assigned = at.get("assigned_on")
    return conflicts_of(
        QualityItem(
            story.item["state"], closed_on=story.item["closed_on"],
            struck_off_on=story.item["struck_off_on"], has_round=bool(at), assigned_on=assigned,
            stated_due_on=at.get("due_on"), due_basis=at.get("due_basis"),
            rule_due_on=known.rules.due(assigned, known.calendar).due_on if assigned else None,
            feedback_on=at.get("feedback_on"),
        )
    )  # fmt: skip


def due_lists(story: Story, known: Facts) -> frozenset[DueList]:
    at = story.round or {}
    due = at.get("extended_due_on") or at.get("due_on")
    basis = at.get("due_basis", DeadlineBasis.NONE)
    shown = light(story.item["state"], at.get("state"), due, basis, known.calendar, as_of=TODAY)
    return due_lists_of(
        shown, due, basis, known.calendar, extended=at.get("extended_due_on") is not None,
        as_of=TODAY,
    )  # fmt: skip


def found(city: Engine) -> Mapping[QualityList | DueList, set[int]]:
    """List → items in it, as the facts tell."""
    known = facts(city)
    now = known.moment(TODAY)
    seen = known.seen_by(Scope.whole_city(), now).filter(AN_ITEM)
    told: dict[QualityList | DueList, set[int]] = {
        slug: set(find(seen, now, known)["item_id"])
        for slug, find in FINDERS.items() if slug not in CROWDED
    }  # fmt: skip
    return told | {
        slug: set(seen.filter(condition(now))["item_id"]) for slug, condition in DUE_LISTS.items()
    }


def any_item(draw: Random) -> Story:
    """Columns as nobody would think of them together."""

    def day(first: int, last: int) -> date | None:
        return draw.choice([None, *[TODAY + timedelta(days=draw.randint(first, last))] * 5])

    state = draw.choice([*ItemState, *[ItemState.IN_ROUND] * 12, *[ItemState.CLOSED] * 4])
    item = {
        "state": state, "received_on": day(-110, 0), "closed_on": day(-110, 0),
        "struck_off_on": None, "current_round": 1, "look_back": None,
    }  # fmt: skip
    if draw.random() < 0.3:
        item["closed_on"] = None
    at = {
        "state": draw.choice(list(RoundState)), "assigned_on": day(-110, 0),
        "due_on": day(-70, 40), "extended_due_on": draw.choice([None, None, day(-70, 40)]),
        "due_basis": draw.choice(list(DeadlineBasis)),
        "feedback_on": draw.choice([None, day(-110, 0)]),
    }  # fmt: skip
    return Story(
        item, draw.choice([None, *[at] * 8]), look_back_of_round=None, told=False, deeds=(),
        returns=(), extensions=(), followed=(), helpers=frozenset(), instructions=(), notices=(),
        clocks=(), parent=None,
    )  # fmt: skip


def test_every_list_is_its_rule_whatever_stands_in_the_columns(city: Engine):
    draw = Random(20261125)
    told = [any_item(draw) for _ in range(400)]
    with transaction(city) as change:
        added = {kept(change, story, {}): story for story in told}
    known, lists = facts(city), found(city)
    for slug, ids in lists.items():
        ruled = conflicts if isinstance(slug, QualityList) else due_lists
        assert {key for key, story in added.items() if slug in ruled(story, known)} == ids, slug
    assert {slug for slug, ids in lists.items() if not ids} <= {DueList.OVERDUE_UNCOUNTED}
