"""What speaks for a 督办单, asked of the store, is what the rule says of each item."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from sqlalchemy import Engine, select

from data_access.calendar_store import current_calendar
from data_access.database import reading, transaction
from data_access.reads.proposed_notices import MOST_SHOWN, proposed_notices
from data_access.schema.registers import departments
from supervision.escalation import LOUDEST_FIRST
from supervision.lifecycle import Act
from supervision.loop_words import FollowerKind, NoticeTrigger
from supervision.notice_triggers import triggers_of
from supervision.scope import Scope
from supervision.vocabulary import DeadlineBasis, ItemState, Resolution, RoundState
from supervision.waiting import Today
from tests.deciding import decide
from tests.desk_stories import HELPERS, Deed, Story, kept, told_to_the_rules
from tests.factories import TODAY

Spoken = dict[int, frozenset[NoticeTrigger]]


def any_item(draw: Random) -> Story:
    """An item on which somebody acted here, in any state."""

    def day(first: int, last: int) -> date | None:
        return draw.choice([None, *[TODAY + timedelta(days=draw.randint(first, last))] * 5])

    state = draw.choice([*ItemState, *[ItemState.IN_ROUND] * 20])
    item = {
        "state": state, "received_on": day(-60, 0), "closed_on": None, "struck_off_on": None,
        "hang_until": None, "flagged_on": None, "look_back": None,
        "current_round": draw.choice([1, 1, 1, 2, 3]),
    }  # fmt: skip
    at = {
        "state": draw.choice([*RoundState, *[RoundState.ASSIGNED] * 3]),
        "assigned_on": day(-30, 0), "due_on": day(-30, 40), "extended_due_on": None,
        "due_basis": draw.choice(list(DeadlineBasis)), "fix_due_on": day(-10, 10),
        "feedback_on": draw.choice([None, None, day(-20, 0)]), "called_on": None, "reached": None,
        "result": None, "resolved_by_unit": draw.choice([None, *Resolution]),
        "resolved_by_resident": draw.choice([None, *Resolution]), "residents_to_inform": False,
        "residents_told_on": None, "opened_by_act": draw.choice([None, 1, 1]),
    }  # fmt: skip
    progress = Deed(Act.REPORT_PROGRESS.value, TODAY, draw.random() < 0.5,
                    draw.choice([None, *HELPERS]), draw.random() < 0.5)  # fmt: skip
    signed = Deed(Act.RECEIVE.value, TODAY, True, None, False)
    again = [(TODAY, FollowerKind.RESIDENT, draw.random() < 0.7, draw.random() < 0.3)]
    return Story(
        item, at, look_back_of_round=None, told=False,
        deeds=(signed, *draw.choice([(), (progress,)])), returns=(), extensions=(),
        followed=tuple(again * draw.choice([0, 0, 1, 2])),
        helpers=frozenset(draw.sample(HELPERS, draw.choice([0, 0, 1, 2]))),
        instructions=(), notices=(), clocks=(), parent=None,
    )  # fmt: skip


def ruled(story: Story, today: Today, signing: int) -> frozenset[NoticeTrigger]:
    at = story.round
    assert at is not None
    reported = any(
        deed.act == Act.REPORT_PROGRESS and deed.of_round and not deed.undone
        for deed in story.deeds
    )
    return triggers_of(
        told_to_the_rules(story), today, resolved_by_unit=at["resolved_by_unit"],
        reported=reported, signing=signing,
    )  # fmt: skip


def spoken(city: Engine) -> Spoken:
    """What the proposals name, loudest first, before how late the item is."""
    rows = proposed_notices(city, scope=Scope.whole_city(), as_of=TODAY).rows
    by_label = {trigger.label: trigger for trigger in LOUDEST_FIRST}
    return {
        key: frozenset(by_label[word] for word in why.partition("：")[0].split("、"))
        for key, why in zip(rows["item_id"], rows["why"], strict=True)
    }


def test_every_trigger_is_its_rule_and_follows_the_city(city: Engine):
    draw = Random(20261125)
    told = [any_item(draw) for _ in range(MOST_SHOWN)]
    with reading(city) as connection:
        calendar = current_calendar(connection)
        names = select(departments.c.name, departments.c.id).where(departments.c.name.in_(HELPERS))
        helping = dict(connection.execute(names).all())
    with transaction(city) as change:
        added = {kept(change, story, helping): story for story in told}

    def expected(today: Today) -> Spoken:
        whole = {key: ruled(story, today, 1) for key, story in added.items()}
        return {key: triggers for key, triggers in whole.items() if triggers}

    usual = expected(Today(TODAY, calendar))
    assert spoken(city) == usual
    assert frozenset().union(*usual.values()) == set(LOUDEST_FIRST)
    decide(city, "co_silent_working_days", "12")
    lenient = expected(Today(TODAY, calendar, co_silent=12))
    assert lenient != usual
    assert spoken(city) == lenient
