"""Which import batches a viewer who sees less than the city may look at.

Those that accounts of the same units stored and that touched no item of anybody else. A batch
holds its file's rows as they were sent, so one item outside the scope hides the whole batch.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select, true

from data_access.schema.accounts import account_departments, account_units, accounts
from data_access.schema.imports import import_batches, raw_rows
from data_access.schema.items import items
from data_access.schema.registers import reporting_units
from supervision.scope import Scope


def seen_batches(scope: Scope) -> ColumnElement[bool]:
    """A condition on import_batches."""
    if scope.everything:
        return true()
    units = select(reporting_units.c.id).where(
        reporting_units.c.name.in_(sorted(scope.reporting_units))
    )
    stored_here = exists().where(
        accounts.c.login == import_batches.c.stored_by,
        accounts.c.whole_city.is_(False),
        exists().where(account_units.c.account_id == accounts.c.id),
        ~exists().where(
            account_units.c.account_id == accounts.c.id,
            account_units.c.reporting_unit_id.not_in(units),
        ),
        ~exists().where(account_departments.c.account_id == accounts.c.id),
    )
    return stored_here & ~_touches_others(units)


def _touches_others(units: Any) -> ColumnElement[bool]:
    return exists().where(
        raw_rows.c.batch_id == import_batches.c.id,
        items.c.id == raw_rows.c.item_id,
        or_(items.c.reporting_unit_id.is_(None), items.c.reporting_unit_id.not_in(units)),
    )
