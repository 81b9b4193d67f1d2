"""One account per role for the sample city, so that everybody's view can be tried."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Engine, select

from data_access.accounts.known import account_named
from data_access.accounts.upkeep import AccountWanted, create_in
from data_access.database import reading, recording
from data_access.schema.accounts import accounts
from data_access.schema.base import settings
from supervision.scope import Role, Scope, Viewer

SAMPLE_PASSWORD = "Yanshi-Duban#2026"
_CITY = Scope.whole_city()


class SampleAccount(NamedTuple):
    """A login of the sample city and whose view it shows."""

    login: str
    name: str


_PEOPLE = (
    ("leader", "演示领导", Role.LEADER, _CITY),
    ("supervisor", "演示督查员", Role.SUPERVISOR, _CITY),
    ("approver", "演示负责人", Role.APPROVER, _CITY),
    ("leadunit", "演示牵头单位", Role.LEAD_UNIT,
     Scope(departments=frozenset({"市住房和城乡建设局"}))),
    ("counit", "演示协办单位", Role.CO_UNIT,
     Scope(departments=frozenset({"市城市管理和综合执法局"}))),
    ("county", "演示县区专班", Role.COUNTY_ADMIN, Scope(reporting_units=frozenset({"源城区"}))),
    ("callback", "演示回访员", Role.CALLBACK, _CITY),
    ("auditor", "演示审计员", Role.AUDITOR, Scope()),
    ("sysadmin", "演示管理员", Role.SYSADMIN, Scope()),
)  # fmt: skip


def make_sample_accounts(engine: Engine, *, viewer: Viewer) -> None:
    """Make those that are not there yet."""
    with recording(engine) as change:
        for login, name, role, scope in _PEOPLE:
            if account_named(change.connection, login) is None:
                wanted = AccountWanted(login, name, frozenset({role}), scope)
                create_in(change, wanted, viewer=viewer, password=SAMPLE_PASSWORD)


def sample_accounts(engine: Engine) -> list[SampleAccount]:
    """The sample accounts that can log in; none where the store holds no sample city."""
    with reading(engine) as connection:
        sample = connection.execute(
            select(settings.c.value).where(settings.c.name == "sample_city")
        )
        if sample.scalar_one_or_none() is None:
            return []
        rows = connection.execute(
            select(accounts.c.login, accounts.c.name)
            .where(accounts.c.login.in_([login for login, *_ in _PEOPLE]), accounts.c.active)
            .order_by(accounts.c.id)
        ).all()
        return [SampleAccount(row.login, row.name) for row in rows]
