"""All tables at once, for migrations and tests."""

from __future__ import annotations

from data_access.schema import (
    accounts,
    base,
    city_maps,
    imports,
    items,
    matters,
    meetings,
    programmes,
    registers,
    rules,
    supervision,
    views,
)

metadata = base.metadata
ROOMS = (
    base, registers, items, imports, accounts, supervision, rules, views, matters, meetings,
    programmes, city_maps,
)  # fmt: skip
