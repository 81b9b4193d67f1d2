"""Where on the way from the city to a township the page stands: told by the shared filters.

Counties here are the reporting units (考核单位), never the statutory ones of the codes.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard.parts.filters import ask_for, asked_now
from dashboard.parts.maps import Asked
from dashboard.parts.safe import label, option
from dashboard.reads import Choices, Filters
from supervision.scope import Scope

CITY = "全市"
_PILLS = "unit_pills"
MOST_PILLS = 12
"""Of more counties and districts one is chosen from a box: in a row the last ones are not found."""


@dataclass(frozen=True, slots=True)
class Place:
    """The city, one reporting unit, or one township of it."""

    unit: int | None = None
    town: int | None = None


def place_of(filters: Filters, names: Choices) -> Place:
    """The place that the filters leave: one township, one unit, else the city."""
    if len(filters.townships) == 1 and filters.townships[0] in names.townships:
        town = filters.townships[0]
        return Place(names.townships[town][1], town)
    if len(filters.units) == 1 and not filters.townships and filters.units[0] in names.units:
        return Place(filters.units[0])
    return Place()


def asked_of(place: Place, filters: Filters, names: Choices, scope: Scope, kind: str) -> Asked:
    """What the picture shows of this place."""
    if place.unit is not None:
        return Asked(scope, unit=names.units[place.unit], kind=kind)
    wanted = set(filters.townships) or {
        code for code, (_, unit) in names.townships.items() if unit in filters.units
    }
    return Asked(scope, towns=frozenset(str(code) for code in wanted), kind=kind)


def go_to(place: Place) -> None:
    """Set the shared filters to a place; all else that is asked for stays."""
    asked = {key: codes for key, codes in asked_now().items() if key not in {"county", "town"}}
    if place.town is not None:
        asked["town"] = (str(place.town),)
    elif place.unit is not None:
        asked["county"] = (str(place.unit),)
    ask_for(asked)


def draw_way(place: Place, names: Choices, picture: pd.DataFrame | None = None) -> None:
    """The way up as buttons, or from the city the way down to a unit with its number.

    `picture`: the rows of the city's picture, of which the units tell their numbers.
    """
    with st.container(horizontal=True, vertical_alignment="center", key="town_way"):
        if place.unit is None:
            _unit_pills(names, picture)
            return
        st.button(CITY, on_click=go_to, args=(Place(),), type="tertiary", key="to_city")
        unit = names.units[place.unit]
        if place.town is None:
            st.caption("›　" + label(unit), width="content")
            return
        st.caption("›", width="content")
        st.button(label(unit), on_click=go_to, args=(Place(place.unit),), type="tertiary",
                  key="to_unit")  # fmt: skip
        st.caption("›　" + label(names.townships[place.town][0]), width="content")


def _unit_pills(names: Choices, picture: pd.DataFrame | None) -> None:
    with_towns = {unit for _, unit in names.townships.values()}
    told: dict[str, str] = {}
    if picture is not None:
        whole = picture[(picture["kind"] == "unit") & (picture["label"] != "")]
        told = {row["name"]: f" {row['label']}" for row in whole.to_dict("records")}
    units = {
        key: option(name) + told.get(name, "")
        for key, name in names.units.items()
        if key in with_towns
    }

    def chosen() -> None:
        unit = st.session_state[_PILLS]
        if unit is not None:
            go_to(Place(unit))

    if len(units) > MOST_PILLS:
        st.selectbox(
            "县（区）", list(units), format_func=units.__getitem__, key=_PILLS, on_change=chosen,
            index=None, placeholder="看一个县（区）", width=260, label_visibility="collapsed",
        )  # fmt: skip
        return
    st.pills("县（区）", list(units), format_func=units.__getitem__, key=_PILLS,
             on_change=chosen, label_visibility="collapsed")  # fmt: skip
