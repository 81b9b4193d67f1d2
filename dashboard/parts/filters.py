"""The shared filters: drawn once by the entry file, kept in the address, the same on every page.

Not bound to the address by Streamlit: bound widgets say names, drop without a word what they do
not know, and an address that has lost its filters on the way to another page (a click on the
navigation) cannot be told from one that never had any.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.parts import filter_state
from dashboard.parts.filter_state import CUSTOM, HEADINGS, KEYS, ONE_OF, PERIODS, Asked, Offers
from dashboard.reads import Choices, Filters
from supervision.vocabulary import Light

NAMED_AT_MOST = 4
PAGE_KEYS = ("after", "page")
"""What an address says of the place in a list: the key that a page begins behind, or its number."""
_ASKED, _IGNORED = "filters_asked", "filters_ignored"
_WIDGET = "filter_"


def shared_filters(
    choices: Choices, leaders: Sequence[str], *, page: str, as_of: date, in_address: bool
) -> tuple[Filters, Offers]:
    """What this run is asked for, and what else could be; `in_address` on pages that show it.

    `leaders` are the 包案领导 of items within reach.
    """
    offers = filter_state.offers_of(choices, leaders)
    said = _said() if in_address else asked_now()
    told = filter_state.reading_of(said, offers, stands_for=choices.stands_for)
    if told.ignored:
        st.session_state[_IGNORED] = (page, told.ignored)
    st.session_state[_ASKED] = told.asked
    if in_address and _in_address() != told.asked:
        _say(told.asked)
    return filter_state.filters_of(told.asked, as_of=as_of), offers


def asked_now() -> Asked:
    """What the filters are set to, as an address says it."""
    asked: Asked = st.session_state.get(_ASKED, {})
    return asked


def _in_address() -> Asked:
    values = {key: tuple(st.query_params.get_all(key)) for key in KEYS}
    return {key: codes for key, codes in values.items() if codes}


def _said() -> Asked:
    """The address; one that says nothing and was come to by a click means what was set before.

    Come to by the browser's way back it means what it says: no filter was set yet.
    """
    said = _in_address()
    run = get_script_run_ctx()
    if said or (run is not None and run.is_history_navigation):
        return said
    return asked_now()


def _say(asked: Asked) -> None:
    # At once: each change of the address is a step of the browser's history.
    gone = [key for key in KEYS if key in st.query_params and key not in asked]
    st.query_params.update({**{key: list(codes) for key, codes in asked.items()},
                            **{key: [] for key in gone}})  # fmt: skip


def ask_for(asked: Asked) -> None:
    """Set the filters anew; the address follows. For buttons and callbacks."""
    st.session_state[_ASKED] = asked
    st.session_state.pop(_IGNORED, None)
    # Other rows: a page of the old ones stands for nothing.
    if left := [name for name in PAGE_KEYS if name in st.query_params]:
        st.query_params.update({name: [] for name in left})
    _say(asked)


def clear_filters() -> None:
    """Set every filter to nothing."""
    ask_for({})


def ignored_here(page: str) -> tuple[str, ...]:
    """Headings under which the address of this page asked for what this person cannot have."""
    told_page, headings = st.session_state.get(_IGNORED, ("", ()))
    return headings if told_page == page else ()


def draw_filters(choices: Choices, offers: Offers, *, as_of: date) -> None:
    """The boxes, set to what is asked for."""
    units = {int(code) for code in asked_now().get("county", ())}
    towns = {
        code: name
        for code, name in offers["town"].items()
        if not units
        or choices.townships[int(code)][1] in units
        or code in asked_now().get("town", ())
    }
    left, right = st.columns(2)
    with left:
        _box("county", offers["county"])
        _box("town", towns)
        _box("group", offers["group"])
        _box("dept", offers["dept"])
        _box("light", offers["light"])
    with right:
        _box("session", offers["session"])
        _box("theme", offers["theme"])
        _box("cat", offers["cat"])
        _box("channel", offers["channel"])
        _box("class", offers["class"])
        _box("leader", offers["leader"])
        _box("linked", offers["linked"])
    _period_box(as_of)


def _box(key: str, names: Mapping[str, str]) -> None:
    """One filter; none is drawn where there is nothing to choose."""
    if not names:
        return
    codes = {name: code for code, name in names.items()}
    chosen = [names[code] for code in asked_now().get(key, ()) if code in names]
    widget = _WIDGET + key
    wanted = (chosen[0] if chosen else None) if key in ONE_OF else chosen
    if st.session_state.get(widget) != wanted:
        st.session_state[widget] = wanted
    if key in ONE_OF:
        st.selectbox(HEADINGS[key], list(codes), index=None, key=widget, placeholder="全部",
                     on_change=_taken, args=(key, codes))  # fmt: skip
    else:
        st.multiselect(HEADINGS[key], list(codes), key=widget, placeholder="全部",
                       on_change=_taken, args=(key, codes))  # fmt: skip


def _taken(key: str, codes: Mapping[str, str]) -> None:
    chosen = st.session_state[_WIDGET + key]
    names = [] if chosen is None else [chosen] if isinstance(chosen, str) else chosen
    _set(key, tuple(codes[name] for name in names if name in codes))


def _set(key: str, codes: tuple[str, ...]) -> None:
    rest = {name: told for name, told in asked_now().items() if name != key}
    ask_for({**rest, key: codes} if codes else rest)


def _period_box(as_of: date) -> None:
    code = next(iter(asked_now().get("period", ())), None)
    names = {name: code for code, (name, _) in PERIODS.items()}
    wanted = None if code is None else PERIODS[code][0] if code in PERIODS else CUSTOM
    widget = _WIDGET + "period"
    if st.session_state.get(widget) != wanted:
        st.session_state[widget] = wanted
    own = filter_state.code_of_days(as_of.replace(day=1), as_of)
    st.selectbox(
        HEADINGS["period"], [*names, CUSTOM], index=None, key=widget,
        placeholder="默认：比率按本月，清单不限", on_change=_taken,
        args=("period", {**names, CUSTOM: own}),
    )  # fmt: skip
    days = filter_state.days_of(code) if code else None
    if days is None:
        return
    with st.container(horizontal=True):
        for name, heading, day in (("first", "自", days.first), ("last", "至", days.last)):
            if st.session_state.get(_WIDGET + name) != day:
                st.session_state[_WIDGET + name] = day
            st.date_input(heading, key=_WIDGET + name, format="YYYY-MM-DD", on_change=_days_taken,
                          min_value=filter_state.FIRST_DAY,
                          max_value=filter_state.LAST_DAY)  # fmt: skip


def _days_taken() -> None:
    first, last = (st.session_state[_WIDGET + name] for name in ("first", "last"))
    if first and last:
        _set("period", (filter_state.code_of_days(first, last),))


def told(filters: Filters, choices: Choices) -> list[str]:
    """What the filters are set to, one phrase each, for headings and exports.

    Of a long choice the first few are named and the rest counted.
    """
    towns = {code: name for code, (name, _) in filter_state.town_names(choices).items()}
    lights = {light.value: light.label for light in Light}
    groups = [group.label for group in filters.peer_groups]
    phrases = []
    for heading, named in (
        ("县(区)", _names(filters.units, choices.units)),
        ("镇(街)", _names(filters.townships, towns)),
        ("同类组", groups),
        ("牵头单位", _departments(filters.departments, choices)),
        ("场次", _names(filters.sessions, choices.sessions)),
        ("主题", list(filters.themes)),
        ("分类", _names(filters.categories, choices.categories)),
        ("来源渠道", _names(filters.origins, choices.origins)),
        ("类案", _names(filters.matters, choices.matters)),
        ("亮灯", [lights.get(code, "?") for code in filters.lights]),
    ):
        if named:
            rest = f"等 {len(named)} 个" if len(named) > NAMED_AT_MOST else ""
            phrases.append(f"{heading}：{'、'.join(named[:NAMED_AT_MOST])}{rest}")
    if filters.case_leader is not None:
        phrases.append(f"包案领导：{filters.case_leader}")
    if filters.linked_leader is not None:
        phrases.append(f"联镇领导：{filters.linked_leader}")
    if filters.period is not None:
        phrases.append(f"时段：{filters.period.first:%Y-%m-%d} 至 {filters.period.last:%Y-%m-%d}")
    return phrases


def _departments(wanted: Sequence[int], choices: Choices) -> list[str]:
    """Of one that was merged an older link finds what it closed: where the rest is, is said."""
    merged = {key: f"（已并入{name}）" for key, name in choices.merged_into.items()}
    return [choices.departments.get(key, "?") + merged.get(key, "") for key in wanted]


def _names(wanted: Sequence[int], names: Mapping[int, str]) -> list[str]:
    return [names.get(key, "?") for key in wanted]
