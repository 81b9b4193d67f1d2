"""Who did it, for lists: a person's name in place of the account that is stored."""

from __future__ import annotations

from sqlalchemy import Column, ColumnElement, func, select

from data_access.schema.accounts import accounts


def person_of(account: Column[str]) -> ColumnElement[str]:
    """The name of the account's person; what is no account (a command, the sample) as it is."""
    name = select(accounts.c.name).where(accounts.c.login == account).scalar_subquery()
    return func.coalesce(name, account).label(account.name)
