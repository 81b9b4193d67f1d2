"""Items as nobody would think of them, put into a store as they are and told to the rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import Connection, Table, insert

from data_access.database import Transaction
from data_access.schema.items import (
    extensions,
    feedback,
    item_texts,
    items,
    leader_instructions,
    look_backs,
    round_co_departments,
    rounds,
)
from data_access.schema.supervision import (
    deadline_clocks,
    followers,
    item_acts,
    returns,
    supervision_notices,
)
from supervision.beside_acts import BesideAct
from supervision.lifecycle import Act
from supervision.loop_words import CONFIRMED, ClockCause, FollowerKind, NoticeState
from supervision.undoing import COUNTER_ACT
from supervision.vocabulary import (
    DeadlineBasis,
    ItemState,
    Resolution,
    RoundState,
    Satisfaction,
)
from supervision.waiting import WaitingItem
from tests.acting import EDUCATION, WATER, a_token
from tests.factories import TODAY

HELPERS = (EDUCATION, WATER, "市卫生健康局")
KINDS = (Act.STRIKE_OFF, Act.KEEP_CLOSED, Act.REPORT_PROGRESS, Act.RECEIVE,
         BesideAct.APPROVE_STRIKE_OFF)  # fmt: skip

past = st.integers(0, 110).map(lambda n: TODAY - timedelta(days=n))
some_day = st.integers(-70, 40).map(lambda n: TODAY + timedelta(days=n))
maybe = st.booleans()


@dataclass(frozen=True, slots=True)
class Deed:
    """An act of the present round or of one gone by, perhaps taken back."""

    act: str
    on: date
    of_round: bool
    department: str | None
    undone: bool


@dataclass(frozen=True, slots=True)
class Story:
    """One item: columns of its tables, and lists of what was said about it."""

    item: dict[str, Any]
    round: dict[str, Any] | None
    look_back_of_round: bool | None
    """The look-back was made in the present round, in one gone by, or told by a ledger."""
    told: bool
    deeds: tuple[Deed, ...]
    returns: tuple[tuple[date, bool], ...]
    extensions: tuple[tuple[date, bool, bool], ...]
    followed: tuple[tuple[date, FollowerKind, bool, bool], ...]
    helpers: frozenset[str]
    instructions: tuple[tuple[date, bool, bool], ...]
    notices: tuple[tuple[NoticeState, date, date | None], ...]
    clocks: tuple[tuple[ClockCause, date], ...]
    parent: tuple[ItemState, date | None, date | None] | None
    """Where it was merged: state, closing day, and when the resident was told."""


def _few(*parts: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(st.tuples(*parts), max_size=2).map(tuple)


_ITEM = st.fixed_dictionaries(
    {
        "state": st.sampled_from([*ItemState, ItemState.MERGED,
                                  *[ItemState.IN_ROUND] * 6, *[ItemState.CLOSED] * 4,
                                  *[ItemState.STRUCK_OFF] * 3]),
        "received_on": st.none() | past, "closed_on": st.none() | past,
        "struck_off_on": st.none() | past, "hang_until": st.none() | some_day,
        "flagged_on": st.none() | past, "current_round": st.sampled_from([1, 1, 2, 3, 4]),
        "look_back": st.sampled_from([None, None, CONFIRMED, ItemState.REBOUNDED.value]),
    }
)  # fmt: skip
_ROUND = st.fixed_dictionaries(
    {
        "state": st.sampled_from(RoundState), "assigned_on": st.none() | past | past,
        "due_on": st.none() | some_day | some_day, "extended_due_on": st.none() | some_day,
        "due_basis": st.sampled_from(DeadlineBasis), "feedback_on": st.none() | past,
        "fix_due_on": st.none() | some_day, "called_on": st.none() | past,
        "reached": st.sampled_from([None, True, False]),
        "result": st.none() | st.sampled_from(Satisfaction),
        "resolved_by_resident": st.none() | st.sampled_from(Resolution),
        "residents_to_inform": maybe, "residents_told_on": st.none() | past,
        "opened_by_act": st.sampled_from([None, 1]),
    }
)  # fmt: skip
stories = st.builds(
    Story,
    item=_ITEM,
    round=st.none() | _ROUND | _ROUND | _ROUND,
    look_back_of_round=st.sampled_from([None, True, False]),
    told=maybe,
    deeds=st.lists(
        st.builds(
            Deed, act=st.sampled_from([str(kind) for kind in KINDS]), on=past, of_round=maybe,
            department=st.none() | st.sampled_from(HELPERS), undone=maybe,
        ),
        max_size=3,
    ).map(tuple),
    returns=_few(past, maybe),
    extensions=_few(past, maybe, maybe),
    followed=_few(past, st.sampled_from(FollowerKind), maybe, maybe),
    helpers=st.frozensets(st.sampled_from(HELPERS)),
    instructions=_few(past, maybe, maybe),
    notices=_few(st.sampled_from(NoticeState), past, st.none() | some_day),
    clocks=_few(st.sampled_from(ClockCause), past),
    parent=st.none() | st.tuples(st.sampled_from(ItemState), st.none() | past, st.none() | past),
).filter(lambda story: story.round is not None or story.item["current_round"] == 1)  # fmt: skip


def told_to_the_rules(story: Story) -> WaitingItem:
    """The story without what was undone, answered, decided, or said of an earlier round."""
    item, at = story.item, story.round
    standing = [deed for deed in story.deeds if not deed.undone]
    here = [deed for deed in standing if deed.of_round]
    stands = (
        at is None or at["opened_by_act"] is None or item["current_round"] == 1
        or story.look_back_of_round is True
    )  # fmt: skip
    struck = {Act.STRIKE_OFF.value, Act.KEEP_CLOSED.value}
    known = WaitingItem(
        item["state"], None, round_no=item["current_round"], intake_on=item["received_on"],
        closed_on=item["closed_on"], flagged_on=item["flagged_on"], hang_until=item["hang_until"],
        struck_off_on=item["struck_off_on"],
        struck_off_here=any(deed.act in struck for deed in here),
        look_back=item["look_back"] if stands else None,
        raised_again=tuple((on, kind) for on, kind, again, answered in story.followed
                           if again and not answered),
        instructions_on=tuple(on for on, given, answered in story.instructions
                              if given and not answered),
        notices=story.notices,
        parent=story.parent[:2] if story.parent else None,
        told_of_parent_on=story.parent[2] if story.parent else None,
    )  # fmt: skip
    if at is None:
        return known
    return WaitingItem(
        **{name: getattr(known, name) for name in WaitingItem.__slots__}
        | {
            "round_state": at["state"], "opened_here": at["opened_by_act"] is not None,
            "intake_on": item["received_on"] or at["assigned_on"],
            "due_on": at["extended_due_on"] or at["due_on"],
            "measures_told": story.told, "resolved": at["resolved_by_resident"],
            "to_tell": at["residents_to_inform"] and at["residents_told_on"] is None,
            "strike_off_approved_on": tuple(
                deed.on for deed in here if deed.act == BesideAct.APPROVE_STRIKE_OFF.value),
            "returns_on": tuple(on for on, ruled in story.returns if not ruled),
            "extensions_on": tuple(on for on, asked, decided in story.extensions
                                   if asked and not decided),
            "co_departments": story.helpers,
            "heard_from": frozenset(deed.department for deed in here if deed.department),
            "clocks": story.clocks,
        }
        | {name: at[name] for name in ("assigned_on", "due_basis", "feedback_on", "fix_due_on",
                                       "called_on", "reached", "result")}
    )  # fmt: skip


def _added(connection: Connection, table: Table, **values: Any) -> int:
    plain = {k: str(v) if isinstance(v, str) else v for k, v in values.items()}
    key = connection.execute(insert(table).values(**plain)).inserted_primary_key
    assert key is not None
    return int(key[0])


def kept(change: Transaction, story: Story, departments: dict[str, int]) -> int:
    """The story as rows; the key of its item."""
    connection, at = change.connection, story.round
    number = story.item["current_round"]
    item_id = _added(
        connection, items, number_is_row_number=False, fingerprint=a_token(), excluded=False,
        sound=True, row_version=1, change_number=change.change, **story.item,
    )  # fmt: skip
    _added(connection, item_texts, item_id=item_id, title="路灯不亮")
    earlier = number - 1 if number > 1 else None
    if earlier:
        gone = _added(
            connection, rounds, item_id=item_id, round_no=earlier, returned=False,
            state=RoundState.CALLED_BACK, due_basis=DeadlineBasis.NONE, reached=True,
            result=Satisfaction.DISSATISFIED,
        )  # fmt: skip
        _added(connection, feedback, round_id=gone, kind="written", text="前一轮的反馈")
    if story.item["look_back"]:
        of_round = {True: number, False: earlier, None: None}[story.look_back_of_round]
        _added(connection, look_backs, item_id=item_id, outcome=story.item["look_back"],
               checked_on=TODAY, round_no=of_round)  # fmt: skip
    for deed in story.deeds:
        _keep_deed(change, deed, item_id, number if deed.of_round else earlier, departments)
    for on, kind, again, answered in story.followed:
        _added(connection, followers, item_id=item_id, kind=kind, since_on=on, raised_again=again,
               answered_on=TODAY if answered else None, recorded_by="x")  # fmt: skip
    for on, given, answered in story.instructions:
        _added(connection, leader_instructions, item_id=item_id, given_on=on, text="请办理",
               given_by="leader" if given else None,
               answered_on=TODAY if answered else None)  # fmt: skip
    for state, on, due in story.notices:
        _added(connection, supervision_notices, item_id=item_id, kind="reminder", level="blue",
               trigger="overdue", text="请办理", drafted_by="x", state=state, reply_due_on=due,
               drafted_at=datetime.combine(on, time(9)))  # fmt: skip
    if story.parent is not None:
        _keep_parent(change, story.parent, item_id)
    if at is not None:
        _keep_round(connection, story, at, item_id, departments)
    return item_id


def _keep_parent(
    change: Transaction, parent: tuple[ItemState, date | None, date | None], item_id: int
) -> None:
    state, closed_on, told_on = parent
    key = _added(
        change.connection, items, number_is_row_number=False, fingerprint=a_token(), state=state,
        excluded=False, sound=True, row_version=1, change_number=change.change, current_round=1,
        closed_on=closed_on,
    )  # fmt: skip
    _added(change.connection, item_texts, item_id=key, title="路灯不亮")
    _added(change.connection, followers, item_id=key, kind="resident", from_item_id=item_id,
           since_on=TODAY, raised_again=False, answered_on=told_on, recorded_by="x")  # fmt: skip


def _keep_deed(
    change: Transaction, deed: Deed, item_id: int, of_round: int | None,
    departments: dict[str, int],
) -> None:  # fmt: skip
    told: dict[str, Any] = {
        "item_id": item_id, "account": "x", "at": datetime.combine(deed.on, time(9)),
        "done_on": deed.on, "version_after": 1, "change_number": change.change,
        "round_no": of_round,
    }  # fmt: skip
    helper = departments[deed.department] if deed.department else None
    key = _added(change.connection, item_acts, act=deed.act, token=a_token(),
                 department_id=helper, **told)  # fmt: skip
    if deed.undone:
        _added(change.connection, item_acts, act=COUNTER_ACT, token=a_token(), undoes_id=key,
               **told)  # fmt: skip


def _keep_round(
    connection: Connection, story: Story, at: dict[str, Any], item_id: int,
    departments: dict[str, int],
) -> None:  # fmt: skip
    key = _added(connection, rounds, item_id=item_id, round_no=story.item["current_round"],
                 returned=False, **at)  # fmt: skip
    if story.told:
        _added(connection, feedback, round_id=key, kind="measures", text="已更换路灯")
    for place, name in enumerate(sorted(story.helpers)):
        _added(connection, round_co_departments, round_id=key, department_id=departments[name],
               co_role="co", position=place)  # fmt: skip
    for on, ruled in story.returns:
        _added(connection, returns, round_id=key, asked_on=on, asked_by="x", reason="不属职责",
               legal_basis="三定方案", ruling="refused" if ruled else None)  # fmt: skip
    for on, asked, decided in story.extensions:
        _added(connection, extensions, round_id=key, asked_on=on, reason="雨天",
               asked_by="x" if asked else None,
               decision="refused" if decided else None)  # fmt: skip
    for cause, on in story.clocks:
        _added(connection, deadline_clocks, round_id=key, cause=cause, opened_on=on,
               opened_by="x", due_basis=DeadlineBasis.NONE)  # fmt: skip
