"""Scope: nothing is seen without one, and every way in is said explicitly."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from supervision.scope import Role, Scope, Viewer

ROWS = [("源城区", "市水务局"), ("紫金县", "市公安局"), (None, "市水务局"), ("源城区", None),
        (None, None)]  # fmt: skip


@pytest.mark.parametrize(
    ("scope", "seen"),
    [
        (Scope(), []),
        (Scope.whole_city(), ROWS),
        (Scope(reporting_units=frozenset({"源城区"})), [ROWS[0], ROWS[3]]),
        (Scope(departments=frozenset({"市水务局"})), [ROWS[0], ROWS[2]]),
        (
            Scope(reporting_units=frozenset({"紫金县"}), departments=frozenset({"市水务局"})),
            [ROWS[0], ROWS[1], ROWS[2]],
        ),
        (Scope(reporting_units=frozenset({"东源县"})), []),
    ],
)
def test_a_scope_sees_the_rows_of_its_units_and_departments(scope, seen):
    assert [row for row in ROWS if scope.sees(*row)] == seen


def test_a_row_without_unit_and_department_is_seen_by_the_whole_city_only():
    named = Scope(reporting_units=frozenset({"源城区"}), departments=frozenset({"市水务局"}))
    assert not named.sees(None, None)
    assert Scope.whole_city().sees(None, None)


def test_equal_scopes_are_equal_keys():
    one = Scope(departments=frozenset({"市水务局", "市公安局"}))
    other = Scope(departments=frozenset({"市公安局", "市水务局"}))
    assert {one: 1}[other] == 1
    assert one != Scope.whole_city()


def test_what_a_viewer_may_see_cannot_be_widened_afterwards():
    viewer = Viewer("zhang", "张试例", frozenset({Role.LEAD_UNIT}), Scope())
    with pytest.raises(FrozenInstanceError):
        viewer.scope = Scope.whole_city()
    with pytest.raises(FrozenInstanceError):
        viewer.scope.everything = True


@pytest.mark.parametrize("role", Role)
def test_every_role_has_a_chinese_name(role):
    assert role.label
    assert not role.label.isascii()
