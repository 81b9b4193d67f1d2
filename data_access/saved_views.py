"""The saved views that somebody may open: his own, and those that others share."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine, bindparam, or_, select

from data_access.database import reading
from data_access.schema.accounts import accounts
from data_access.schema.views import saved_views
from supervision.scope import Viewer


@dataclass(frozen=True, slots=True)
class SavedView:
    """A page with its filters under a name."""

    id: int
    name: str
    page: str
    """The page's address."""
    query: str
    """The address behind the question mark, to be read with the rights of who opens it."""
    shared: bool
    own: bool
    owner_name: str
    row_version: int


# Built once: it is asked at every rerun, and building takes longer than asking.
_OPEN_TO = (
    select(saved_views, accounts.c.name.label("owner_name"))
    .outerjoin(accounts, accounts.c.login == saved_views.c.owner)
    .where(or_(saved_views.c.owner == bindparam("account"), saved_views.c.shared))
    .order_by(saved_views.c.name, saved_views.c.id)
)


def views_open_to(engine: Engine, viewer: Viewer) -> tuple[SavedView, ...]:
    """One's own views by name, then the shared ones of others."""
    with reading(engine) as connection:
        found = connection.execute(_OPEN_TO, {"account": viewer.account}).all()
    told = [
        SavedView(
            row.id, row.name, row.page, row.query, row.shared, row.owner == viewer.account,
            row.owner_name or row.owner, row.row_version,
        )
        for row in found
    ]  # fmt: skip
    return tuple(sorted(told, key=lambda one: not one.own))
