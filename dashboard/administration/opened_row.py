"""The row that an address opens on an administration page: the way back, and the row as seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

import streamlit as st

from dashboard.administration.seen import seen_version
from dashboard.parts.leading import set_query
from dashboard.reads import Account, DepartmentRow, PlaceRow

NEW = "new"
"""Stands in an address for a row that is to be made."""

Row = TypeVar("Row", Account, DepartmentRow, PlaceRow)


def way_back(to: str, query: str) -> None:
    """The button that closes the row again; `query` is what opened it."""
    st.button(f"← 回到{to}", type="tertiary", on_click=set_query, kwargs={query: None})


def opened_row(
    rows: Iterable[Row], asked: str, *, kind: str, missing: str, name: str = "id"
) -> Row | None:
    """The row that is asked for, in the version that stood on the page; `missing` says it is not.

    `name` is the field by which the address names a row.
    """
    found = next((row for row in rows if str(getattr(row, name)) == asked), None)
    if found is None:
        st.info(missing)
        return None
    return replace(found, row_version=seen_version(f"{kind}:{asked}", found.row_version))
