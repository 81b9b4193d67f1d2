"""Lists, search and flags over the facts: every number opens exactly its rows."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from data_access.filters import Filters
from data_access.ledger_import.apply import store_import
from data_access.measures import MEASURES
from data_access.reads.choices import choices
from data_access.reads.figures import figure_counts
from data_access.reads.items import ORDERS, item_page, item_rows
from data_access.reads.overview import overview
from data_access.reads.waiting import waiting_flags
from supervision.scope import Scope
from supervision.vocabulary import ReassignReason
from tests.acting import flagged
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row

CITY = SUPERVISOR.scope


@pytest.fixture
def filled(city):
    """Twelve items: overdue, due soon, on time, late, closed, hanging, unhappy, unassigned."""
    rows = [
        ledger_row(row=3, assigned_on=date(2026, 10, 12)),
        ledger_row(row=4, assigned_on=date(2026, 10, 14), township="灯塔镇"),
        ledger_row(row=5, assigned_on=date(2026, 11, 5)),
        ledger_row(row=6, assigned_on=date(2026, 11, 20)),
        ledger_row(row=7, assigned_on=date(2026, 10, 20), feedback_on=date(2026, 11, 3)),
        ledger_row(row=8, assigned_on=date(2026, 10, 20), feedback_on=date(2026, 11, 24),
                   township=None, lead_departments=("市公安局",)),
        ledger_row(row=9, assigned_on=date(2026, 10, 20), feedback_on=date(2026, 11, 4),
                   closed_on=date(2026, 11, 6), status="已办结", satisfaction="满意"),
        ledger_row(row=10, assigned_on=date(2026, 10, 21), feedback_on=date(2026, 11, 5),
                   closed_on=date(2026, 11, 7), status="已办结", satisfaction="不满意"),
        ledger_row(row=11, status="长期推进"),
        ledger_row(row=12, assigned_on=None, county="紫金县", township="蓝塘镇"),
        ledger_row(row=13, assigned_on=date(2026, 11, 20), lead_departments=("市公安局",),
                   county="紫金县", township="蓝塘镇"),
        ledger_row(row=14, title="停车场收费", content="停车场乱收费", status="已办结",
                   feedback_on=date(2026, 11, 9), closed_on=date(2026, 11, 10)),
    ]  # fmt: skip
    store_import(city, judged_ledger(*rows), viewer=SUPERVISOR, as_of=TODAY)
    return city


def _ids(engine, scope=CITY, **filters):
    rows = item_rows(engine, scope=scope, as_of=TODAY, filters=Filters(**filters))
    return set(rows["number"])


@pytest.mark.parametrize("slug", list(MEASURES))
def test_every_figure_is_the_number_of_rows_behind_its_link(filled, slug):
    counted = figure_counts(filled, scope=CITY, as_of=TODAY).row(
        by_predicate=pl.col("slug") == slug, named=True
    )
    page = item_page(filled, scope=CITY, as_of=TODAY, filters=Filters(figure=slug))
    base = counted["of"] if counted["of"] is not None else counted["n"]
    assert page.total == base


def test_the_parts_of_the_open_items_add_up_to_them(filled):
    seen = overview(filled, scope=CITY, as_of=TODAY)
    opened = seen.tiles.row(by_predicate=pl.col("slug") == "open", named=True)["n"]
    assert seen.by_department["n"].sum() == opened
    assert seen.by_township["open"].sum() == opened


def test_overdue_items_are_listed_longest_first(filled):
    seen = overview(filled, scope=CITY, as_of=TODAY)
    assert list(seen.worst["due_on"]) == [date(2026, 11, 2), date(2026, 11, 4)]
    assert list(seen.worst["days_overdue"]) == [17, 15]


def test_the_due_cohort_holds_the_silent_and_the_late(filled):
    counts = figure_counts(filled, scope=CITY, as_of=TODAY)
    n = {row["slug"]: row["n"] for row in counts.iter_rows(named=True)}
    of = {row["slug"]: row["of"] for row in counts.iter_rows(named=True)}
    assert (n["on_time_feedback_rate"], of["on_time_feedback_rate"]) == (4, 8)
    assert n["overdue_rate"] == of["on_time_feedback_rate"] - n["on_time_feedback_rate"]


def test_satisfaction_counts_only_answers(filled):
    counts = figure_counts(filled, scope=CITY, as_of=TODAY)
    rate = counts.row(by_predicate=pl.col("slug") == "satisfaction_rate", named=True)
    assert (rate["n"], rate["of"]) == (1, 2)


def test_a_scope_sees_its_county_and_departments_and_nothing_else(filled):
    zijin = Scope(everything=False, reporting_units=frozenset({"紫金县"}))
    police = Scope(everything=False, departments=frozenset({"市公安局"}))
    assert _ids(filled, zijin) == {"MDM-0012", "MDM-0013"}
    assert _ids(filled, police) == {"MDM-0008", "MDM-0013"}
    nobody = Scope(everything=False)
    assert item_page(filled, scope=nobody, as_of=TODAY, filters=Filters()).total == 0


def test_filters_narrow_by_place_department_light_and_intake(filled):
    units = {name: key for key, name in choices(filled, scope=CITY, as_of=TODAY).units.items()}
    assert _ids(filled, units=(units["紫金县"],)) == {"MDM-0012", "MDM-0013"}
    assert _ids(filled, lights=("red",)) == {"MDM-0003", "MDM-0004"}
    assert _ids(filled, unlocated=True) == {"MDM-0008"}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("停车", {"MDM-0014"}),
        ("车场乱", {"MDM-0014"}),
        ("停", {"MDM-0014"}),
        ("费", {"MDM-0014"}),
        ("停车场 收费", {"MDM-0014"}),
        ("ＭＤＭ-0014", {"MDM-0014"}),
        ("车停", set()),
        ("没有这样的字", set()),
        ('" OR 1', set()),
        ("*", set()),
    ],
)
def test_text_is_found_also_by_one_or_two_characters(filled, words, found):
    assert _ids(filled, text=words) == found


def test_text_search_follows_a_change_at_once(filled):
    changed = ledger_row(row=14, title="停车场收费", content="广场舞扰民", status="已办结",
                         feedback_on=date(2026, 11, 9), closed_on=date(2026, 11, 10))  # fmt: skip
    assert _ids(filled, text="广场舞") == set()
    store_import(filled, judged_ledger(changed), viewer=SUPERVISOR, as_of=TODAY)
    assert _ids(filled, text="广场舞") == {"MDM-0014"}
    assert _ids(filled, text="乱收费") == set()


@pytest.mark.parametrize("order", list(ORDERS))
def test_turning_pages_by_key_shows_every_row_once(filled, order):
    seen: list[int] = []
    key = None
    while True:
        page = item_page(filled, scope=CITY, as_of=TODAY, filters=Filters(), order=order,
                         after=key, size=5)  # fmt: skip
        assert page.position == len(seen)
        seen += list(page.rows["item_id"])
        key = page.next_key
        if key is None:
            break
    assert len(seen) == len(set(seen)) == page.total == 12


@pytest.mark.parametrize("order", ["due", "overdue"])
def test_what_is_closed_stands_behind_what_is_still_owed(filled, order):
    page = item_page(filled, scope=CITY, as_of=TODAY, filters=Filters(), order=order)
    closed = [light == "grey" for light in page.rows["light"]]
    assert any(closed)
    assert closed == sorted(closed)
    if order == "overdue":
        late = page.rows["days_overdue"].dropna().tolist()
        assert late == sorted(late, reverse=True)


@pytest.mark.parametrize("after", ["", "abc", "-1.1", "9" * 40 + ".1", "999.1", "1.0.0"])
def test_a_key_that_means_nothing_shows_the_first_page(filled, after):
    page = item_page(filled, scope=CITY, as_of=TODAY, filters=Filters(), after=after, size=5)
    assert page.position == 0


def test_a_flagged_item_stands_on_the_list_and_in_the_figure(filled):
    assert [one.item_id for one in flagged(filled, {8: 1}, words="回访称噪声仍在").done] == [8]
    listed = waiting_flags(filled, scope=CITY, as_of=TODAY)
    assert list(listed["number"]) == ["MDM-0010"]
    assert list(listed["reason"]) == ["dissatisfied"]
    assert _ids(filled, figure="reassign_pending") == {"MDM-0010"}
    assert flagged(filled, {8: 2}).done == ()


def test_a_flag_on_a_changed_item_is_refused_and_leaves_no_trace(filled):
    ended = flagged(filled, {8: 99})
    assert (ended.done, ended.stale[0].seen_version, ended.stale[0].version) == ((), 99, 1)
    assert waiting_flags(filled, scope=CITY, as_of=TODAY).empty


def test_an_item_outside_the_scope_cannot_be_flagged(filled):
    stranger = type(SUPERVISOR)(
        account="zijin", name="紫金县", roles=SUPERVISOR.roles,
        scope=Scope(everything=False, reporting_units=frozenset({"紫金县"})),
    )  # fmt: skip
    ended = flagged(filled, {8: 1}, viewer=stranger)
    assert (ended.done, len(ended.refused)) == ((), 1)


def test_other_reasons_need_words(filled):
    refused = flagged(filled, {8: 1}, reason=ReassignReason.OTHER).refused
    assert "写明原因" in refused[0].sentence


def test_an_empty_store_answers_with_empty_frames_that_have_their_columns(city):
    seen = overview(city, scope=CITY, as_of=TODAY)
    assert seen.tiles["n"].sum() == 0
    assert seen.by_month.height == 12
    page = item_page(city, scope=CITY, as_of=TODAY, filters=Filters())
    assert (page.total, page.next_key, "light" in page.rows.columns) == (0, None, True)
