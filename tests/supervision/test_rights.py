"""Who may do what, written out cell by cell, and that nobody holds two of the three powers."""

from __future__ import annotations

from itertools import combinations

import pytest

from supervision.rights import (
    RIGHTS,
    ROLES_OF_PEOPLE,
    NotPermitted,
    Right,
    may,
    needs_a_scope,
    require,
    roles_refused,
)
from supervision.scope import Role, Scope, Viewer

COLUMNS = ("view_items", "export", "import_ledger", "work_on_items", "see_personal_data",
           "read_audit", "manage_accounts", "manage_registers", "check_quality",
           "manage_rules", "return_sheets", "share_views", "see_below_township",
           "keep_matters", "count_hotline", "keep_commitments", "report_commitments")  # fmt: skip
TABLE = """
leader        y y . . . . . . y . . y y . . . .
supervisor    y y y y y . . . y y y y y y y y y
approver      y y . y y . . . y y . y y y . y y
lead_unit     y y . y . . . . . . y . . . . . y
co_unit       y . . y . . . . . . . . . . . . .
county_admin  y y y y y . . . y . y y y . . y y
callback      y . . y y . . . . . y . y . . . .
auditor       . . . . . y . . . . . . . . . . .
sysadmin      . . . . . . y y . . . . . . . . .
"""
CELLS = [
    (Role(words[0]), Right(column), mark == "y")
    for line in TABLE.split("\n")
    if (words := line.split())
    for column, mark in zip(COLUMNS, words[1:], strict=True)
]


def _viewer(*roles: Role) -> Viewer:
    return Viewer("a", "甲", frozenset(roles), Scope())


def test_the_written_table_has_a_cell_for_every_role_and_right():
    assert {(role, right) for role, right, _ in CELLS} == {
        (role, right) for role in ROLES_OF_PEOPLE for right in Right
    }


@pytest.mark.parametrize(
    ("role", "right", "yes"), CELLS, ids=[f"{role}-{right}" for role, right, _ in CELLS]
)
def test_a_role_may_what_the_table_says_and_nothing_else(role: Role, right: Right, yes: bool):
    assert may(_viewer(role), right) is yes


def test_a_viewer_without_a_role_may_nothing():
    assert [right for right in Right if may(_viewer(), right)] == []


def test_a_refusal_says_what_is_missing_and_who_has_it():
    with pytest.raises(NotPermitted, match="您的角色不能查看审计记录，可以办理的角色：审计员"):
        require(_viewer(Role.SYSADMIN), Right.READ_AUDIT)


@pytest.mark.parametrize("apart", [Role.SYSADMIN, Role.AUDITOR])
def test_who_administers_or_audits_holds_no_other_role(apart: Role):
    assert roles_refused(frozenset({apart})) is None
    for other in ROLES_OF_PEOPLE:
        if other is not apart:
            refusal = roles_refused(frozenset({apart, other}))
            assert refusal is not None, f"{apart} with {other}"
            assert "三员分立" in refusal


def test_roles_of_the_business_may_be_held_together():
    business = [role for role in ROLES_OF_PEOPLE if Right.VIEW_ITEMS in RIGHTS[role]]
    assert len(business) == 7
    assert all(roles_refused(frozenset(pair)) is None for pair in combinations(business, 2))
    assert all(needs_a_scope(frozenset({role})) for role in business)


def test_nobody_that_is_allowed_together_has_two_of_the_three_powers():
    powers = ({Right.MANAGE_ACCOUNTS, Right.MANAGE_REGISTERS}, {Right.READ_AUDIT},
              {Right.VIEW_ITEMS})  # fmt: skip
    for many in (1, 2, 3):
        for roles in map(frozenset, combinations(ROLES_OF_PEOPLE, many)):
            if roles_refused(roles) is None:
                held = {right for right in Right if may(_viewer(*roles), right)}
                assert sum(bool(held & power) for power in powers) <= 1, roles


@pytest.mark.parametrize("roles", [frozenset(), frozenset({Role.SYSTEM}),
                                   frozenset({Role.SYSTEM, Role.LEADER})])  # fmt: skip
def test_an_account_needs_a_role_of_people(roles: frozenset[Role]):
    assert roles_refused(roles) is not None
