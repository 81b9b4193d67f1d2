"""Who speaks for a department looks no further than departments: nobody reads who complained."""

import pytest
from sqlalchemy import update

from data_access.accounts.known import LOCAL, account_list, account_named
from data_access.accounts.upkeep import (
    AccountRefused,
    AccountWanted,
    change_account,
    create_account,
)
from data_access.database import reading, recording
from data_access.schema.accounts import accounts
from supervision.scope import Role, Scope

DEPARTMENT = "市住房和城乡建设局"
FAR = {
    "whole city": Scope.whole_city(),
    "a county": Scope(reporting_units=frozenset({"源城区"})),
}


@pytest.mark.parametrize("scope", FAR.values(), ids=FAR)
@pytest.mark.parametrize("roles", [{Role.LEAD_UNIT}, {Role.CO_UNIT}, {Role.CO_UNIT, Role.LEADER}])
def test_a_unit_role_needs_departments(engine, roles, scope):
    with pytest.raises(AccountRefused, match="只看本单位的事项"):
        create_account(engine, AccountWanted("unit", "单位", frozenset(roles), scope), viewer=LOCAL)
    assert account_list(engine) == []


def test_an_account_is_not_changed_into_such_a_one(engine):
    own = Scope(departments=frozenset({DEPARTMENT}))
    wanted = AccountWanted("unit", "单位", frozenset({Role.LEAD_UNIT}), own)
    create_account(engine, wanted, viewer=LOCAL)
    (account,) = account_list(engine)
    wider = AccountWanted("unit", "单位", frozenset({Role.LEAD_UNIT}), Scope.whole_city())
    with pytest.raises(AccountRefused, match="只看本单位的事项"):
        change_account(engine, account.id, wider, row_version=account.row_version, viewer=LOCAL)


def test_one_from_before_sees_nothing_until_it_is_given_departments(engine):
    own = Scope(departments=frozenset({DEPARTMENT}))
    wanted = AccountWanted("unit", "单位", frozenset({Role.LEAD_UNIT}), own)
    create_account(engine, wanted, viewer=LOCAL)
    with recording(engine) as change:
        change.connection.execute(update(accounts).values(whole_city=True))
    with reading(engine) as connection:
        account = account_named(connection, "unit")
    assert account is not None
    assert account.viewer.scope == Scope()
